"""Where glosses may be in long texts, with numpy."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.glossed.tokens import TONED, is_hint
from fixtext.detectors.neighbours import Neighbours, table_of
from fixtext.findings import Span

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


def stretches_at(text: str, found: NDArray[np.intp], gap: int) -> list[Span]:
    """Return what `hints` would give, given where such pairs stand: near ones as one stretch.

    Of a page full of glosses only every one that reaches farthest is looked at: it is near enough to the one before it,
    so what stands between them makes no difference.

    Args:
        text: the text.
        found: indexes of the pairs, ascending.
        gap: code points from the end of a stretch from which a hint begins another one.
    """
    stretches: list[Span] = []
    index = 0
    while index < len(found):
        start, last = _hints_at(text, int(found[index]))
        index += 1
        if start < 0 or (stretches and last < stretches[-1].end):
            continue
        end = last + 1
        while True:
            beyond = int(np.searchsorted(found, end + gap))
            near = (_hints_at(text, int(found[other])) for other in range(beyond - 1, index - 1, -1))
            farther = next((last for first, last in near if last >= end and first < end + gap), -1)
            if farther < 0:
                break
            end = farther + 1
            index = int(np.searchsorted(found, end))
        stretches.append(Span(start, end))
    return stretches


def _hints_at(text: str, at: int) -> tuple[int, int]:
    """Return the first and the last hint that belongs to a pair, -1 if there is none."""
    places = range(at + 1, at + _FARTHEST + 1)
    hints = [place for place in places if text.startswith(")", place) and is_hint(text, place)]
    return (hints[0], hints[-1]) if hints else (-1, -1)
