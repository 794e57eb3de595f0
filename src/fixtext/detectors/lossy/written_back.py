"""Repairs UTF-8 that Windows read as cp932 and wrote back.

What cp932 does not have, two bytes at a time, Windows reads as a middle dot, and writes back as 81 45 (`dots`). So
U+52D5 in front of a bracket, E5 8B 95 3C, becomes E5 8B 81 45: another ideograph and a capital E. Where a character
ends so and an E follows, the bytes around are tried as what cp932 can have written; a run that had never been there
hardly is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log2

from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import FillHoles
from fixtext.config import Config
from fixtext.detectors.lossy.beside import Piece
from fixtext.detectors.lossy.dots import HABIT, PAGE, back_of_written
from fixtext.detectors.lossy.in_parts import InParts, explained
from fixtext.detectors.lossy.signs import HOLE, WRITTEN_DOT
from fixtext.findings import Candidate, Span
from fixtext.language import LanguageModel, default_model

CHANNEL_BITS = 8.0
"""Bits of saying that a line went this way."""

LEAST_BITS = 24.0
"""Bits that a line has to save before the channel is paid for; one at least, for the others to be asked."""

PROVEN_BITS = 48.0
"""Bits that other lines have to save for a line to be repaired that saves any at all: what one line of a file went
through all others did."""

_RUN = re.compile(f"(?:[^\0-\x7f]|{WRITTEN_DOT}|(?<={HOLE})E)+[@-~]?")
"""A run of characters beyond ASCII; with the last byte a letter behind it may have been one character."""

_DOT = re.compile(WRITTEN_DOT)
_UNREAD = re.compile(f"[{HOLE}\udc80-\udcff]")
_CHEAPEST = 4.0
"""Bits that what a dot stands for takes at least: a full stop and a line feed, mostly."""
_USUAL = "\u3001\u3041\u3081\u30c1"
"""Characters in front of an E that are none of the odd ones: one of them by itself says nothing."""
_ESCAPED = re.compile("[\udc80-\udcff]")


def findings(text: str, model: LanguageModel, config: Config) -> Iterator[Candidate]:
    """Yield the repairs of the lines of a text that were written back.

    Args:
        text: the text; what is not UTF-8 in it as escaped bytes (PEP 383), or as U+FFFD.
        model: the language model.
        config: what is asked for.
    """
    hits = list(WrittenBack.hits(text)) if spans(text) else []
    if not hits:
        return
    found = [one for one in WrittenBack(text, hits, model, config).findings() if isinstance(one, Candidate)]
    befores = [text[max(0, one.span.start - 2) : one.span.start] or "\n" for one in found]
    observed = model.bits_of([(text[slice(*one.span)], a, "") for one, a in zip(found, befores, strict=True)])
    healthy = [_bits(one, before, model) for one, before in zip(found, befores, strict=True)]
    saved = [was - bits - CHANNEL_BITS for was, bits in zip(observed, healthy, strict=True)]
    proven = sum(bits for bits in saved if bits >= config.required_bits)
    for one, bits in zip(found, saved, strict=True):
        others = proven - bits if bits >= config.required_bits else proven
        evidence = config.required_bits + CHANNEL_BITS if others >= PROVEN_BITS else 0.0
        yield Candidate("lossy", one.span, one.text, one.channel, bits + evidence, one.guesses)


def spans(text: str) -> list[Span]:
    """Return the dots of a text, if those of a line are so odd that it could save `LEAST_BITS`.

    Healthy lists have a capital E behind a comma; to weigh what it may stand for takes 60 ms.
    """
    found = [Span(*match.span()) for match in _DOT.finditer(text)]
    lines: dict[int, list[Span]] = {}
    for span in found:
        lines.setdefault(text.rfind("\n", 0, span.start), []).append(span)
    if any(_is_odd(text, line, dots) for line, dots in lines.items()):
        return found
    return []


def _is_odd(text: str, line: int, dots: Sequence[Span]) -> bool:
    if len(dots) == 1 and text[dots[0].start - 1] in _USUAL:
        return False
    end = text.find("\n", line + 1)
    if _UNREAD.search(text, line + 1, len(text) if end < 0 else end) is not None:
        return True
    bits = default_model().bits
    saved = [bits(text[at - 1 : at + 1], text[max(0, at - 3) : at - 1]) - _CHEAPEST for at, _ in dots]
    return sum(saved) >= LEAST_BITS


def are_explained(text: str) -> bool:
    """Return whether all bytes of a text that are not UTF-8 are in runs that were written back."""
    place = 0
    for match in _RUN.finditer(text):
        for first, last, _ in explained(back_of_written(match[0])):
            if _ESCAPED.search(text, place, match.start() + first):
                return False
            place = match.start() + last
    return place > 0 and _ESCAPED.search(text, place) is None


def _bits(candidate: Candidate, before: str, model: LanguageModel) -> float:
    """Return the bits of a repair with its holes filled, of swallowed characters those by which they were chosen.

    The language model knows prose: in front of markup and code it would have the capital E.
    """
    first = candidate.channel.steps[0]
    text = first.run(candidate.text) if isinstance(first, FillHoles) else candidate.text
    bits = model.bits(text, before)
    whole = before[-2:] + text
    for guess in candidate.guesses:
        if guess.char < "\x80":
            place = guess.offset + len(whole) - len(text)
            bits -= model.transition(whole[max(0, place - 2) : place], guess.char) + log2(guess.probability)
    return bits


class WrittenBack(InParts):
    """One text, some lines of which were written back."""

    pattern = _RUN
    mark = "E"
    back = staticmethod(back_of_written)

    def __init__(self, text: str, hits: Sequence[Span], model: LanguageModel, config: Config) -> None:
        """Take a text and its runs with dots."""
        errors = "replace" if HOLE in text else "surrogateescape"
        steps = Encode("utf-8"), Decode(PAGE, HABIT), Encode(PAGE, HABIT), Decode("utf-8", errors)
        self._channel_back = Channel(steps)
        super().__init__(text, [(hit, PAGE) for hit in hits], model, config)

    def _is_about_damage(self, group: Sequence[Piece], start: int, end: int) -> bool:
        return False  # all of the line was readable in that page

    def _proved(self, certain: str, observed: str, *, cut: bool) -> Channel | None:
        try:
            return self._channel_back if self._channel_back.damage(certain) == observed else None
        except UnicodeError:
            return None
