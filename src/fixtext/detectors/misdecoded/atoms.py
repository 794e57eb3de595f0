"""One misreading undone along a text: where characters as they stand and healthy ones begin at the same byte.

Between two such places lies an *atom*, the smallest stretch that can be taken back by itself. ASCII is its own healthy
text in nearly all pages; bytes that the source cannot read make an atom that nobody may take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from fixtext import codepages
from fixtext.codepages.second_cells import OF_UTF8
from fixtext.detectors.misdecoded.debris import BARRIER

CHARACTERS = 1 << 13
"""Characters of a page that are remembered: more than a text of one language has."""


_DOT, _SHIFT_JIS = "\u30fb", ("cp932", "shift_jis")
"""What Windows writes for what cp932 does not have: those bytes are lost (`lossy.dots`)."""


class _CharBytes(dict[str, "bytes | None"]):
    """The bytes of each character in one page, None where the page lacks it or reads it back otherwise."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page
        is_single = codepages.code_page(page).family == "single-byte"
        self._chars = codepages.decode(bytes(range(256)), page, "replace") if is_single else None

    def __missing__(self, char: str) -> bytes | None:
        lacks = (
            char == BARRIER
            or (char == _DOT and self._page in _SHIFT_JIS)
            or (self._chars is not None and char not in self._chars)
        )  # quicker than to be refused
        if len(self) >= CHARACTERS:
            self.clear()
        data = None if lacks else codepages.reversible(char, self._page)
        if self._page == "cp932":
            data = OF_UTF8.get(char, data)
        self[char] = data
        return data


MALFORMED = re.compile("[\udc80-\udcff]")
"""Bytes that a page cannot read, as `Reading` holds them."""
PRIVATE = re.compile("[\ue000-\uf8ff]")
"""What one page of a group has for characters that another knows: Windows-950 for the Cyrillic rows of Big5-HKSCS."""


@lru_cache(maxsize=128)
def char_bytes(page: str) -> dict[str, bytes | None]:
    """Return a table of the bytes of characters in a page; it fills itself."""
    return _CharBytes(page)


@lru_cache(maxsize=128)
def is_single(page: str) -> bool:
    """Whether a page has one byte for each character."""
    return codepages.code_page(page).family == "single-byte"


Atom = tuple[int, int, int, int]
"""Start and end in the observed text, start and end in the healthy text."""

RUNS = 64
"""Texts with the page that wrote them that are remembered: of the misreadings of a line many have the same reader."""


class Reading(NamedTuple):
    """A stretch of text read back: its bytes in the reader's page, and the text that they are in the source's.

    Attributes:
        observed: the text as it stands.
        healthy: the text in the source's page, malformed bytes as U+DC80 to U+DCFF.
        parts: the bytes of each observed character.
        source: the source's page.
    """

    observed: str
    healthy: str
    parts: list[bytes]
    source: str

    def malformed(self) -> int:
        """Return how many bytes the source cannot read."""
        return len(MALFORMED.findall(self.healthy))

    def atoms(self) -> Iterable[Atom]:
        """Return every atom, in order."""
        sizes = list(map(len, self.parts))
        count = len(sizes)
        if is_single(self.source):
            if len(self.healthy) == count:
                return zip(range(count), range(1, count + 1), range(count), range(1, count + 1), strict=True)
            ends = list(accumulate(sizes))  # every byte is a character
            return zip(range(count), range(1, count + 1), [0, *ends[:-1]], ends, strict=True)
        others = sizes_in(self.healthy, self.source)
        if sizes == others:
            return zip(range(count), range(1, count + 1), range(count), range(1, count + 1), strict=True)
        ends = list(accumulate(others))
        if sizes.count(1) == count == ends[-1]:  # every character was a byte
            return zip([0, *ends[:-1]], ends, range(len(others)), range(1, len(others) + 1), strict=True)
        stops = dict(zip(ends, range(1, len(others) + 1), strict=True))
        borders = [(end, stops[at]) for end, at in enumerate(accumulate(sizes), 1) if at in stops]
        return [(start, end, begin, stop) for (start, begin), (end, stop) in pairwise(((0, 0), *borders))]


@lru_cache(maxsize=RUNS)
def runs(text: str, page: str) -> list[tuple[int, int, list[bytes]]]:
    """Return the longest stretches that a page can write, ASCII alone left out, with the bytes of each character."""
    parts = list(map(char_bytes(page).__getitem__, text))
    lacking = [index for index, data in enumerate(parts) if data is None] if not all(parts) else []
    return [
        (before + 1, end, parts[before + 1 : end])  # type: ignore[misc]
        for before, end in pairwise((-1, *lacking, len(text)))
        if not text[before + 1 : end].isascii()
    ]


def read_back(observed: str, parts: list[bytes], data: bytes, source: str) -> Reading | None:
    """Read the bytes of a run in the source's page; None where that says nothing new or cannot be done."""
    try:
        healthy = codepages.decode(data, source, "surrogateescape")
    except UnicodeError:
        return None
    if healthy == observed:
        return None
    return Reading(observed, healthy, parts, source)


class _Sizes(dict[str, int]):
    """How many bytes each character takes in one page; a malformed byte counts one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._bytes = char_bytes(page)

    def __missing__(self, char: str) -> int:
        if len(self) >= CHARACTERS:
            self.clear()
        size = self[char] = len(self._bytes[char] or b"?")
        return size


_sizes = lru_cache(maxsize=128)(_Sizes)


def sizes_in(text: str, page: str) -> list[int]:
    """Return how many bytes each character takes in a page."""
    return list(map(_sizes(page).__getitem__, text))
