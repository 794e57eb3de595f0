"""What speaks against a repair whatever it saves: drawings, tables of characters, words of a language of their own.

A language model of prose finds all of these odd, and by chance some chain of misreadings leads to something less odd.
Each was seen in healthy text: in dictionaries, regular expressions, banners, keyboard layouts and manuals.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from math import inf

from fixtext.detectors.misdecoded.figures import (
    are_accents,
    are_variants,
    distinct_share,
    is_drawn,
    is_row,
    is_table,
    is_tree,
)
from fixtext.detectors.misdecoded.kana_rows import is_in_rows
from fixtext.detectors.misdecoded.letters import count_beyond_ascii, script
from fixtext.detectors.misdecoded.listings import are_flagged, listed
from fixtext.detectors.misdecoded.misplaced import is_told
from fixtext.detectors.misdecoded.one_language import is_of_one_language, is_on_the_way
from fixtext.detectors.misdecoded.page_order import is_listed_in_page, is_of_drawn_row, is_ordered
from fixtext.detectors.misdecoded.plainness import no_language
from fixtext.detectors.misdecoded.plausible import Plausibility, plausibility
from fixtext.detectors.misdecoded.surroundings import is_attested, is_whole_line, misfit
from fixtext.findings import Candidate, Span

LONGEST = 400
"""Characters beyond ASCII of a stretch that may be a table or a few words; more than that is text. Code has hundreds of
others between them."""

JUDGED = 4_000
"""Code points of a stretch from which it is told whether it says anything new."""

SHORT, BESIDE = 64, 3
"""Code points of a stretch for which what was found is remembered, and beside a stretch which tell of a Latin word."""

PLAIN_BITS = 48.0
"""Bits beyond those required from which words of another language are not believed to be meant."""

HAPPENED_BITS = 16.0
"""Bits beyond those required from which a misreading counts as something that happened to the text."""

MISREADING_BITS = 8.0
"""What each misreading of a chain costs about; a repair's bits have it paid."""

DRAWN = "it is drawn, not written"
TABLE, FLAGS = "its characters are in the order of a table", "they are words with flags"

NO_LANGUAGE = "what it would say is no plain text either"
ACCIDENT = "most of what looks like it in this text is none"
MANY, FEW, VERY_FEW = 6, 0.25, 0.05
"""Repairs that were proposed for a text, and the share of their code points that nothing speaks against, up to which
these are taken for chance too: if they are weak, and whatever they save."""

_AROUND = 24
"""Code points on either side that belong to the same table."""

_KANA_ALONE = "[\u4e00-\u9fff][\uff66-\uff9f](?=[\u4e00-\u9fff])"
"""A half-width kana between ideographs; words in half-width kana are longer. Made when needed, like the next ones: a
set of thousands of characters takes a millisecond."""


_IN_A_WORD = "[a-z]{3}[\u4e00-\u9fff]+[a-z]{3}"
"""Small Latin letters right on both sides of ideographs."""

_IDEOGRAPH, _IN_LETTERS = "[\u4e00-\u9fff]", "(?<=[A-Za-z])[\u4e00-\u9fff]+(?=[A-Za-z])"
"""The same of any letters. Where that is so of few, it is text that sets no spaces around words of Latin letters."""

_MARKS_ALONE = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u064b-\u065f\\s]+")
"""Accents and points of Hebrew and Arabic, with nothing to stand on."""

_CHANTED = re.compile(r"(.)(?!\1)(.{1,2})(?:\1\2){3,}")
"""Two or three characters in turn, four times and more; a single one may be laughter."""


