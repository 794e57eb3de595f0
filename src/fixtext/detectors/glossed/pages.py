"""Where a glossed page begins and ends: stretches of lines whose glosses one set explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from zlib import crc32

from fixtext.detectors.glossed.contents import Contents, Lines
from fixtext.detectors.glossed.evidence import Evidence, weigh
from fixtext.detectors.glossed.tokens import Glosses, Token, aligned_glosses
from fixtext.findings import Span

LEAST, MOST = 2000, 8000
"""Code points that are weighed as one page at first; 4,000 in the mean. Pages are 500 to 1,500 long, and a longer one
is weighed in parts. Between these bounds the lines themselves say where a block ends, so that a page that returns is
parted in the same way again, wherever it stands."""


PageSet = tuple[Token, ...]
"""Glosses of a page as a value: pairs (character, gloss), sorted."""


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
    glosses: Glosses
    set: dict[str, str]
    bits: float


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a block that is weighed by itself; indexes count from the beginning of the block."""

    contents: Contents
    glosses: Glosses
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines that are weighed by themselves. Those of the same text are the same block.

    Attributes:
        text: the lines.
        parts: what they fall into, in order.
    """

    text: str
    parts: Sequence[_Part] = field(compare=False, repr=False)


@lru_cache(maxsize=256)
def block_of(text: str) -> Block:
    """Part lines and weigh what they fall into; of a page that returns the outcome is remembered (256 blocks are)."""
    return Block(text, _weigh(Lines(text), text, Span(0, len(text)), aligned_glosses(text)))


def blocks(text: str, stretch: Span) -> Iterator[Span]:
    """Part the lines of a stretch of text, mostly where their own bytes say so (content-defined chunking)."""
    start, end = text.rfind("\n", 0, stretch.start) + 1, _line_end(text, stretch.end)
    while start < end:
        stop = start
        while stop < end and stop - start < MOST:
            line = stop
            stop = min(_line_end(text, stop), end)
            if stop - start >= LEAST and crc32(text[line:stop].encode("utf-8", "surrogatepass")) % LEAST < stop - line:
                break
        if stop - start > MOST:
            # A line without an end: at a full stop, or anywhere.
            stop = text.rfind("。", start, start + MOST) + 1 or start + MOST
        yield Span(start, stop)
        start = stop


def known_glosses(parted: Iterable[Block], required_bits: float) -> PageSet:
    """Return the glosses that the pages in some blocks are known to have."""
    known: dict[str, str] = {}
    for block in parted:
        for part in block.parts:
            if part.evidence.bits >= required_bits:
                known.update(part.evidence.glosses)
    return tuple(sorted(known.items()))


def needs_neighbours(block: Block, required_bits: float) -> bool:
    """Whether a part of a block has too few glosses to be judged by itself."""
    return any(part.evidence.bits < required_bits for part in block.parts)


def pages_of(block: Block, known: PageSet, required_bits: float) -> Iterator[Page]:
    """Yield what may be glossed pages in a block, in order.

    Where one set of glosses does not explain a block, it is parted at a line end and both halves are weighed, down to
    single lines: several pages may stand in one file.

    Args:
        block: the lines.
        known: the glosses of pages beside it.
        required_bits: bits that a page has to save.
    """
    told = dict(known)
    for part in block.parts:
        evidence = part.evidence
        if evidence.bits < required_bits and told:
            # A page that goes on: what its neighbours showed need not be told again.
            evidence = weigh(part.contents, part.glosses.tokens, told)
        if evidence.bits >= required_bits - HOPE_BITS:
            yield Page(part.contents.start, part.contents.end, part.glosses, evidence.glosses, evidence.bits)


HOPE_BITS = 80.0
"""Bits that the torn places of a page can be hoped to add where its glosses alone do not suffice."""


def _weigh(lines: Lines, block: str, span: Span, glosses: Glosses) -> list[_Part]:
    contents, count = lines.contents(span), len(glosses.starts)
    middle = _middle(block, span) if count > 1 else None
    # What cannot be one page is parted, whatever it falls into.
    whole = _Part(contents, glosses, weigh(contents, glosses.tokens, {}, 0.0 if middle is not None else -inf))
    if middle is None or whole.evidence.bits >= 0.5 * count * GLOSS_BITS:
        return [whole]
    parts = []
    for half in (Span(span.start, middle), Span(middle, span.end)):
        parts += _weigh(lines, block, half, glosses.within(half))
    return parts if sum(max(0.0, part.evidence.bits) for part in parts) > whole.evidence.bits else [whole]


GLOSS_BITS = 6.0
"""What a gloss speaks for a page at the least, on the pages measured: 6 to 12 bits."""


def _middle(text: str, block: Span) -> int | None:
    """Return the line start nearest to the middle of a block, or None if it is one line."""
    half = (block.start + block.end) // 2
    before = text.rfind("\n", block.start, half) + 1
    behind = text.find("\n", half, block.end - 1) + 1
    if before > block.start and (not behind or half - before <= behind - half):
        return before
    return behind or None


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)
