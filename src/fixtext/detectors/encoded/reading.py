"""What the encodings have in common: a reading of a stretch of ASCII, and what a reading may not hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from fixtext.channels.channel import Channel


class Reading(NamedTuple):
    """A stretch of text and what it may encode.

    Attributes:
        start: index of its first character.
        end: index behind its last.
        text: what it encodes.
        channel: how that was encoded.
        bits: what the encoding costs before anything is seen.
    """

    start: int
    end: int
    text: str
    channel: Channel
    bits: float = 2.0


class Unit(NamedTuple):
    """One reference or escape.

    Attributes:
        start: index of its first character.
        end: index behind its last.
        code: the number that it names: a code point or half of a surrogate pair.
        digits: its hexadecimal digits, "" if they are decimal.
        sign: what says that a number follows; equal for those that one step writes.
        width: digits that it has at least.
        depth: how often it was written again.
    """

    start: int
    end: int
    code: int
    digits: str
    sign: str
    width: int = 0
    depth: int = 0

    @property
    def form(self) -> tuple[str, int, int]:
        """All but the number and the case of its digits."""
        return self.sign, self.width, self.depth


_JOINERS = "\u200c\u200d"
"""Format characters that belong to the spelling of words and emoji; never by themselves."""


@lru_cache(maxsize=8192)
def _is_text(char: str) -> bool:
    category = unicodedata.category(char)
    return char in "\t\n\r\f" or char in _JOINERS or not (category[0] == "C" or category in ("Zl", "Zp"))


def is_text(text: str) -> bool:
    """Whether a text may be put in the place of what encodes it.

    Controls, what cannot be seen, private-use, unassigned and lost characters (U+FFFD) are better left encoded.
    """
    return all(map(_is_text, text)) and "\ufffd" not in text and bool(text.strip(_JOINERS))


def digits_of(text: str) -> str | None:
    """Return ``lower`` or ``upper``: how hexadecimal digits are written here; None if both ways.

    >>> digits_of("e4bd"), digits_of("80"), digits_of("e4BD")
    ('lower', 'upper', None)
    """
    return "upper" if text == text.upper() else "lower" if text == text.lower() else None


def runs(units: Iterable[Unit]) -> Iterator[tuple[list[Unit], str, str]]:
    """Yield the longest runs of neighbours that one step can have written and that are text.

    Yields:
        the units, their text (surrogate pairs joined), and ``lower`` or ``upper``.
    """
    run: list[Unit] = []
    text = ""
    for pair, char in _characters(units):
        before = run[-1] if run else pair[0]
        case = digits_of("".join(unit.digits for unit in (*run, *pair)))
        fits = not run or (before.end == pair[0].start and before.form == pair[0].form)
        if run and not (fits and case and _is_text(char)):
            yield from _run(run, text)
            run, text = [], ""
        if _is_text(char) and digits_of("".join(unit.digits for unit in pair)):
            run += pair
            text += char
    yield from _run(run, text)


def _run(run: list[Unit], text: str) -> Iterator[tuple[list[Unit], str, str]]:
    case = digits_of("".join(unit.digits for unit in run))
    if run and case and is_text(text):
        yield run, text, case


def _characters(units: Iterable[Unit]) -> Iterator[tuple[list[Unit], str]]:
    """Yield each character with its units; a high surrogate takes the low one behind it."""
    high: Unit | None = None
    for unit in units:
        if high is not None:
            if 0xDC00 <= unit.code < 0xE000 and high.end == unit.start and high.form == unit.form:
                yield [high, unit], chr(0x10000 + ((high.code - 0xD800) << 10) + unit.code - 0xDC00)
                high = None
                continue
            yield [high], "\ud800"
            high = None
        if 0xD800 <= unit.code < 0xDC00:
            high = unit
        else:
            yield [unit], chr(unit.code) if unit.code <= 0x10FFFF else "\ufffe"
    if high is not None:
        yield [high], "\ud800"
