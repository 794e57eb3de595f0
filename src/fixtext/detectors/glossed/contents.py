"""The ideographs of a block, counted line by line once, so that any part of it is weighed without another look."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from fixtext.detectors.glossed.tokens import HAN
from fixtext.findings import Span
from fixtext.language import characters_of


class Contents(NamedTuple):
    """The ideographs of a part of a text.

    Attributes:
        text: the text.
        start: index of the first character of the part.
        end: index behind its last.
        ideographs: how many there are.
        traditional: how many different ones only Traditional text has.
        simplified: how many only Simplified text has.
    """

    text: str
    start: int
    end: int
    ideographs: int
    traditional: int
    simplified: int


class Lines:
    """The lines of a text."""

    def __init__(self, text: str) -> None:
        """Count the ideographs of each line."""
        self._text = text
        ideographs = _others().sub("", text)
        lines = ideographs.split("\n")
        strangers = simplified().intersection(ideographs)
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]
        self._ideographs = [0, *accumulate(map(len, lines))]
        self._traditional = list(map(traditional().intersection, lines))
        self._simplified = [0, *accumulate(sum(map(line.count, strangers)) for line in lines)]

    def contents(self, part: Span) -> Contents:
        """Return the ideographs of some of the lines, all of their characters."""
        first, behind = bisect_left(self._starts, part.start), bisect_left(self._starts, part.end)
        return Contents(
            self._text,
            *part,
            self._ideographs[behind] - self._ideographs[first],
            len(frozenset().union(*self._traditional[first:behind])),
            self._simplified[behind] - self._simplified[first],
        )


@lru_cache(maxsize=1)
def _others() -> re.Pattern[str]:
    return re.compile(f"[^{HAN[0]}-{HAN[-1]}\n]+")


@lru_cache(maxsize=1)
def traditional() -> frozenset[str]:
    """Return the characters that conversion from Simplified gives (著 counts: it comes from 着)."""
    return characters_of("hant") | {"著"}


@lru_cache(maxsize=1)
def simplified() -> frozenset[str]:
    """Return the characters that a converted page lacks. Those that converters leave alone as a rule do not count."""
    return characters_of("hans") - frozenset("并么群床恒峰")
