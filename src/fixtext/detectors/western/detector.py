"""The detector of Western misreadings: ftfy proposes, the language model decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fixtext.config import Config
from fixtext.detectors.misdecoded.quoting import is_named, is_quoted
from fixtext.detectors.misdecoded.suspicion import suspicious
from fixtext.detectors.western.places import PAGES, is_apart, is_text, places, readings
from fixtext.findings import Candidate, Span, Suspect

if TYPE_CHECKING:
    from fixtext.detectors.misdecoded.plausible import Plausibility
    from fixtext.detectors.western.plans import Answer

DAMAGE = "western"

AGAIN_BITS = 2.0
"""Cost of every further misreading."""

PROVEN_BITS = 30.0
EVIDENCE_BITS = 10.0
OWN_BITS = 6.0
"""What the other places of a misreading must save together in a document to count as evidence; what that adds to a
place; and what a place must save by itself even then. As for any misread text (`detectors.misdecoded.document`)."""

SHARE = 0.3
"""Share of a document that is misread from which it is no article with quotations."""

UNSEEN_BITS = 22.0
"""What a place costs as it stands, at least: in 14 million code points of healthy text in 15 languages, articles about
misread text aside, there is neither one whose UTF-8 is likelier than itself nor a C1 control. Less than three in as many
is what that shows (Hanley and Lippman-Hand 1983), and log2(14e6 / 3) is 22.2."""

C1 = (("cp1252", "latin-1"),)
"""The misreading that gives C1 controls. Any text of 256 characters can have gone through it, so that what comes out has
to look healthy as a whole."""

LONGEST = 2_000
BESIDE = 80
"""Code points of a line that ftfy is asked about at once, and how many beside its places in a longer one."""


class Piece(NamedTuple):
    """A stretch of text and what ftfy makes of it."""

    start: int
    end: int
    answer: Answer


class WesternDetector:
    """Finds UTF-8 that was read in one of the single-byte pages that ftfy knows, and C1 controls that were signs."""

    name = DAMAGE
    summary = "Western text misread, as the library ftfy finds it: caf\u00c3\u00a9 for caf\u00e9, it\u00e2\u20ac\u2122s"

    def scan(self, text: str) -> Sequence[Span]:
        """Return the runs of characters that UTF-8 becomes in such a page."""
        return [Span(start, end) for start, end in places(text)]

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Ask ftfy about the lines, and weigh its answers."""
        scorer = _scorer()
        found = [
            _weighed(text, piece, inner, scorer)
            for start, end, inner in _lines(text, spans)
            if any(_is_promising(text, span, scorer) for span in inner)
            for piece in _pieces(text, start, end, inner)
        ]
        yield from _with_evidence(text, [finding for finding in found if finding.bits > 0])


def _is_promising(text: str, span: Span, scorer: Plausibility) -> bool:
    """Whether to load ftfy for this: some reading looks better, as nearly none does in healthy text."""
    found = text[span.start : span.end]
    if len(found) == 1 or found[-1] == " ":
        return True
    before = text[max(0, span.start - 2) : span.start]
    standing = scorer.bits(found, before)
    return any(scorer.healthy_bits(made, before) < standing for made in readings(found))


def _with_evidence(text: str, found: Sequence[Candidate]) -> Iterator[Candidate | Suspect]:
    """Yield what was found, with what the other places of the same misreading say for it; quotations as suspects."""
    total: defaultdict[str, float] = defaultdict(float)
    for candidate in found:
        total[str(candidate.channel)] += candidate.bits
    article = sum(candidate.span.end - candidate.span.start for candidate in found) < SHARE * len(text)
    for candidate in found:
        place = text, *candidate.span
        if is_named(*place) or (article and is_quoted(*place, candidate.text)):
            yield Suspect(DAMAGE, candidate.span, "quoted in a text about misread text", (candidate,))
        elif candidate.bits >= OWN_BITS and total[str(candidate.channel)] - candidate.bits >= PROVEN_BITS:
            yield replace(candidate, bits=candidate.bits + EVIDENCE_BITS)
        else:
            yield candidate


def _lines(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield the lines, or the parts of long ones, that hold the spans, with the spans."""
    start = end = 0
    inner: list[Span] = []
    for span in spans:
        if span.start >= end:
            if inner:
                yield start, end, inner
            inner = []
            start = text.rfind("\n", 0, span.start) + 1
            stop = text.find("\n", span.end)
            end = stop if stop >= 0 else len(text)
            if end - start > LONGEST:
                start, end = max(start, span.start - BESIDE), min(end, span.end + BESIDE)
        inner.append(span)
        end = max(end, span.end)
    if inner:
        yield start, end, inner


def _pieces(text: str, start: int, end: int, inner: Sequence[Span]) -> Iterator[Piece]:
    from fixtext.detectors.western.plans import answer

    whole = answer(text[start:end])
    if whole is None:
        return
    if whole.channel is not None and is_text(whole.text):
        if whole.pairs == C1 and suspicious(whole.text):
            return
        yield _trimmed(text, Piece(start, end, whole))
        return
    parts = []
    for span in inner:
        part = answer(text[span.start : span.end]) if is_apart(text, *span) else None
        if part is not None and part.channel is not None and is_text(part.text):
            parts.append(Piece(span.start, span.end, part))
    if parts and not suspicious(_with(text, start, end, parts)):
        yield from parts


def _with(text: str, start: int, end: int, parts: Sequence[Piece]) -> str:
    """Return a line with its parts repaired. If it is odd even then, it was misread in another way as a whole."""
    pieces = []
    for piece in parts:
        pieces += [text[start : piece.start], piece.answer.text]
        start = piece.end
    return "".join([*pieces, text[start:end]])


def _trimmed(text: str, piece: Piece) -> Piece:
    """Cut off the ASCII at both ends that is the same before and after, as far as the channel still leads there."""
    start, end, whole = piece
    old, new = text[start:end], whole.text
    before = _same(old, new)
    after = _same(old[before:][::-1], new[before:][::-1])
    for last in (after, after - 1):
        if last < 0:
            break
        cut_old, cut_new = old[before : len(old) - last], new[before : len(new) - last]
        if whole.channel is not None and cut_new and whole.channel.damage(cut_new) == cut_old:
            return Piece(start + before, end - last, whole._replace(text=cut_new))
    return piece


def _same(old: str, new: str) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other or one > "\x7f":
            break
        count += 1
    return count


@lru_cache(maxsize=1)
def _scorer() -> Plausibility:
    from fixtext.detectors.misdecoded.plausible import Plausibility
    from fixtext.language import default_model

    return Plausibility(default_model())


def _weighed(text: str, piece: Piece, inner: Sequence[Span], scorer: Plausibility) -> Candidate:
    start, end, found = piece
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    bits = scorer.bits(text[start:end], before, after) - scorer.healthy_bits(found.text, before, after)
    for span in inner:
        if start <= span.start < end and not (text[span.start : span.end][-1] == " " and before[-1:].isupper()):
            bits += max(0.0, UNSEEN_BITS - scorer.bits(text[span.start : span.end], text[max(0, span.start - 2) : span.start]))
    bits -= sum(PAGES.get(reader, 6.0) for _, reader in found.pairs) + AGAIN_BITS * (len(found.pairs) - 1)
    assert found.channel is not None
    return Candidate(DAMAGE, Span(start, end), found.text, found.channel, bits)
