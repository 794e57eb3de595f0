"""The repairs of one block of text: its pages, their glosses and torn places, what is in doubt among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Encode
from fixtext.channels.gloss_steps import InsertGlosses, ReadPieces
from fixtext.detectors.glossed.agreement import agree
from fixtext.detectors.glossed.doubt import asked, is_sure, reweighed
from fixtext.detectors.glossed.mending import mend
from fixtext.detectors.glossed.page_model import PageModel, Read, page_model
from fixtext.detectors.glossed.pages import Block, Page, PageSet, pages_of
from fixtext.detectors.glossed.signs import is_gloss_sign, odd_marks, signs
from fixtext.detectors.glossed.tokens import Glosses, Token
from fixtext.detectors.glossed.torn import in_quotes, stretch_around
from fixtext.findings import Candidate, Guess, Span, Suspect
from fixtext.language import default_model

TORN_BITS = 8.0
"""Bits that a torn place must save by itself, whatever speaks for the page."""


PLACE_BITS = 45.0
"""What a torn place adds to the evidence for its page at most. It says beyond doubt how it came about; but whoever
writes about such damage quotes it, so what stands in quotation marks adds nothing."""


@dataclass(slots=True)
class _Mended:
    page: Page
    set: PageSet
    places: list[int]
    torn: list[Candidate]
    lost: list[Suspect]

    def bits(self) -> float:
        """Return what the glosses and the torn places save together."""
        return self.page.bits + sum(candidate.bits for candidate in self.torn)


class Settled(NamedTuple):
    """What there is to repair and to report in a block, in coordinates of the block.

    Attributes:
        findings: torn places, and what is in doubt.
        aligned: glosses that stand behind their character, and the bits of their page.
    """

    findings: list[Candidate | Suspect]
    aligned: list[tuple[Glosses, float]]


def findings(block: Block, known: PageSet, required_bits: float, shift: int) -> Iterator[Candidate | Suspect]:
    """Repair a block.

    Args:
        block: the block.
        known: glosses of the pages around it, where it needs them.
        required_bits: bits that a page has to save.
        shift: where the block begins; what is yielded counts from where that counts from.
    """
    settled = settle(block, known, required_bits)
    for finding in settled.findings:
        yield _moved(finding, shift)
    for glosses, bits in settled.aligned:
        for start, end, token in glosses.placed():
            yield Candidate("glossed", Span(start + shift, end + shift), token[0], _aligned(token), bits)


@lru_cache(maxsize=4096)
def _aligned(token: Token) -> Channel:
    return Channel((Encode("gbk"), InsertGlosses((token,)), ReadPieces()))


def _moved(finding: Candidate | Suspect, by: int) -> Candidate | Suspect:
    if isinstance(finding, Candidate):
        return finding.moved(by)
    candidates = tuple(candidate.moved(by) for candidate in finding.candidates)
    return replace(finding, span=finding.span.moved(by), candidates=candidates)


@lru_cache(maxsize=256)
def settle(block: Block, known: PageSet, required_bits: float) -> Settled:
    """Settle a block; what was found in the same block before is remembered (256 blocks are)."""
    text = block.text
    pages = [_mend(text, page) for page in pages_of(block, known, required_bits)]
    settled = Settled([], [])
    shown = []
    # Beside a glossed page nobody quotes: a part of it that has few glosses itself may be shown by its torn places.
    beside = bool(known) or any(_cautious(text, mended) >= required_bits for mended in pages)
    for mended in pages:
        bits = mended.bits() if beside else _cautious(text, mended)
        if bits >= required_bits:
            shown.append(mended)
        else:
            settled.findings.extend(_doubted(mended, bits, required_bits))
    _think_again(text, shown)
    for mended in shown:
        torn = agree(mended.torn, text)
        bits = mended.page.bits + sum(candidate.bits for candidate in torn)
        for candidate in torn:
            settled.findings.append(replace(candidate, bits=bits, guesses=tuple(map(_trimmed, candidate.guesses))))
        settled.findings.extend(mended.lost)
        settled.aligned.append((_beside(mended.page.glosses, [candidate.span for candidate in torn]), bits))
    return settled


def _doubted(mended: _Mended, bits: float, required_bits: float) -> Iterator[Suspect]:
    """Yield what is to be told of a page for which too little speaks."""
    for candidate in mended.torn:
        if candidate.bits >= required_bits:
            reason = "reads as if torn by a gloss or a mark, but the text around it is not a glossed page"
            yield Suspect("glossed", candidate.span, reason, (candidate,))
    if bits > 0 and mended.page.glosses.starts:
        *_, (_, end, _) = mended.page.glosses.placed()
        reason = f"glosses as sites put them in save {bits:.1f} bits, too few to be sure"
        yield Suspect("glossed", Span(mended.page.glosses.starts[0], end), reason)


def _think_again(text: str, shown: Sequence[_Mended]) -> None:
    """Let the pages' own words, and those restored for sure, decide what is in doubt."""
    healthy = None
    before = -1
    for _ in range(LOOKS):
        doubtful = [mended for mended in shown if not all(map(is_sure, mended.torn))]
        doubts = [candidate for mended in doubtful for candidate in mended.torn if not is_sure(candidate)]
        if len(doubts) in (0, before):
            break
        before = len(doubts)
        healthy = healthy or [part for mended in shown for part in _healthy(text, mended.page, mended.places)]
        sure = [_in_context(text, candidate) for m in shown for candidate in m.torn if is_sure(candidate)]
        reader = Read(default_model().with_document([*healthy, *sure]))
        reader.learn(key for candidate in doubts for key in asked(candidate, *_around(text, candidate.span)))
        thought: dict[tuple[object, ...], Candidate] = {}
        for mended in doubtful:
            words = tuple(PageModel(reader, mended.set, quoted) for quoted in (False, True))
            mended.torn = [c if is_sure(c) else _reweighed(text, c, words, thought) for c in mended.torn]


