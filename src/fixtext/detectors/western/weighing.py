"""What ftfy's answers are worth: bits, the evidence of the document, quotations."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from fixtext.channels.loss_steps import HOLE
from fixtext.config import Config
from fixtext.detectors.misdecoded.few_letters import is_lone_cell, is_stray
from fixtext.detectors.misdecoded.letters import beyond_ascii, script
from fixtext.detectors.misdecoded.listings import is_in_cells
from fixtext.detectors.misdecoded.quoting import is_named, is_quoted, is_translated
from fixtext.detectors.misdecoded.wording import is_mingled
from fixtext.detectors.western.pieces import Piece, lines, pieces
from fixtext.detectors.western.places import readings
from fixtext.findings import Candidate, Span, Suspect

if TYPE_CHECKING:
    from fixtext.detectors.misdecoded.plausible import Plausibility

DAMAGE = "western"

AGAIN_BITS = 2.0
"""Cost of every further misreading. The first costs nothing more: `UNSEEN_BITS` was counted over all pages at once."""

PROVEN_BITS = 30.0
EVIDENCE_BITS = 10.0
OWN_BITS = 6.0
"""What the other places of a misreading must save together in a document to count as evidence; what that adds to a
place; and what a place must save by itself even then. As for any misread text (`detectors.misdecoded.document`)."""

SHARE = 0.3
"""Share of a document that is misread from which it is no article with quotations."""

UNSEEN_BITS = 28.0
"""What a place costs as it stands, at least. In 2.65e9 code points (99,416 files of a development machine that are
UTF-8 and not ASCII: sources, data, manuals, translations) three healthy places were such that ftfy would change them to
something likelier; the others were misread indeed, or quoted. So at most 7.75 are to be expected in as many (upper
95 % limit of a Poisson count of 3); log2(2.65e9 / 7.75) is 28.3. In 14 million code points of prose there was none."""


EVIDENT_BITS = 48.0
"""Bits beyond those required from which a place is no cell of a table (as in `misdecoded.surroundings`)."""

LONG = 12
"""Characters of a place from which it is no accident (four to six in UTF-8), and costs more than `UNSEEN_BITS`."""


def findings(text: str, spans: Sequence[Span], config: Config) -> Iterator[Candidate | Suspect]:
    """Ask ftfy about the lines in which something would be likelier as UTF-8, and weigh its answers."""
    scorer = _scorer()
    found = [
        _weighed(text, piece, scorer)
        for start, end, inner in lines(text, spans)
        if any(_is_promising(text, span, scorer) for span in inner)
        for piece in pieces(text, start, end, inner, scorer, config)
    ]
    kept = [candidate for candidate in found if candidate.bits > 0 and not _is_no_text(text, candidate)]
    least = config.required_bits + EVIDENT_BITS
    yield from _with_evidence(text, [kept_ for kept_ in kept if kept_.bits >= least or not _is_cell(text, kept_, kept)])


def _is_cell(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether it is one of many cells of a table of characters, or would be a character by itself."""
    return (
        is_in_cells(text, *candidate.span, others)
        or is_stray(text, candidate, others)
        or is_lone_cell(text, candidate, others)
    )


def _is_letter(text: str, span: Span) -> bool:
    """Whether an A with a circumflex may be a letter, not half a no-break space: the last one of a word in capitals, or
    one that is named once, between words.
    """
    found = text[slice(*span)]
    if found == "\u00c2 ":
        before = text[max(0, span.start - 2) : span.start]
        return before[:1].isalnum() and before[1:] == " " and text.count(" \u00c2 ") == 1
    return found == "\u00c2\u00a0" and text[span.start - 1 : span.start].isupper()


def _is_no_text(text: str, candidate: Candidate) -> bool:
    """Whether a place is a letter of a word in capitals, a control by itself (tables of bytes name each of them), or
    would become what no word has: one letter written from right to left, or a per mille sign without a figure.
    """
    start, end = candidate.span
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    made = candidate.text
    if _is_shreds(made) or (candidate.guesses and is_mingled(_word(text, candidate))):
        return True
    if len(made) == 1 and unicodedata.bidirectional(made) in ("R", "AL"):
        return any(char.isascii() and char.isalpha() for char in (before[-1:], after[:1]))
    if end - start > 1 or not "\x80" <= text[start] < "\xa0":
        return _is_letter(text, candidate.span)
    if made == "\u2030" and not before.rstrip(" \xa0")[-1:].isdigit():
        return True
    beside = before[-1:].isalpha() or after[:1].isalnum()
    return not (beside or (before[:1].isalpha() and after[1:].isalpha()))


