"""How Chinese is written in software: counts of up to three characters, and how often they end a stretch.

A general language model sees few places where Chinese meets code: 体 ends nothing but 结构体, 但 ends nothing. Files go
through editors that lose bytes where people program, so the counts come from comments, messages and documents of
software on PyPI and npm (tools/build_lossy_tables.py).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]
    Indices = NDArray[np.int64]
    Bits = NDArray[np.float64]

MAGIC = b"FTSW0002"

JOINT = 0.6
"""Weight of "how likely is the character, and that it ends a stretch" against "which characters end a stretch here".
0.3 and 0.7 do as well within 0.3 points of the lost characters of held-out packages; either alone is 1 point worse."""

_END = 3.0
"""Pseudo-counts that the share of ends gets from the shorter context."""

_WIDE = 400.0
"""Pseudo-counts that the general language model gives to the characters that end a stretch."""

_LIKELY = 9.0
"""Characters dearer than the cheapest by more bits, by the language model, are weighed only if they were counted."""

_NEVER = 2.0**-30
"""Least probability."""

EVERYWHERE = 0.25
"""Share of ends among the characters, before any is seen."""


class Counts:
    """What was counted behind contexts of none, one and two symbols, for many places at once."""

    def __init__(self, data: bytes) -> None:
        """Take a file: magic, two lengths, then the arrays (tools/lossy_builder/grams.py writes them)."""
        contexts, grams = struct.unpack_from("<II", data, len(MAGIC))
        position = len(MAGIC) + 8
        arrays = []
        for length, width in (*[(contexts, 4)] * 4, *[(grams, 2)] * 3):
            # First the low bytes of all numbers, then the next ones: so they take a fifth less in the wheel.
            planes = np.frombuffer(data, np.uint8, length * width, position).reshape(width, length)
            arrays.append(np.ascontiguousarray(planes.T).view(f"<u{width}").ravel())
            position += length * width
        self._contexts, sizes, rests, rests_ended, chars, self._seen, self._ended = arrays
        owners = np.repeat(np.arange(contexts), sizes)
        self._keys = owners << 16 | chars
        seen = np.bincount(owners, self._seen, contexts)
        self.rest, self.rest_ended = rests.astype(float), rests_ended.astype(float)
        """Pseudo-counts that the shorter context gets: kinds of characters, and those too rare to be listed."""
        self.known = seen > 0
        self.total = np.maximum(seen + self.rest, 1.0)
        self.total_ended = np.bincount(owners, self._ended, contexts) + self.rest_ended
        everywhere = self.find([""])
        codes = np.arange(1 << 16, dtype=np.uint32)
        self._seen_everywhere, self._ended_everywhere, _ = self.behind(np.repeat(everywhere, len(codes)), codes)
        self._all_ended = float(self.total_ended[everywhere[0]] - self.rest_ended[everywhere[0]])

    def find(self, symbols: Sequence[str]) -> Indices:
        """Return the indices of contexts; one that was never seen gets the index of one without counts, -1."""
        keys = np.array([_key(found) for found in symbols], np.uint32)
        place = np.minimum(np.searchsorted(self._contexts, keys), len(self._contexts) - 1)
        return np.where(self._contexts[place] == keys, place, -1)

    def behind(self, contexts: Indices, codes: Codes) -> tuple[Bits, Bits, NDArray[np.bool_]]:
        """Return how often characters followed contexts and ended a stretch there, and whether they are listed."""
        keys = contexts << 16 | np.minimum(codes, 0xFFFF)
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        listed = self._keys[place] == keys
        return np.where(listed, self._seen[place], 0.0), np.where(listed, self._ended[place], 0.0), listed

    def everywhere(self, codes: Codes) -> tuple[Bits, Bits]:
        """Return how often characters were seen, and how often they ended a stretch."""
        low = np.minimum(codes, 0xFFFF)
        return self._seen_everywhere[low], self._ended_everywhere[low]

    def ending(self, short: Indices, long: Indices, owners: Indices, codes: Codes, general: Bits) -> Bits:
        """Return the bits of the characters that may end a stretch of Chinese, relative to each other.

        Args:
            short: the shorter context of each place.
            long: the longer one.
            owners: for each character the index of its place, ascending.
            codes: the characters that are possible.
            general: the bits of each by the language model.

        Returns:
            bits; infinitely many for what neither the model nor the counts find likely.
        """
        low = np.minimum(codes, 0xFFFF)
        seen, ended = self._seen_everywhere[low], self._ended_everywhere[low]
        joint = 2.0**-general
        end = (ended + 2 * EVERYWHERE) / (seen + 2)
        other = (ended + _WIDE * joint) / (self._all_ended + _WIDE)
        likely = general <= least(owners, general) + _LIKELY
        for contexts in (short, long):
            known = np.flatnonzero(((contexts >= 0) & self.known[contexts])[owners])
            context = contexts[owners[known]]
            seen, ended, listed = self.behind(context, codes[known])
            if contexts is short:
                likely[known[listed]] = True
            joint[known] = (seen + self.rest[context] * joint[known]) / self.total[context]
            end[known] = (ended + _END * end[known]) / (seen + _END)
            total = self.total_ended[context]
            other[known] = np.where(
                total > 0, (ended + self.rest_ended[context] * other[known]) / np.maximum(total, 1), other[known]
            )
        joint *= end * likely
        other *= likely
        joint *= (JOINT / _sums(owners, joint))[owners]
        other *= ((1 - JOINT) / _sums(owners, other))[owners]
        return np.where(likely, -np.log2(joint + other + _NEVER), np.inf)

    def inside(self, short: Indices, long: Indices, owners: Indices, codes: Codes, general: Bits) -> Bits:
        """Return the probabilities of characters in the middle of a stretch, by these counts over the language model.

        The arguments are those of `ending`.
        """
        found = 2.0**-general
        for contexts in (short, long):
            known = np.flatnonzero(((contexts >= 0) & self.known[contexts])[owners])
            context = contexts[owners[known]]
            seen, _, _ = self.behind(context, codes[known])
            found[known] = (seen + self.rest[context] * found[known]) / self.total[context]
        return found


@lru_cache(maxsize=1)
def counts() -> Counts:
    """Return the counts that come with the package."""
    return Counts(resources.files("fixtext.detectors.lossy").joinpath("software.bin").read_bytes())


def context(left: str) -> tuple[str, str]:
    """Return the contexts of a place, the shorter first: one and two symbols, ``^`` for the beginning of a line."""
    near = left[-2:]
    if len(near) == 2 and "\x80" <= near[0] <= "\uffff" and "\x80" <= near[1] <= "\uffff":
        return near[1], near
    tail = left[-24:].lstrip(" \t") if len(left) <= 24 else left[-24:]
    symbols = ""
    for char in reversed(tail):
        found = token(char)
        if found != " " or symbols[:1] != " ":
            symbols = found + symbols
        if len(symbols) == 2:
            break
    symbols = symbols.rjust(2, "^")
    return symbols[-1:], symbols


def token(char: str) -> str:
    """Return what the counts see of a character: letters and digits are as one."""
    if char >= "\x80":
        return min(char, "\uffff")
    if char in " \t":
        return " "
    return "0" if char.isdigit() else "a" if char.isalpha() else char


def ranks(owners: Indices, bits: Bits) -> Indices:
    """Return for each item how many of the same owner are cheaper.

    Args:
        owners: ascending.
        bits: what they are ranked by.
    """
    order = np.lexsort((bits, owners))
    starts = np.searchsorted(owners, owners)
    found = np.empty(len(owners), np.int64)
    found[order] = np.arange(len(owners)) - starts
    return found


def least(owners: Indices, bits: Bits) -> Bits:
    """Return for each item the bits of the cheapest of the same owner; owners are ascending."""
    if not len(owners):
        return bits
    first = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    return np.repeat(np.minimum.reduceat(bits, first), np.diff(np.concatenate((first, [len(owners)]))))


def _sums(owners: Indices, values: Bits) -> Bits:
    """Return the sum of each owner's values, 1 where it is nought."""
    found = np.bincount(owners, values)
    return np.where(found > 0, found, 1.0)


def _key(symbols: str) -> int:
    key = 0
    for symbol in symbols:
        key = key << 16 | ord(symbol)
    return key
