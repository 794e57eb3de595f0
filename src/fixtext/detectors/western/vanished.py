"""Bytes that vanished from UTF-8 read as Windows-1252 or Latin-1, and A0, which became a space.

Many readers drop the five bytes that Windows-1252 has no character for, 81, 8D, 8F, 90 and 9D, or what they stand for;
that is why so many closing quotation marks end as U+00E2 U+20AC. Read as Latin-1, all 32 of 80 to 9F are controls, and
many programs drop those. In both, AD is a soft hyphen, which is not seen and often dropped: of an i with an acute
accent a lone A with a tilde is left. Others take a no-break space for a space. What is left of the sequence leaves some
characters to choose from, and the language model chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from fixtext import codepages
from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import HOLE, FillHoles
from fixtext.channels.space_steps import BlankNoBreakSpaces, DropSoftHyphens
from fixtext.detectors.certainty import required
from fixtext.detectors.western.choosing import SOFT_HYPHEN, chosen, lost_soft_hyphen
from fixtext.detectors.western.places import LONE
from fixtext.detectors.western.remains import Parts, parts_of
from fixtext.findings import Guess

if TYPE_CHECKING:
    from fixtext.config import Config
    from fixtext.detectors.misdecoded.plausible import Plausibility

VANISHING = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes that Windows-1252 leaves undefined."""

CONTROLS = tuple(range(0x80, 0xA0))
"""Bytes that Latin-1 reads as controls."""

LATIN_1_BITS, PLACE_BITS = 6.0, 2.7
"""What it costs that a reader was Latin-1, and what each vanished byte tells for it: one in two vanishes there, one
in 13 where the others of 80 to 9F are still seen."""

MOST_CHOSEN, FEW = 0.1, 2
"""Share of the characters that may be chosen from all that Latin-1 leaves; with more, so many are all holes. Of
Russian half of the letters vanish, and of those that are chosen with a probability of 0.9 and more two in three are
right (150 lines; of Thai and Arabic one in two)."""

SOFT_BITS = 3.0
"""What each soft hyphen costs where other bytes vanished too, or became spaces: a reader does one or the other."""

DOUBTFUL = 0.1
"""How probable it is from which nothing is made of a place that ends in a space."""

_PROOF = re.compile(f"{LONE.pattern}(?! )")
"""Where nothing but a soft hyphen can have vanished."""

_C1 = re.compile("[\x80-\x9f]")

_DASH = ' \xe2\u20ac" '
"""A dash whose last byte became a curly quotation mark, which was straightened: closing marks have no space before."""

_HIGH = re.compile(rb"[\x80-\xff]")
MOST_HOLES = 0.1
"""Share of a stretch that may become holes: with more, what is left says too little."""


class Mended(NamedTuple):
    """A stretch whose vanished bytes are put back.

    Attributes:
        start: index of its first character in the text.
        end: index behind its last.
        text: the healthy text.
        channel: what happened to it.
        guesses: the characters that were chosen.
        likeliest: the text without holes.
    """

    start: int
    end: int
    text: str
    channel: Channel
    guesses: tuple[Guess, ...]
    likeliest: str


@cache
def _writable() -> re.Pattern[str]:
    """Return the pattern of what bytes may be read as, in Windows-1252 or Latin-1."""
    chars = codepages.decode(bytes(range(0x80, 0xA0)), "cp1252-strict", "ignore")
    return re.compile(f"[\x20-\x7e\t\x80-\xff{re.escape(chars)}]+")


class _Reader(NamedTuple):
    """Who may have given a stretch: page and habit, and the bytes that vanished with it."""

    page: str
    habit: str
    vanishing: tuple[int, ...]


_DROPPING = _Reader("cp1252", "drop-c1", VANISHING), _Reader("latin-1", "drop-c1", CONTROLS)


