"""What detectors find and what a repair reports: spans, candidates, edits, suspects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from fixtext.channels.channel import Channel


class Span(NamedTuple):
    """A half-open range of code points in a text."""

    start: int
    end: int

    def moved(self, by: int) -> Span:
        """Return the range so many code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, init=False)
class Guess:
    """A character of a repaired text that was chosen by the language model, not given by surviving bytes.

    Attributes:
        offset: index in code points into the repaired text of the edit.
        char: the character chosen.
        probability: its probability among all characters that fit the surviving bytes, 0 to 1.
        others: the runners-up with their probabilities, most probable first.
    """

    offset: int
    char: str
    probability: float
    others: tuple[tuple[str, float], ...]

    def __init__(self, offset: int, char: str, probability: float, others: tuple[tuple[str, float], ...] = ()) -> None:
        """Take what the attributes say."""
        put = _GUESS  # as for `Candidate`
        put[0](self, offset)
        put[1](self, char)
        put[2](self, probability)
        put[3](self, others)


@dataclass(frozen=True, slots=True, init=False)
class Candidate:
    """A proposed repair of one span.

    Attributes:
        damage: stable identifier of the kind of damage, such as ``glossed``.
        span: the range of the text that is replaced.
        text: the healthy text proposed for the span.
        channel: what happened; ``channel.damage(text)`` must give the text of the span.
        bits: bits saved against "nothing happened", channel paid for.
        guesses: characters that the language model chose.
    """

    damage: str
    span: Span
    text: str
    channel: Channel
    bits: float
    guesses: tuple[Guess, ...]

    def __init__(
        self, damage: str, span: Span, text: str, channel: Channel, bits: float, guesses: tuple[Guess, ...] = ()
    ) -> None:
        """Take what the attributes say."""
        # Through the slots: what dataclasses write takes twice as long, and a page has an edit for each gloss.
        put = _CANDIDATE
        put[0](self, damage)
        put[1](self, span)
        put[2](self, text)
        put[3](self, channel)
        put[4](self, bits)
        put[5](self, guesses)

    def moved(self, by: int) -> Candidate:
        """Return the same so many code points further on."""
        return Candidate(self.damage, self.span.moved(by), self.text, self.channel, self.bits, self.guesses)


def _slots_of(cls: type[Any]) -> tuple[Callable[[object, object], None], ...]:
    """Return what puts values into the slots of a frozen class, in order."""
    return tuple([vars(cls)[field.name].__set__ for field in fields(cls)])


_GUESS = _slots_of(Guess)
_CANDIDATE = _slots_of(Candidate)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A span that looks damaged but is left as it is.

    Attributes:
        damage: stable identifier of the kind of damage.
        span: the range of the text.
        reason: one clause for the reader: why it was not repaired.
        candidates: explanations that were too close to each other, or too weak, to act on.
    """

    damage: str
    span: Span
    reason: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, init=False)
class Edit:
    """An accepted repair: a candidate whose certificate held.

    Attributes:
        damage: stable identifier of the kind of damage.
        span: range in the *input* text, in code points.
        before: the text of the span as it was.
        after: the healthy text that stands there now.
        channel: what happened; ``channel.damage(after) == before``.
        bits: bits saved against "nothing happened".
        guesses: characters of ``after`` that the language model chose.
    """

    damage: str
    span: Span
    before: str
    after: str
    channel: Channel
    bits: float
    guesses: tuple[Guess, ...]

    def __init__(
        self,
        damage: str,
        span: Span,
        before: str,
        after: str,
        channel: Channel,
        bits: float,
        guesses: tuple[Guess, ...] = (),
    ) -> None:
        """Take what the attributes say."""
        put = _EDIT  # as for `Candidate`
        put[0](self, damage)
        put[1](self, span)
        put[2](self, before)
        put[3](self, after)
        put[4](self, channel)
        put[5](self, bits)
        put[6](self, guesses)

    def moved(self, by: int) -> Edit:
        """Return the same so many code points further on."""
        return Edit(self.damage, self.span.moved(by), self.before, self.after, self.channel, self.bits, self.guesses)


_EDIT = _slots_of(Edit)


@dataclass(frozen=True, slots=True)
class Repair:
    """The result of looking at one text.

    Attributes:
        text: the repaired text; the input itself when nothing was repaired.
        edits: what was changed, in the order of the input, not overlapping.
        suspects: what looks damaged and was left alone.
        notes: what else there is to tell, a sentence each: how much a conversion converted and what it left.
        encoding: the code page that bytes were read in, if bytes were given: writing `undo` in it, with the error
            handler ``surrogateescape``, gives them back.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    notes: tuple[str, ...] = ()
    encoding: str = "utf-8"

    @property
    def changed(self) -> bool:
        """Whether anything was repaired."""
        return bool(self.edits)

    def undo(self) -> str:
        """Return the input: every edit put back as it was."""
        parts: list[str] = []
        position = shift = 0
        for edit in self.edits:
            start = edit.span.start + shift
            parts.append(self.text[position:start])
            parts.append(edit.before)
            position = start + len(edit.after)
            shift += len(edit.after) - len(edit.before)
        parts.append(self.text[position:])
        return "".join(parts)