def objections(
    text: str,
    repairs: Sequence[Candidate],
    required_bits: float,
    scorer: Plausibility,
    sound: Collection[Span] = (),
) -> list[str | None]:
    """Return for each repair why it should not be made, None if nothing speaks against it.

    What happened to a text beyond doubt may have happened to a place in it that says little by itself.

    Args:
        text: the whole text.
        repairs: those proposed for it, in order.
        required_bits: bits that a repair has to save elsewhere.
        scorer: tells bits.
        sound: spans that were explained with most of the text, where chance is no rival: only what cannot be text at
            all is objected to there.
    """
    swept = [repair.span in sound for repair in repairs]
    unsound = _Unsound(text, required_bits)
    reasons = [
        unsound(repair) if is_swept else objection(text, repair, required_bits)
        for repair, is_swept in zip(repairs, swept, strict=True)
    ]
    lists = Counter(repair.channel for repair, reason in zip(repairs, reasons, strict=True) if reason in (TABLE, FLAGS))
    if lists:
        total = Counter(repair.channel for repair in repairs)
        reasons = [
            reason or (TABLE if 2 * lists[repair.channel] > total[repair.channel] else None)
            for repair, reason in zip(repairs, reasons, strict=True)
        ]
    apart = [repair for repair, is_swept in zip(repairs, swept, strict=True) if not is_swept]
    spoken = no_language(apart, scorer) if len(apart) > 1 else frozenset()
    reasons = [
        NO_LANGUAGE if reason is None and not is_swept and repair.channel in spoken else reason
        for repair, reason, is_swept in zip(repairs, reasons, swept, strict=True)
    ]
    misfits = [
        misfit(text, repair, required_bits, scorer, repairs) if reason is None and not is_swept else reason
        for repair, reason, is_swept in zip(repairs, reasons, swept, strict=True)
    ]
    made = [repair for repair, misfit_ in zip(repairs, misfits, strict=True) if misfit_ is None]
    if len(made) < len(repairs):  # what is not repaired stays beside the others
        misfits = [
            misfit(text, repair, required_bits, scorer, made) if misfit_ is None and not is_swept else misfit_
            for repair, misfit_, is_swept in zip(repairs, misfits, swept, strict=True)
        ]
    found = reasons
    if misfits != reasons:
        happened = {
            repair.channel
            for repair, misfit_ in zip(repairs, misfits, strict=True)
            if misfit_ is None and repair.bits >= required_bits + HAPPENED_BITS
        }
        found = [
            reason if repair.channel in happened else misfit_
            for repair, reason, misfit_ in zip(repairs, reasons, misfits, strict=True)
        ]
    if len(found) < MANY:
        return found
    sizes = [end - start for start, end in (repair.span for repair in repairs)]
    share = sum(size for size, reason in zip(sizes, found, strict=True) if reason is None) / sum(sizes)
    most = inf if share <= VERY_FEW else required_bits + PLAIN_BITS if share <= FEW else 0.0
    return [
        ACCIDENT if reason is None and repair.bits < most else reason
        for repair, reason in zip(repairs, found, strict=True)
    ]


def objection(text: str, candidate: Candidate, required_bits: float) -> str | None:
    """Return why a repair should not be made, None if nothing speaks against it.

    Args:
        text: the whole text.
        candidate: the repair.
        required_bits: bits that a repair has to save elsewhere.
    """
    start, end = candidate.span
    observed = text[start:end]
    if unassigned(candidate.text, observed):
        return "what it would say has code points that are no characters"
    if is_tree(observed):
        return DRAWN
    if is_whole_line(text, candidate, plausibility()):
        return None
    attested = is_attested(observed, candidate)
    if not attested and (is_drawn(observed) or is_of_drawn_row(observed, candidate)):
        return DRAWN
    if are_variants(observed):
        return "it is one letter with all its accents"
    told = is_told(text, candidate)
    if are_accents(observed) and not told:
        return "accents stand in it beside their letters"
    in_rows = attested and is_in_rows(observed)
    never = impossible(text, candidate) or (None if in_rows else listed(text, candidate))
    if never:
        return never
    monotonous = monotony(text, candidate, required_bits)
    if monotonous or count_beyond_ascii(observed) > LONGEST:
        return monotonous
    if len(re.findall(_KANA_ALONE, candidate.text)) > 1:
        return "what it would say has half-width kana inside its words"
    around = text[max(0, start - _AROUND) : end + _AROUND]
    if not in_rows and (
        is_table(around) or is_table(candidate.text) or is_row(candidate.text) or is_listed_in_page(observed, candidate)
    ):
        return TABLE
    if _is_drill(observed, candidate.text):
        return "a letter three times in a row would become a sign"
    weak = candidate.bits < required_bits + PLAIN_BITS
    if not (attested or told) and is_of_one_language(text[max(0, start - 1) : end + 1], surely=not weak):
        return "its letters are those of one language"
    if is_on_the_way(candidate):
        return "one misreading less leads to the letters of one language"
    if weak and _is_inside(text, start, end):
        return "it begins and ends inside words"
    return None


