"""Bytes that vanished from UTF-8 read as Windows-1252: the five it has no character for, and A0, which became a space.

Many readers drop 81, 8D, 8F, 90 and 9D, or what they stand for; that is why so many closing quotation marks end as
U+00E2 U+20AC. Others take a no-break space for a space. What is left of the sequence leaves some ten characters to
choose from, and the language model chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.space_steps import BlankNoBreakSpaces
from fixtext.detectors.western.places import is_text
from fixtext.findings import Guess

if TYPE_CHECKING:
    from fixtext.detectors.misdecoded.plausible import Plausibility

VANISHING = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes that Windows-1252 leaves undefined."""

_C1 = re.compile("[\x80-\x9f]")

RARE = {"\u2010": 10.0, "\u2001": 10.0, "\u200d": 10.0}
"""Bits that signs cost more than others of their kind: 21 MB of healthy text have 1,601 closing quotation marks
(U+201D), one U+200D, and none of the others."""

SURE = 0.95
"""How probable a Latin letter of two bytes has to be: the model has not read all languages of its script."""

_HIGH = re.compile(rb"[\x80-\xff]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]?|[\xe0-\xef][\x80-\xbf]{0,2}|[\xf0-\xf4][\x80-\xbf]{0,3}")
OTHERS = 3
"""Runners-up that a guess names at most."""


class Mended(NamedTuple):
    """A stretch whose vanished bytes are put back.

    Attributes:
        start: index of its first character in the text.
        end: index behind its last.
        text: the healthy text.
        channel: what happened to it.
        guesses: the characters that were chosen.
    """

    start: int
    end: int
    text: str
    channel: Channel
    guesses: tuple[Guess, ...]


@cache
def _writable() -> re.Pattern[str]:
    """Return the pattern of what bytes may be read as, in Windows-1252 or Latin-1."""
    chars = codepages.decode(bytes(range(0x80, 0xA0)), "cp1252-strict", "ignore")
    return re.compile(f"[\x20-\x7e\t\x80-\xff{re.escape(chars)}]+")


def _read_by(stretch: str) -> tuple[str, str, tuple[int, ...]]:
    """Return page and habit of the reader that gives a stretch, and the bytes that vanished with it."""
    controls = set(_C1.findall(stretch))
    if not controls:
        return "cp1252", "drop-c1", VANISHING
    if controls.isdisjoint(map(chr, VANISHING)) or len(controls) > len(VANISHING):
        return "latin-1", "strict", ()
    return "cp1252", "strict", ()


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line that a reader of single bytes can have given."""
    return (match.span() for match in _writable().finditer(text, start, end))


def mended(text: str, start: int, end: int, scorer: Plausibility) -> Mended | None:
    """Put vanished bytes back in one of the `stretches`; None if that cannot be, or none vanished.

    Args:
        text: the whole text.
        start: index of the first character of the stretch.
        end: index behind its last.
        scorer: tells bits.
    """
    stretch = text[start:end]
    page, habit, vanishing = _read_by(stretch)
    try:
        data = codepages.encode(stretch, page)
    except UnicodeError:
        return None
    high = [found.start() for found in _HIGH.finditer(data)]
    if not high:
        return None
    first, last = high[0], high[-1] + 1
    if data[last : last + 1] == b" ":
        last += 1
    parts = _parts(data[first:last], vanishing)
    if parts is None or all(isinstance(part, str) for part in parts):
        return None
    if all(part.isascii() for part in parts if isinstance(part, str)):
        return None  # nothing that is whole says that the rest was UTF-8
    begin, stop = start + first, start + last
    before, after = text[max(0, begin - 2) : begin], text[stop : stop + 2]
    healthy, guesses = _chosen(parts, before, after, scorer)
    if any(guess.probability < SURE and "\x80" <= guess.char < "\u0250" for guess in guesses):
        return None
    for more in ((), (BlankNoBreakSpaces(),)):
        channel = Channel((Encode("utf-8"), Decode(page, habit), *more))
        if channel.damage(healthy) == text[begin:stop]:
            return Mended(begin, stop, healthy, channel, guesses)
    return None


def _parts(data: bytes, vanishing: Sequence[int]) -> list[str | tuple[str, ...]] | None:
    """Cut bytes into text that is whole, and choices for what lost a byte; None if they are not UTF-8 otherwise.

    A choice includes the space behind the place, if that may have been the byte. A straight quotation mark may have
    been one too (91 to 94), but which of two is more than the language model knows.
    """
    parts: list[str | tuple[str, ...]] = []
    whole = position = 0
    while position < len(data):
        if data[position] < 0x80:
            position += 1
            continue
        match = _SEQUENCE.match(data, position)
        if match is None:
            return None
        found = match[0]
        missing = _length(found[0]) - len(found)
        if missing == 0:
            try:
                found.decode("utf-8")
            except UnicodeDecodeError:
                return None
            position = match.end()
            continue
        follows = data[match.end() : match.end() + 1]
        if follows in (b"'", b'"') and data[match.end() + 1 : match.end() + 2] >= b"\x80":
            return None
        stop = match.end()
        options = _options(found, vanishing) if missing == 1 else []
        made = _with_space(found, data[stop + 1 :]) if follows == b" " else ""
        if made:
            # where a further byte stands behind the space, it was one too; else the space may have stood there
            options = [option + " " for option in options] if missing == 1 else []
            options.append(made)
            stop = position + _length(found[0])
        if not options:
            return None
        parts += [data[whole:position].decode("utf-8"), tuple(dict.fromkeys(options))]
        whole = position = stop
    return [*parts, data[whole:].decode("utf-8")]


def _length(byte: int) -> int:
    return 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4


def _options(found: bytes, vanishing: Sequence[int]) -> list[str]:
    options = []
    for place in range(1, len(found) + 1):
        for byte in vanishing:
            made = _character(found[:place] + bytes([byte]) + found[place:])
            if made:
                options.append(made)
    return options


def _with_space(found: bytes, behind: bytes) -> str:
    """Return what it is if the space behind it was the byte A0, "" if it cannot be."""
    rest = _SEQUENCE.match(found + b"\xa0" + behind)
    return _character(rest[0]) if rest is not None and len(rest[0]) == _length(found[0]) else ""


def _character(data: bytes) -> str:
    try:
        made = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return made if is_text(made) else ""


def _chosen(
    parts: Sequence[str | tuple[str, ...]], before: str, after: str, scorer: Plausibility
) -> tuple[str, tuple[Guess, ...]]:
    """Choose from left to right, twice: at first what follows is not known yet, then it is."""
    chosen = [part if isinstance(part, str) else "" for part in parts]
    ranked: dict[int, list[tuple[float, str]]] = {}
    for _ in range(2):
        for index, part in enumerate(parts):
            if isinstance(part, str):
                continue
            left = (before + "".join(chosen[:index]))[-2:]
            right = ("".join(chosen[index + 1 :]) + after)[:2]
            ranked[index] = sorted(
                (scorer.healthy_bits(option, left, right) + RARE.get(option[0], 0.0), option) for option in part
            )
            chosen[index] = ranked[index][0][1]
    guesses = []
    for index, options in ranked.items():
        weights = [2.0 ** max(-1000.0, options[0][0] - bits if bits < inf else -1000.0) for bits, _ in options]
        total = sum(weights)
        others = tuple((option[0], weight / total) for weight, (_, option) in zip(weights, options, strict=True))
        offset = len("".join(chosen[:index]))
        guesses.append(Guess(offset, chosen[index][0], others[0][1], others[1 : 1 + OTHERS]))
    return "".join(chosen), tuple(guesses)
