"""Repairs UTF-8 that Windows read as cp932 and wrote back.

What cp932 does not have, two bytes at a time, Windows reads as a middle dot, and writes back as the bytes 81 45 (Unicode's
bestfit932.txt). So U+52D5 in front of a bracket, E5 8B 95 3C, becomes E5 8B 81 45: another ideograph and a capital E.
Where a character ends so and an E follows, the line is read as cp932 once more; what comes out is what Windows saw, and is
repaired as all such text is (`misread`). A line that had never been there would hardly be readable in that page, all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import log2

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import FillHoles
from fixtext.config import Config
from fixtext.detectors.lossy.beside import Piece
from fixtext.detectors.lossy.misread import Misread
from fixtext.detectors.lossy.readings import DOT, back, back_with_dots, is_clean
from fixtext.detectors.lossy.runs import is_explained
from fixtext.detectors.lossy.signs import WRITTEN_DOT
from fixtext.findings import Candidate, Span
from fixtext.language import LanguageModel

CHANNEL_BITS = 8.0
"""Bits of saying that a line went this way."""

PROVEN_BITS = 48.0
"""Bits that other lines have to save for a line to be repaired that saves any at all: what one line of a file went through
all others did."""

_PAGE, _HABIT = "cp932", "windows"
_AGAIN = (Encode(_PAGE, _HABIT), Decode("utf-8", "surrogateescape"))
_RUN = re.compile(f"(?:[^\0-\x7f]|{WRITTEN_DOT})+[@-~]?")
"""A run of characters beyond ASCII; with the last byte a letter behind it may have been one character."""
_DOT = re.compile(WRITTEN_DOT)
_ESCAPED = re.compile("[\udc80-\udcff]")


def findings(text: str, model: LanguageModel, config: Config) -> Iterator[Candidate]:
    """Yield the repairs of the lines of a text that were written back.

    Args:
        text: the text, with bytes that are not UTF-8 as lone surrogates.
        model: the language model.
        config: what is asked for.
    """
    seen = _Seen(text)
    if not seen.hits:
        return
    found = [one for one in _Misread(seen, model, config).findings() if isinstance(one, Candidate)]
    spans = [seen.span_of(one.span) for one in found]
    befores = [text[max(0, start - 2) : start] or "\n" for start, _ in spans]
    observed = model.bits_of([(text[slice(*span)], before, "") for span, before in zip(spans, befores, strict=True)])
    healthy = [_bits(one, before, model) for one, before in zip(found, befores, strict=True)]
    saved = [was - bits - CHANNEL_BITS for was, bits in zip(observed, healthy, strict=True)]
    proven = sum(bits for bits in saved if bits >= config.required_bits)
    for one, span, bits in zip(found, spans, saved, strict=True):
        others = proven - bits if bits >= config.required_bits else proven
        evidence = config.required_bits + CHANNEL_BITS if others >= PROVEN_BITS else 0.0
        channel = Channel((*one.channel.steps, *_AGAIN))
        yield Candidate("lossy", span, one.text, channel, bits + evidence, one.guesses)


def are_explained(text: str) -> bool:
    """Return whether all bytes of a text that are not UTF-8 are in runs that were written back."""
    seen = _Seen(text)
    return bool(seen.hits) and _ESCAPED.search(seen.text) is None


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


class _Seen:
    """A text as Windows saw it: in the lines with dots all runs that cp932 can have written.

    Attributes:
        text: the text that was seen.
        hits: the runs in it with a dot.
        spans: where its runs stand.
    """

    def __init__(self, text: str) -> None:
        self.hits: list[Span] = []
        self.spans: list[Span] = []
        self._shifts: list[int] = []
        parts: list[str] = []
        position = length = 0
        dot = _DOT.search(text)
        while dot is not None:
            start, end = text.rfind("\n", 0, dot.start()) + 1, text.find("\n", dot.end())
            end = len(text) if end < 0 else end
            for match in _RUN.finditer(text, start, end):
                run = match[0]
                seen = _seen(run)
                if seen is None:
                    continue
                if seen[-1] == run[-1] < "\x80":
                    run, seen = run[:-1], seen[:-1]
                parts += text[position : match.start()], seen
                length += match.start() - position
                self._shifts.append(match.start() - length)
                self.spans.append(Span(length, length + len(seen)))
                length += len(seen)
                position = match.start() + len(run)
                if DOT in seen:
                    self.hits.append(self.spans[-1])
            dot = _DOT.search(text, end)
        parts.append(text[position:])
        self._shifts.append(position - length)
        self.text = "".join(parts)
        self._starts = [start for start, _ in self.spans]

    def span_of(self, span: Span) -> Span:
        """Return where something that begins and ends between characters of runs stands in the text itself."""
        return Span(self._place(span.start), self._place(span.end))

    def _place(self, place: int) -> int:
        number = bisect_right(self._starts, place)
        if number and place < self.spans[number - 1].end:
            return place + self._shifts[number - 1]
        return place + self._shifts[number]


def _seen(run: str) -> str | None:
    """Return what Windows saw of a run, if it can have written it."""
    try:
        data = run.encode("utf-8", "surrogateescape")
        seen = codepages.decode(data, _PAGE, _HABIT)
        return seen if codepages.encode(seen, _PAGE, _HABIT) == data else None
    except UnicodeError:
        return None


class _Misread(Misread):
    """The text that was seen, of which all runs were misread."""

    def __init__(self, seen: _Seen, model: LanguageModel, config: Config) -> None:
        super().__init__(seen.text, [(span, _PAGE) for span in seen.hits], model, config)

    def _written(self, run: str, tail: str, *, last: bool) -> str | None:
        if DOT in run:
            written = back_with_dots(run)
            if written is None or not is_explained(written):
                return None
            self._dotted = True
            return written
        written = back(run, _PAGE)
        return written if written is not None and is_clean(written) else None

    def _is_about_damage(self, group: Sequence[Piece], start: int, end: int) -> bool:
        return False  # all of the line was readable in that page
