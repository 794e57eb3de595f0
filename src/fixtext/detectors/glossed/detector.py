"""The detector of glossed pages: evidence for the page first, then its glosses and its torn places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fixtext.config import Config
from fixtext.detectors.glossed.tokens import hints, sign
from fixtext.detectors.signs import Sign, Texts
from fixtext.findings import Candidate, Span, Suspect

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from fixtext.detectors.neighbours import Neighbours

GAP = 4000
"""Code points without a gloss after which a new page is assumed."""


class GlossedDetector:
    """Finds pinyin glosses that a site put into a GBK page, and mends what their bytes tore apart."""

    name = "glossed"
    leads = True
    summary = "pinyin glosses put into a GBK page, characters torn apart by them: 區(qū), 讓我們?cè)诩议T口"

    def signs(self, texts: Texts) -> Sequence[Sign]:
        """Return what a gloss is known by."""
        return [] if texts == "ascii" else [sign()]

    def scan(self, text: str) -> Sequence[Span]:
        """Return the stretches that hold glosses, far ones apart."""
        return [] if text.isascii() else _stretches(hints(text))

    def neighbours(self, texts: Texts) -> Sequence[Neighbours]:
        """Return by which neighbours glosses are to be known in long texts."""
        from fixtext.detectors.glossed.long_texts import neighbours

        return neighbours()

    def scan_at(self, text: str, *places: NDArray[intp]) -> Sequence[Span]:
        """Return the same as `scan`, given where such neighbours stand."""
        from fixtext.detectors.glossed.long_texts import stretches_at

        return stretches_at(text, places[0], GAP)

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Weigh each stretch as glossed pages, and propose the healthy text of those that are."""
        # Healthy text only pays for the scan: the rest, and the language model, take 30 ms to load.
        from fixtext.detectors.glossed.pages import block_of, blocks, known_glosses, needs_neighbours
        from fixtext.detectors.glossed.settling import findings

        required = config.required_bits
        for stretch in spans:
            # Kept until they are settled: a long text has more of them than are remembered.
            parted = [(span.start, block_of(text[span.start : span.end])) for span in blocks(text, stretch)]
            known = known_glosses([block for _, block in parted], required)
            for shift, block in parted:
                told = known if known and needs_neighbours(block, required) else ()
                yield from findings(block, told, required, shift)


def _stretches(places: Iterable[int]) -> list[Span]:
    stretches: list[Span] = []
    for at in places:
        if stretches and at - stretches[-1].end < GAP:
            stretches[-1] = Span(stretches[-1].start, at + 1)
        else:
            stretches.append(Span(at, at + 1))
    return stretches
