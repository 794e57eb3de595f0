"""Torn places: where bytes of a gloss or a mark straddled two characters and the text ran out of step."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from fixtext.channels.beam import Hypothesis, search
from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Encode
from fixtext.channels.gloss_steps import ASCII_MARKS, CUT_MARKS, FoldPunctuation, InsertGlosses, ReadPieces
from fixtext.detectors.glossed.evidence import is_converted
from fixtext.detectors.glossed.lattice import BARE_BITS, Cut, Glossed, TornLattice, knows
from fixtext.detectors.glossed.tokens import HAN, TONED, bracketed
from fixtext.findings import Candidate, Guess, Span
from fixtext.language.readings import is_reading

MARGIN = 40.0
VANISHED_MARGIN = 25.0
"""Bits by which a text may be behind the best one and stay in the search; narrower where pairs may have vanished,
because every gap between two characters then multiplies what there is to try."""

REACH = 48
"""Code points that a torn stretch may run on behind the last sign of it."""


class Model(Protocol):
    """What torn places ask of a language model."""

    def transition(self, before: str, char: str) -> float:
        """Return the bits of ``char`` after the last two characters of ``before``."""
        ...

    def bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the bits of a text between two contexts."""
        ...


class PageModel:
    """The language model of a glossed page, which was converted from Simplified and lacks bare characters of its set.

    Args:
        model: weighs the characters otherwise.
        page: the gloss set of the page. Its characters cost `BARE_BITS` more; the arc of their gloss gives that back.
    """

    __slots__ = ("_extra", "_model", "_page")

    def __init__(self, model: Model, page: Container[str]) -> None:
        self._model = model
        self._page = page
        self._extra: dict[str, float] = {}

    def quotes(self, inside: bool) -> None:
        """Tell whether a quotation is open at the place looked at: then its end is likelier than another beginning."""
        self._extra["”"], self._extra["“"] = (-QUOTE_BITS, QUOTE_BITS) if inside else (QUOTE_BITS, 0.0)

    def transition(self, before: str, char: str) -> float:
        """Return the bits of ``char`` after the last two characters of ``before``."""
        extra = self._extra.get(char)
        if extra is None:
            strange = char >= HAN[0] and not is_converted(char)
            extra = self._extra[char] = STRANGE_BITS * strange + BARE_BITS * (char in self._page)
        return self._model.transition(before, char) + extra

    def bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the bits of a text between two contexts."""
        whole, start = before[-2:] + text + after[:2], len(before[-2:])
        return sum(self.transition(whole[max(0, at - 2) : at], whole[at]) for at in range(start, len(whole)))


QUOTE_BITS = 4.0
"""What an open quotation is worth, which the last two characters do not show: about the cost of a quotation mark."""

STRANGE_BITS = 8.0
"""Six nats, rounded: a character that conversion does not give, in a converted page (see docs/language-model.md)."""


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    marks = re.escape(CUT_MARKS + ASCII_MARKS.replace("(", "").replace(")", ""))
    return re.compile(rf"\?(?=[a-z{TONED}]{{1,6}} ?\))|\?[{marks}]|(?<=[^{HAN}])\((?=[a-z{TONED}]{{1,6}} ?\))")


def signs(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the indexes where something was torn: ``?cè)``, ``F(xiàn)``, ``?；``."""
    for match in _signs().finditer(text, start, end):
        at = match.start()
        if match.group()[0] != "?" or len(match.group()) == 2 or _has_reading(text, at + 1):
            yield at
    for match in bracketed().finditer(text, start, end):
        before = match.start() - 1
        if before > 0 and text[before] == "(" and HAN[0] <= text[before - 1] and not knows(text[before - 1], match[1]):
            yield before


