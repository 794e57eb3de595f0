"""One misreading undone along a text: where characters as they stand and healthy ones begin at the same byte.

Between two such places lies an *atom*, the smallest stretch that can be taken back by itself. ASCII is its own healthy
text in nearly all pages; bytes that the source cannot read make an atom that nobody may take.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fixtext import codepages
from fixtext.detectors.misdecoded.debris import BARRIER


class _CharBytes(dict[str, "bytes | None"]):
    """The bytes of each character in one page, None where the page lacks it or reads it back otherwise."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page

    def __missing__(self, char: str) -> bytes | None:
        data = self[char] = None if char == BARRIER else codepages.reversible(char, self._page)
        return data


MALFORMED = re.compile("[\udc80-\udcff]")
"""Bytes that a page cannot read, as `Reading` holds them."""


@lru_cache(maxsize=128)
def char_bytes(page: str) -> dict[str, bytes | None]:
    """Return a table of the bytes of characters in a page; it fills itself."""
    return _CharBytes(page)


@dataclass(frozen=True, slots=True)
class Reading:
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

    def atoms(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (start, end) in the observed and (start, end) in the healthy text of every atom, in order."""
        sizes, others = list(map(len, self.parts)), sizes_in(self.healthy, self.source)
        if sizes == others:
            for i in range(len(sizes)):
                yield i, i + 1, i, i + 1
            return
        i = j = start = begin = 0
        ahead = 0  # bytes of observed characters not yet matched by healthy ones, negative the other way
        while i < len(sizes) or j < len(others):
            if ahead <= 0:
                if i == len(sizes):
                    return
                ahead += sizes[i]
                i += 1
            else:
                if j == len(others):
                    return
                ahead -= others[j]
                j += 1
            if not ahead:
                yield start, i, begin, j
                start, begin = i, j


def runs(text: str, page: str) -> Iterator[tuple[int, int, list[bytes]]]:
    """Yield the longest stretches that a page can write, ASCII alone left out, with the bytes of each character."""
    table = char_bytes(page)
    parts: list[bytes] = []
    start = 0
    for index, char in enumerate(text):
        data = table[char]
        if data is not None:
            parts.append(data)
            continue
        if parts and not text[start:index].isascii():
            yield start, index, parts
        start, parts = index + 1, []
    if parts and not text[start:].isascii():
        yield start, len(text), parts


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
        size = self[char] = len(self._bytes[char] or b"?")
        return size


_sizes = lru_cache(maxsize=128)(_Sizes)


def sizes_in(text: str, page: str) -> list[int]:
    """Return how many bytes each character takes in a page."""
    return list(map(_sizes(page).__getitem__, text))
