"""In which pages of several bytes a run can gain anything, by what each two neighbours would be there.

Of the bytes of healthy words each two are, as a rule, no character of any such page, or one that is rarer than what
they are part of. Where no two bytes of a run gain anything, no stretch of it does: a table of neighbours says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import inf

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED, char_bytes, is_single
from fixtext.detectors.misdecoded.costs import Costs
from fixtext.detectors.misdecoded.pairs import SOURCES

NEIGHBOURS = 1 << 14
"""Neighbours of a page that are remembered."""

GROUPS = tuple(tuple(name for name, _ in group) for group in SOURCES[1:] if not is_single(group[0][0]))
"""The groups of sources of several bytes, but for UTF-8."""

NONE: frozenset[int] = frozenset()

_LEADS = re.compile(b"[\xc2-\xf4][\x80-\xbf]")
"""What UTF-8 has in every character beyond ASCII; CESU-8 too."""

_MORE = {"gbk": re.compile(b"[\x81-\xfe][0-9][\x81-\xfe][0-9]"), "euc-jp": re.compile(b"\x8f")}
"""What characters of more than two bytes have, by the first page of their group."""


class _Bits(dict[bytes, tuple[float, ...]]):
    """What one or two bytes cost at least in each of `GROUPS`, infinite where they are no text."""

    def __init__(self, costs: Costs) -> None:
        super().__init__()
        self._costs = costs

    def __missing__(self, data: bytes) -> tuple[float, ...]:
        found = self[data] = tuple(min(self._in(data, page) for page in group) for group in GROUPS)
        return found

    def _in(self, data: bytes, page: str) -> float:
        healthy = codepages.decode(data, page, "surrogateescape")
        return inf if MALFORMED.search(healthy) else sum(map(self._costs.__getitem__, healthy))


class _Neighbours(dict[str, frozenset[int]]):
    """Of each character with the one before it, in which of `GROUPS` some of their bytes gain something.

    Bytes share what their character costs. In pages of single bytes those count too of which one is a character by
    itself, for what stands beside it may say more.
    """

    def __init__(self, reader: str, costs: Costs) -> None:
        super().__init__()
        self._bytes, self._costs, self._is_single = char_bytes(reader), costs, is_single(reader)
        self._bits = _bits(costs)

    def __missing__(self, chars: str) -> frozenset[int]:
        if len(self) >= NEIGHBOURS:
            self.clear()
        found = NONE if chars.isascii() else frozenset(self._found(chars))
        self[chars] = found
        return found

    def _found(self, chars: str) -> Iterator[int]:
        """Yield the groups in which something gains that ends in the last character."""
        parts = [self._bytes[char] or b"" for char in chars]
        shares = [self._costs[char] / len(part) for char, part in zip(chars, parts, strict=True) for _ in part]
        data = b"".join(parts)
        own = len(data) - len(parts[-1])
        for end in range(own, len(data)):
            if end and data[end - 1] > 0x7F:
                both = shares[end - 1] + shares[end]
                yield from (group for group, bits in enumerate(self._bits[data[end - 1 : end + 1]]) if bits < both)
            alone = self._bits[data[end : end + 1]]
            if data[end] > 0x7F:
                least = inf if self._is_single else shares[end]
                yield from (group for group, bits in enumerate(alone) if bits < least)
            elif end > own:
                behind = [self._bits[data[max(0, end - size) : end]] for size in (1, 2)]
                yield from (
                    group
                    for group, bits in enumerate(alone)
                    if bits < shares[end] and min(ends[group] for ends in behind) < inf
                )


class _Characters(dict[str, frozenset[int]]):
    """Of each character in which of `GROUPS` its bytes are one character."""

    def __init__(self, reader: str) -> None:
        super().__init__()
        self._bytes = char_bytes(reader)

    def __missing__(self, char: str) -> frozenset[int]:
        if len(self) >= NEIGHBOURS:
            self.clear()
        data = self._bytes[char] or b""
        found = self[char] = frozenset(
            number for number, group in enumerate(GROUPS) if any(_is_character(data, page) for page in group)
        )
        return found


def _is_character(data: bytes, page: str) -> bool:
    healthy = codepages.decode(data, page, "surrogateescape")
    return len(healthy) == 1 and not MALFORMED.match(healthy)


@lru_cache(maxsize=2)
def _bits(costs: Costs) -> _Bits:
    return _Bits(costs)


@lru_cache(maxsize=128)
def _neighbours(reader: str, costs: Costs) -> _Neighbours:
    return _Neighbours(reader, costs)


@lru_cache(maxsize=128)
def _characters(reader: str) -> _Characters:
    return _Characters(reader)


def may_be_utf8(data: bytes) -> bool:
    """Whether bytes are ASCII, or have the beginning of a character of UTF-8 beyond it."""
    return data.isascii() or _LEADS.search(data) is not None


def gaining(observed: str, data: bytes, reader: str, costs: Costs) -> frozenset[int]:
    """Return in which of `GROUPS`, by their numbers, any stretch of a run may gain anything.

    Args:
        observed: the run.
        data: its bytes.
        reader: the page that read them.
        costs: what characters cost.
    """
    keys = {observed[0], *(first + second for first, second in pairwise(observed))}
    found = NONE.union(*map(_neighbours(reader, costs).__getitem__, keys))
    more = [number for number, (page, *_) in enumerate(GROUPS) if page in _MORE and _MORE[page].search(data)]
    return found.union(more) if more else found


def of_one_size(chars: set[str], reader: str) -> frozenset[int]:
    """Return in which of `GROUPS` each of some characters beyond ASCII may have been one character."""
    every = [*map(_characters(reader).__getitem__, chars)]
    return every[0].intersection(*every[1:]) if every else NONE
