"""Whether anything can come of a place before it is searched, which takes 5 ms: the last sieve of the scan.

Rare ideographs and syllables stand in healthy text too, mostly one by one. A misreading that would explain such a place
has to make something more usual of the characters around it as well. How much more, character by character, is looked
up here for the pages in which a character takes as many bytes as it was read from, and worked out for UTF-8.

Of 6,397 misread lines (all pairs of `pairs`, 4 to 60 code points, and parts of lines) 2 are lost by it; of 401 healthy
lines in Chinese, Japanese and Korean in which rare characters were searched for what happened to them 82 still are.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import inf

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED, char_bytes, read_back
from fixtext.detectors.misdecoded.debris import masked
from fixtext.detectors.misdecoded.pairs import SOURCES
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.search import Search, _costs

LEAST_BITS = 10.0
"""What a stretch around a place has to gain, character by character. A repair has to save 16 bits, in context."""

AROUND = 4
"""Code points on either side of a place that are looked at."""

_READERS = ("gb18030", "cp950", "cp932", "cp949", "euc-jp", "utf-16le")
_WIDE_SOURCES = ("gb18030", "cp950", "cp932", "cp949", "euc-jp", "johab", "utf-16le")
_NARROW_SOURCES = tuple(name for ((name, _), *_) in SOURCES if name not in (*_WIDE_SOURCES, "gbk", "utf-8"))
_PAIRS = len(_READERS) * (len(_WIDE_SOURCES) + len(_NARROW_SOURCES))
_NEVER = -inf

_UTF8 = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|(?:[\xc2-\xdf][\x80-\xbf]){2}|[\xf0-\xf4][\x80-\xbf]{3}")
LETTERS_LEAST_BITS = 4.0
LETTERS_AROUND = 5
"""The same for places with other characters than ideographs and syllables: a word may have a single such place."""

LONGEST = 64
"""Code points from which on a place is a stretch of damaged text."""

SAMPLE = 32
"""Places of a text that are looked at to tell whether it is damaged all over."""

SHARE = 2
"""One in so many of them has to be promising for that: of damaged text all are, of classical Chinese a quarter."""


def promising(text: str, places: Sequence[tuple[int, int]], more: float = 0.0) -> list[tuple[int, int]]:
    """Return the places that gain what they have to, and some more bits."""
    return [place for place in places if bits_around(text, *place) >= more]


def are_promising(text: str, starts: Sequence[int]) -> bool:
    """Return whether so many of the places that begin at some indices are promising that a text is damaged all over.

    Only ideographs and syllables are looked into: letters are dear to try, and healthy text has few odd ones.
    """
    sample = starts[:: len(starts) // SAMPLE + 1]
    left = -(-len(sample) // SHARE)
    for start in sample:
        left -= _WIDE.match(text, start) is None or bits_around(text, start, start + 1) >= 0
        if left <= 0:
            return True
    return False


def bits_around(text: str, start: int, end: int) -> float:
    """Return how many bits more a place gains than it has to."""
    if end - start > LONGEST:
        return inf
    first = max(0, start - AROUND)
    window = text[first : end + AROUND]
    if _OTHER.search(window) is None and _WIDE.search(text, start, end) and not _IN_WORD.search(text[start:end]):
        return _gain(window, start - first, end - first) - LEAST_BITS
    return _gain_of_letters(masked(text[max(0, start - LETTERS_AROUND) : end + LETTERS_AROUND])) - LETTERS_LEAST_BITS


_WIDE = re.compile("[^\0-\u2e7f\uff61-\uff9f]")
_OTHER = re.compile("[\0-\x08\x0e-\x1f\x7f-\xb6\xb8-\u200f\u2028-\u202f\u203c-\u2e7f\uff61-\uff9f]")
_IN_WORD = re.compile("\\A[A-Za-z]|[A-Za-z]\\Z")


@lru_cache(maxsize=1 << 14)
def _gain(window: str, start: int, end: int) -> float:
    return max(_gains(window, start, end), default=0.0)


@lru_cache(maxsize=1 << 14)
def _gain_of_letters(window: str) -> float:
    return max((bits for _, bits, _ in Search(plausibility())._readings(window)), default=0.0)


def _gains(window: str, start: int, end: int) -> Iterator[float]:
    """Yield what misreadings gain that have to do with the place."""
    rows = [_rows()[char] for char in window]
    pairs = {pair for row in rows[start:end] for pair, gain in enumerate(row) if gain > 0}
    for pair in pairs:
        yield _best_stretch([row[pair] for row in rows], start, end)
    for reader in _READERS:
        yield from _gains_of_utf8(window, start, end, reader)


def _best_stretch(gains: Sequence[float], start: int, end: int) -> float:
    """Return the most that a stretch gains which has something of the place in it."""
    best = with_place = _NEVER
    total = 0.0
    for index, gain in enumerate(gains):
        total = max(total, 0.0) + gain
        with_place = max(with_place + gain, total) if start <= index < end else with_place + gain
        best = max(best, with_place)
    return best


def _gains_of_utf8(window: str, start: int, end: int, reader: str) -> Iterator[float]:
    table, costs = char_bytes(reader), _costs(plausibility())
    first, last = start, end
    while first > 0 and table[window[first - 1]] is not None:
        first -= 1
    while last < len(window) and table[window[last]] is not None:
        last += 1
    observed = window[first:last]
    parts = [data for data in map(table.__getitem__, observed) if data is not None]
    data = b"".join(parts)
    if len(parts) < len(observed) or not _UTF8.search(data):
        return
    reading = read_back(observed, parts, data, "utf-8")
    total = 0.0
    for begin, stop, new, new_end in reading.atoms() if reading else ():
        healthy = reading.healthy[new:new_end] if reading else ""
        if MALFORMED.search(healthy):
            total = 0.0
            continue
        gain = sum(map(costs.__getitem__, observed[begin:stop])) - sum(map(costs.__getitem__, healthy))
        total = max(0.0, total + gain)
        yield total


class _Rows(dict[str, "array[float]"]):
    """What a character gains in each pair of pages, by itself; -inf where it cannot have been misread so."""

    def __missing__(self, char: str) -> array[float]:
        if len(self) >= 1 << 12:
            self.clear()
        row = self[char] = array("f", _row(char))
        return row


@cache
def _rows() -> _Rows:
    return _Rows()


def _row(char: str) -> Iterator[float]:
    costs = _costs(plausibility())
    for reader in _READERS:
        data = char_bytes(reader)[char]
        if data is None:
            yield from [_NEVER] * (len(_WIDE_SOURCES) + len(_NARROW_SOURCES))
            continue
        for source in _WIDE_SOURCES:
            try:
                healthy = codepages.decode(data, source)
            except UnicodeError:
                yield _NEVER
                continue
            yield 0.0 if healthy == char else costs[char] - sum(map(costs.__getitem__, healthy))
        for source in _NARROW_SOURCES:
            bits = _bits_of_bytes(source)
            yield 0.0 if data.isascii() else costs[char] - sum([bits[byte] for byte in data])


@cache
def _bits_of_bytes(page: str) -> list[float]:
    """Return the bits of each byte in a single-byte page, infinite for those that it does not know."""
    costs = _costs(plausibility())
    found = []
    for byte in range(256):
        try:
            found.append(costs[codepages.decode(bytes((byte,)), page)])
        except UnicodeError:
            found.append(inf)
    return found
