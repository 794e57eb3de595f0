"""What misreadings would gain around many places at once, with numpy, where two bytes were read as a character.

Each ideograph or syllable is two bytes of its page, and those are one character or two of the page that a text may have
been written in. What these cost is looked up; what stands there costs what it does in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fixtext import codepages
from fixtext.detectors.misdecoded.characters import by_themselves
from fixtext.detectors.misdecoded.plausible import AGAIN_BITS
from fixtext.detectors.misdecoded.prospects import BEFORE, BEHIND, NARROW_SOURCES, READERS, WIDE_SOURCES
from fixtext.language import default_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIZE = len(WIDE_SOURCES) + len(NARROW_SOURCES)
_NEVER = np.float32(-1e4)
"""Gain of what cannot have been misread so."""

BESIDE = 3.0
"""What the second of two letters costs at most beyond its frequency."""

PAIRS = tuple((source, reader) for reader in READERS for source in (*WIDE_SOURCES, *NARROW_SOURCES))
"""The misreadings, in the order of the columns of `gains`."""


class _Tables(NamedTuple):
    """What is looked up.

    Attributes:
        data: for each reader the two bytes of each code point of the BMP, as a number; 0 where there are no two.
        same: for each reader and code point, a bit for each of `WIDE_SOURCES` in which the bytes mean the same.
        bits: what each two bytes cost in each source, `inf` where they are no text of it.
    """

    data: list[NDArray[np.uint16]]
    same: list[NDArray[np.uint8]]
    bits: NDArray[np.float16]


def gains(text: str, places: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Return for each place, and each of `PAIRS`, the most bits that a stretch gains which has something of the place.

    Args:
        text: what the places are in.
        places: (start, end) of each; what is more than `BEHIND` code points behind the start is not looked at.
    """
    starts = np.array([start for start, _ in places], np.intp)
    sizes = np.array([end - start for start, end in places], np.intp)
    at = starts[:, np.newaxis] + np.arange(-BEFORE, BEHIND)
    inside = (at >= 0) & (at < len(text))
    flat = np.unique(at[inside])
    chars = "".join(map(text.__getitem__, flat.tolist()))
    codes = np.frombuffer(chars.encode("utf-32-le", "surrogatepass"), np.uint32)
    each = _each(codes, standing(text, flat, codes))
    rows = np.searchsorted(flat, np.clip(at, 0, len(text) - 1))
    best = with_place = np.full((len(places), each.shape[1]), _NEVER, np.float32)
    total = np.zeros_like(best)
    for step in range(BEFORE + BEHIND):
        gain = each[rows[:, step]]
        gain[~inside[:, step]] = _NEVER
        np.maximum(total, 0, out=total)
        total += gain
        with_place = with_place + gain
        own = step - BEFORE
        if own >= 0:
            here = sizes > own
            if here.any():
                with_place[here] = np.maximum(with_place[here], total[here])
            best = np.maximum(best, with_place)
    return best


def standing(text: str, places: NDArray[np.intp], codes: NDArray[np.uint32]) -> NDArray[np.float32]:
    """Return the bits of characters where they stand, at most what they cost by themselves and a little."""
    from fixtext.detectors.misdecoded.long_texts import most_bits

    bits = np.minimum(default_model().transitions_in(text, places.tolist()), most_bits().take(codes, mode="clip"))
    again = [text[place] in text[max(0, place - 2) : place] for place in places.tolist()]
    bits[again] = np.minimum(bits[again], AGAIN_BITS)
    return bits.astype(np.float32)


def _each(codes: NDArray[np.uint32], bits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what each character gains in each of the pairs."""
    data, same, costs = _tables()
    low = np.minimum(codes, 0xFFFF)
    is_ascii = codes < 0x80
    columns = []
    for number, reader in enumerate(READERS):
        found = data[number][low]
        gain = bits[:, np.newaxis] - costs[found].astype(np.float32)
        np.maximum(gain, _NEVER, out=gain)
        agree = (same[number][low][:, np.newaxis] >> np.arange(len(WIDE_SOURCES), dtype=np.uint8)) & 1
        gain[:, : len(WIDE_SOURCES)][agree.astype(np.bool_)] = 0
        gain[codes > 0xFFFF] = _NEVER
        gain[is_ascii] = _NEVER if reader == "utf-16le" else 0
        columns.append(gain)
    return np.concatenate(columns, axis=1)


@cache
def _tables() -> _Tables:
    """Work out the tables, which takes 0.2 s."""
    pages = {name: _two_bytes(name) for name in {*READERS, *WIDE_SOURCES}}
    alone = np.minimum(by_themselves(), 26.0)
    bits = np.full((1 << 16, _SIZE), np.inf, np.float16)
    chars = {}
    for column, name in enumerate(WIDE_SOURCES):
        known = np.flatnonzero(pages[name])
        char_of = np.zeros(1 << 16, np.uint16)
        char_of[pages[name][known]] = known
        chars[name] = char_of
        bits[pages[name][known], column] = alone[known]
    for column, name in enumerate(NARROW_SOURCES, len(WIDE_SOURCES)):
        bits[0x8000:, column] = _bits_of_letters(name)
    bits[0] = np.inf
    codes = np.arange(1 << 16, dtype=np.uint16)
    same = []
    for reader in READERS:
        flags = np.zeros(1 << 16, np.uint8)
        for column, name in enumerate(WIDE_SOURCES):
            flags |= (chars[name][pages[reader]] == codes).astype(np.uint8) << np.uint8(column)
        same.append(flags)
    return _Tables([pages[name] for name in READERS], same, bits)


def _two_bytes(page: str) -> NDArray[np.uint16]:
    """Return the two bytes of each code point of the BMP in a page, 0 where there are no two."""
    codes = np.arange(1 << 16, dtype=np.uint16)
    if page == "utf-16le":
        codes[:0x80] = codes[0xD800:0xE000] = 0
        swapped: NDArray[np.uint16] = codes.byteswap()
        return swapped
    found = np.zeros(1 << 16, np.uint16)
    text = "\n".join(map(chr, [*range(0x80, 0xD800), *range(0xE000, 0x10000)]))
    data = np.frombuffer((text + "\n").encode(page, "replace"), np.uint8)
    ends = np.flatnonzero(data == 0x0A)
    begins = np.concatenate(([0], ends[:-1] + 1))
    two = np.flatnonzero(ends - begins == 2)
    char = codes[np.concatenate((np.arange(0x80, 0xD800), np.arange(0xE000, 0x10000)))]
    found[char[two]] = (data[begins[two]].astype(np.uint16) << np.uint16(8)) | data[begins[two] + 1]
    return found


def _bits_of_letters(page: str) -> NDArray[np.float16]:
    """Return what two bytes, the first of them high, cost as two characters of a page of single bytes."""
    read = [codepages.decode(bytes((byte,)), page, "replace") for byte in range(256)]
    chars = np.array([ord(char) for char in read], np.uint32)
    alone = np.minimum(by_themselves(), 26.0)[np.minimum(chars, 0xFFFF)]
    alone[chars == 0xFFFD] = np.inf
    first, second = np.repeat(chars[0x80:], 256), np.tile(chars, 0x80)
    triples = np.stack((np.zeros_like(first), first, second), axis=1).ravel()
    behind = default_model().transitions_of(triples)
    bits = np.repeat(alone[0x80:], 256) + np.minimum(behind, np.tile(alone, 0x80) + BESIDE)
    bits[~np.isfinite(np.repeat(alone[0x80:], 256) + np.tile(alone, 0x80))] = np.inf
    return bits.astype(np.float16)
