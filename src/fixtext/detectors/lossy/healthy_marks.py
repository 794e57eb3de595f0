"""Tells question marks of healthy text from those in whose place bytes were lost, many at a time (numpy).

In Korean every question has such a mark behind a syllable: to look into each of them takes as long as all the rest.
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

_BACK = 24
"""Code points before a mark that are looked at; words of healthy text are shorter."""

_WITHIN, _BEGINS, _ENDS, _OPEN = range(4)
"""What a character is to the run before a mark: inside of it, or what misread UTF-8 may begin with too; ASCII, with
which it ends; or that from which nothing can be told by a look."""

_QUESTION = 0x3F
_UTF8 = [bytes((lead, second)) for lead in range(0xC2, 0xF5) for second in range(0x80, 0xC0)]
_IN_PARTS = [
    *_UTF8,
    *(bytes((lead, 0xFD)) for lead in range(0xC2, 0xF5)),
    *(bytes((lead, second)) for lead in range(0xFD, 0x100) for second in range(0x40, 0xFF)),
]
"""The same for pages that are written back in parts: there FD to FF stand for bytes that are not known (`dots`)."""
_UNTOLD = "?\ufffd\u30fb\uff1a"
"""Marks, and the colon behind which misread text may begin (`runs.label_of`)."""


def possible(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those of the places behind which marks stand that may have lost bytes.

    Misread UTF-8 begins with what some page writes as the first two bytes of a character. So a mark of healthy text is
    a single one, ASCII or such a run of characters follows, and the run before it begins with ASCII in front of it; and
    neither begins with such a character. `runs.hits` and `question_marks.spans` find nothing there.

    Args:
        codes: the code points of a block, `neighbours.BEHIND` more.
        found: the indices of the characters in front of the marks.
    """
    kinds = _kinds()
    before = kinds.take(codes[np.maximum(found[:, np.newaxis] - np.arange(_BACK), 0)], mode="clip")
    length = np.argmax(before >= _ENDS, axis=1)
    every = np.arange(len(found))
    is_healthy = (before[every, length] == _ENDS) & (found > _BACK) & (codes[found + 1] == _QUESTION)
    is_healthy &= before[every, length - 1] == _WITHIN
    behind = kinds.take(codes[found + 2], mode="clip")
    is_healthy &= (behind == _WITHIN) | (behind == _ENDS)
    kept: NDArray[np.intp] = found[~is_healthy]
    return kept


@cache
def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(CODES, np.uint8)
    begin = {char for page in READINGS for char in _first_characters(_UTF8, page)}
    begin |= {char for page in ("cp949", "cp950") for char in _first_characters(_IN_PARTS, page)}
    kinds[table_of("".join(begin))] = _BEGINS
    kinds[:0x80] = _ENDS
    kinds[0xD800:0xF900] = _OPEN  # bytes that could not be read, and private use
    kinds[-1] = _OPEN
    kinds[table_of(_UNTOLD)] = _OPEN
    return kinds


def _first_characters(sequences: list[bytes], page: str) -> set[str]:
    """Return what some sequences of bytes begin with in a page, those aside that it does not have."""
    return {read[0] for read in codepages.decode(b"\n".join(sequences), page, "ignore").split("\n") if read}
