"""The lines of a document, cut to what is searched at once, and what explains each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from fixtext.detectors.misdecoded.debris import masked
from fixtext.detectors.misdecoded.explanation import Explanation
from fixtext.detectors.misdecoded.search import Search
from fixtext.detectors.misdecoded.suspicion import suspicious
from fixtext.findings import Span

LONGEST = 160
"""Code points of a line that are searched at once. More do not find more: misreadings show within a few words."""

WHOLE_LINE = 800
DENSE = 12
"""Code points up to which a line is searched whole all the same, if something odd stands in it every so many: a
sentence of 60 characters has so many once it has been misread twice, and no chain can be undone from the middle of a
character."""

BESIDE = 10
CORE = 64
"""Code points beside the odd places of a fragment that are searched with them, and how many at most."""

_RUN = re.compile("[^\0-\x7f]{1,12}(?=[\0-\x7f])")

_FOUR_BYTES = re.compile("(?:[^\0-\x7f][0-9]){6}")
"""Characters that GB18030 writes in four bytes, read in single ones: what is in the midst of them says nothing."""

MOST = 24
"""Explanations of one fragment that are compared."""


class Fragment(NamedTuple):
    """A line, or a part of a long one."""

    start: int
    end: int


class Fragments:
    """Cuts one text and explains the pieces."""

    def __init__(self, text: str, search: Search) -> None:
        """Take a text and what searches it."""
        self.text = text
        self.search = search
        self._fruitless: set[str] = set()

    def cut(self, spans: Iterable[Span], *, between_runs: bool = False) -> Iterator[Fragment]:
        """Cut the suspicious stretches into lines, with what stands beside them.

        Args:
            spans: the stretches, in order.
            between_runs: whether long lines are cut between characters beyond ASCII in a row, if these are few and
                known to be misread together.
        """
        text = self.text
        done = 0
        for span in spans:
            position = max(done, span.start)
            while position < span.end:
                begun = max(text.rfind("\n", 0, position) + 1, done)
                stop = text.find("\n", position)
                stop = len(text) if stop < 0 else stop
                start = max(begun, position - LONGEST // 2)
                if begun < start and stop - begun <= WHOLE_LINE and self._is_dense(begun, stop):
                    start = begun
                length = stop - start
                whole = length <= LONGEST + LONGEST // 2 or (length <= WHOLE_LINE and self._is_dense(start, stop))
                end = stop if whole else start + LONGEST
                if between_runs and not whole:
                    end = self._end_of_run(end, stop)
                if end > start:
                    yield Fragment(start, end)
                done = position = max(end, position + 1)
                if position == stop:
                    position += 1

    def _end_of_run(self, end: int, stop: int) -> int:
        """Return where characters beyond ASCII end, if they are few."""
        match = _RUN.match(self.text, end, stop)
        return match.end() if match else end

    def _is_dense(self, start: int, end: int) -> bool:
        """Whether a line is odd all along, as what has been misread twice is."""
        line = self.text[start:end]
        return bool(_FOUR_BYTES.search(line)) or len(suspicious(line)) * DENSE >= end - start

    def observed(self, fragment: Fragment) -> tuple[str, tuple[str, str]]:
        """Return a fragment without debris, and what stands before and after it."""
        text, start, end = self.text, fragment.start, fragment.end
        before = max(0, start - 3)  # debris may reach over the ends
        return masked(text[before : end + 3])[start - before : end - before], (
            text[max(0, start - 2) : start],
            text[end : end + 2],
        )

    def explain(self, fragment: Fragment) -> list[Explanation]:
        """Return what explains the odd part of a fragment, most bits first.

        Where nothing is odd but what nothing explained elsewhere in the text, it is not searched: tables of sounds and
        lists of words in small languages have the same on every line.
        """
        observed, context = self.observed(fragment)
        marks = suspicious(observed)
        odd = {observed[max(0, start - 1) : end + 1] for start, end in marks}
        if odd <= self._fruitless:
            return []
        if _FOUR_BYTES.search(observed):
            core = 0, min(len(observed), 2 * CORE)
        else:
            core = max(0, marks[0][0] - BESIDE), min(len(observed), marks[-1][1] + BESIDE)
            if core[1] - core[0] > CORE:
                core = core[0], core[0] + CORE
        found = self.search.explain(observed, context, core)
        if not found:
            self._fruitless |= odd
        return self.shifted(found[:MOST], fragment)

    def shifted(self, found: list[Explanation], fragment: Fragment) -> list[Explanation]:
        """Move explanations to their place in the text; those that do not lead back to it are dropped."""
        moved = [replace(e, start=e.start + fragment.start, end=e.end + fragment.start) for e in found]
        return [explanation for explanation in moved if self._leads_back(explanation)]

    def _leads_back(self, explanation: Explanation) -> bool:
        """Whether the healthy text went through the channel to what stands there; some bytes have two readings."""
        try:
            return explanation.channel.damage(explanation.text) == self.text[explanation.start : explanation.end]
        except UnicodeError:
            return False


def outside(spans: Iterable[Span], taken: Sequence[Explanation] | Sequence[Span]) -> Iterator[Span]:
    """Yield what of some stretches is not explained; both are in order."""
    wholes: Iterator[Explanation | Span] = iter(taken)
    whole = next(wholes, None)
    for span in spans:
        start = span.start
        while whole is not None and whole.start < span.end:
            if start < whole.start:
                yield Span(start, whole.start)
            start = max(start, whole.end)
            if whole.end > span.end:
                break
            whole = next(wholes, None)
        if start < span.end:
            yield Span(start, span.end)
