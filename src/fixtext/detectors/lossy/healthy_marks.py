"""Tells question marks of healthy text from those in whose place bytes were lost, many at a time (numpy).

In Korean every question has such a mark behind a syllable: to look into each of them takes as long as half of the rest.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext import codepages
from fixtext.detectors.lossy.readings import READINGS
from fixtext.detectors.neighbours import CODES, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOOK = 24
"""Code points before and behind a mark that are looked at; words of healthy text are shorter."""

_WITHIN, _BEGINS, _ENDS, _OPEN = range(4)
"""What a character is to the run around a mark: inside of it, or what misread UTF-8 may begin with too; ASCII, with
which it ends; or that from which nothing can be told by a look."""

_QUESTION = 0x3F
_LEADS = range(0xC2, 0xF5)
_NEXT = range(0x80, 0xC0)
_KEPT = 0xFD
"""What `dots` takes for a byte that is not known, at every place of a character."""

_UTF8 = [bytes((lead, second)) for lead in _LEADS for second in _NEXT]
_WITH_KEPT = [bytes((_KEPT, second)) for second in (*_NEXT, _KEPT)] + [bytes((lead, _KEPT)) for lead in _LEADS]
_IN_PARTS = ("cp949", "cp950")
"""Pages of `question_marks`."""

_UNTOLD = "?\ufffd\u30fb\uff1a"
"""Marks, and the colon behind which misread text may begin (`runs.label_of`)."""


def possible(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those of the places behind which marks stand that may have lost bytes.

    Misread UTF-8 begins with what some page writes as the first two bytes of a character. So a question mark is healthy
    if it is the only mark in a run that begins with another character, and neither does that begin so which follows the
    mark: `runs.hits` and `question_marks.spans` find nothing there.

    Args:
        codes: the code points of a block, `neighbours.BEHIND` more.
        found: the indices of the characters in front of the marks.
    """
    before = _kinds_from(codes, found, -1)
    length, is_healthy = _ended(before)
    is_healthy &= before[np.arange(len(found)), length - 1] == _WITHIN
    is_healthy &= codes[found + 1] == _QUESTION
    behind = _kinds().take(codes[found + 2], mode="clip")
    is_healthy &= (behind == _ENDS) | (behind == _WITHIN)
    goes_on = np.flatnonzero(is_healthy & (behind == _WITHIN))  # one in ten
    is_healthy[goes_on] = _ended(_kinds_from(codes, found[goes_on] + 2, 1))[1]
    kept: NDArray[np.intp] = found[~is_healthy]
    return kept


def _kinds_from(codes: NDArray[np.uint32], start: NDArray[np.intp], step: int) -> NDArray[np.uint8]:
    """Return what characters from some places on are; at the ends of the block the last one is repeated."""
    at = np.clip(start[:, np.newaxis] + step * np.arange(_LOOK), 0, len(codes) - 1)
    kinds: NDArray[np.uint8] = _kinds().take(codes[at], mode="clip")
    return kinds


def _ended(kinds: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return how long the runs are, and whether they end with ASCII and nothing is in them that cannot be told."""
    length = np.argmax(kinds >= _ENDS, axis=1)
    return length, kinds[np.arange(len(kinds)), length] == _ENDS


@cache
def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(CODES, np.uint8)
    begin = {char for page in READINGS for char in _first_characters(_UTF8, page)}
    begin |= {char for page in _IN_PARTS for char in _first_characters(_WITH_KEPT, page)}
    kinds[table_of("".join(begin))] = _BEGINS
    kinds[:0x80] = _ENDS
    kinds[0xD800:0xF900] = _OPEN  # bytes that could not be read, and private use
    kinds[-1] = _OPEN
    kinds[table_of(_UNTOLD)] = _OPEN
    return kinds


def _first_characters(sequences: list[bytes], page: str) -> set[str]:
    """Return what some sequences of bytes begin with in a page, those aside that it does not have."""
    return {read[0] for read in codepages.decode(b"\n".join(sequences), page, "ignore").split("\n") if read}
