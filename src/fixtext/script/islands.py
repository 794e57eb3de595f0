"""Exact conversion at the places that need it: characters by table, islands by maximum forward matching.

An island is the stretch around a trigger up to the nearest places that no match can run across. Inside, the exact
algorithm runs; everything else converts character by character. The proof that this is exact rests on the pairs that
tools/script_pairs.py computes, and is checked against official OpenCC by the tests' generator of hostile text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from operator import add
from typing import NamedTuple

from fixtext.script import matching
from fixtext.script.configs import CONFIGS
from fixtext.script.pairs import InnerPairs
from fixtext.script.tables import Tables, compatibility

DESCRIPTION_REACH = 4 * matching.MAX_DESCRIPTION_LENGTH
"""Code points of the input that one ideographic description sequence can hold together, at any stage: 64, and no
phrase of a stage before shrinks more than 4 times (checked when the tables are built)."""

_MEMO_SIZE = 1 << 16  # islands of a real text repeat: 50 MB have about 30,000 distinct ones
_MEMO_LENGTH = 64

# A single range costs a comparison; a set with characters outside the BMP would be searched one by one.
DESCRIPTIONS = re.compile("[\u2ff0-\u2fff]")
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


class Island(NamedTuple):
    """A stretch whose conversion is not that of its characters one by one.

    Attributes:
        start: index of its first code point.
        end: index after its last code point.
        text: its conversion.
    """

    start: int
    end: int
    text: str


def unify(text: str) -> str:
    """Replace compatibility ideographs, as all of OpenCC's configurations do first; lengths stay.

    Inside an ideographic description sequence they stay: OpenCC does not look into one.
    """
    if not _COMPATIBILITY.search(text):
        return text
    replacements = compatibility()
    if not DESCRIPTIONS.search(text):
        return _COMPATIBILITY.sub(lambda match: replacements.get(ord(match[0]), match[0]), text)
    parts: list[str] = []
    position = done = 0
    while found := DESCRIPTIONS.search(text, position):
        length = matching.description_length(text, found.start())
        parts.append(text[done : found.start()].translate(replacements))
        parts.append(text[found.start() : found.start() + length])
        done = found.start() + length
        position = max(done, found.end())
    parts.append(text[done:].translate(replacements))
    return "".join(parts)


class Engine:
    """Converts with one configuration, in pure Python.

    Attributes:
        tables: its dictionaries and pairs.
    """

    def __init__(self, config: str) -> None:
        """Load a configuration of OpenCC's."""
        self.tables = Tables(config)
        self.memo: dict[str, str | None] = {}
        self._pairs: tuple[set[str], InnerPairs] | None = None
        self._specials = re.compile(f"[{re.escape(self.tables.specials)}]") if self.tables.specials else None

    def convert(self, text: str) -> str:
        """Convert a text whole."""
        text = unify(text)
        return splice(text.translate(self.tables.characters), self.islands(text))

    def island(self, text: str) -> str | None:
        """Convert an island exactly; None if its characters one by one give the same."""
        try:
            return self.memo[text]
        except KeyError:
            pass
        tables = self.tables
        exact: str | None = matching.convert(tables.stages, tables.segmentation, text)
        if exact == text.translate(tables.characters):
            exact = None
        if len(text) <= _MEMO_LENGTH:
            if len(self.memo) >= _MEMO_SIZE:
                self.memo.clear()
            self.memo[text] = exact
        return exact

    def islands(self, text: str) -> Iterator[Island]:
        """Yield the islands of a text without compatibility ideographs, in order."""
        for start, end in self._extents(text):
            converted = self.island(text[start:end])
            if converted is not None:
                yield Island(start, end, converted)

    def _extents(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the stretches around triggers and specials, disjoint, from cut to cut."""
        if self._pairs is None:
            self._pairs = set(self.tables.triggers()), InnerPairs(*self.tables.inner())
        triggers, inner = self._pairs
        seeds = [(at, at + 2) for at, pair in enumerate(map(add, text, text[1:])) if pair in triggers]
        if self._specials:
            seeds += [match.span() for match in self._specials.finditer(text)]
        seeds += [(found.start(), found.start() + DESCRIPTION_REACH) for found in DESCRIPTIONS.finditer(text)]
        seeds.sort()
        size = len(text)
        start = end = 0
        for first, after in seeds:
            if after <= end:
                continue
            if first >= end:
                if start < end:
                    yield start, end
                start = first
                while start > end and inner[text[start - 1 : start + 1]]:
                    start -= 1
            end = min(after, size)
            while end < size and inner[text[end - 1 : end + 1]]:
                end += 1
        if start < end:
            yield start, end


def splice(characters: str, islands: Iterator[Island]) -> str:
    """Put the islands into the text that was converted character by character."""
    parts: list[str] = []
    done = 0
    for start, end, text in islands:
        parts += (characters[done:start], text)
        done = end
    if not parts:
        return characters
    parts.append(characters[done:])
    return "".join(parts)


@cache
def engine(config: str) -> Engine:
    """Return the engine of a configuration, loaded once.

    Raises:
        ValueError: there is no such configuration.
    """
    if config not in CONFIGS:
        raise ValueError(f"unknown conversion {config!r}; known: {', '.join(CONFIGS)}")
    return Engine(config)
