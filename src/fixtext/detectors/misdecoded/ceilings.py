"""What UTF-8 and UTF-16 could gain at most around many places at once (numpy).

The exact look at UTF-8 (`single_gains`) reads the bytes of each place back in each page. Nearly all healthy places can
be told from tables of single characters before, which are never less than that: what is UTF-8 by itself in some page
gains what the table says, and anything else has to begin with a character that ends in the midst of a sequence which
the next one goes on with. In its place no character costs so much (`JUNK_BITS`) that one alone saves what it has to.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.misdecoded.characters import by_themselves
from fixtext.detectors.misdecoded.costs import costs_of
from fixtext.detectors.misdecoded.exchange_tables import UNIT, tables
from fixtext.detectors.misdecoded.plausible import JUNK_BITS, ODD_KANA_BITS, plausibility
from fixtext.detectors.misdecoded.single_gains import READERS
from fixtext.detectors.neighbours import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fixtext.detectors.misdecoded.exchange import Windows

    Bytes = NDArray[np.uint16]
    Flags = NDArray[np.bool_]

_WITHOUT, _WITH_ASCII, _BEHIND_ASCII = 1, 2, 4
"""Ways to be linked."""

_UTF16_RUN, _ROW_RUN = 5, 3
"""Characters in a row that are looked at as UTF-16."""


class _Pairs:
    """Ways in which two characters in a row may have to do with each other, as flags of the first and of the second."""

    def __init__(self) -> None:
        """Know nothing; ASCII is in no pair as the first, nor as the second."""
        self.firsts, self.seconds = np.zeros((2, len(READERS), 1 << 16), np.uint8)

    def put(self, reader: int, codes: NDArray[np.uint32], ways: Sequence[tuple[Flags, Flags]]) -> None:
        """Put in which of some characters may be first and second, for each way."""
        for way, (first, second) in enumerate(ways):
            self.firsts[reader, codes[first]] |= np.uint8(1 << way)
            self.seconds[reader, codes[second]] |= np.uint8(1 << way)

    def counts(self, codes: NDArray[np.uint32], unknown: Flags) -> NDArray[np.intp]:
        """Return for each reader how many such pairs begin before each character, and behind the last."""
        found = (self.firsts[:, codes[:-1]] & self.seconds[:, codes[1:]]) != 0
        found |= unknown[:-1]
        sums = np.zeros((len(READERS), len(codes)), np.intp)
        np.cumsum(found, axis=1, out=sums[:, 1:])
        return sums


class _Tables:
    """What is looked up; worked out for the characters that are met.

    Attributes:
        gains: for each reader and code point of the BMP what UTF-8 gains with it alone at most, in eighths of a bit.
        alike: the pairs of characters that have three bytes of UTF-8 in a row, or twice two.
        linked: those of which each is UTF-8 by itself, one of them beyond ASCII.
        going_over: the pairs of characters of which a sequence goes over from one to the other, if it may begin there.
    """

    def __init__(self) -> None:
        """Know nothing but ASCII, which gains nothing."""
        self.gains = np.zeros((len(READERS), 1 << 16), np.int16)
        self.alike, self.linked, self.going_over = _Pairs(), _Pairs(), _Pairs()
        self.linked.firsts[:, :0x80] = _WITH_ASCII
        self.linked.seconds[:, :0x80] = _BEHIND_ASCII
        self._most = np.minimum(by_themselves(), JUNK_BITS + 6.0)
        self._most[0x3041:0x30FF] += ODD_KANA_BITS
        self._least = np.full(0x800, -1.0)
        self._is_known = np.zeros(1 << 16, np.bool_)
        self._is_known[:0x80] = True

    def meet(self, codes: NDArray[np.uint32]) -> None:
        """Work out what is not known yet of some code points of the BMP, and of all that `exchange_tables` has met."""
        if self._is_known[codes].all():
            return
        tables().meet(codes)
        new = np.flatnonzero(tables().is_known & ~self._is_known).astype(np.uint32)
        self._is_known[new] = True
        for number in range(len(READERS)):
            pairs = tables().data[number, new]
            self._put(number, new[pairs > 0], pairs[pairs > 0])
            others = new[tables().other[number, new]]
            self.gains[number, others] = np.ceil(self._most[others] * UNIT)
            for kind in self.alike, self.linked, self.going_over:
                kind.firsts[number, others] = kind.seconds[number, others] = 0xFF

    def _put(self, number: int, codes: NDArray[np.uint32], pairs: Bytes) -> None:
        """Put in what two bytes a character say."""
        first, second = pairs >> np.uint16(8), pairs & np.uint16(0xFF)
        on, inside = (first & 0xC0) == 0x80, (second & 0xC0) == 0x80
        leads, is_ascii = (second >= 0xC2) & (second < 0xF5), second < 0x80
        two = (first >= 0xC2) & (first < 0xE0) & inside
        three, four = ((first >= low) & (first < high) & inside for low, high in ((0xE0, 0xF0), (0xF0, 0xF5)))
        last_of_two, last_of_more = leads & (second < 0xE0), leads & (second >= 0xE0)
        ways = ((three | four, on), (last_of_more, on & inside), (two, two), (last_of_two, on & last_of_two))
        self.alike.put(number, codes, ways)
        over = ((three, on & (leads | is_ascii)), (four, on & inside), ((first < 0x80) & leads, on))
        self.going_over.put(number, codes, over)
        apart = (first < 0x80) & is_ascii
        self.linked.firsts[number, codes[two | apart]] = _WITHOUT | _BEHIND_ASCII
        self.linked.seconds[number, codes[two | apart]] = _WITHOUT | _WITH_ASCII
        gains = np.zeros(len(codes))
        gains[two] = self._most[codes[two]] - self._least_of((first[two] & 0x1F) << 6 | (second[two] & 0x3F))
        gains[apart] = self._most[codes[apart]] - self._least_of(first[apart]) - self._least_of(second[apart])
        self.gains[number, codes] = np.ceil(np.maximum(gains, 0.0) * UNIT)

    def _least_of(self, codes: Bytes) -> NDArray[np.float64]:
        """Return what characters cost that UTF-8 writes in one byte or two."""
        for code in distinct(codes[self._least[codes] < 0]).tolist():
            self._least[code] = costs_of(plausibility())[chr(code)]
        least: NDArray[np.float64] = self._least[codes]
        return least


@cache
def _tables() -> _Tables:
    return _Tables()


def may_be_utf8(windows: Windows, around: int, least: NDArray[np.float64]) -> Flags:
    """Return for each reader and place whether UTF-8 may gain so many bits there, with so many code points around it.

    Args:
        windows: the windows around the places.
        around: code points on either side of a place, no more than are in its window.
        least: bits that each has to gain.
    """
    known = _tables()
    low = np.minimum(windows.codes, 0xFFFF)
    known.meet(low)
    low, unknown = np.append(low, (0, 0)), np.append(windows.codes > 0xFFFF, (False, False))
    near, start, before, end, far = (
        np.searchsorted(windows.at, windows.starts + further)
        for further in (-around, -2, -1, windows.sizes, windows.sizes + around)
    )
    sums = np.zeros((len(READERS), len(low)), np.int32)
    np.cumsum(known.gains[:, low[:-1]], axis=1, out=sums[:, 1:])
    going_over = known.going_over.counts(low, unknown)
    may: Flags = np.greater_equal(sums[:, far] - sums[:, near], least * UNIT)
    if may.any():
        linked = known.linked.counts(low, unknown)
        may &= linked[:, end] > linked[:, before]
    may |= going_over[:, far] > going_over[:, near]
    if may.any():
        alike = known.alike.counts(low, unknown)
        may &= alike[:, end] > alike[:, start]
    return may


def may_be_utf16(windows: Windows) -> Flags:
    """Return for each place whether its window has what `one_place.ASCII_PAIRS` or `one_place.SWAPPED` tell."""
    codes = windows.codes
    high, low = codes >> 8, codes & np.uint32(0xFF)
    begins = _runs((high >= 0x21) & (high < 0x7F) & (low >= 0x21) & (low < 0x7F), _UTF16_RUN)
    is_row: Flags = ((low == 0x03) | (low == 0x04) | (low == 0x0E)) & (high > 0) & (high < 0x100)
    begins |= _runs(is_row, _ROW_RUN)
    if not begins.any():
        return np.zeros(len(windows.starts), np.bool_)
    # By the first of a run; whether all of it is in the window is for a look at the text itself to say.
    may: Flags = np.asarray(np.append(begins, False)[windows.rows].any(axis=1))
    return may


def _runs(flags: Flags, length: int) -> Flags:
    """Return where so many flags in a row begin."""
    begins: Flags = flags.copy()
    for further in range(1, length):
        begins[:-further] &= flags[further:]
        begins[-further:] = False
    return begins
