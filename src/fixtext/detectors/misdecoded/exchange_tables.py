"""What each character would be if two bytes were read as one, in tables that fill themselves (numpy).

Bits are whole eighths here, as the language model has them: sums are exact, and half as large in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext import codepages
from fixtext.codepages.multi_byte import read_each
from fixtext.detectors.misdecoded.characters import by_themselves
from fixtext.detectors.misdecoded.single_gains import NARROW_SOURCES, READERS, WIDE_SOURCES
from fixtext.detectors.neighbours import distinct
from fixtext.language import default_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNIT = 8
"""Parts of a bit."""

SIZE = len(WIDE_SOURCES) + len(NARROW_SOURCES)

NEVER = 1000 * UNIT
"""Cost of what cannot have been misread so: more than any stretch can gain."""

MOST = 26.0
"""Most that a character costs by itself."""

_LOST = 0xFFFD

BESIDE = 3.0
"""What the second of two letters costs at most beyond its frequency."""

PATIENCE = 3_000
"""Characters that are worked out as they are met, before all others are worked out with the next: a text brings some
hundred, at 10 us each; all others take 0.2 s."""


class Tables:
    """What is looked up; worked out for the characters that are met.

    Attributes:
        data: for each reader the two bytes of each code point of the BMP, as a number; 0 where there are no two.
        same: for each reader and code point, a bit for each of `WIDE_SOURCES` in which the bytes mean the same.
        costs: what each two bytes cost in each source, `NEVER` where they are no text of it.
        least: the least of these.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self.data = np.zeros((len(READERS), 1 << 16), np.uint16)
        self.same = np.zeros((len(READERS), 1 << 16), np.uint8)
        self.costs = np.full((1 << 16, SIZE), NEVER, np.int16)
        self.least = np.full(1 << 16, NEVER, np.int16)
        self._alone = np.minimum(by_themselves(), MOST)
        self._is_known = np.zeros(1 << 16, np.bool_)
        self._is_known[:0x80] = True
        self._are_known = np.zeros(1 << 16, np.bool_)
        self._are_known[0] = True
        self._patience = PATIENCE

    def meet(self, codes: NDArray[np.uint32]) -> None:
        """Work out what is not known yet of some code points of the BMP."""
        new = codes[~self._is_known[codes]]
        if not len(new):
            return
        self._patience -= len(new)
        new = distinct(new) if self._patience > 0 else np.flatnonzero(~self._is_known).astype(np.uint32)
        self._is_known[new] = True
        written = [_written(new, reader) for reader in READERS]
        pairs, each = np.unique(np.concatenate(written), return_inverse=True)
        read = [_read(pairs, source) for source in WIDE_SOURCES]  # all at once: one by one it takes three times as long
        for number, found in enumerate(written):
            self.data[number, new] = found
            own = each[number * len(new) : (number + 1) * len(new)]
            for column, codes in enumerate(read):
                alike = (codes[own] == new) & (found > 0)
                self.same[number, new] |= alike.astype(np.uint8) << np.uint8(column)
        unknown = ~self._are_known[pairs]
        self._weigh(pairs[unknown], [codes[unknown] for codes in read])

    def _weigh(self, pairs: NDArray[np.uint16], read: Sequence[NDArray[np.uint32]]) -> None:
        """Work out what pairs of bytes cost, given the characters that they are in `WIDE_SOURCES`."""
        if not len(pairs):
            return
        self._are_known[pairs] = True
        costs = np.full((len(pairs), SIZE), float(NEVER) / UNIT)
        for column, codes in enumerate(read):
            costs[codes > 0, column] = self._alone[codes[codes > 0]]
        is_high = pairs >= 0x8000
        high = pairs[is_high]
        first, second = _letters()[:, high >> np.uint16(8)], _letters()[:, high & np.uint16(0xFF)]
        triples = np.stack((np.zeros_like(first), first, second), axis=2)
        behind = default_model().transitions_of(triples.ravel()).reshape(first.shape)
        alone = [np.where(codes == _LOST, float(NEVER), self._alone[codes]) for codes in (first, second)]
        costs[is_high, len(WIDE_SOURCES) :] = (alone[0] + np.minimum(behind, alone[1] + BESIDE)).T
        self.costs[pairs] = np.minimum(np.rint(costs * UNIT), NEVER)
        self.least[pairs] = self.costs[pairs].min(axis=1)


@cache
def tables() -> Tables:
    """Return the tables of this process."""
    return Tables()


def _written(codes: NDArray[np.uint32], page: str) -> NDArray[np.uint16]:
    """Return the two bytes of characters beyond ASCII in a page, 0 for those that have no two, and for ASCII."""
    written = np.zeros(len(codes), np.uint16)
    if page == "utf-16le":
        written[:] = np.where(codes >> 11 == 0x1B, 0, codes)
        written.byteswap(inplace=True)
    else:
        # All at once, as in `read_each`.
        chars = "\n".join(map(chr, np.maximum(codes, 0x80).tolist())).encode(page, "replace").split(b"\n")
        written[:] = [int.from_bytes(char, "big") if len(char) == 2 else 0 for char in chars]
    written[codes < 0x80] = 0
    return written


def _read(pairs: NDArray[np.uint16], page: str) -> NDArray[np.uint32]:
    """Return the character beyond ASCII that two bytes are in a page, 0 for those that are none."""
    codes: NDArray[np.uint32] = pairs.byteswap().astype(np.uint32)
    if page != "utf-16le":
        cells = [pair.to_bytes(2, "big").replace(b"\n", b"") for pair in pairs.tolist()]
        codes[:] = [ord(char) if len(char) == 1 else 0 for char in read_each(cells, page)]
    codes[_written(codes, page) != pairs] = 0
    return codes


@cache
def _letters() -> NDArray[np.uint32]:
    """Return what each byte is in each of the pages of single bytes."""
    every = bytes(range(256))
    return np.array([[*map(ord, codepages.decode(every, page, "replace"))] for page in NARROW_SOURCES], np.uint32)
