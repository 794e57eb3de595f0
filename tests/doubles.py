"""Detectors and steps that stand in for real ones where only their contract matters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from fixtext.channels.channel import Channel, register_step
from fixtext.config import Config
from fixtext.findings import Candidate, Guess, Span, Suspect


@register_step
@dataclass(frozen=True, slots=True)
class Becomes:
    """Turns one text into another, and can happen to no other text."""

    name: ClassVar[str] = "test-becomes"

    healthy: str
    damaged: str

    def run(self, data: str | bytes) -> str:
        if data != self.healthy:
            raise UnicodeError(f"{data!r} is not {self.healthy!r}")
        return self.damaged

    def __str__(self) -> str:
        return f"{self.healthy} becomes {self.damaged}"


@dataclass
class Rules:
    """Proposes a replacement for every match of each damaged word, with a true certificate."""

    rules: dict[str, str]
    name: str = "rules"
    summary: str = "Words from a table"
    bits: float = 20.0
    guess: bool = False

    def scan(self, text: str) -> Sequence[Span]:
        return [Span(*match.span()) for word in self.rules for match in re.finditer(re.escape(word), text)]

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        for span in spans:
            damaged = text[slice(*span)]
            healthy = self.rules[damaged]
            guesses = tuple(Guess(at, char, 0.5) for at, char in enumerate(healthy)) if self.guess else ()
            yield Candidate(self.name, span, healthy, channel(healthy, damaged), self.bits, guesses)


@dataclass
class Says:
    """Says whatever it is told to say, true or not."""

    propose_: Callable[[str], Iterable[Candidate | Suspect]]
    name: str = "says"
    summary: str = "Anything"

    def scan(self, text: str) -> Sequence[Span]:
        return [Span(0, len(text))]

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        return self.propose_(text)


def channel(healthy: str, damaged: str) -> Channel:
    return Channel((Becomes(healthy, damaged),))
