"""Where bytes may have been lost in long texts, with numpy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.neighbours import BEYOND_ASCII, Neighbours, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DOT = 0x30FB
_HALF_WIDTH = range(0xFF61, 0xFFA0)
_KANA = (0x7E5D, 0x7E3A, 0x7E67)
"""What the first two bytes of kana become in cp932."""


@cache
def neighbours() -> tuple[Neighbours, Neighbours]:
    """Return by which pairs such places are to be known: a mark behind anything but ASCII; a dot beside kana."""
    dots = table_of([_DOT, *_HALF_WIDTH])
    return (
        Neighbours([(BEYOND_ASCII, table_of("?\ufffd"))]),
        Neighbours([(dots | table_of(_KANA), dots)], _with_dots),
    )


def _with_dots(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    keep: NDArray[np.bool_] = (codes[found] == _DOT) != (codes[found + 1] == _DOT)
    return found[keep]
