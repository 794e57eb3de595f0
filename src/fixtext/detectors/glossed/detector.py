"""The detector of glossed pages: evidence for the page first, then its glosses and its torn places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fixtext.config import Config
from fixtext.detectors.glossed.pages import Page, glossed_pages
from fixtext.detectors.glossed.tokens import hints
from fixtext.detectors.glossed.torn import Mender, signs
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Encode
from fixtext.channels.gloss_steps import InsertGlosses, ReadPieces
from fixtext.findings import Candidate, Span, Suspect
from fixtext.language import default_model

GAP = 4000
"""Code points without a gloss after which a new page is assumed."""

SITE_BITS = 8.0
"""Bits that a torn place must save by itself, beside what speaks for the page."""


class GlossedDetector:
    """Finds pinyin glosses that a site put into a GBK page, and mends what their bytes tore apart."""

    name = "glossed"
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
        model = default_model()
        for stretch in spans:
            for page in glossed_pages(text, stretch, model, config.required_bits):
                yield from _repairs(text, page)


def _repairs(text: str, page: Page) -> Iterator[Candidate | Suspect]:
    mender = Mender(text, page.set, page.model, page.bits)
    places = sorted(set(signs(text, page.start, page.end)))
    settled = page.start
    taken: list[Span] = []
    for index, place in enumerate(places):
        if place < settled:
            continue
        mended = mender.mend(place, page.end, settled, places[index + 1 : index + 40])
        settled = max(settled, mended.stop)
        found = False
        for candidate in mended.candidates:
            if candidate.bits - page.bits >= SITE_BITS:
                taken.append(candidate.span)
                found = found or candidate.span.end > place
                yield candidate
        if not found:
            yield Suspect("glossed", Span(place, place + 1), "torn by a gloss or a mark, no healthy text found")
    yield from _aligned(page, taken)


def _aligned(page: Page, taken: Sequence[Span]) -> Iterator[Candidate]:
    position = 0
    channels: dict[tuple[str, str], Channel] = {}
    for gloss in page.glosses:
        while position < len(taken) and taken[position].end <= gloss.start:
            position += 1
        if position < len(taken) and taken[position].start < gloss.end:
            continue
        key = gloss.char, gloss.text
        channel = channels.get(key)
        if channel is None:
            channel = channels[key] = Channel((Encode("gbk"), InsertGlosses((key,)), ReadPieces()))
        yield Candidate("glossed", Span(gloss.start, gloss.end), gloss.char, channel, page.bits)
