"""What stands beside a repair, in its lines and around."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from fixtext.detectors.misdecoded.letters import beyond_ascii, script
from fixtext.findings import Candidate

_BESIDE = 60
"""Code points on either side, in the same line, whose letters a misreading ought to explain too."""

_AROUND = 400
"""The same in the lines around."""

STAY = 2
"""Times that letters have to stand around for each one that would become another."""


def left_beside(text: str, candidate: Candidate, others: Sequence[Candidate]) -> str:
    """Return what beyond ASCII stands beside a repair in its lines and would stay.

    Args:
        text: the whole text.
        candidate: the repair.
        others: all repairs of the text, in order.
    """
    start, end = candidate.span
    before, after = lines_beside(text, start, end)
    first, last = start - len(before), end + len(after)
    places = [place for place in (*range(first, start), *range(end, last)) if text[place] > "\x7f"]
    if not places:
        return ""
    for other in others[bisect_left(others, first, key=_end) :]:
        if other.span.start >= last:
            break
        places = [place for place in places if not other.span.start <= place < other.span.end]
    return "".join(text[place] for place in places)


def stays_around(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether Latin letters would become as many others, and each of them stands around it and stays, altogether twice
    as often: they are letters of that language.
    """
    start, end = candidate.span
    letters = Counter(filter(beyond_ascii, text[start:end]))
    if sum(map(beyond_ascii, candidate.text)) != letters.total() or any(script(char) != "LATIN" for char in letters):
        return False
    parts: list[str] = []
    place, last = max(0, start - _AROUND), end + _AROUND
    for other in others[bisect_left(others, place, key=_end) :]:
        if other.span.start >= last:
            break
        parts.append(text[place : other.span.start])
        place = other.span.end
    parts.append(text[place:last])
    around = Counter("".join(parts))
    return all(char in around for char in letters) and (sum(around[char] for char in letters) >= STAY * letters.total())


def lines_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a stretch in its lines."""
    first = max(text.rfind("\n", 0, start) + 1, start - _BESIDE)
    last = text.find("\n", end, end + _BESIDE)
    return text[first:start], text[end : last if last >= 0 else end + _BESIDE]


def _end(candidate: Candidate) -> int:
    return candidate.span.end
