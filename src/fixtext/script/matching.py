"""OpenCC's maximum forward matching, exactly, one string at a time.

This is the definition that the fast paths are built around: they run it on islands only (see `islands`). It follows
Conversion.cpp, MaxMatchSegmentation.cpp and UTF8Util.hpp of OpenCC 1.4.2 in behaviour, over code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

# Operands of the ideographic description characters (Unicode 15.1, U+2FF0 to U+2FFF).
_ARITY = {chr(code): 2 for code in range(0x2FF0, 0x2FFE)}
_ARITY.update({"\u2ff2": 3, "\u2ff3": 3, "\u2ffe": 1, "\u2fff": 1})
_MAX_DESCRIPTION_DEPTH = 16
MAX_DESCRIPTION_LENGTH = 64
"""Code points that an ideographic description sequence may have to be taken as one."""


class Level:
    """One dictionary of a stage.

    Attributes:
        entries: keys with their conversions; None where a phrase is converted character by character.
        characters: the entries of one character, by code point.
        lengths: for each number of characters left (up to the longest key), the lengths of keys that fit, longest
            first.
    """

    __slots__ = ("characters", "entries", "lengths")

    def __init__(self, changed: Mapping[str, str], plain: Iterable[str] = ()) -> None:
        """Make a level of entries that have a conversion of their own and of phrases that have none."""
        entries: dict[str, str | None] = dict.fromkeys(plain)
        entries.update(changed)
        self.entries = entries
        self.characters = {ord(key): value for key, value in changed.items() if len(key) == 1}
        present = sorted(set(map(len, entries)), reverse=True)
        longest = present[0] if present else 0
        self.lengths = [tuple(length for length in present if length <= left) for left in range(longest + 1)]


class Stage:
    """One conversion of a chain: levels that are asked in order.

    Attributes:
        levels: the first one that matches at a position gives its longest match.
        characters: what becomes of a character that stands alone, by code point (for `str.translate`).
    """

    __slots__ = ("characters", "levels")

    def __init__(self, levels: Sequence[Level]) -> None:
        """Take the levels, the one that is asked first in front."""
        self.levels = levels
        self.characters: dict[int, str] = {}
        for level in reversed(levels):
            self.characters.update(level.characters)

    def convert(self, text: str) -> str:
        """Convert a text; what no dictionary has stays."""
        output: list[str] = []
        position, end = 0, len(text)
        while position < end:
            for level in self.levels:
                entries = level.entries
                lengths = level.lengths
                for length in lengths[min(end - position, len(lengths) - 1)]:
                    key = text[position : position + length]
                    if key in entries:
                        value = entries[key]
                        output.append(key.translate(self.characters) if value is None else value)
                        position += length
                        break
                else:
                    continue
                break
            else:
                length = (text[position] in _ARITY and description_length(text, position)) or 1
                output.append(text[position : position + length])
                position += length
        return "".join(output)


def cut(level: Level, text: str) -> list[str]:
    """Cut a text into the longest matches of a dictionary and the stretches between them."""
    segments: list[str] = []
    entries, lengths = level.entries, level.lengths
    position = start = 0
    end = len(text)
    while position < end:
        for length in lengths[min(end - position, len(lengths) - 1)]:
            if text[position : position + length] in entries:
                if start < position:
                    segments.append(text[start:position])
                start = position + length
                segments.append(text[position:start])
                position = start
                break
        else:
            position += (text[position] in _ARITY and description_length(text, position)) or 1
    if start < end:
        segments.append(text[start:])
    return segments


def convert(stages: Sequence[Stage], segmentation: Level | None, text: str) -> str:
    """Run all stages over a text whose compatibility ideographs have been replaced."""
    segments = [text] if segmentation is None else cut(segmentation, text)
    for stage in stages:
        segments = [stage.convert(segment) for segment in segments]
    return "".join(segments)


def description_length(text: str, start: int) -> int:
    """Return the length in code points of the ideographic description sequence that begins here, 0 if none is whole.

    A sequence such as U+2FF0 with two operands is never looked into: its operands are parts of one character.
    """
    limit = min(len(text), start + MAX_DESCRIPTION_LENGTH)
    position = start
    # Operands still owed by each open operator, outermost first: the depth of the nesting is the length of the list.
    owed = [1]
    while owed:
        if position >= limit or len(owed) > _MAX_DESCRIPTION_DEPTH:
            return 0
        owed[-1] -= 1
        arity = _ARITY.get(text[position], 0)
        position += 1
        if arity:
            owed.append(arity)
        while owed and not owed[-1]:
            owed.pop()
    return position - start
