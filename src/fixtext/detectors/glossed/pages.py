"""Where a glossed page begins and ends: stretches of lines whose glosses one set explains."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fixtext.channels.beam import Scorer
from fixtext.detectors.glossed.evidence import Evidence, weigh
from fixtext.detectors.glossed.tokens import Gloss, aligned_glosses
from fixtext.findings import Span

BLOCK = 4000
"""Code points that are weighed as one page at first. Pages are 500 to 1,500 long; a longer one is weighed in parts."""


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of text that a site has glossed.

    Attributes:
        start: index of its first character.
        end: index behind its last.
        glosses: its aligned glosses, in order.
        set: character -> gloss.
        bits: what the explanation saves; may be too little, then torn places have to add what is missing.
    """

    start: int
    end: int
    glosses: tuple[Gloss, ...]
    set: dict[str, str]
    bits: float


def glossed_pages(text: str, stretch: Span, model: Scorer, required_bits: float) -> Iterator[Page]:
    """Yield what may be glossed pages in a stretch of text, in order.

    A stretch is weighed block by block. Where one set of glosses does not explain a block, it is parted at a line
    end and both halves are weighed, down to single lines: several pages may stand in one file.
    """
    start, end = _line_start(text, stretch.start), _line_end(text, stretch.end)
    glosses = aligned_glosses(text, start, end)
    found: list[_Block] = []
    for block in _blocks(text, start, end):
        found += _weigh(text, block, _within(glosses, block), model, {})
    known: dict[str, str] = {}
    for part in found:
        if part.evidence.bits >= required_bits:
            known.update(part.evidence.glosses)
    for part in found:
        evidence = part.evidence
        if evidence.bits < required_bits and known:
            # A page that goes on: what its neighbours showed need not be told again.
            evidence = weigh(text, *part.span, part.glosses, model, known)
        if evidence.bits >= required_bits - HOPE_BITS:
            yield Page(*part.span, tuple(part.glosses), evidence.glosses, evidence.bits)


HOPE_BITS = 80.0
"""Bits that the torn places of a page can be hoped to add where its glosses alone do not suffice."""


@dataclass(frozen=True, slots=True)
class _Block:
    span: Span
    glosses: list[Gloss]
    evidence: Evidence


def _weigh(text: str, block: Span, glosses: list[Gloss], model: Scorer, known: dict[str, str]) -> list[_Block]:
    whole = _Block(block, glosses, weigh(text, *block, glosses, model, known))
    middle = _middle(text, block)
    if len(glosses) < 2 or middle is None or whole.evidence.bits >= 0.5 * len(glosses) * GLOSS_BITS:
        return [whole]
    parts = []
    for half in (Span(block.start, middle), Span(middle, block.end)):
        parts += _weigh(text, half, _within(glosses, half), model, known)
    return parts if sum(max(0.0, part.evidence.bits) for part in parts) > whole.evidence.bits else [whole]


GLOSS_BITS = 6.0
"""What a gloss speaks for a page at the least, on the pages measured: 6 to 12 bits."""


def _within(glosses: Sequence[Gloss], block: Span) -> list[Gloss]:
    first = bisect_left(glosses, block.start, key=_place)
    return list(glosses[first : bisect_left(glosses, block.end, key=_place)])


def _place(gloss: Gloss) -> int:
    return gloss.start


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = min(end, start + BLOCK)
        if stop < end:
            stop = max(text.rfind("\n", start, stop) + 1, text.rfind("。", start, stop) + 1) or stop
            if stop <= start:
                stop = start + BLOCK
        yield Span(start, stop)
        start = stop


def _middle(text: str, block: Span) -> int | None:
    """Return the line start nearest to the middle of a block, or None if it is one line."""
    half = (block.start + block.end) // 2
    before = text.rfind("\n", block.start, half) + 1
    behind = text.find("\n", half, block.end - 1) + 1
    if before > block.start and (not behind or half - before <= behind - half):
        return before
    return behind or None


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)
