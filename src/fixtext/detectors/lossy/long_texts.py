"""Where bytes may have been lost in long texts, with numpy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.lossy.signs import DOT_BEFORE, DOT_BEHIND, HOLE, MISREAD, SIGNS
from fixtext.detectors.neighbours import ANYTHING, BEYOND_ASCII, Neighbours, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_E = 0x45
_DOT = 0x30FB
_HALF_WIDTH = range(0xFF61, 0xFFA0)

_MARKS = table_of("?\ufffdE")
_BEFORE = table_of(DOT_BEFORE)
_LOOKED_FOR = (*SIGNS, HOLE, MISREAD[:2])
_ALONE = table_of([ord(sign) for sign in _LOOKED_FOR if len(sign) == 1])
_FIRST = table_of([ord(sign[0]) for sign in _LOOKED_FOR])
_SECOND = table_of([ord(sign[1]) for sign in _LOOKED_FOR if len(sign) > 1])


@cache
def neighbours() -> tuple[Neighbours, ...]:
    """Return by which pairs such places are to be known: a mark behind anything but ASCII; a dot beside kana; signs; a
    dot that was written back.
    """
    dots = table_of([_DOT, *_HALF_WIDTH])
    return (
        Neighbours([(BEYOND_ASCII, _MARKS)], _with_marks),
        Neighbours([(dots | table_of(DOT_BEHIND), dots)], _with_dots),
        Neighbours([(_FIRST, ANYTHING)], _with_signs),
        Neighbours([(BEYOND_ASCII, _MARKS)], _with_written_dots),
    )


def _with_marks(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    found = found[codes[found + 1] != _E]
    if not len(found):
        return found
    from fixtext.detectors.lossy.healthy_marks import possible  # with the code pages: most text has no such marks

    return possible(codes, found)


def _with_written_dots(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    keep: NDArray[np.bool_] = (codes[found + 1] == _E) & _BEFORE.take(codes[found], mode="clip")
    return found[keep]


def _with_dots(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    keep: NDArray[np.bool_] = (codes[found] == _DOT) != (codes[found + 1] == _DOT)
    return found[keep]


def _with_signs(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    keep = _ALONE.take(codes[found], mode="clip") | _SECOND.take(codes[found + 1], mode="clip")
    return found[keep]