class _Unsound:
    """What speaks against repairs of one text where chance is no rival; the same words come back and say the same."""

    def __init__(self, text: str, required_bits: float) -> None:
        self._text = text
        self._required_bits = required_bits
        self._known: dict[tuple[str, str, str, str, float, int], str | None] = {}

    def __call__(self, repair: Candidate) -> str | None:
        text = self._text
        start, end = repair.span
        if end - start > SHORT or are_flagged(text, start, end):  # a matter of the line
            return impossible(text, repair) or monotony(text, repair, self._required_bits)
        before, after = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
        before, after = before * ("A" <= before[-1:] <= "z"), after * ("A" <= after[:1] <= "z")  # a word goes on there
        # The channel by identity: to hash it takes longer than all the rest, and the repairs keep it alive.
        key = before, text[start:end], after, repair.text, repair.bits, id(repair.channel)
        known = self._known
        if key not in known:
            known[key] = impossible(text, repair) or monotony(text, repair, self._required_bits)
        return known[key]


def impossible(text: str, candidate: Candidate) -> str | None:
    """Return why what a repair would say cannot be text, None if it can."""
    start, end = candidate.span
    healthy = text[max(0, start - BESIDE) : start] + candidate.text[:JUDGED] + text[end : end + BESIDE]
    inside = re.findall(_IN_LETTERS, healthy)
    if (re.search(_IN_A_WORD, healthy) or len(inside) > 2) and 2 * len("".join(inside)) > len(
        re.findall(_IDEOGRAPH, healthy)
    ):
        return "it would put ideographs into a word of Latin letters"
    if not is_attested(text[start:end], candidate) and are_flagged(text, start, end):
        return FLAGS
    if _MARKS_ALONE.fullmatch(candidate.text):
        return "what it would say are marks without letters"
    if is_ordered(text[start:end][:JUDGED], candidate):
        return TABLE
    return None


def unassigned(text: str, observed: str) -> bool:
    """Whether a text has code points that are no characters, and that what was observed does not have."""
    if len(text) > LONGEST and "numpy" in sys.modules:
        from fixtext.detectors.misdecoded.at_once import all_assigned

        if all_assigned(text):
            return False
    return any(unicodedata.category(char) == "Cn" for char in {*text} - {*observed})


def monotony(text: str, candidate: Candidate, required_bits: float) -> str | None:
    """Return why a repair should not be made if it is the same few characters again and again.

    Each run of characters counts once: a unit in a table says nothing new. Of a long stretch its beginning is judged.
    """
    start, end = candidate.span
    observed = text[start : min(end, start + JUDGED)]
    if observed.isascii() and 4 * len({*candidate.text}) <= len(candidate.text):
        return "it is the same few characters again and again"
    chant = _CHANTED.search(candidate.text[:JUDGED])
    if chant and 2 * len(chant[0]) > len(candidate.text):
        return "it is the same few characters again and again"
    channel = MISREADING_BITS * (len(candidate.channel.steps) // 2)
    bits = (candidate.bits + channel) * len(observed) / max(1, end - start)
    if bits * distinct_share(observed) - channel < required_bits:
        return "it is the same few characters again and again"
    return None


def _is_drill(observed: str, healthy: str) -> bool:
    """Whether one letter beyond ASCII, again and again, would become one sign."""
    letters, signs = ({char for char in text if char > "\x7f"} for text in (observed, healthy))
    return (
        len(signs) == 1
        and not any(map(str.isalpha, signs))
        and all(map(str.isalpha, letters))
        and any(letter * 3 in observed for letter in letters)
    )


def _is_inside(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends inside words of the letters that it has itself at its ends."""
    return (
        start > 0
        and end < len(text)
        and script(text[start - 1]) == script(text[start]) in ("GREEK", "CYRILLIC")
        and script(text[end - 1]) == script(text[end]) in ("GREEK", "CYRILLIC")
    )
