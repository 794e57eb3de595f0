"""Takes from a file what tells its encoding: words with bytes beyond ASCII, from all over it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HIGH = re.compile(rb"[\x80-\xff]")
_LOW = re.compile(rb"[\x00-\x2f]")
"""No encoding of two bytes or more a character, UTF-16 and its like aside, has such a byte inside a character (a
four-byte form of GB18030 has 30 to 39)."""

LONGEST = 240
"""Bytes taken of one stretch: Chinese text may have no ASCII for pages. One of this length may end in a character."""
_REPEATED = re.compile(rb"(.{1,4}?)\1{5,}", re.DOTALL)
"""Rules and frames: a line drawn is no more evidence than its first characters."""
_WHOLE = 12
"""Bytes that hold a whole number of units of 1, 2, 3 and 4 bytes: what is left out must not divide a character."""
_BEFORE = 16
"""ASCII bytes taken before the first byte beyond ASCII: the word that it stands in."""
_LOOKS = 4
"""Stretches looked at, for each byte wanted: a long log may say the same thing over and over."""
_PLACES = 16
"""Places of a long file that are looked at."""
_AHEAD = 1 << 16
"""Bytes searched for the end of a line after each of the places."""


def stretches(data: bytes, limit: int) -> list[bytes]:
    """Return stretches of a file that hold bytes beyond ASCII, none of which begins inside a character.

    Args:
        data: bytes in an encoding in which 00 to 2F stand for themselves.
        limit: bytes to take, about.
    """
    found: dict[bytes, None] = {}  # what a file repeats is no further evidence
    size = looked = 0
    parts = 1 if len(data) <= limit * 4 else _PLACES
    places = [len(data) * part // parts for part in range(parts)]
    iterators = [_from(data, place) for place in places]
    while iterators and size < limit and looked < _LOOKS * limit:
        for iterator in list(iterators):
            stretch = next(iterator, None)
            if stretch is None:
                iterators.remove(iterator)
                continue
            looked += 1
            if stretch not in found:
                found[stretch] = None
                size += len(stretch)
            if size >= limit:
                break
    return list(found)


def collapsed(data: bytes) -> bytes:
    """Return bytes with long repetitions shortened to 12 to 23 bytes; characters stay whole."""
    return _REPEATED.sub(
        lambda match: match[0][: _WHOLE + len(match[0]) % _WHOLE] if len(match[0]) > _WHOLE else match[0], data
    )


def _from(data: bytes, place: int) -> Iterator[bytes]:
    """Yield the stretches from the first line that begins at or after a place."""
    position = place
    if place:
        position = data.find(b"\n", place, place + _AHEAD) + 1
        if not position:
            return
    while high := _HIGH.search(data, position):
        start = high.start()
        first = max(position, start - _BEFORE)
        low = 0
        for low in range(start, first, -1):
            if data[low - 1] <= 0x20:
                first = low
                break
        end = _end(data, high.end())
        # With the byte behind it, so that half a character at its end is seen to be one.
        yield collapsed(data[first : min(end + 1, first + LONGEST)])
        position = end


def _end(data: bytes, position: int) -> int:
    """Return where a run of stretches parted by single spaces and points ends: after it come two bytes below 30."""
    while low := _LOW.search(data, position):
        after = low.end()
        following = data[after : after + 1]
        if not following or following < b"\x80" or low[0] in b"\n\r\0":
            return low.start()
        position = after
    return len(data)