def odd_marks(text: str, start: int, end: int, model: Model) -> Iterator[int]:
    """Yield the indexes of punctuation marks behind which the text reads like no language.

    A mark that was cut out may leave nothing but the stretch behind it: ``。ū本┐髮W`` was （北京大學.
    """
    for match in _behind_marks().finditer(text, start, end):
        words = match.group()[1:]
        if model.bits(words, match.group()[0]) > ODD_BITS * len(words):
            yield match.start()


ODD_BITS = 14.0
"""Bits a character behind a mark from which a look pays: healthy prose costs 7 to 8, a torn stretch 15 and more."""


@lru_cache(maxsize=1)
def _behind_marks() -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(CUT_MARKS)},;:!][^\s(),;:!{re.escape(CUT_MARKS)}]{{3}}")


def is_gloss_sign(text: str, at: int) -> bool:
    """Whether the sign at this index is a gloss without its character, not just an odd mark."""
    return _has_reading(text, at + 1)


def _has_reading(text: str, at: int) -> bool:
    match = bracketed().match(text, at)
    return match is not None and is_reading(match.group(1).rstrip(" "))


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of one look at a torn stretch.

    Attributes:
        start: index of the first character looked at.
        stop: index behind the last.
        candidates: repairs, in order; empty if the text is best left as it stands.
    """

    start: int
    stop: int
    candidates: tuple[Candidate, ...]


@dataclass(slots=True)
class Mender:
    """Mends the torn places of one page.

    Attributes:
        text: the observed text.
        page: the gloss set of the page, character -> gloss.
        model: the language model.
    """

    text: str
    page: Mapping[str, str]
    model: PageModel
    _plain: TornLattice = field(init=False)
    _vanished: TornLattice = field(init=False)

    def __post_init__(self) -> None:
        self._plain = TornLattice(self.text, self.page)
        self._vanished = TornLattice(self.text, self.page, vanished=True)

    def mend(self, sign: int, end: int, floor: int, more: Sequence[int] = ()) -> Mended:
        """Look at the stretch around a sign.

        Args:
            sign: index where something was torn.
            end: index behind the last character that may belong to the page.
            floor: index before which the text is settled.
            more: further signs, in order.
        """
        start = self._start(sign, floor)
        line = self.text[self.text.rfind("\n", 0, sign) + 1 : sign]
        self.model.quotes(line.rfind("“") > line.rfind("”"))
        best = self._search(self._plain, start, sign, end, more)
        if best is None or self._poor(best, sign):
            other = self._search(self._vanished, start, sign, end, more)
            if other is not None and (best is None or self._saves(other, start) > self._saves(best, start)):
                best = other
        if best is None:
            return Mended(start, sign + 1, ())
        return Mended(start, best.node, tuple(self._candidates(best, start)))

    def _start(self, sign: int, floor: int) -> int:
        """Go back to where the text is surely in step: behind a line end or full stop, or a few characters."""
        text = self.text
        start = sign
        while start > max(floor, sign - 16) and text[start - 1] not in "\n。":
            start -= 1
        if "(" in text[start:sign]:
            inside = text.find(")", start, sign)
            if 0 <= inside < text.find("(", start, sign):
                start = inside + 1
        return start

    def _search(self, lattice: TornLattice, start: int, sign: int, end: int, more: Sequence[int]) -> Hypothesis | None:
        last = max([sign, *(other for other in more if other < sign + REACH)])
        limit = min(end, last + REACH)

        def settled(node: int) -> bool:
            return node > sign + 4 and not any(node - 4 < other <= node + 1 for other in more)

        found = search(
            lattice.arcs,
            limit,
            lattice.alphabet,
            self.model,
            before=self._before(start),
            start=start,
            margin=VANISHED_MARGIN if lattice.vanished else MARGIN,
            settled=settled,
        )
        return found[0] if found else None

    def _before(self, start: int) -> str:
        return re.sub(r"\([^()]{1,7}\)", "", self.text[max(0, start - 24) : start])[-2:]

    def _saves(self, hypothesis: Hypothesis, start: int) -> float:
        return self.model.bits(self.text[start : hypothesis.node], self._before(start)) - hypothesis.bits

    def _poor(self, hypothesis: Hypothesis, sign: int) -> bool:
        """Whether the text found is still improbable: nothing was mended, or a part of it reads badly."""
        steps = hypothesis.path()
        torn = [step for step in steps[1:] if step.arc and not step.arc.char]
        worst = max((step.bits - step.previous.bits for step in torn if step.previous), default=0.0)
        return not any(step.node > sign for step in torn) or worst > POOR_BITS

    def _candidates(self, hypothesis: Hypothesis, start: int) -> Iterator[Candidate]:
        steps = hypothesis.path()[1:]
        runs: list[list[int]] = []
        for index, step in enumerate(steps):
            if step.arc is None or step.arc.char:
                continue
            first = index - 1 if step.arc.after and index else index
            if runs and first <= runs[-1][1]:
                runs[-1][1] = index + 1
            else:
                runs.append([first, index + 1])
        healthy = "".join(step.added for step in steps)
        offsets = [0]
        for step in steps:
            offsets.append(offsets[-1] + len(step.added))
        nodes = [start, *(step.node for step in steps)]
        for first, behind in runs:
            span = Span(nodes[first], nodes[behind])
            after = healthy[offsets[first] : offsets[behind]]
            before = self.text[span.start : span.end]
            channel = _channel(steps[first:behind], after, before)
            if channel is None:
                continue
            left = (self._before(start) + healthy[: offsets[first]])[-2:]
            right = healthy[offsets[behind] : offsets[behind] + 2]
            cost = sum(step.arc.bits for step in steps[first:behind] if step.arc)
            saved = self.model.bits(before, left, right) - self.model.bits(after, left, right) - cost
            guesses = tuple(self._guesses(steps[first:behind], left, after, right))
            yield Candidate("glossed", span, after, channel, saved, guesses)

    def _guesses(self, steps: Sequence[Hypothesis], left: str, after: str, right: str) -> Iterator[Guess]:
        offset = 0
        padded = left + after + right
        for step in steps:
            for char, choices in zip(step.added, step.choices, strict=True):
                if choices:
                    at = len(left) + offset
                    yield _guess(self.model, padded[:at], char, choices, padded[at + 1 : at + 3], offset)
                offset += 1


POOR_BITS = 17.0
"""Bits of one step above which a restored stretch is doubted: healthy prose costs 7 to 8 bits a character."""


def _guess(model: Model, before: str, char: str, choices: str, after: str, offset: int) -> Guess:
    costs = {choice: model.bits(choice, before, after) for choice in choices}
    least = min(costs.values())
    weights = {choice: 2.0 ** (least - cost) for choice, cost in costs.items()}
    total = sum(weights.values())
    ranked = sorted(weights, key=lambda choice: -weights[choice])
    others = tuple((choice, weights[choice] / total) for choice in ranked[:4] if choice != char)
    return Guess(offset, char, weights[char] / total, others[:3])


def _channel(steps: Sequence[Hypothesis], after: str, before: str) -> Channel | None:
    """Return the channel that turns ``after`` into ``before``, or None if the events do not make one."""
    events = [step.arc.event for step in steps if step.arc]
    # Where the bytes of two glosses overlap, both appear only if the later one was put in first.
    glosses = dict.fromkeys((event.char, event.text) for event in reversed(events) if isinstance(event, Glossed))
    cuts = [event for event in events if isinstance(event, Cut)]
    marks = "".join(dict.fromkeys(event.mark for event in cuts))
    lone = "" if any(event.lone == "" for event in cuts) else "?"
    gbk: list[Step] = [Encode("gbk")]
    if glosses:
        gbk.append(InsertGlosses(tuple(glosses)))
    gbk.append(ReadPieces(marks, lone))
    for steps_tried in (gbk, [*gbk, FoldPunctuation()]):
        channel = Channel(tuple(steps_tried))
        if channel.damage(after) == before:
            return channel
    return None
