"""Bytes that vanished from UTF-8 read as Windows-1252: the five it has no character for, and A0, which became a space.

Many readers drop 81, 8D, 8F, 90 and 9D, or what they stand for; that is why so many closing quotation marks end as
U+00E2 U+20AC. Others take a no-break space for a space. What is left of the sequence leaves some ten characters to
choose from, and the language model chooses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fixtext import codepages
from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import HOLE, FillHoles
from fixtext.channels.space_steps import BlankNoBreakSpaces
from fixtext.detectors.western.places import is_text
from fixtext.findings import Guess

if TYPE_CHECKING:
    from fixtext.config import Config
    from fixtext.detectors.misdecoded.plausible import Plausibility

VANISHING = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes that Windows-1252 leaves undefined."""

_C1 = re.compile("[\x80-\x9f]")

RARE = {"\u2010": 10.0, "\u2001": 10.0, "\u200d": 10.0}
"""Bits that signs cost more than others of their kind: 21 MB of healthy text have 1,601 closing quotation marks
(U+201D), one U+200D, and none of the others."""

SURE = 0.95
"""How probable a Latin letter of two bytes has to be: the model has not read all languages of its script. Otherwise the
place stays, for what stands there tells more than a hole."""

_HIGH = re.compile(rb"[\x80-\xff]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]?|[\xe0-\xef][\x80-\xbf]{0,2}|[\xf0-\xf4][\x80-\xbf]{0,3}")
BEAM = 8
LIKELY = 12
"""Texts that are kept at each choice, and characters that are tried, the most frequent ones. Of lines of Chinese,
Japanese and Russian a beam of 48 restored as many as one of 8 (825 of 1,147), in four times the time."""
WHOLE = 2
"""Whole characters of three bytes beside each one that lost two: a first byte by itself may be a healthy letter."""
MOST_HOLES = 0.1
"""Share of a stretch that may become holes: with more, what is left says too little."""
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


def mended(text: str, start: int, end: int, scorer: Plausibility, config: Config) -> Mended | None:
    """Put vanished bytes back in one of the `stretches`; None if that cannot be, or none vanished.

    Args:
        text: the whole text.
        start: index of the first character of the stretch.
        end: index behind its last.
        scorer: tells bits.
        config: what becomes of characters that are too uncertain.
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
    sure: tuple[Guess, ...] = guesses
    filled: tuple[Step, ...] = ()
    if config.holes != "guess":
        if any(guess.probability < SURE and "\x80" <= guess.char < "\u0250" for guess in guesses):
            return None
        healthy, sure, filled = _marked(healthy, guesses, config.required_probability)
    if filled and (config.holes == "keep" or len(guesses) - len(sure) > MOST_HOLES * len(healthy)):
        return None
    for more in ((), (BlankNoBreakSpaces(),)):
        channel = Channel((*filled, Encode("utf-8"), Decode(page, habit), *more))
        if channel.damage(healthy) == text[begin:stop]:
            return Mended(begin, stop, healthy, channel, sure)
    return None


def _parts(data: bytes, vanishing: Sequence[int]) -> list[str | tuple[str, ...]] | None:
    """Cut bytes into text that is whole, and choices for what lost a byte; None if they are not UTF-8 otherwise.

    A choice includes the space behind the place, if that may have been the byte. A straight quotation mark may have
    been one too (91 to 94), but which of two is more than the language model knows.
    """
    parts: list[str | tuple[str, ...]] = []
    whole = position = doubly = 0
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
        options = _options(found, missing, vanishing) if missing <= 2 else []
        doubly += missing == 2
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
    parts.append(data[whole:].decode("utf-8"))
    if doubly and sum(char > "\u07ff" for part in parts if isinstance(part, str) for char in part) < WHOLE * doubly:
        return None
    return parts


def _length(byte: int) -> int:
    return 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4


def _options(found: bytes, missing: int, vanishing: Sequence[int]) -> list[str]:
    """Return the characters that have these bytes and so many of the vanishing ones, in any place behind the first."""
    if not missing:
        made = _character(found)
        return [made] if made else []
    longer = {found[:place] + bytes([byte]) + found[place:] for place in range(1, len(found) + 1) for byte in vanishing}
    return [option for data in sorted(longer) for option in _options(data, missing - 1, vanishing)]


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
    """Choose the likeliest text by a beam search; how probable a character is, is its share of what reached the end."""
    beam: list[tuple[float, str, tuple[int, ...]]] = [(0.0, before, ())]
    for part in (*parts, after):
        if isinstance(part, str):
            rest = _bits(part[2:], part[:2], scorer)  # the same for all
            beam = [(bits + _bits(part[:2], text, scorer) + rest, text + part, taken) for bits, text, taken in beam]
            continue
        likely = sorted(enumerate(part), key=lambda one: scorer.healthy(one[1][0]))[:LIKELY]
        beam = [
            (bits + _bits(option, text, scorer) + RARE.get(option[0], 0.0), text + option, (*taken, index))
            for bits, text, taken in beam
            for index, option in likely
        ]
        beam.sort()
        del beam[BEAM:]
    beam.sort()
    least, best, taken = beam[0]
    weights = [2.0 ** max(-1000.0, least - bits) for bits, _, _ in beam]
    total = sum(weights)
    guesses = []
    offset = number = 0
    for part in parts:
        if isinstance(part, str):
            offset += len(part)
            continue
        shares: defaultdict[str, float] = defaultdict(float)
        for weight, (_, _, picked) in zip(weights, beam, strict=True):
            shares[part[picked[number]][0]] += weight / total
        option = part[taken[number]]
        others = sorted(((char, share) for char, share in shares.items() if char != option[0]), key=lambda one: -one[1])
        guesses.append(Guess(offset, option[0], min(1.0, shares[option[0]]), tuple(others[:OTHERS])))
        offset += len(option)
        number += 1
    return best[len(before) : len(best) - len(after)], tuple(guesses)


def _bits(text: str, before: str, scorer: Plausibility) -> float:
    whole = before[-2:] + text
    first = len(whole) - len(text)
    return sum(scorer.healthy(whole[max(0, place - 2) : place + 1]) for place in range(first, len(whole)))


def _marked(healthy: str, guesses: Sequence[Guess], least: float) -> tuple[str, tuple[Guess, ...], tuple[Step, ...]]:
    """Put holes for what is too uncertain; return the text, the other guesses, and the step that fills the holes."""
    doubtful = [guess for guess in guesses if guess.probability < least]
    if not doubtful:
        return healthy, tuple(guesses), ()
    chars = list(healthy)
    for guess in doubtful:
        chars[guess.offset] = HOLE
    sure = tuple(guess for guess in guesses if guess not in doubtful)
    return "".join(chars), sure, (FillHoles(tuple((guess.offset, guess.char) for guess in doubtful)),)