def _is_shreds(made: str) -> bool:
    """Whether what is left between holes says nothing: letters of several scripts, or always the same Latin one."""
    holes, left = made.count(HOLE), made.replace(HOLE, "")
    odd = [*filter(beyond_ascii, left)]
    return holes > 0 and (is_mingled(left) or ({*map(script, odd)} == {"LATIN"} and len({*odd}) == 1 < holes))


@lru_cache(maxsize=1)
def _scorer() -> Plausibility:
    from fixtext.detectors.misdecoded.plausible import Plausibility
    from fixtext.language import default_model

    return Plausibility(default_model())


def _is_promising(text: str, span: Span, scorer: Plausibility) -> bool:
    """Whether to load ftfy for this: some reading looks better, as nearly none does in healthy text."""
    found = text[slice(*span)]
    if len(found) == 1 or found[-1] == " " or len(found) >= LONG:
        return True
    before = text[max(0, span.start - 2) : span.start]
    standing = scorer.bits(found, before)
    return any(scorer.healthy_bits(made, before) < standing for made in readings(found))


def _weighed(text: str, piece: Piece, scorer: Plausibility) -> Candidate:
    start, end, found, inner, guesses, likeliest = piece
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    bits = scorer.bits(text[start:end], before, after) - scorer.healthy_bits(likeliest or found.text, before, after)
    for span in inner:
        # a capital with tilde may end a word of capitals in Portuguese
        capital = text[span.end - 1] == " " and text[span.start - 1 : span.start].isupper()
        if span.end - span.start < LONG and not capital:
            by_itself = scorer.bits(text[slice(*span)], text[max(0, span.start - 2) : span.start])
            bits += max(0.0, UNSEEN_BITS - by_itself)
    bits -= AGAIN_BITS * (len(found.pairs) - 1)
    assert found.channel is not None
    return Candidate(DAMAGE, Span(start, end), found.text, found.channel, bits, guesses)


def _with_evidence(text: str, found: Sequence[Candidate]) -> Iterator[Candidate | Suspect]:
    """Yield what was found, with what the other places of the same misreading say for it; quotations as suspects.

    A quotation is no evidence: that somebody writes about damage does not make the document damaged.
    """
    article = sum(candidate.span.end - candidate.span.start for candidate in found) < SHARE * len(text)
    total: defaultdict[str, float] = defaultdict(float)
    meant = []
    for candidate in found:
        place = text, *candidate.span
        named = is_named(*place) or is_translated(*place, candidate.text)
        if named or (article and (is_quoted(*place, candidate.text) or _is_shown(text, candidate))):
            yield Suspect(DAMAGE, candidate.span, "quoted in a text about misread text", (candidate,))
        else:
            meant.append(candidate)
            total[_kind(candidate)] += candidate.bits
    for candidate in meant:
        if candidate.bits >= OWN_BITS and total[_kind(candidate)] - candidate.bits >= PROVEN_BITS:
            yield replace(candidate, bits=candidate.bits + EVIDENCE_BITS)
        else:
            yield candidate


def _kind(candidate: Candidate) -> str:
    """Return what places of one misreading share: ftfy says Latin-1 wherever Windows-1252 would do as well."""
    return str(candidate.channel).replace("decode latin-1", "decode cp1252")


_TALK = re.compile(r"\b(?:encod|charset|codepage|latin-?1\b|utf-?8\b|mojibake)", re.IGNORECASE)
_LETTERS_BEFORE = re.compile(r"\w*\Z")
_LETTERS_AFTER = re.compile(r"\w*")
_NEAR = 800
_WORD = 3
"""Code points around a word within which its healthy form is looked for, and letters of a word at least."""


def _is_shown(text: str, candidate: Candidate) -> bool:
    """Whether a text about encodings has the healthy word too: what goes in and what comes out, as manuals show it."""
    start, end = candidate.span
    around = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    word = _word(text, candidate)
    return len(word) >= _WORD and any(word in part and _TALK.search(part) for part in around)


def _word(text: str, candidate: Candidate) -> str:
    """Return what a place would become, with the rest of the word that it stands in."""
    start, end = candidate.span
    before = _LETTERS_BEFORE.search(text, max(0, start - _NEAR), start)
    after = _LETTERS_AFTER.match(text, end, end + _NEAR)
    return (before[0] if before else "") + candidate.text + (after[0] if after else "")
