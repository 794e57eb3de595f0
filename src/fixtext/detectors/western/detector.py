"""The detector of Western misreadings: ftfy proposes, the language model decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fixtext.detectors.western.places import places, signs
from fixtext.findings import Span

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from fixtext.config import Config
    from fixtext.detectors.neighbours import Neighbours
    from fixtext.detectors.signs import Sign, Texts
    from fixtext.findings import Candidate, Suspect


class WesternDetector:
    """Finds UTF-8 that was read in one of the single-byte pages that ftfy knows, and signs that became C1 controls."""

    name = "western"
    summary = "Western text misread, as the library ftfy finds it: caf\u00c3\u00a9 for caf\u00e9, it\u00e2\u20ac\u2122s"

    def signs(self, texts: Texts) -> Sequence[Sign]:
        """Return what such characters are known by."""
        return [] if texts == "ascii" else signs()

    def scan(self, text: str) -> Sequence[Span]:
        """Return the runs of characters that UTF-8 becomes in such a page."""
        return [Span(start, end) for start, end in places(text)]

    def neighbours(self, texts: Texts) -> Sequence[Neighbours]:
        """Return by which neighbours they are to be known in long texts."""
        from fixtext.detectors.western.long_texts import neighbours

        return neighbours()

    def scan_at(self, text: str, *places: NDArray[intp]) -> Sequence[Span]:
        """Return the same as `scan`, given where such neighbours stand."""
        from fixtext.detectors.western.long_texts import places_at

        return [Span(start, end) for start, end in places_at(text, *places)]

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Ask ftfy about the lines in which something would be likelier as UTF-8, and weigh its answers."""
        from fixtext.detectors.western.weighing import findings  # with the model: healthy text needs neither

        return findings(text, spans, config)
