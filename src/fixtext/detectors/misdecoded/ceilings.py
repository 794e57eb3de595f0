"""What UTF-8 and UTF-16 could gain at most around many places at once (numpy).

The exact look at UTF-8 (`single_gains.gains_of_utf8`) reads the bytes of each place back in each page. Nearly all healthy
places can be told from a table of single characters before: what is UTF-8 by itself in some page gains what the table
says, and anything else has to begin with a character that ends in the midst of a sequence which the next goes on with.
"""

from __future__ import annotations

from functools import cache
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.misdecoded.costs import costs_of
from fixtext.detectors.misdecoded.exchange_tables import UNIT, tables
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.single_gains import READERS, encoded
from fixtext.detectors.neighbours import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fixtext.detectors.misdecoded.exchange import Windows

_KINDS = 4
"""Ways in which a sequence may go over from one character to the next: three bytes of which the last has ASCII behind
it, or another lead; four bytes; a lead behind ASCII."""

_ALL = (1 << _KINDS) - 1


class _Tables:
    """What is looked up; worked out for the characters that are met.

    Attributes:
        gains: for each reader and code point of the BMP what UTF-8 gains with it alone, in eighths of a bit.
        firsts, seconds, thirds: `_KINDS` bits a reader, by which a code point may be the first, second or third
            in which a sequence goes over from one to the next.
    """

    def __init__(self) -> None:
        """Know nothing but ASCII, which gains nothing."""
        self.gains = np.zeros((len(READERS), 1 << 16), np.int16)
        self.firsts, self.seconds, self.thirds = (np.zeros(1 << 16, np.uint32) for _ in range(3))
        self.thirds[:0x80] = _repeated(0b1101)
        self._is_known = np.zeros(1 << 16, np.bool_)
        self._is_known[:0x80] = True

    def meet(self, codes: NDArray[np.uint32]) -> None:
        """Work out what is not known yet of some code points of the BMP, all of which `exchange_tables` has met."""
        new = codes[~self._is_known[codes]]
        if not len(new):
            return
        new = distinct(new)
        self._is_known[new] = True
        for number, reader in enumerate(READERS):
            pair = tables().data[number, new]
            self._put(number, new, pair >> np.uint16(8), pair & np.uint16(0xFF))
            # Characters of one byte, or of more than two: rare, so anything may come of them.
            for code in new[pair == 0].tolist():
                data = encoded(chr(code), reader) if not 0xD800 <= code < 0xE000 else b"?"
                if data and not data.isascii():
                    bits = np.uint32(_ALL << _KINDS * number)
                    self.firsts[code] |= bits
                    self.seconds[code] |= bits
                if data:
                    self.gains[number, code] = ceil(costs_of(plausibility())[chr(code)] * UNIT)
        self.thirds[new] |= _repeated(0b1101)

    def _put(
        self, number: int, codes: NDArray[np.uint32], first: NDArray[np.uint16], second: NDArray[np.uint16]
    ) -> None:
        """Put in what two bytes a character say."""
        goes_on = (first >= 0x80) & (first < 0xC0)
        is_inside = (second >= 0x80) & (second < 0xC0)
        leads = (second >= 0xC2) & (second < 0xF5)
        is_ascii = second < 0x80
        three = (first >= 0xE0) & (first < 0xF0) & is_inside
        ways = (three, three, (first >= 0xF0) & (first < 0xF5) & is_inside, (first < 0x80) & leads)
        behind = (goes_on & is_ascii, goes_on & leads, goes_on & is_inside, goes_on)
        for kind, (way, other) in enumerate(zip(ways, behind, strict=True)):
            bit = np.uint32(1 << (_KINDS * number + kind))
            self.firsts[codes[way]] |= bit
            self.seconds[codes[other]] |= bit
        self.thirds[codes[goes_on]] |= np.uint32(0b0010 << _KINDS * number)
        costs = costs_of(plausibility())
        alone = ((first >= 0xC2) & (first < 0xE0) & is_inside) | ((first < 0x80) & is_ascii & (first | second > 0))
        for index in np.flatnonzero(alone).tolist():
            char = chr(codes[index])
            healthy = bytes((first[index], second[index])).decode()
            gain = costs[char] - sum(map(costs.__getitem__, healthy))
            self.gains[number, codes[index]] = max(0, ceil(gain * UNIT))


def _repeated(bits: int) -> np.uint32:
    return np.uint32(sum(bits << _KINDS * number for number in range(len(READERS))))


@cache
def _tables() -> _Tables:
    return _Tables()


def of_utf8(windows: Windows, around: int) -> NDArray[np.float64]:
    """Return for each place what UTF-8 gains at most with what is so many code points around it, `inf` if unknown."""
    known = _tables()
    low = np.minimum(windows.codes, 0xFFFF)
    tables().meet(low)
    known.meet(low)
    first = np.searchsorted(windows.at, windows.starts - around)
    last = np.searchsorted(windows.at, windows.starts + windows.sizes + around)
    sums = np.zeros((len(READERS), len(low) + 1), np.int32)
    np.cumsum(known.gains[:, low], axis=1, out=sums[:, 1:])
    most: NDArray[np.float64] = (sums[:, last] - sums[:, first]).max(axis=0) / UNIT
    padded = np.append(low, (0, 0))
    going_over = known.firsts[low] & known.seconds[padded[1:-1]] & known.thirds[padded[2:]]
    going_over[windows.codes > 0xFFFF] = 1
    counts = np.append(0, np.cumsum(going_over != 0))
    most[counts[last] > counts[first]] = np.inf
    return most


def may_be_utf16(windows: Windows) -> NDArray[np.bool_]:
    """Return for each place whether its window has what `one_place.ASCII_PAIRS` or `one_place.SWAPPED` tell."""
    codes = np.append(windows.codes, 0)
    high, low = codes >> 8, codes & np.uint32(0xFF)
    is_text = (high >= 0x21) & (high < 0x7F) & (low >= 0x21) & (low < 0x7F)
    runs = is_text[:-5] & is_text[1:-4] & is_text[2:-3] & is_text[3:-2] & is_text[4:-1]
    is_row = ((low == 0x03) | (low == 0x04) | (low == 0x0E)) & (high > 0) & (high < 0x100)
    rows = is_row[:-3] & is_row[1:-2] & is_row[2:-1]
    may = np.zeros(len(windows.starts), np.bool_)
    if runs.any() or rows.any():
        # By the first of a run: if that is in the window, a look at the text itself has the last word.
        begins = np.zeros(len(codes), np.bool_)
        begins[: len(runs)] = runs
        begins[: len(rows)] |= rows
        may |= begins[windows.rows].any(axis=1)
    return may
