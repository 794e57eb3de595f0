"""Bytes that vanished from UTF-8 read as Windows-1252 or Latin-1, and A0, which became a space.

Many readers drop the five bytes that Windows-1252 has no character for, 81, 8D, 8F, 90 and 9D, or what they stand for;
that is why so many closing quotation marks end as U+00E2 U+20AC. Read as Latin-1, all 32 of 80 to 9F are controls, and
many programs drop those. Others take a no-break space for a space. What is left of the sequence leaves some characters
to choose from, and the language model chooses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from heapq import nlargest
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from fixtext import codepages
from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import HOLE, FillHoles
from fixtext.channels.space_steps import BlankNoBreakSpaces
from fixtext.detectors.certainty import required
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

_C1 = re.compile("[\x80-\x9f]")

RARE = {"\u2010": 10.0, "\u2001": 10.0, "\u200d": 10.0}
"""Bits that signs cost more than others of their kind: 21 MB of healthy text have 1,601 closing quotation marks
(U+201D), one U+200D, and none of the others."""

_HIGH = re.compile(rb"[\x80-\xff]")
BEAM = 8
LIKELY = 24
"""Texts that are kept at each choice, and characters that are tried, the most frequent ones. Of lines of Chinese,
Japanese and Russian a beam of 48 restored as many as one of 8 (825 of 1,147), in four times the time."""
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
    """Return the readers that may have given a stretch."""
    controls = set(_C1.findall(stretch))
    if not controls:
        return _DROPPING if max(stretch) < "\u0100" else _DROPPING[:1]
    if controls.isdisjoint(map(chr, VANISHING)) or len(controls) > len(VANISHING):
        return (_Reader("latin-1", "strict", ()),)
    return (_Reader("cp1252", "strict", ()),)


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
    choice = _likeliest(text, start, end, scorer)
    if choice is None:
        return None
    begin, stop, healthy, guesses = choice.start, choice.end, choice.text, choice.guesses
    sure: tuple[Guess, ...] = guesses
    filled: tuple[Step, ...] = ()
    if config.holes != "guess":
        # What stands at the place of a Latin letter that is not sure tells more than a hole.
        if any(guess.probability < required(guess.char, 0.0) for guess in guesses):
            return None
        healthy, sure, filled = _marked(healthy, guesses, inf if choice.is_guesswork else config.required_probability)
    most = 1.0 if choice.is_guesswork else MOST_HOLES
    if filled and (config.holes == "keep" or len(guesses) - len(sure) > most * len(healthy)):
        return None
    for more in ((), (BlankNoBreakSpaces(),)):
        channel = Channel((*filled, Encode("utf-8"), Decode(choice.reader.page, choice.reader.habit), *more))
        if channel.damage(healthy) == text[begin:stop]:
            return Mended(begin, stop, healthy, channel, sure, choice.text)
    return None


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
    five, *more = (_choice(text, start, end, reader, scorer) for reader in _readers(text[start:end]))
    all_ = more[0] if more else None
    if all_ is None:
        return five
    lost = len(all_.guesses)
    if five is not None and all_.bits + LATIN_1_BITS >= five.bits + PLACE_BITS * lost:
        if lost > 1 and five.text != all_.text:
            return all_._replace(is_guesswork=True)
        return five if lost == 1 else five._replace(guesses=all_.guesses)  # as probable as if it was Latin-1
    if lost <= MOST_CHOSEN * len(all_.text):
        return all_
    return all_._replace(is_guesswork=True) if lost >= FEW else None


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
    if all(part.isascii() for part in parts if isinstance(part, str)):
        return None  # nothing that is whole says that the rest was UTF-8
    begin, stop = start + first, start + last
    return _Choice(reader, begin, stop, *_chosen(parts, text[max(0, begin - 2) : begin], text[stop : stop + 2], scorer))


def _chosen(parts: Parts, before: str, after: str, scorer: Plausibility) -> tuple[str, tuple[Guess, ...], float]:
    """Choose the likeliest text by a beam search; how probable a character is, is its share of what reached the end.

    Returns:
        the text, what was chosen, and the bits of the text.
    """
    beam: list[tuple[float, str, tuple[int, ...]]] = [(0.0, before, ())]
    for part in (*parts, after):
        if isinstance(part, str):
            rest = _bits(part[2:], part[:2], scorer)  # the same for all
            beam = [(bits + _bits(part[:2], text, scorer) + rest, text + part, taken) for bits, text, taken in beam]
            continue
        likely, _ = _frequent(part, scorer)
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
        tried = _frequent(part, scorer)[1]
        guesses.append(Guess(offset, option[0], min(1.0, shares[option[0]]) * tried, tuple(others[:OTHERS])))
        offset += len(option)
        number += 1
    return best[len(before) : len(best) - len(after)], tuple(guesses), least


@lru_cache(maxsize=1 << 10)
def _frequent(options: tuple[str, ...], scorer: Plausibility) -> tuple[list[tuple[int, str]], float]:
    """Return the most frequent of some characters, with their places among them, and their share of all."""
    if len(options) <= LIKELY:
        return list(enumerate(options)), 1.0
    shares = [2.0 ** -scorer.healthy(option[0]) for option in options]
    kept = nlargest(LIKELY, enumerate(options), key=lambda one: shares[one[0]])
    return kept, sum([shares[place] for place, _ in kept]) / sum(shares)


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
