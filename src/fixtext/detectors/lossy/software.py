"""How Chinese is written in software: counts of up to three characters, and how often they end a stretch.

A general language model sees few places where Chinese meets code: 体 ends nothing but 结构体, 但 ends nothing. Files go
through editors that lose bytes where people program, so the counts come from comments, messages and documents of
software on PyPI and npm (tools/build_lossy_tables.py).
"""

from __future__ import annotations

import math
import struct
from bisect import bisect_left
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

MAGIC = b"FTSW0001"

JOINT = 0.6
"""Weight of "how likely is the character, and that it ends a stretch" against "which characters end a stretch here".
0.3 and 0.7 do as well within 0.3 points of the lost characters of held-out packages; either alone is 1 point worse."""

_END = 3.0
"""Pseudo-counts that the share of ends gets from the shorter context."""

_WIDE = 400.0
"""Pseudo-counts that the general language model gives to the characters that end a stretch."""

_LIKELY = 12
"""Characters, the likeliest by the language model, that are weighed even if they were never counted here."""

_NEVER = 2.0**-30
"""Least probability."""

_UNSEEN = 0, 0

_EVERYWHERE = 0.25
"""Share of ends among the characters, before any is seen."""


class Row(NamedTuple):
    """What was counted behind one context.

    Attributes:
        counts: how often each character followed, and how often it ended a stretch.
        seen: the sum of the former.
        ended: the sum of the latter.
        rest: pseudo-counts that the shorter context gets: kinds of characters, and those too rare to be listed.
        rest_ended: the same for ends.
    """

    counts: dict[str, tuple[int, int]]
    seen: int
    ended: int
    rest: int
    rest_ended: int


class _Tables(NamedTuple):
    contexts: memoryview
    starts: memoryview
    rests: memoryview
    rests_ended: memoryview
    chars: memoryview
    seen: memoryview
    ended: memoryview


_EMPTY = Row({}, 0, 0, 0, 0)


def context(left: str) -> tuple[str, str]:
    """Return the contexts of a place, the shorter first: one and two symbols, ``^`` for the beginning of a line."""
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


def ending(left: str, chars: str, general: list[float]) -> list[tuple[float, str]]:
    """Return the bits of the characters that may end a stretch of Chinese, relative to each other.

    Args:
        left: the line in front of the character.
        chars: the characters that are possible.
        general: the bits of each by the language model.

    Returns:
        bits and characters, in no order; what neither the model nor the counts find likely is left out.
    """
    short, long = map(row, context(left))
    everywhere = row("")
    all_ends = everywhere.ended + _WIDE
    dearest = sorted(general)[_LIKELY] if len(general) > _LIKELY else math.inf
    rows = [
        (found.counts, found.seen + found.rest, found.rest, found.ended + found.rest_ended, found.rest_ended)
        for found in ((short, long) if long.seen else (short,))
        if found.seen
    ]
    found = []
    for char, bits in zip(chars, general, strict=True):
        if bits > dearest and char not in short.counts:
            continue
        seen, ended = everywhere.counts.get(char, _UNSEEN)
        joint = 2.0**-bits
        end = (ended + 2 * _EVERYWHERE) / (seen + 2)
        other = (ended + _WIDE * joint) / all_ends
        for counts, total, rest, total_ended, rest_ended in rows:
            seen, ended = counts.get(char, _UNSEEN)
            joint = (seen + rest * joint) / total
            end = (ended + _END * end) / (seen + _END)
            if total_ended:
                other = (ended + rest_ended * other) / total_ended
        found.append((joint * end, other, char))
    all_joint = JOINT / (sum(joint for joint, _, _ in found) or 1.0)
    all_other = (1 - JOINT) / (sum(other for _, other, _ in found) or 1.0)
    return [(-math.log2(joint * all_joint + other * all_other + _NEVER), char) for joint, other, char in found]


def inside(left: str, char: str, bits: float) -> float:
    """Return the probability of a character in the middle of a stretch, by these counts over the language model."""
    probability: float = 2.0**-bits
    for counted in map(row, context(left)):
        if not counted.seen:
            break
        seen, _ = counted.counts.get(char, (0, 0))
        probability = (seen + counted.rest * probability) / (counted.seen + counted.rest)
    return probability


@lru_cache(maxsize=1 << 14)
def row(symbols: str) -> Row:
    """Return what was counted behind a context of none, one or two symbols."""
    tables = _tables()
    key = 0
    for symbol in symbols:
        key = key << 16 | ord(symbol)
    place = bisect_left(tables.contexts, key)
    if place == len(tables.contexts) or tables.contexts[place] != key:
        return _EMPTY
    start, end = tables.starts[place], tables.starts[place + 1]
    seen, ended = tables.seen[start:end].tolist(), tables.ended[start:end].tolist()
    counts = dict(zip(map(chr, tables.chars[start:end]), zip(seen, ended, strict=True), strict=True))
    return Row(counts, sum(seen), sum(ended), tables.rests[place], tables.rests_ended[place])


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Open the file: magic, two lengths, then the arrays in little-endian order (`pack` writes them)."""
    data = memoryview(resources.files("fixtext.detectors.lossy").joinpath("software.bin").read_bytes())
    contexts, grams = struct.unpack_from("<II", data, len(MAGIC))
    arrays, position = [], len(MAGIC) + 8
    for length in (contexts, contexts + 1, contexts, contexts):
        arrays.append(data[position : position + 4 * length].cast("I"))
        position += 4 * length
    for _ in range(3):
        arrays.append(data[position : position + 2 * grams].cast("H"))
        position += 2 * grams + 2 * grams % 4
    return _Tables(*arrays)
