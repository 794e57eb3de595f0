"""Where glosses may be in long texts, with numpy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.glossed.tokens import TONED, is_hint
from fixtext.detectors.neighbours import Neighbours, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FARTHEST = 4
"""Code points from a letter with a tone mark to the closing bracket, at most."""


@cache
def neighbours() -> tuple[Neighbours]:
    """Return by which pairs a gloss is to be known: a letter with a tone mark and what may follow it."""
    return (Neighbours([(table_of(TONED), table_of(ascii_lowercase + " )"))], _before_brackets),)


def _before_brackets(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    near = [codes[found + further] == 0x29 for further in range(1, _FARTHEST + 1)]
    return found[np.logical_or.reduce(near)]


def hints_at(text: str, found: NDArray[np.intp]) -> Iterator[int]:
    """Yield what `hints` would, given where such pairs stand."""
    done = -1
    for at in found.tolist():
        for place in range(max(at, done) + 1, at + _FARTHEST + 1):
            if text.startswith(")", place) and is_hint(text, place):
                done = place
                yield place
