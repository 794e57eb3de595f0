"""What each character would be if two bytes were read as one, in tables that fill themselves (numpy).

Bits are whole eighths here, as the language model has them: sums are exact, and half as large in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext import codepages
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

_LOST, _NEWLINE, _LACKING = 0xFFFD, ord("\n"), ord("?")

BESIDE = 3.0
"""What the second of two letters costs at most beyond its frequency."""

PATIENCE = 100
"""Times that characters are worked out as they are met, before all others are with the next: it takes a millisecond
each time, and 0.2 s for all."""


class Tables:
    """What is looked up; worked out for the characters that are met.

    Attributes:
        data: for each reader the two bytes of each code point of the BMP, as a number; 0 where there are no two.
        other: for each reader and code point whether it has one byte, or more than two, or is a private character.
        same: for each reader and code point, a bit for each of `WIDE_SOURCES` in which the bytes mean the same.
        costs: what each two bytes cost in each source, `NEVER` where they are no text of it.
        least: the least of these.
        is_known: which code points have been met.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self.data = np.zeros((len(READERS), 1 << 16), np.uint16)
        self.other = np.zeros((len(READERS), 1 << 16), np.bool_)
        self.other[:, 0xE000:0xF900] = True
        self.same = np.zeros((len(READERS), 1 << 16), np.uint8)
        self.costs = np.full((1 << 16, SIZE), NEVER, np.int16)
        self.least = np.full(1 << 16, NEVER, np.int16)
        self._alone = np.minimum(by_themselves(), MOST)
        self.is_known = np.zeros(1 << 16, np.bool_)
        self.is_known[:0x80] = True
        self._are_known = np.zeros(1 << 16, np.bool_)
        self._are_known[0] = True
        self._patience = PATIENCE

    def meet(self, codes: NDArray[np.uint32]) -> None:
        """Work out what is not known yet of some code points of the BMP."""
        new = codes[~self.is_known[codes]]
        if not len(new):
            return
        self._patience -= 1
        new = distinct(new) if self._patience else np.flatnonzero(~self.is_known).astype(np.uint32)
        self.is_known[new] = True
        written = []
        for number, reader in enumerate(READERS):
            pairs, is_other = _written(new, reader)
            written.append(pairs)
            self.other[number, new] |= is_other
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


def _written(codes: NDArray[np.uint32], page: str) -> tuple[NDArray[np.uint16], NDArray[np.bool_]]:
    """Return the two bytes of characters beyond ASCII in a page, and which have one byte or more than two.

    The bytes are 0 for those, for what the page lacks, and for ASCII.
    """
    written = np.zeros(len(codes), np.uint16)
    is_other = np.zeros(len(codes), np.bool_)
    if page == "utf-16le":
        written[:] = np.where(codes >> 11 == 0x1B, 0, codes)
        written.byteswap(inplace=True)
    else:
        # All at once: no character of these pages has a line feed in it, and no sequence of them goes over one.
        chars = np.stack((np.maximum(codes, 0x80), np.full_like(codes, _NEWLINE)), axis=1)
        data = np.frombuffer(chars.tobytes().decode("utf-32-le", "surrogatepass").encode(page, "replace"), np.uint8)
        sizes, starts = _lines(data)
        two = np.flatnonzero(sizes == 2)
        written[two] = data[starts[two]].astype(np.uint16) << 8 | data[starts[two] + 1]
        is_other = (sizes != 2) & ((sizes != 1) | (data[starts] != _LACKING))
    written[codes < 0x80] = 0
    return written, is_other


def _read(pairs: NDArray[np.uint16], page: str) -> NDArray[np.uint32]:
    """Return the character beyond ASCII that two bytes are in a page, 0 for those that are none."""
    codes: NDArray[np.uint32] = pairs.byteswap().astype(np.uint32)
    if page != "utf-16le":
        cells = np.stack((pairs >> 8, pairs & 0xFF, np.full_like(pairs, _NEWLINE)), axis=1).astype(np.uint8)
        cells[:, :2][cells[:, :2] == _NEWLINE] = 0
        text = (cells.tobytes() + b"\n").decode(page, "replace")[:-1]  # at the very end half a character takes it along
        chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        sizes, starts = _lines(chars)
        codes = np.where(sizes == 1, chars[starts], np.uint32(0))
    codes[_written(codes, page)[0] != pairs] = 0
    return codes


def _lines(data: NDArray[np.uint8] | NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the lengths of lines that all end in a line feed, and where they begin."""
    ends = np.flatnonzero(data == _NEWLINE)
    starts = np.append(0, ends[:-1] + 1)
    return ends - starts, starts


@cache
def _letters() -> NDArray[np.uint32]:
    """Return what each byte is in each of the pages of single bytes."""
    every = bytes(range(256))
    return np.array([[*map(ord, codepages.decode(every, page, "replace"))] for page in NARROW_SOURCES], np.uint32)
