"""Which of several candidates that want the same place are made: those that together save the most bits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fixtext.findings import Candidate


def arbitrate(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose the candidates that do not overlap and together save the most bits.

    Weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, section 6.1), in O(n log n). On a tie the
    fewest edits win, then the choice is by the candidates' own values; the order in which they are given never counts.

    Args:
        candidates: candidates with valid spans and finite, positive bits.

    Returns:
        the chosen candidates in the order of the text.
    """
    chosen: list[Candidate] = []
    cluster: list[Candidate] = []
    reach = 0
    ordered = sorted(candidates, key=_span)
    for candidate in ordered:
        start, end = candidate.span
        if start < reach:
            break
        reach = end
    else:
        return ordered  # the rule: no two want the same place
    reach = 0
    for candidate in ordered:
        start, end = candidate.span
        if start >= reach:
            if len(cluster) > 1:
                cluster = _best(cluster)
            chosen += cluster
            cluster = []
        cluster.append(candidate)
        reach = max(reach, end)
    return chosen + (_best(cluster) if len(cluster) > 1 else cluster)


def _span(candidate: Candidate) -> tuple[int, int]:
    return candidate.span


def _rank(candidate: Candidate) -> tuple[int, int, str, str, float, str]:
    """Order candidates by where they end; the rest makes the order, and so the outcome of a tie, a total one."""
    start, end = candidate.span
    return end, start, candidate.damage, candidate.text, candidate.bits, str(candidate.channel)


def _best(cluster: list[Candidate]) -> list[Candidate]:
    ordered = sorted(cluster, key=_rank)
    ends = [candidate.span.end for candidate in ordered]
    # totals[i]: most bits, and (negated) fewest edits, that the first i candidates can give
    totals: list[tuple[float, int]] = [(0.0, 0)]
    taken: list[int | None] = []  # the number of candidates that end before this one starts, where it is taken
    for index, candidate in enumerate(ordered):
        before = bisect_right(ends, candidate.span.start, 0, index)
        bits, edits = totals[before]
        with_it = (bits + candidate.bits, edits - 1)
        if with_it > totals[index]:
            totals.append(with_it)
            taken.append(before)
        else:
            totals.append(totals[index])
            taken.append(None)
    chosen: list[Candidate] = []
    index = len(ordered)
    while index:
        before_it = taken[index - 1]
        if before_it is None:
            index -= 1
        else:
            chosen.append(ordered[index - 1])
            index = before_it
    return chosen[::-1]
