"""Where to look in long texts, with numpy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.neighbours import ALONE, ANYTHING, TORN, Neighbours, table_of
from fixtext.detectors.western.places import COMMON, begins_and_goes_on, places

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def neighbours() -> tuple[Neighbours]:
    """Return by which pairs places are to be known: first and further bytes; a lone A; C1 controls."""
    firsts, furthers = begins_and_goes_on()
    return (Neighbours([(table_of(firsts), table_of(furthers + " ")), (ALONE, ANYTHING)], _odd),)


@cache
def _common() -> NDArray[np.bool_]:
    return table_of(COMMON)


def _odd(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the pairs that are more than letters before spaces, and usual punctuation."""
    first, second = codes[found], codes[found + 1]
    control = (first >= 0x80) & (first < 0xA0)
    spaced = (first == 0xC2) | (first == 0xC3)
    usual = _common().take(first, mode="clip") & _common().take(second, mode="clip")
    torn = (first == TORN) & ((second < ord("A")) | (second > ord("Z")))  # not in a word of capitals
    keep: NDArray[np.bool_] = control | torn | ((first >= 0xA0) & ~usual & ((second != 0x20) | spaced))
    return found[keep]


def places_at(text: str, found: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Yield what `places` would, given where such pairs stand: no place goes beyond its line."""
    end = -1
    for at in found.tolist():
        if at >= end:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            for first, last in places(text[start:end]):
                yield start + first, start + last
