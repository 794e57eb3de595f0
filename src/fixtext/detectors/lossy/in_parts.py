"""Misread text in which marks stand for two bytes: runs that are written back in parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import ClassVar

from fixtext.detectors.lossy.dots import Part
from fixtext.detectors.lossy.misread import MANY, Misread
from fixtext.detectors.lossy.readings import is_clean
from fixtext.detectors.lossy.runs import is_explained
from fixtext.detectors.misdecoded.quoting import is_spoken_of
from fixtext.findings import Span


class InParts(Misread):
    """One text with such runs."""

    mark: ClassVar[str]
    """What every run in which bytes are lost holds."""
    back: ClassVar[Callable[[str], Sequence[Part]]]
    """Returns a run as the UTF-8 that it was."""

    @classmethod
    def hits(cls, text: str, marks: Iterable[int] | None = None) -> Iterator[Span]:
        """Yield the runs in which bytes are lost, those with some marks if any are given."""
        for match in cls._runs(text, marks):
            if cls.mark in match[0] and any(not is_clean(text) for _, _, text in explained(cls.back(match[0]))):
                yield Span(*match.span())

    def _is_shown(self, span: Span) -> bool:
        return len(self._hits) < MANY and is_spoken_of(self._text, *span)

    @classmethod
    def _runs(cls, text: str, marks: Iterable[int] | None) -> Iterator[re.Match[str]]:
        """Yield the runs in which a mark stands beside something beyond ASCII: all runs are far more."""
        end = 0
        for place in (match.start() for match in _beside(cls.mark).finditer(text)) if marks is None else marks:
            if place < end:
                continue
            start = place
            while start > end and (text[start - 1] > "\x7f" or text[start - 1] == cls.mark):
                start -= 1
            for run in cls.pattern.finditer(text, start):
                end = run.end()
                if run.start() <= place:
                    yield run
                if end > place:
                    break

    def _is_torn(self) -> bool:
        return False

    def _read_back(self, run: re.Match[str]) -> Iterator[tuple[int, int, str]]:
        self._dotted = True
        for start, end, written in explained(type(self).back(run[0])):
            yield run.start() + start, run.start() + end, written


@cache
def _beside(mark: str) -> re.Pattern[str]:
    # It begins with a literal, so that the engine runs to the next mark without trying anything in between.
    return re.compile(f"{re.escape(mark)}(?:(?<=[^\0-\x7f].)|(?=[^\0-\x7f]))")


def explained(parts: Sequence[Part]) -> Iterator[tuple[int, int, str]]:
    """Yield where each part of a run begins and ends, in code points, and what it was, if that is explained."""
    end = 0
    for size, text in parts:
        start, end = end, end + size
        if text and is_explained(text):
            yield start, end, text
