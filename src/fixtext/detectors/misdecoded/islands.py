"""What is whole between missing bytes: stretches of a line that are UTF-8, where the line is not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from fixtext import codepages
from fixtext.detectors.misdecoded.debris import BARRIER, is_debris
from fixtext.detectors.misdecoded.plausible import Plausibility

ISLAND = 400
SMALL = 12
ISLAND_BITS = 16.0
"""Code points of an island at most, and the bits that one of less than so many must save."""

SHORT = 64
"""Code points of a piece whose islands are remembered."""

_BEYOND = re.compile("[^\x00-\x7f]")
_VALID = re.compile("[^\udc80-\udcff]+")


class Island(NamedTuple):
    """A stretch that is UTF-8: where it stands, and what it says."""

    start: int
    end: int
    text: str


class _Bytes(dict[str, "bytes | None"]):
    """The bytes of each character in a page, None where the page lacks it; it fills itself.

    U+FFFD is no character of any page here: GB 18030 writes it in bytes that are no UTF-8.
    """

    def __init__(self, page: str) -> None:
        super().__init__({BARRIER: None})
        self._page = page

    def __missing__(self, char: str) -> bytes | None:
        try:
            data: bytes | None = codepages.encode(char, self._page)
        except UnicodeEncodeError:
            data = None
        self[char] = data
        return data


_bytes_in = lru_cache(maxsize=32)(_Bytes)


def islands(text: str, start: int, end: int, reader: str, scorer: Plausibility) -> Iterator[Island]:
    """Yield what of a line is UTF-8 that was read in another page, in order.

    Args:
        text: the whole text.
        start: index of the first character of the line.
        end: index behind its last.
        reader: the page it was read in; one that writes each character by itself.
        scorer: tells bits.
    """
    written = list(map(_bytes_in(reader).__getitem__, text[start:end]))
    lacking = [start + place for place, data in enumerate(written) if data is None]
    for before, stop in pairwise((start - 1, *lacking, end)):
        piece = text[before + 1 : stop]
        found = (_remembered if len(piece) <= SHORT else _islands_of)(piece, reader, scorer)
        for first, last, healthy in found:
            yield Island(before + 1 + first, before + 1 + last, healthy)


def _islands_of(piece: str, reader: str, scorer: Plausibility) -> list[Island]:
    """Return the same for a piece of a line that the page has all characters of, counted from its beginning."""
    if piece.isascii():
        return []
    found = []
    for first, last, healthy in _valid(piece, [data or b"" for data in map(_bytes_in(reader).__getitem__, piece)]):
        if healthy == piece[first:last]:
            continue
        few = last - first < SMALL
        saved = scorer.bits(piece[first:last]) - scorer.healthy_bits(healthy) if few else ISLAND_BITS
        if saved >= ISLAND_BITS and not is_debris(piece[first:last]):
            found.append(Island(first, last, healthy))
    return found


_remembered = lru_cache(maxsize=1 << 12)(_islands_of)
"""Between the marks of a document that lost bytes everywhere stand few words, the same ones again and again."""


def _valid(text: str, parts: list[bytes]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, healthy text) of what of a text is valid UTF-8, given the bytes of each character.

    Each begins with a character beyond ASCII and is as long as it can be, up to `ISLAND`: characters of the page and of
    UTF-8 end together.
    """
    offsets = [0, *accumulate(map(len, parts))]
    data = b"".join(parts)
    run = done = 0  # bytes before the valid run, characters before it
    decoded = data.decode("utf-8", "surrogateescape")
    for match in _VALID.finditer(decoded):
        run += match.start() - done  # each a byte that is malformed
        done = match.end()
        last = run + len(match[0].encode())
        place = bisect_left(offsets, run)
        limit = bisect_right(offsets, last) - 1
        while place < limit:
            beyond = _BEYOND.search(text, place, limit)
            if beyond is None:
                break
            place = beyond.start()
            if not _begins(data, offsets[place]):
                place += 1
                continue
            stop = min(limit, place + ISLAND)
            while stop > place and not (offsets[stop] == last or _begins(data, offsets[stop])):
                stop -= 1
            if stop > place:
                yield place, stop, data[offsets[place] : offsets[stop]].decode()
            place = max(stop, place + 1)
        run = last


def _begins(data: bytes, place: int) -> bool:
    """Whether a character of valid UTF-8 begins at a byte."""
    return data[place] & 0xC0 != 0x80
