"""Text that is misread in long stretches: the chain of a few places, undone on all of their lines at once."""

from __future__ import annotations

from collections.abc import Sequence

from fixtext.detectors.misdecoded.explanation import Explanation, Pair, rivals
from fixtext.detectors.misdecoded.fragments import LONGEST, Fragments, outside
from fixtext.detectors.misdecoded.pairs import relatives
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.stretches import GAP
from fixtext.detectors.misdecoded.suspicion import suspicious
from fixtext.detectors.misdecoded.whole import odd_lines, whole_stretches, widest_first
from fixtext.findings import Span

PROVEN_BITS = 30.0
"""Bits that a chain must save in a document before it counts as something that happened to the document."""

DENSE_BITS = 0.5
"""Bits a character by which ideographs and syllables must exceed what is unlikely to be tried for a stretch: damaged
text has 1.5 to 6, classical Chinese and lists of names less than 0.3."""

LONG = 2_000
PROBED = 4
"""Code points from which a text is tried as a whole, and how many of its stretches are looked into for that."""

ODD = 100
"""Code points of a line for one odd place, up to which it is odd all along if it has two: Big5 read as GBK has one
every 30, classical Chinese one every 330."""

NEAR = 2_000
"""Code points between suspicious lines up to which the lines between are undone with them: that takes less than to do
each by itself."""

REMAINDER = 6
"""Code points that are left between explained stretches: what is missing there, another detector may know."""


class Sweep:
    """Undoes what went through one chain in many lines."""

    def __init__(self, fragments: Fragments, scorer: Plausibility, throughout: tuple[Pair, ...] | None = None) -> None:
        """Take the lines of a text, what tells bits, and the chain that all of it went through, if that is known."""
        self.text = fragments.text
        self.fragments = fragments
        self.scorer = scorer
        self.throughout = throughout

    def stretches(self, spans: Sequence[Span]) -> list[Explanation]:
        """Try the chains that explain a little of the longest stretches on all of their lines at once."""
        taken: list[Explanation] = []
        chains: set[tuple[Pair, ...]] = set()
        for span in sorted(spans, key=lambda span: span.start - span.end)[:PROBED]:
            if span.end - span.start < LONG // 2:
                break
            for place in (span.start, (span.start + span.end) // 2):
                if any(whole.start <= place + LONGEST and place < whole.end for whole in taken):
                    continue
                chain = self.throughout or self._probed(place, span.end)
                if chain is not None and chain not in chains:
                    rest = self._lines(spans, taken)
                    alike = widest_first(self.text, rest, [chain, *relatives(chain)])
                    chain = alike[0]
                    chains.update(alike)
                    # First whole lines, a few of which need other pages of the same groups; then what is whole in torn
                    # ones.
                    for number, tried in enumerate([*alike, chain]):
                        found = whole_stretches(self.text, rest, tried, self.scorer, torn=number == len(alike))
                        rest = [span for span in outside(rest, found) if span.end - span.start > REMAINDER]
                        if not number:
                            rest = odd_lines(self.text, rest)
                        taken += found
                    taken.sort(key=lambda whole: whole.start)
        return taken

    def left(self, spans: Sequence[Span], taken: Sequence[Explanation]) -> list[Span]:
        """Return the suspicious stretches beside what is explained.

        In a text that is damaged all over, the stretches of the scan reach over healthy lines. It takes less to scan
        what is left by itself than to search it; lines that are odd all along are searched as they are.
        """
        left = [span for span in outside(spans, taken) if span.end - span.start > REMAINDER]
        if sum(end - start for start, end in left) < LONG:
            return left
        odd = odd_lines(self.text, left, 2, ODD)
        left = list(outside(left, odd))
        if not left:
            return sorted(odd)
        places = suspicious("\n".join([self.text[start:end] for start, end in left]))
        found: list[Span] = []
        index, shift = 0, left[0].start if left else 0  # which stretch a place is in, and how far it was moved
        for start, end in places:
            while start + shift >= left[index].end:
                shift += left[index + 1].start - left[index].end - 1
                index += 1
            start, end = start + shift, min(end + shift, left[index].end)
            if found and start - found[-1].end < GAP and found[-1].start >= left[index].start:
                found[-1] = Span(found[-1].start, max(end, found[-1].end))
            elif end > start:
                found.append(Span(start, end))
        return sorted([*odd, *found])

    def _probed(self, start: int, end: int) -> tuple[Pair, ...] | None:
        """Return the chain that explains what stands at a place, beyond doubt."""
        fragment = next(iter(self.fragments.cut([Span(start, min(start + LONGEST, end))])), None)
        if fragment is None:
            return None
        observed = self.text[fragment.start : fragment.end]
        wide = sum(map("\u2e80".__le__, observed))
        if 2 * wide > len(observed) and self.scorer.excess(observed) < DENSE_BITS * len(observed):
            return None
        chosen, _ = rivals(self.fragments.explain(fragment))
        return chosen[0].pairs if chosen and chosen[0].bits >= PROVEN_BITS else None

    def _lines(self, spans: Sequence[Span], taken: Sequence[Explanation]) -> list[Span]:
        """Return the suspicious stretches that are not yet explained, as whole lines, near ones together."""
        lines: list[Span] = []
        for span in outside(spans, taken):
            start = self.text.rfind("\n", 0, span.start) + 1
            end = self.text.find("\n", span.end) + 1 or len(self.text)
            if lines and start < lines[-1].end + NEAR:
                lines[-1] = Span(lines[-1].start, max(end, lines[-1].end))
            else:
                lines.append(Span(start, end))
        return [span for span in outside(lines, taken) if span.end - span.start > REMAINDER]