def _readers(stretch: str) -> tuple[_Reader, ...]:
    """Return the readers that may have given a stretch; where no soft hyphen is seen, they may have dropped them."""
    soft = () if chr(SOFT_HYPHEN) in stretch else (SOFT_HYPHEN,)
    controls = set(_C1.findall(stretch))
    if not controls:
        readers = _DROPPING if max(stretch) < "\u0100" else _DROPPING[:1]
        return tuple(reader._replace(vanishing=(*reader.vanishing, *soft)) for reader in readers)
    if not controls <= set(map(chr, VANISHING)):
        return (_Reader("latin-1", "strict", soft),)
    return (_Reader("cp1252", "strict", soft),)


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line that a reader of single bytes can have given."""
    return (match.span() for match in _writable().finditer(text, start, end))


def mended(text: str, start: int, end: int, scorer: Plausibility, config: Config) -> Iterator[Mended]:
    """Put vanished bytes back in one of the `stretches`, or on both sides of a letter that is too uncertain.

    Args:
        text: the whole text.
        start: index of the first character of the stretch.
        end: index behind its last.
        scorer: tells bits.
        config: what becomes of characters that are too uncertain.

    Yields:
        what can be put back, in order; nothing if no byte vanished.
    """
    choice = _likeliest(text, start, end, scorer) if start < end else None
    channel = None if choice is None else _channel(text, choice)
    if choice is None or channel is None:
        return
    for guess in choice.guesses if config.holes != "guess" else ():
        # What stands at the place of a Latin letter that is not sure tells more than a hole.
        if guess.probability < required(guess.char, 0.0):
            first, last = (choice.start + len(channel.damage(choice.text[: guess.offset + more])) for more in (0, 1))
            yield from mended(text, start, first, scorer, config)
            yield from mended(text, last, end, scorer, config)
            return
    healthy, sure = choice.text, choice.guesses
    filled: tuple[Step, ...] = ()
    if config.holes != "guess":
        healthy, sure, filled = marked(healthy, sure, inf if choice.is_guesswork else config.required_probability)
    most = 1.0 if choice.is_guesswork else MOST_HOLES
    if filled and (config.holes == "keep" or len(choice.guesses) - len(sure) > most * len(healthy)):
        return
    channel = Channel((*filled, *channel.steps))
    yield Mended(choice.start, choice.end, healthy, channel, sure, choice.text)


def may_have_vanished(text: str, start: int, end: int, scorer: Plausibility) -> bool:
    """Whether soft hyphens may well have vanished from Latin letters of a line, where others see spaces."""
    choices = (_likeliest(text, first, last, scorer) for first, last in stretches(text, start, end))
    guesses = (guess for choice in choices if choice is not None for guess in choice.guesses)
    return any(
        share >= DOUBTFUL and char < "\u0250" and lost_soft_hyphen(char)
        for guess in guesses
        for char, share in ((guess.char, guess.probability), *guess.others)
    )


def _channel(text: str, choice: _Choice) -> Channel | None:
    """Return what leads from a choice to what stands there, None if nothing does."""
    read = Encode("utf-8"), Decode(choice.reader.page, choice.reader.habit)
    channels = (Channel((*read, *more)) for more in AFTERWARDS)
    return next((one for one in channels if one.damage(choice.text) == text[choice.start : choice.end]), None)


AFTERWARDS: tuple[tuple[Step, ...], ...] = (
    (),
    (BlankNoBreakSpaces(),),
    (DropSoftHyphens(),),
    (BlankNoBreakSpaces(), DropSoftHyphens()),
)
"""What may have become of the text that was read."""


class _Choice(NamedTuple):
    """The likeliest text behind a stretch if a reader gave it, and its bits; whether so much was lost that what was
    chosen says nothing.
    """

    reader: _Reader
    start: int
    end: int
    text: str
    guesses: tuple[Guess, ...]
    bits: float
    is_guesswork: bool = False


def _likeliest(text: str, start: int, end: int, scorer: Plausibility) -> _Choice | None:
    """Choose reader and text; None if nothing vanished, or too much."""
    reader, *more = _readers(text[start:end])
    five = _choice(text, start, end, reader, scorer)
    if len(reader.vanishing) > 1 and SOFT_HYPHEN in reader.vanishing:
        soft = _choice(text, start, end, reader._replace(vanishing=(SOFT_HYPHEN,)), scorer)
        five = five if soft is None or five is None else _of_both(soft, five)
    all_ = _choice(text, start, end, more[0], scorer) if more else None
    if all_ is None:
        return five
    lost = sum(not lost_soft_hyphen(guess.char) for guess in all_.guesses)  # those vanish in either
    if five is not None and all_.bits + LATIN_1_BITS >= five.bits + PLACE_BITS * lost:
        if lost > 1 and five.text != all_.text:
            return all_._replace(is_guesswork=True)
        return five if lost <= 1 else five._replace(guesses=all_.guesses)  # as probable as if it was Latin-1
    if lost <= MOST_CHOSEN * len(all_.text):
        return all_
    return all_._replace(is_guesswork=True) if lost >= FEW else None


def _of_both(soft: _Choice, five: _Choice) -> _Choice:
    """Return the likelier of two choices, if soft hyphens alone vanished or others too, with what both say for it."""
    share = 1.0 / (1.0 + 2.0 ** max(-1000.0, min(1000.0, soft.bits - five.bits)))
    best, other, share = (soft, five, share) if share >= 0.5 else (five, soft, 1.0 - share)
    guesses = [
        replace(guess, probability=share * guess.probability + (1.0 - share) * _probability(guess.char, rival))
        for guess, rival in zip(best.guesses, other.guesses, strict=True)
    ]
    return best._replace(guesses=tuple(guesses))


def _probability(char: str, guess: Guess) -> float:
    return guess.probability if guess.char == char else dict(guess.others).get(char, 0.0)


def _choice(text: str, start: int, end: int, reader: _Reader, scorer: Plausibility) -> _Choice | None:
    """Choose what vanished; None if the stretch is no UTF-8, or nothing vanished."""
    try:
        data = codepages.encode(text[start:end], reader.page)
    except UnicodeError:
        return None
    high = [found.start() for found in _HIGH.finditer(data)]
    if not high:
        return None
    first, last = high[0], high[-1] + 1
    if data[last : last + 1] == b" ":
        last += 1
    parts = parts_of(data[first:last], reader.vanishing)
    if parts is None or all(isinstance(part, str) for part in parts):
        return None
    alone = len(LONE.findall(text, start, end))
    evident = alone + sum(char > "\x7f" for part in parts if isinstance(part, str) for char in part)
    if not evident:
        return None  # nothing says that the rest was UTF-8
    begin, stop = start + first, start + last
    if _DASH in text[begin : stop + 2]:
        return None
    if reader.vanishing == (SOFT_HYPHEN,) and text[stop : stop + 1] in ("", "\n") and _may_be_cut(parts):
        return None
    torn = sum(part[0] < "\u0800" for part in parts if not isinstance(part, str)) - alone
    if SOFT_HYPHEN in reader.vanishing and torn >= evident:
        return None  # most of it may be letters of any other page
    beside = text[max(0, begin - 2) : begin], text[stop : stop + 2]
    soft = SOFT_BITS if len(reader.vanishing) > 1 else 0.0
    spaced = soft + (0.0 if _is_proven(text) else SOFT_BITS)
    return _Choice(reader, begin, stop, *chosen(parts, *beside, scorer, soft, spaced))


@lru_cache(maxsize=4)
def _is_proven(text: str) -> bool:
    """Whether soft hyphens vanished from a text somewhere."""
    return _PROOF.search(text) is not None


def _may_be_cut(parts: Parts) -> bool:
    """Whether what vanished was at the end alone, of a character of three bytes or more: fields are cut there."""
    *rest, last, behind = parts
    return not behind and all(isinstance(part, str) for part in rest) and all(map(_is_wide_and_soft, last))


def _is_wide_and_soft(option: str) -> bool:
    return option > "\u07ff" and lost_soft_hyphen(option)


def marked(healthy: str, guesses: Sequence[Guess], least: float) -> tuple[str, tuple[Guess, ...], tuple[Step, ...]]:
    """Put holes for what is too uncertain; return the text, the other guesses, and the step that fills the holes."""
    doubtful = [guess for guess in guesses if guess.probability < least]
    if not doubtful:
        return healthy, tuple(guesses), ()
    chars = list(healthy)
    for guess in doubtful:
        chars[guess.offset] = HOLE
    sure = tuple(guess for guess in guesses if guess not in doubtful)
    return "".join(chars), sure, (FillHoles(tuple((guess.offset, guess.char) for guess in doubtful)),)