def _beside(glosses: Glosses, taken: Sequence[Span]) -> Glosses:
    """Return the glosses that torn places, in order, do not take."""
    if not taken:
        return glosses
    left = Glosses([], [])
    position = 0
    for start, end, token in glosses.placed():
        while position < len(taken) and taken[position].end <= start:
            position += 1
        if position == len(taken) or taken[position].start >= end:
            left.starts.append(start)
            left.tokens.append(token)
    return left


_QUOTES = {"「": "」", "『": "』", "“": "”", "‘": "’"}


def _cautious(text: str, mended: _Mended) -> float:
    """Return what speaks for a page beside which no other is known."""
    places = (candidate for candidate in mended.torn if not _is_quoted(text, candidate.span))
    return mended.page.bits + sum(min(candidate.bits, PLACE_BITS) for candidate in places)


def _is_quoted(text: str, span: Span) -> bool:
    """Whether a torn place stands in a quotation: who writes about such damage quotes it, so it speaks for nothing."""
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in _QUOTES.items()) or (
        before.count("`") % 2 == 1 or before.count('"') % 2 == 1
    )


def _trimmed(guess: Guess) -> Guess:
    return replace(guess, others=guess.others[:3])


def _reweighed(
    text: str, candidate: Candidate, models: Sequence[PageModel], thought: dict[tuple[object, ...], Candidate]
) -> Candidate:
    """Weigh a doubtful repair again; the same place in the same words is weighed once."""
    start, end = candidate.span
    observed = text[start:end]
    before, after = _around(text, candidate.span)
    quoted = in_quotes(text, start)
    key = candidate.text, observed, before, after, quoted
    if key not in thought:
        thought[key] = reweighed(candidate, before, after, observed, models[quoted])
    return replace(thought[key], span=candidate.span)


def _around(text: str, span: Span) -> tuple[str, str]:
    """Return the two characters before a place, glosses left out, and the two behind it."""
    start, end = span
    return re.sub(r"\([^()]{1,7}\)", "", text[max(0, start - 16) : start])[-2:], text[end : end + 2]


def _in_context(text: str, candidate: Candidate) -> str:
    start, end = candidate.span
    return text[max(0, start - 1) : start] + candidate.text + text[end : end + 1]


def _healthy(text: str, page: Page, places: Sequence[int]) -> Iterator[str]:
    """Yield the text of a page without its glosses and torn places: what the model may learn from."""
    cuts = [(start + 1, end) for start, end, _ in page.glosses.placed()]
    cuts += [(max(page.start, place - 1), min(page.end, place + TORN_LENGTH)) for place in places]
    position = page.start
    for start, end in sorted(cuts):
        if start > position:
            yield text[position:start]
        position = max(position, end)
    yield text[position : page.end]


LOOKS = 2
"""Second thoughts about what is in doubt; each but the first also knows what those before made sure of."""

TORN_LENGTH = 24
"""Code points behind a sign that the model does not learn from: a torn stretch is seldom longer."""


def _mend(text: str, page: Page) -> _Mended:
    page_set = tuple(sorted(page.set.items()))
    aligned = {start + 1 for start in page.glosses.starts}
    torn_off = signs(text, page.start, page.end, aligned)
    odd = odd_marks(text, page.start, page.end, page_model(page_set, in_quotes=False))
    places = sorted({*torn_off, *odd})
    mended = _Mended(page, page_set, places, [], [])
    settled = page.start
    for index, place in enumerate(places):
        if place < settled:
            continue
        start, stretch = stretch_around(text, place, places[index + 1 : index + 40], settled, page.end)
        stop, found = mend(stretch, mended.set)
        settled = max(settled, start + stop)
        torn = [candidate.moved(start) for candidate in found if candidate.bits >= TORN_BITS]
        mended.torn += torn
        if is_gloss_sign(text, place) and not any(candidate.span.end > place for candidate in torn):
            mended.lost.append(Suspect("glossed", Span(place, place + 1), "torn by a gloss, no healthy text found"))
    return mended
