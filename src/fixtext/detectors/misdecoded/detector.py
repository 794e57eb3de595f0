"""The detector of misread text: where to look, what explains it, what the document says about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fixtext.config import Config
from fixtext.detectors.misdecoded.at_first_sight import may_be_undone
from fixtext.detectors.misdecoded.designations import designations
from fixtext.detectors.misdecoded.stretches import GAP
from fixtext.detectors.misdecoded.suspicion import noteworthy
from fixtext.detectors.signs import Sign, Texts
from fixtext.findings import Candidate, Span, Suspect

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from fixtext.detectors.neighbours import Neighbours

_DESIGNATIONS = (Sign("$", "(?=[@B])"), Sign("~", r"(?=\{)"), Sign("{", r"(?=[!#0-W])(?:[!-w][!-~]){2,400}\}"))
"""By which the runs of `designations` are to be known, but for those with escapes."""
_ASCII_SIGNS = (*_DESIGNATIONS, Sign(r"\0-\x08\x0b\x0e-\x1f\x7f"))

EXPLAINED_BITS = 48.0
"""Bits from which a repair leaves no room for another explanation of its line, if the line has no controls."""

LONG = 100_000
"""Code points up to which a search takes so much longer that all of a text may be looked at before it."""

APART = 4
"""Code points of a text for one that is misread from which each run of them is undone by itself, not whole lines."""


class MisdecodedDetector:
    """Finds text whose bytes were read in another code page than it was written in, once or several times."""

    name = "misdecoded"
    summary = "bytes read in the wrong code page, nothing lost: \u6d63\u72b2\u30bd for \u4f60\u597d, caf\u00c3\u00a9"

    def signs(self, texts: Texts) -> Sequence[Sign]:
        """Return what unlikely neighbours are known by, and where escape bytes may be missing."""
        if texts == "ascii":
            return _ASCII_SIGNS
        from fixtext.detectors.misdecoded.sieve import signs

        return [*signs(short=texts == "short"), *_DESIGNATIONS]

    def scan(self, text: str) -> Sequence[Span]:
        """Return the stretches with unlikely neighbours, near ones together."""
        return _stretches(text, noteworthy(text)) or _everywhere(text, None)

    def neighbours(self, texts: Texts) -> Sequence[Neighbours]:
        """Return by which neighbours such places are to be known, of short texts those worth a second look too."""
        from fixtext.detectors.misdecoded.unlikely import neighbours

        if texts == "long":
            return neighbours()
        from fixtext.detectors.misdecoded import kana_rows, wide_lines
        from fixtext.detectors.misdecoded.short_texts import beside_kana, designated, doubtful, in_turn, long_vowel

        if texts == "together":
            return *neighbours(), designated(), long_vowel()
        return (
            *neighbours(),
            *(doubtful(), in_turn(), designated(), beside_kana(), kana_rows.neighbours(), wide_lines.neighbours()),
        )

    def scan_at(self, text: str, *places: NDArray[intp]) -> Sequence[Span]:
        """Return the stretches with unlikely neighbours, given where such pairs stand."""
        from fixtext.detectors.misdecoded.long_texts import places_at

        return _stretches(text, places_at(text, *places)) or _everywhere(text, places[0])

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Search each stretch for the misreadings that explain it."""
        from fixtext.detectors.misdecoded import wide
        from fixtext.detectors.misdecoded.document import Document, candidate_of
        from fixtext.detectors.misdecoded.escapes import candidates, wide_candidates
        from fixtext.detectors.misdecoded.everywhere import undone_everywhere
        from fixtext.detectors.misdecoded.objections import objections
        from fixtext.detectors.misdecoded.plausible import plausibility
        from fixtext.detectors.misdecoded.thinned import thinned, unexplained

        scorer = plausibility()
        may_be = len(text) < LONG or may_be_undone(text, [span.start for span in spans])
        if may_be and APART * (len(text) - len(text.encode("ascii", "ignore"))) <= len(text):
            everywhere = undone_everywhere(text)
            if everywhere:  # no place is a matter of chance; what is left is looked at in the next pass
                yield from map(candidate_of, everywhere)
                return
        document = Document(text, spans, config.required_bits)
        swept = document.swept()
        apart = () if swept else spans  # once what was swept is repaired, the rest is looked at again
        weighing = config.required_bits, scorer, swept
        findings = thinned(text, list(document.findings()), scorer, config)
        explained = sorted(
            found.span for found in findings if isinstance(found, Candidate) and found.bits >= EXPLAINED_BITS
        )
        if document.once is None:
            findings += wide.findings(text, apart, scorer, explained)
        repairs = sorted((found for found in findings if isinstance(found, Candidate)), key=lambda found: found.span)
        yield from (found for found in findings if isinstance(found, Suspect))
        accepted = []
        for repair, reason in zip(repairs, objections(text, repairs, *weighing), strict=True):
            accepted += [repair] if reason is None else []
            yield repair if reason is None else Suspect(self.name, repair.span, reason)
        others = list(unexplained(text, apart, accepted, scorer, config))
        for repair, reason in zip(others, objections(text, others, *weighing), strict=True):
            if reason is None:
                yield repair
        for span in apart:
            yield from candidates(text, span, scorer)
            yield from wide_candidates(text, span, scorer)
        if may_be and not accepted:
            yield from map(candidate_of, undone_everywhere(text))


def _everywhere(text: str, starts: Iterable[int] | None) -> list[Span]:
    """Return from where to where a text is misread throughout: its letters are ideographs as any text has."""
    if not may_be_undone(text, starts):
        return []
    from fixtext.detectors.misdecoded.everywhere import undone_everywhere

    explained = undone_everywhere(text)
    return [Span(explained[0].start, explained[-1].end)] if explained else []


def _stretches(text: str, places: Sequence[tuple[int, int]]) -> list[Span]:
    """Return places, and runs that may have lost their escape bytes, near ones together."""
    runs = [(start, end) for start, end, _ in designations(text)]
    stretches: list[Span] = []
    for start, end in sorted([*places, *runs]) if runs else places:
        if stretches and start - stretches[-1].end < GAP:
            stretches[-1] = Span(stretches[-1].start, max(end, stretches[-1].end))
        else:
            stretches.append(Span(start, end))
    return stretches
