"""The detector of glossed pages: evidence for the page first, then its glosses and its torn places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fixtext.config import Config
from fixtext.detectors.glossed.agreement import agree
from fixtext.detectors.glossed.pages import Page, glossed_pages
from fixtext.detectors.glossed.tokens import hints
from fixtext.detectors.glossed.torn import Mender, PageModel, is_gloss_sign, odd_marks, signs
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Encode
from fixtext.channels.gloss_steps import InsertGlosses, ReadPieces
from fixtext.findings import Candidate, Span, Suspect
from fixtext.language import LanguageModel, default_model

GAP = 4000
"""Code points without a gloss after which a new page is assumed."""

TORN_BITS = 8.0
"""Bits that a torn place must save by itself, whatever speaks for the page."""


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
                yield from _repairs(text, page, model, config.required_bits)


def _repairs(text: str, page: Page, model: LanguageModel, required_bits: float) -> Iterator[Candidate | Suspect]:
    """Mend the torn places of a page, then take out its glosses, if both together speak for it."""
    places = sorted({*signs(text, page.start, page.end), *odd_marks(text, page.start, page.end, model)})
    healthy = list(_healthy(text, page, places))
    torn, lost = _mend(text, page, places, PageModel(model.with_document(healthy), page.set))
    sure = [c for c in torn if all(guess.probability >= SURE for guess in c.guesses)]
    if sure and len(sure) < len(torn):
        # The same words return: what was restored for sure helps with what is in doubt.
        restored = [f"{text[c.span.start - 1 : c.span.start]}{c.text}{text[c.span.end : c.span.end + 1]}" for c in sure]
        torn, lost = _mend(text, page, places, PageModel(model.with_document([*healthy, *restored]), page.set))
    torn = agree(torn, text)
    bits = page.bits + sum(candidate.bits for candidate in torn)
    if bits < required_bits:
        return
    for candidate in torn:
        yield replace(candidate, bits=bits)
    yield from lost
    yield from _aligned(page, [candidate.span for candidate in torn], bits)


def _healthy(text: str, page: Page, places: Sequence[int]) -> Iterator[str]:
    """Yield the text of a page without its glosses and torn places: what the model may learn from."""
    cuts = [Span(gloss.start + 1, gloss.end) for gloss in page.glosses]
    cuts += [Span(max(page.start, place - 1), min(page.end, place + TORN_LENGTH)) for place in places]
    position = page.start
    for cut in sorted(cuts):
        if cut.start > position:
            yield text[position : cut.start]
        position = max(position, cut.end)
    yield text[position : page.end]


SURE = 0.9
"""Probability of guessed characters from which the others may learn."""

TORN_LENGTH = 24
"""Code points behind a sign that the model does not learn from: a torn stretch is seldom longer."""


def _mend(text: str, page: Page, places: Sequence[int], model: PageModel) -> tuple[list[Candidate], list[Suspect]]:
    mender = Mender(text, page.set, model)
    settled = page.start
    torn: list[Candidate] = []
    lost: list[Suspect] = []
    for index, place in enumerate(places):
        if place < settled:
            continue
        mended = mender.mend(place, page.end, settled, places[index + 1 : index + 40])
        settled = max(settled, mended.stop)
        found = [candidate for candidate in mended.candidates if candidate.bits >= TORN_BITS]
        torn += found
        if is_gloss_sign(text, place) and not any(candidate.span.end > place for candidate in found):
            lost.append(Suspect("glossed", Span(place, place + 1), "torn by a gloss, no healthy text found"))
    return torn, lost


def _aligned(page: Page, taken: Sequence[Span], bits: float) -> Iterator[Candidate]:
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
        yield Candidate("glossed", Span(gloss.start, gloss.end), gloss.char, channel, bits)
