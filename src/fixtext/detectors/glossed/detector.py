"""The detector of glossed pages: evidence for the page first, then its glosses and its torn places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fixtext.config import Config
from fixtext.detectors.glossed.tokens import hints
from fixtext.findings import Candidate, Span, Suspect

GAP = 4000
"""Code points without a gloss after which a new page is assumed."""


class GlossedDetector:
    """Finds pinyin glosses that a site put into a GBK page, and mends what their bytes tore apart."""

    name = "glossed"
    leads = True
    summary = "pinyin glosses put into a GBK page, characters torn apart by them: 區(qū), 讓我們?cè)诩议T口"

    def scan(self, text: str) -> Sequence[Span]:
        """Return the stretches that hold glosses, far ones apart."""
        stretches: list[Span] = []
        for at in hints(text):
            if stretches and at - stretches[-1].end < GAP:
                stretches[-1] = Span(stretches[-1].start, at + 1)
            else:
                stretches.append(Span(at, at + 1))
        return stretches

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Weigh each stretch as glossed pages, and propose the healthy text of those that are."""
        # Healthy text only pays for the scan: the rest, and the language model, take 30 ms to load.
        from fixtext.detectors.glossed.pages import blocks, known_glosses, needs_neighbours
        from fixtext.detectors.glossed.settling import findings

        required = config.required_bits
        for stretch in spans:
            parted = [(span.start, text[span.start : span.end]) for span in blocks(text, stretch)]
            known = known_glosses([block for _, block in parted], required)
            for shift, block in parted:
                told = known if known and needs_neighbours(block, required) else ()
                for finding in findings(block, told, required):
                    yield _moved(finding, shift)


def _moved(finding: Candidate | Suspect, shift: int) -> Candidate | Suspect:
    """Return a finding of a block where it stands in the text."""
    span = Span(finding.span.start + shift, finding.span.end + shift)
    if isinstance(finding, Candidate):
        return Candidate(finding.damage, span, finding.text, finding.channel, finding.bits, finding.guesses)
    candidates = tuple(
        Candidate(c.damage, Span(c.span.start + shift, c.span.end + shift), c.text, c.channel, c.bits, c.guesses)
        for c in finding.candidates
    )
    return Suspect(finding.damage, span, finding.reason, candidates)
