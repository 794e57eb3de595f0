"""The detector of text left encoded: what may stand for other text, weighed by the language model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from fixtext.config import Config
from fixtext.detectors.encoded import escapes, mime_words, percent, quoted_printable, references
from fixtext.detectors.encoded.reading import Reading
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.findings import Candidate, Span, Suspect

DAMAGE = "encoded"

ENCODINGS = (references, escapes, percent, mime_words, quoted_printable)
"""The modules that read an encoding each."""

MARGIN = 4.0
"""Bits by which the best reading of a stretch must beat every other one."""

PLAIN_BITS = 16.0
FIRST_BITS = 5.0
"""Bits a character at most of what is put back, and how many more for the first, which has no neighbours here. A rare
ideograph or syllable by itself has up to 20; one that was drawn at random has 24 and more."""


PROVEN_BITS = 30.0
"""Bits that the other readings of an encoding must save together before it counts as what happened to the document."""

EVIDENCE_BITS = 10.0
OWN_BITS = 6.0
"""What that adds to each of them, and what each must save by itself even then; as for misread text."""


class EncodedDetector:
    """Finds text that somebody encoded and nobody decoded."""

    name = DAMAGE
    summary = r"text left encoded: &#20320;, \u4f60, %E4%BD%A0, =E4=BD=A0, =?UTF-8?B?5L2g?="

    def scan(self, text: str) -> Sequence[Span]:
        """Return the stretches that can be decoded."""
        return sorted(
            {Span(reading.start, reading.end) for encoding in ENCODINGS for reading in encoding.readings(text)}
        )

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Weigh what the stretches may stand for."""
        for encoding in ENCODINGS:
            found = list(_findings(text, encoding.readings(text)))
            saved = sum(finding.bits for finding in found if isinstance(finding, Candidate) and finding.bits > 0)
            for finding in found:
                if isinstance(finding, Candidate) and finding.bits >= OWN_BITS and saved - finding.bits >= PROVEN_BITS:
                    yield replace(finding, bits=finding.bits + EVIDENCE_BITS)
                else:
                    yield finding


def _findings(text: str, readings: Iterable[Reading]) -> Iterator[Candidate | Suspect]:
    scorer = _scorer()
    ordered = sorted(readings, key=lambda reading: (reading.start, reading.end))
    for (start, end), group in groupby(ordered, key=lambda reading: (reading.start, reading.end)):
        candidates = [_weighed(text, reading, scorer) for reading in group]
        candidates.sort(key=lambda candidate: (-candidate.bits, candidate.text, str(candidate.channel)))
        best = candidates[0]
        others = [other for other in candidates[1:] if other.text != best.text]
        if text[max(0, start - 1) : start] == "`" == text[end : end + 1]:
            yield Suspect(DAMAGE, best.span, "quoted as code", (best,))
        elif others and others[0].bits > best.bits - MARGIN:
            reason = "several character sets explain it about as well"
            yield Suspect(DAMAGE, best.span, reason, (best, *others[:2]))
        elif _is_plain(best.text, scorer):
            yield best


@lru_cache(maxsize=1)
def _scorer() -> Plausibility:
    from fixtext.language import default_model

    return Plausibility(default_model())


def _weighed(text: str, reading: Reading, scorer: Plausibility) -> Candidate:
    start, end, made, channel, prior = reading
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    saved = scorer.bits(text[start:end], before, after) - scorer.healthy_bits(made, before, after) - prior
    return Candidate(DAMAGE, Span(start, end), made, channel, saved)


def _is_plain(made: str, scorer: Plausibility) -> bool:
    return made.isascii() or scorer.healthy_bits(made) <= PLAIN_BITS * len(made) + FIRST_BITS
