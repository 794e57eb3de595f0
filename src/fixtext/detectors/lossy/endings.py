"""Which characters end a run of Chinese: a lost character in front of ASCII is one of those.

A general language model sees few places where Chinese meets code: 体 ends 结构体, 但 ends nothing. The counts come
from comments, messages and documents of software on PyPI and npm, for that is where files go through editors that
lose bytes.
"""

from __future__ import annotations

import math
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

SHARE = 0.8
"""Weight of the counts against the language model. 0.3, 0.5 and 0.75 restore 75.9, 76.0 and 76.8 % of real lines."""

_WEIGHT = 5.0
"""Pseudo-counts that the narrower statistics get from the wider."""

_OWN = 10.0
"""The same for the shares of characters among the ends."""

_RARE = 400.0
"""Pseudo-counts of all characters that were never seen to end a run."""


class _Counts(NamedTuple):
    singles: dict[str, tuple[int, int]]
    grams: dict[str, tuple[int, int]]
    after: dict[str, int]
    share: float
    ends: int


def bits(general: float, extra: float, before: str, char: str) -> float:
    """Return the bits of a character that ends a run.

    Args:
        general: its bits by the language model.
        extra: bits that it costs besides, in this document.
        before: the line in front of it.
        char: the character.
    """
    ending, own = _ending(_context(before), char)
    return -math.log2((1 - SHARE) * 2.0 ** -(general + extra + ending) + SHARE * own * 2.0**-extra)


def _context(before: str) -> str:
    """Return the last characters beyond ASCII, two at most, or else the kind of what stands before the spaces."""
    if before[-1:] >= "\x80":
        return before[-2:] if before[-2:] >= "\x80" else before[-1:]
    last = before.rstrip(" ")[-1:]
    if not last:
        return "^"
    if last >= "\x80":
        return "H"
    return "0" if last.isdigit() else "a" if last.isalpha() else "("


@lru_cache(maxsize=1 << 16)
def _ending(before: str, char: str) -> tuple[float, float]:
    """Return the bits of ending a run for a pair, and the share of the character among the ends behind the first."""
    counts = _counts()
    seen, ended = counts.singles.get(char, (0, 0))
    alone = (ended + _WEIGHT * counts.share / 2) / (seen + _WEIGHT)
    ending = alone
    own = (ended + 0.1) / (counts.ends + _RARE)
    for context in (before[-1:], before)[: len(before)]:
        seen, ended = counts.grams.get(context + char, (0, 0))
        ending = (ended + _WEIGHT * ending) / (seen + _WEIGHT)
        own = (ended + _OWN * own) / (counts.after.get(context, 0) + _OWN)
    return -math.log2(ending), own / 2


@lru_cache(maxsize=1)
def _counts() -> _Counts:
    table = resources.files("fixtext.detectors.lossy").joinpath("endings.tsv").read_text(encoding="utf-8")
    singles: dict[str, tuple[int, int]] = {}
    grams: dict[str, tuple[int, int]] = {}
    after: dict[str, int] = {}
    for row in table.splitlines():
        key, seen, ended = row.split("\t")
        if len(key) == 1:
            singles[key] = int(seen), int(ended)
        else:
            grams[key] = int(seen), int(ended)
            after[key[:-1]] = after.get(key[:-1], 0) + int(ended)
    seen_all = sum(seen for seen, _ in singles.values())
    ends = sum(ended for _, ended in singles.values())
    return _Counts(singles, grams, after, ends / max(seen_all, 1), ends)
