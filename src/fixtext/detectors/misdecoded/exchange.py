"""What misreadings would gain around many places at once, with numpy, where two bytes were read as a character.

Each ideograph or syllable is two bytes of its page, and those are one character or two of the page that a text may have
been written in. What these cost is looked up; what stands there costs what it does in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext import codepages
from fixtext.codepages.multi_byte import read_each
from fixtext.detectors.misdecoded.characters import by_themselves
from fixtext.detectors.misdecoded.plausible import AGAIN_BITS
from fixtext.detectors.misdecoded.single_gains import NARROW_SOURCES, PAIRS, READERS, WIDE_SOURCES
from fixtext.detectors.neighbours import distinct
from fixtext.language import default_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIZE = len(WIDE_SOURCES) + len(NARROW_SOURCES)
BEFORE, BEHIND = 8, 16
"""Code points of a window before the beginning of its place, and from there on."""

_NEVER = np.float32(-1e4)
"""Gain of what cannot have been misread so."""

MOST = 26.0
"""Most that a character costs by itself."""

_LOST = 0xFFFD

BESIDE = 3.0
"""What the second of two letters costs at most beyond its frequency."""


class _Tables:
    """What is looked up; worked out for the characters that are met, for all of them it takes 0.2 s.

    Attributes:
        data: for each reader the two bytes of each code point of the BMP, as a number; 0 where there are no two.
        same: for each reader and code point, a bit for each of `WIDE_SOURCES` in which the bytes mean the same.
        bits: what each two bytes cost in each source, `inf` where they are no text of it.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self.data = [np.zeros(1 << 16, np.uint16) for _ in READERS]
        self.same = [np.zeros(1 << 16, np.uint8) for _ in READERS]
        self.bits = np.full((1 << 16, _SIZE), np.inf, np.float16)
        self._alone = np.minimum(by_themselves(), MOST)
        self._is_known = np.zeros(1 << 16, np.bool_)
        self._are_known = np.zeros(1 << 16, np.bool_)
        self._are_known[0] = True

    def meet(self, codes: NDArray[np.uint32]) -> None:
        """Work out what is not known yet of some code points of the BMP."""
        new = distinct(codes[~self._is_known[codes]])
        self._is_known[new] = True
        new = new[new >= 0x80]
        if not len(new):
            return
        written = [_written(new, reader) for reader in READERS]
        pairs, each = np.unique(np.concatenate(written), return_inverse=True)
        read = [_read(pairs, source) for source in WIDE_SOURCES]  # all at once: one by one it takes three times as long
        for number, found in enumerate(written):
            self.data[number][new] = found
            own = each[number * len(new) : (number + 1) * len(new)]
            for column, codes in enumerate(read):
                alike = (codes[own] == new) & (found > 0)
                self.same[number][new] |= alike.astype(np.uint8) << np.uint8(column)
        unknown = ~self._are_known[pairs]
        self._weigh(pairs[unknown], [codes[unknown] for codes in read])

    def _weigh(self, pairs: NDArray[np.uint16], read: Sequence[NDArray[np.uint32]]) -> None:
        """Work out what pairs of bytes cost, given the characters that they are in `WIDE_SOURCES`."""
        if not len(pairs):
            return
        self._are_known[pairs] = True
        for column, codes in enumerate(read):
            self.bits[pairs, column] = np.where(codes > 0, self._alone[codes], np.inf)
        high = pairs[pairs >= 0x8000]
        first, second = _letters()[:, high >> np.uint16(8)], _letters()[:, high & np.uint16(0xFF)]
        triples = np.stack((np.zeros_like(first), first, second), axis=2)
        behind = default_model().transitions_of(triples.ravel()).reshape(first.shape)
        alone = [np.where(codes == _LOST, np.inf, self._alone[codes]) for codes in (first, second)]
        self.bits[high, len(WIDE_SOURCES) :] = (alone[0] + np.minimum(behind, alone[1] + BESIDE)).T


def gains(text: str, places: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Return for each place, and each of `single_gains.PAIRS`, the most bits that a stretch gains with something of it.

    Args:
        text: what the places are in.
        places: (start, end) of each; what is more than `BEHIND` code points behind the start is not looked at.
    """
    starts = np.array([start for start, _ in places], np.intp)
    sizes = np.array([end - start for start, end in places], np.intp)
    at = starts[:, np.newaxis] + np.arange(-BEFORE, BEHIND)
    inside = (at >= 0) & (at < len(text))
    flat = distinct(at[inside])
    chars = "".join(map(text.__getitem__, flat.tolist()))
    codes = np.frombuffer(chars.encode("utf-32-le", "surrogatepass"), np.uint32)
    each = np.append(_each(codes, standing(text, flat, codes)), np.full((1, len(PAIRS)), _NEVER), axis=0)
    rows = np.where(inside, np.searchsorted(flat, at), len(flat))
    total = np.zeros((len(places), len(PAIRS)), np.float32)
    best = with_place = np.full_like(total, _NEVER)
    for step in range(BEFORE + BEHIND):
        gain = each.take(rows[:, step], axis=0)
        own = sizes > step - BEFORE
        if own.any():
            np.maximum(total, 0, out=total)
            total += gain
        if step >= BEFORE:  # from here on the stretch has something of the place
            with_place = with_place + gain
            with_place[own] = np.maximum(with_place[own], total[own])
            best = np.maximum(best, with_place)
    return best


def standing(text: str, places: NDArray[np.intp], codes: NDArray[np.uint32]) -> NDArray[np.float32]:
    """Return the bits of characters where they stand, at most what they cost by themselves and a little."""
    from fixtext.detectors.misdecoded.at_once import most_bits

    bits = np.minimum(default_model().transitions_in(text, places.tolist()), most_bits().take(codes, mode="clip"))
    again = [text[place] in text[max(0, place - 2) : place] for place in places.tolist()]
    bits[again] = np.minimum(bits[again], AGAIN_BITS)
    return bits.astype(np.float32)


def _each(codes: NDArray[np.uint32], bits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what each character gains in each of the pairs."""
    tables = _tables()
    data, same, costs = tables.data, tables.same, tables.bits
    low = np.minimum(codes, 0xFFFF)
    tables.meet(low)
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
    return _Tables()


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
