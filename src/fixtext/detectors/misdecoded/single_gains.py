"""What misreadings gain by single characters: those by which a character takes as many bytes as it was read from are
looked up, UTF-8 is worked out.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import inf

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED, char_bytes, read_back
from fixtext.detectors.misdecoded.costs import costs_of
from fixtext.detectors.misdecoded.pairs import SOURCES
from fixtext.detectors.misdecoded.plausible import plausibility

# By Python's own codecs: a look has no need of the cells in which those of `codepages` differ.
READERS = ("gb18030", "cp950", "cp932", "cp949", "euc-jp", "utf-16le")
WIDE_SOURCES = ("gb18030", "cp950", "cp932", "cp949", "euc-jp", "johab", "utf-16le")
NARROW_SOURCES = tuple(name for ((name, _), *_) in SOURCES if name not in (*WIDE_SOURCES, "gbk", "utf-8"))
PAIRS = tuple((source, reader) for reader in READERS for source in (*WIDE_SOURCES, *NARROW_SOURCES))
"""The misreadings that are looked up in `exchange`, in the order of its columns."""
_NEVER = -inf

_UTF8 = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|(?:[\xc2-\xdf][\x80-\xbf]){2}|[\xf0-\xf4][\x80-\xbf]{3}")


@lru_cache(maxsize=1 << 14)
def gain_around(window: str, start: int, end: int) -> float:
    """Return the most that a misreading gains on a stretch which has something of a part of a window."""
    return max((gain for gain, _ in _gains(window, start, end)), default=0.0)


def pairs_around(window: str, start: int, end: int, least: float) -> list[tuple[str, str]]:
    """Return the misreadings that gain so much, those that gain most first."""
    found = sorted(((gain, pair) for gain, pair in _gains(window, start, end) if gain >= least), reverse=True)
    return list(dict.fromkeys(pair for _, pair in found))


def _gains(window: str, start: int, end: int) -> Iterator[tuple[float, tuple[str, str]]]:
    """Yield what misreadings gain that have to do with the place."""
    rows = [_rows()[char] for char in window]
    if end - start == 1:
        pairs = [pair for pair, gain in enumerate(rows[start]) if gain > 0]
    else:
        pairs = [pair for pair, gains in enumerate(zip(*rows[start:end], strict=True)) if max(gains) > 0]
    for pair in pairs:
        yield _best_stretch([row[pair] for row in rows], start, end), PAIRS[pair]
    for reader in READERS:
        for gain in gains_of_utf8(window, start, end, reader):
            yield gain, ("utf-8", reader)


def _best_stretch(gains: Sequence[float], start: int, end: int) -> float:
    """Return the most that a stretch gains which has something of the place in it."""
    best = with_place = _NEVER
    total = 0.0
    for index, gain in enumerate(gains):
        total = max(total, 0.0) + gain
        with_place = max(with_place + gain, total) if start <= index < end else with_place + gain
        best = max(best, with_place)
    return best


def gains_of_utf8(window: str, start: int, end: int, reader: str) -> Iterator[float]:
    """Yield what UTF-8 gains, read in a page, in the run that has a part of a window."""
    first, last = start, end
    parts = [encoded(char, reader) for char in window]
    if not all(parts[start:end]):
        return
    while first > 0 and parts[first - 1]:
        first -= 1
    while last < len(window) and parts[last]:
        last += 1
    data = b"".join(parts[first:last])
    if not _UTF8.search(data):
        return
    observed, costs = window[first:last], costs_of(plausibility())
    reading = read_back(observed, parts[first:last], data, "utf-8")
    total = 0.0
    for begin, stop, new, new_end in reading.atoms() if reading else ():
        healthy = reading.healthy[new:new_end] if reading else ""
        if MALFORMED.search(healthy):
            total = 0.0
            continue
        gain = sum(map(costs.__getitem__, observed[begin:stop])) - sum(map(costs.__getitem__, healthy))
        total = max(0.0, total + gain)
        yield total


def may_be_utf8(text: str, start: int, end: int, reader: str, around: int) -> bool:
    """Whether the bytes of a place may be a part of characters in UTF-8."""
    before = text[max(0, start - around) : start].encode(reader, "replace")
    own = text[start:end].encode(reader, "replace")
    behind = text[end : end + around].encode(reader, "replace")
    last = len(before) + len(own)
    return any(match.start() < last and match.end() > len(before) for match in _UTF8.finditer(before + own + behind))


@lru_cache(maxsize=1 << 14)
def encoded(char: str, reader: str) -> bytes:
    """Return the bytes of a character, none if the page lacks it; some pages of Windows have private characters."""
    if reader not in READERS or "\ue000" <= char <= "\uf8ff":
        return char_bytes(reader)[char] or b""
    return char.encode(reader, "ignore")


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
    costs = costs_of(plausibility())
    standing = costs[char]
    for reader in READERS:
        data = encoded(char, reader)
        if not data:
            yield from [_NEVER] * (len(WIDE_SOURCES) + len(NARROW_SOURCES))
            continue
        for source in WIDE_SOURCES:
            try:
                healthy = data.decode(source)
            except UnicodeDecodeError:
                yield _NEVER
                continue
            yield 0.0 if healthy == char else standing - sum(map(costs.__getitem__, healthy))
        if data.isascii() and reader != "utf-16le":
            yield from [0.0] * len(NARROW_SOURCES)
        elif len(data) == 2:
            first, second = data
            for bits in _bits_of_bytes():
                yield standing - bits[first] - bits[second]
        else:
            for bits in _bits_of_bytes():
                yield standing - sum([bits[byte] for byte in data])


@cache
def _bits_of_bytes() -> list[list[float]]:
    """Return the bits of each byte in the single-byte pages, infinite for those that a page does not know."""
    costs = costs_of(plausibility())
    found = []
    for page in NARROW_SOURCES:
        read = [codepages.decode(bytes((byte,)), page, "replace") for byte in range(256)]
        found.append([inf if char == "\ufffd" else costs[char] for char in read])
    return found
