"""Repairs UTF-8 that was read as another code page by a decoder that lost bytes.

The surviving characters are written back as the bytes that they were read from. What comes out is UTF-8 with marks in
it, as after a round trip, and is weighed in the same way. Runs of characters that do not come out as UTF-8 are left
alone: a damaged text may quote healthy words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.loss_steps import CutEnd, FillHoles
from fixtext.config import Config
from fixtext.detectors.lossy.beside import Piece, is_about_damage, is_asked
from fixtext.detectors.lossy.dots import DOT, back_with_dots
from fixtext.detectors.lossy.holes import fill
from fixtext.detectors.lossy.lines import Lines
from fixtext.detectors.lossy.losses import fits_of
from fixtext.detectors.lossy.places import Ranked, Weighed
from fixtext.detectors.lossy.readings import (
    READINGS,
    Reading,
    back,
    is_clean,
)
from fixtext.detectors.lossy.runs import RUN, TORN, is_explained, is_explained_cut, is_last, label_of, tail_of
from fixtext.detectors.lossy.sites import LOST, is_cut, sites, swallowing_bits
from fixtext.detectors.lossy.torn import back_torn
from fixtext.detectors.misdecoded.quoting import is_spoken_of
from fixtext.findings import Candidate, Guess, Span, Suspect
from fixtext.language import LanguageModel

CHANNEL_BITS = 6.0
"""Bits of saying that a text was misread, for the first of its lines."""

AGAIN_BITS = 2.0
"""The same for each line of a text that has several such."""

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SWALLOWED = 3.0
"""Bits that speak for marks that swallow before what stands behind them is seen: most misread files come from
Windows."""

_ONE_BYTE = 0.7
"""Probability that a character needs to be put back of which only the first byte is left: of 200 phrases cut off at
random, 12 were said to be 0.5 to 0.6 and right once, 10 0.6 to 0.8 and right five times."""

_TELLING = 8
"""Characters of a run that is UTF-8 through and through which no healthy text has by chance."""

_TORN = 0.2
"""Share of the hits, by characters, from which on a text is taken for torn; odd runs in others are left alone."""

MANY = 5
"""Damaged runs from which a text is not one that shows an example."""

_NOTHING = frozenset("\ufffd? ")


def _without_feed(found: Weighed) -> Weighed:
    """Give the share of a line feed to the closing quotation mark, if that comes next.

    A text without line feeds was split at them; one that was swallowed would not have been there to split at.
    """
    if found.ascii is None or not any(char in "\"'" for char, _ in found.ascii.options[:2]):
        return found
    feed = sum(share for char, share in found.ascii.options if char == "\n")
    mark, *others = [option for option in found.ascii.options if option[0] != "\n"]
    return found._replace(ascii=Ranked(((mark[0], mark[1] + feed), *others)))


class _Draft(NamedTuple):
    """A repair that is proved and not weighed yet; its parts are those of `Candidate`.

    Attributes:
        span: what it repairs.
        text: the text proposed.
        certain: the same with the likeliest characters in its holes.
        channel: what happened.
        guesses: the characters that were chosen.
    """

    span: Span
    text: str
    certain: str
    channel: Channel
    guesses: tuple[Guess, ...]


class Misread:
    """One text, some lines of which were misread with losses."""

    pattern: ClassVar[re.Pattern[str]] = RUN
    """What a run is."""

    def __init__(self, text: str, found: Sequence[tuple[Span, str]], model: LanguageModel, config: Config) -> None:
        """Take a text and its hits."""
        self._text = text
        self._config = config
        self._cut_config = replace(config, required_probability=max(_ONE_BYTE, config.required_probability))
        self._model = model
        votes: dict[str, int] = {}
        for _, page in found:
            votes[page] = votes.get(page, 0) + 1
        self._page = max(votes, key=votes.__getitem__)
        self._pages = (self._page, "gb18030") if self._page == "cp936" else (self._page,)
        self._hits = sorted(span for span, page in found if page in self._pages)
        self._pieces: list[Piece] = []
        self._dotted = False
        self._inner = ""
        self._torn = self._is_torn()
        self._back = self._write_back()
        self._sites = [site for site in sites(self._back) if site.known]
        self._private = sorted({char for span in self._hits for char in _PRIVATE.findall(text, *span)})
        self._readings = [reading for reading in READINGS[self._page] if self._may_be(reading)]
        swallows = bool(self._readings) and self._readings[0].swallows
        cut = bool(self._sites) and is_cut(self._sites[-1])
        fits = fits_of(tuple(self._readings), self._page, torn=self._torn, dotted=self._dotted, cut=cut)
        self._lines = Lines(self._back, self._sites, model, swallows=swallows, fits=fits, asked=self._asked())
        self._wins = dict.fromkeys(self._readings, 0)
        self._starts = [site.start for site in self._sites]

    def _write_back(self) -> str:
        """Return the text with every run that comes out as UTF-8 written back, in the lines that have a hit."""
        text = self._text
        parts: list[str] = []
        position = length = line_end = 0
        for hit in self._hits:
            if hit.start < line_end:
                continue
            line_start = text.rfind("\n", 0, hit.start) + 1
            line_end = text.find("\n", hit.end)
            line_end = len(text) if line_end < 0 else line_end
            for match in self.pattern.finditer(text, line_start, line_end):
                for start, end, written in self._read_back(match):
                    parts += [text[position:start], written]
                    length += start - position
                    self._pieces.append(Piece(start, end, length, length + len(written)))
                    length += len(written)
                    position = end
        parts.append(text[position:])
        return "".join(parts)

    def _read_back(self, run: re.Match[str]) -> Iterator[tuple[int, int, str]]:
        """Yield what of a run was UTF-8, and where it begins and ends: all of it, or what stands behind a label."""
        start, end = run.span()
        tail = tail_of(self._text, end)
        last = is_last(self._text, end, tail)
        written = self._written(run[0], tail, last=last)
        if written is None and (label := label_of(run[0])):
            start += label
            written = self._written(self._text[start:end], tail, last=last)
        if written is not None:
            yield start, end, written

    def _asked(self) -> list[bool]:
        """Return for each broken place whether its line has a run that was written back; a round trip has others."""
        back, places = self._back, iter(self._sites)
        asked: list[bool] = []
        place = next(places, None)
        line_end = -1
        for _, _, start, end in self._pieces:
            if start <= line_end:
                continue
            line_start, line_end = back.rfind("\n", 0, start) + 1, back.find("\n", end)
            line_end = len(back) if line_end < 0 else line_end
            while place is not None and place.start < line_end:
                asked.append(place.start >= line_start)
                place = next(places, None)
        return asked + [False] * (len(self._sites) - len(asked))

    def _written(self, run: str, tail: str, *, last: bool) -> str | None:
        """Return a run as the UTF-8 that it was, if it was; the euro sign has two cells in the pages of GBK."""
        if self._page == "cp932" and DOT in run:
            written = back_with_dots(run)
            if written is not None and is_explained(written):
                self._dotted = True
                return written
        for page in self._pages:
            written = back(run, page)
            if written is None:
                continue
            if is_clean(written):
                if len(run) >= _TELLING or self._model.bits(run) > self._model.bits(written) + CHANNEL_BITS:
                    return written
            elif is_explained(written + tail) or (last and is_explained_cut(written + tail)):
                return written
        written = back_torn(run, self._page, cut=not tail) if self._torn else None
        if written is not None and is_explained(written + tail):
            self._inner = self._inner or ("?" if "?" in run else "\ufffd" if "\ufffd" in run else "")
            return written
        return None

    def _is_torn(self) -> bool:
        """Whether a good part of the hits is explained only if places may hold two bytes or show as nothing."""
        if self._page not in TORN:
            return False
        whole = torn = 0
        for start, end in self._hits:
            run, tail = self._text[start:end], tail_of(self._text, end)
            whole += len(run)
            if self._text[end : end + 1] >= "\x80" or (start and self._text[start - 1] >= "\x80"):
                continue  # the scan cut it
            written = (back(run, page) for page in self._pages)
            if not any(found is not None and is_explained(found + tail) for found in written) and DOT not in run:
                found = back_torn(run, self._page, cut=not tail)
                torn += len(run) if found is not None and is_explained(found + tail) else 0
        return torn > _TORN * whole

    def _may_be(self, reading: Reading) -> bool:
        """Whether the marks of the text are those of a reading, which also gives its private-use characters."""
        if self._inner:  # marks inside torn runs are those of a decoder that takes pairs
            return reading.habit in (("php", "windows") if self._inner == "?" else ("java", "whatwg"))
        if self._torn and reading.habit in ("java", "php"):
            return False
        if reading.is_torn != self._torn or (reading.page == "cp932" and reading.swallows != self._dotted):
            return False
        for char in self._private:
            written = back(char, self._page)
            data = written.encode("utf-8", "surrogateescape") if written is not None else b""
            if data and codepages.decode(data, reading.page, reading.habit) != char:
                return False
        marked = [site for site in self._sites if site.mark == "?"] if self._torn or self._dotted else self._sites
        if reading.swallows:
            marks_end = not any(site.mark == LOST or site.known[-1] is not None for site in marked)
            return self._dotted or (marks_end and swallowing_bits(self._back, marked) + _SWALLOWED > 0)
        if self._torn:
            return True
        question = sum(site.mark == "?" for site in marked)
        return question * 2 > len(marked) if reading.question else question * 2 <= len(marked)

    def findings(self) -> Iterator[Candidate | Suspect]:
        """Yield a repair for each line with a broken place, or for its runs where the line as a whole has none."""
        weighed = self._lines.weigh()
        drafts: list[_Draft] = []
        for group in self._groups():
            draft = self._draft(group, weighed)
            if draft is not None:
                drafts.append(draft)
            elif len(group) > 1:
                drafts += filter(None, (self._draft([piece], weighed) for piece in group))
        text = self._text
        around = [(text[max(0, start - 2) : start] or "\n", text[end : end + 2]) for (start, end), *_ in drafts]
        before = self._model.bits_of([(text[slice(*d.span)], *a) for d, a in zip(drafts, around, strict=True)])
        after = self._model.bits_of([(d.certain, *a) for d, a in zip(drafts, around, strict=True)])
        channel_bits = CHANNEL_BITS if len(self._hits) == 1 else AGAIN_BITS
        for draft, observed, healthy in zip(drafts, before, after, strict=True):
            bits = observed - healthy - channel_bits
            if not (is_asked(text, draft.span) or self._is_shown(draft.span)):
                yield Candidate("lossy", draft.span, draft.text, draft.channel, bits, draft.guesses)

    def _groups(self) -> Iterator[list[Piece]]:
        """Yield the runs of each line that has a hit."""
        text = self._text
        lines: dict[int, list[Piece]] = {}
        for piece in self._pieces:
            lines.setdefault(text.rfind("\n", 0, piece.start) + 1, []).append(piece)
        for line_start, group in lines.items():
            line_end = text.find("\n", group[-1].end)
            if not self._is_about_damage(group, line_start, len(text) if line_end < 0 else line_end):
                yield group

    def _is_shown(self, span: Span) -> bool:
        """Whether a text about encodings shows what Korean looks like that was misread; of others `beside` tells."""
        return self._page == "cp949" and len(self._hits) < MANY and is_spoken_of(self._text, *span)

    def _is_about_damage(self, group: Sequence[Piece], start: int, end: int) -> bool:
        return is_about_damage(self._text, group, start, end)

    def _draft(self, group: Sequence[Piece], weighed: Sequence[Weighed | None]) -> _Draft | None:
        start, back_start = group[0].start, group[0].back_start
        end, back_end = group[-1].end, group[-1].back_end
        text = certain = ""
        guesses: list[Guess] = []
        fillings: list[tuple[int, str]] = []
        position = back_start
        below = cut = False
        for number in range(bisect_left(self._starts, back_start), bisect_left(self._starts, back_end)):
            site, found = self._sites[number], weighed[number]
            between = self._back[position : site.start]
            text, certain = text + between, certain + between
            if found is None:
                return None
            at_end = site.end == len(self._back) and "\n" not in self._text
            if at_end:
                found = _without_feed(found)
            cut = is_cut(site)
            config = self._cut_config if cut else self._config
            filled = fill("", found, config, drop_ascii=at_end, offset=len(text))
            guesses += filled.guesses
            for step in filled.steps:
                fillings += step.fillings
            text, certain = text + filled.text, certain + filled.certain
            position = site.end
            below = below or filled.below
        if position > back_end:  # the last mark stands behind the run
            end += position - back_end
        text, certain = text + self._back[position:back_end], certain + self._back[position:back_end]
        if not is_clean(text) or (below and self._config.holes == "keep"):
            return None
        if all(char in _NOTHING for char in text):  # holes alone say no more than what stands there
            return None
        channel = self._proved(certain, self._text[start:end], cut=cut)
        if channel is None:
            return None
        if fillings:
            channel = Channel((FillHoles(tuple(fillings)), *channel.steps))
        return _Draft(Span(start, end), text, certain, channel, tuple(guesses))

    def _proved(self, certain: str, observed: str, *, cut: bool) -> Channel | None:
        """Return what leads from a text to what was observed; the reading that did most often before comes first."""
        for reading in sorted(self._readings, key=self._wins.__getitem__, reverse=True):
            channel = reading.channel
            if cut:
                channel = Channel((channel.steps[0], CutEnd(1), *channel.steps[1:]))
            try:
                if channel.damage(certain) == observed:
                    self._wins[reading] += 1
                    return channel
            except UnicodeError:
                continue
        return None
