"""The detector of misread text: where to look, what explains it, what the document says about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fixtext.config import Config
from fixtext.detectors.misdecoded.designations import designations
from fixtext.detectors.misdecoded.suspicion import suspicious
from fixtext.findings import Candidate, Span, Suspect

GAP = 160
"""Code points between suspicious places from which they are looked at apart."""


EXPLAINED_BITS = 48.0
"""Bits from which a repair leaves no room for another explanation of its line, if the line has no controls."""


class MisdecodedDetector:
    """Finds text whose bytes were read in another code page than it was written in, once or several times."""

    name = "misdecoded"
    summary = "bytes read in the wrong code page, nothing lost: \u6d63\u72b2\u30bd for \u4f60\u597d, caf\u00c3\u00a9"

    def scan(self, text: str) -> Sequence[Span]:
        """Return the stretches with unlikely neighbours, near ones together."""
        places = suspicious(text)
        runs = [(start, end) for start, end, _ in designations(text)]
        stretches: list[Span] = []
        for start, end in sorted([*places, *runs]) if runs else places:
            if stretches and start - stretches[-1].end < GAP:
                stretches[-1] = Span(stretches[-1].start, max(end, stretches[-1].end))
            else:
                stretches.append(Span(start, end))
        return stretches

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Search each stretch for the misreadings that explain it."""
        from fixtext.detectors.misdecoded.document import Document
        from fixtext.detectors.misdecoded.escapes import candidates, wide_candidates
        from fixtext.detectors.misdecoded.objections import objection
        from fixtext.detectors.misdecoded.plausible import plausibility
        from fixtext.detectors.misdecoded.wide import findings

        explained: list[Span] = []
        for finding in Document(text, spans, config.required_bits).findings():
            reason = objection(text, finding, config.required_bits) if isinstance(finding, Candidate) else None
            yield finding if reason is None else Suspect(self.name, finding.span, reason)
            if reason is None and isinstance(finding, Candidate) and finding.bits >= EXPLAINED_BITS:
                explained.append(finding.span)
        yield from findings(text, spans, plausibility(), explained)
        for span in spans:
            yield from candidates(text, span, plausibility())
            yield from wide_candidates(text, span, plausibility())
