"""What stands beside a repair, and whether the two can be of one text.

A misreading happens to a whole text or to a part that was put into it: it takes all letters of a kind, and what comes
out is plain text. A chance likeness takes some of them, and what comes out is as odd as what went in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fixtext import codepages
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.beside import left_beside, lines_beside, stays_around
from fixtext.detectors.misdecoded.enclosures import are_flags, breaks_brackets, is_bracketed, is_in_class
from fixtext.detectors.misdecoded.few_letters import cuts_words, is_in_word, is_unit, stands_alone, too_few
from fixtext.detectors.misdecoded.kana_rows import has_kana_row, in_step, is_in_rows
from fixtext.detectors.misdecoded.letters import beyond_ascii, count_beyond_ascii, script
from fixtext.detectors.misdecoded.listings import (
    are_figures_or_marks,
    are_single_letters,
    is_case_pair,
    is_entry,
    is_small_set,
)
from fixtext.detectors.misdecoded.misplaced import are_misplaced, is_told
from fixtext.detectors.misdecoded.plainness import (
    UTF8_BITS,
    is_arbitrary,
    is_strange,
    is_unknown,
    source_page,
    utf8_bits,
)
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.segments import FREE_BORDER
from fixtext.detectors.misdecoded.wide_lines import LEAST, SPARE_BITS, spare_bits
from fixtext.detectors.misdecoded.wide_lines import LONGEST as LONGEST_LINE
from fixtext.detectors.misdecoded.wording import (
    LONGEST,
    WORD,
    are_small_cyrillic,
    changes_case,
    closes_nothing,
    ends_in_opening,
    has_sign_inside,
    is_abbreviation,
    is_any_letter,
    is_hyphenated,
    is_latin,
    is_mingled,
    is_ornament,
    is_quotation,
    is_two_for_two,
    makes_signs,
    mixes_case,
)
from fixtext.findings import Candidate

WEAK_BITS = 48.0
"""Bits beyond those required from which signs are not believed to be an ornament."""

INSIDE_BITS = 96.0
"""The same for signs of mathematics and the like between the letters of one word."""


_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")


MIXED_BITS = 9.0
"""What it costs that of one line only a part was misread; a few characters do not pay for that by themselves."""

SIGN_BITS = 32.0
"""The same for a single letter beside dashes and quotation marks that were not misread with it, and no letters: that
line may have been mended by hand, or be misread in two ways, and ftfy's tests leave such a one alone."""

SAME_CASE_BITS = 24.0
"""Bits beyond those required from which small letters of Cyrillic are believed to have been others."""


FEW = 5
"""Different ideographs, at least, that were letters of two bytes: in another page every third ideograph of GBK is."""


def misfit(
    text: str, candidate: Candidate, required_bits: float, scorer: Plausibility, others: Sequence[Candidate]
) -> str | None:
    """Return why a repair does not fit in with what stands beside it, None if it does.

    Args:
        text: the whole text.
        candidate: the repair.
        required_bits: bits that a repair has to save elsewhere.
        scorer: tells bits.
        others: all repairs of the text, in order.
    """
    reason = unfit(text, candidate, required_bits, scorer, others)
    if reason or is_whole_line(text, candidate, scorer) or is_attested(text[slice(*candidate.span)], candidate):
        return reason
    if is_arbitrary(text, candidate, required_bits, scorer):
        return "any characters of its page would be as short an explanation"
    return None


def unfit(
    text: str, candidate: Candidate, required_bits: float, scorer: Plausibility, others: Sequence[Candidate]
) -> str | None:
    """Return the same without asking whether any characters would do, which depends on what others say for it."""
    start, end = candidate.span
    if is_whole_line(text, candidate, scorer):
        return None
    if candidate.bits < required_bits + _mixed_bits(text, candidate, others):
        return "the rest of the line was not misread"
    observed = text[start:end]
    if source_page(candidate)[:6] == "utf-16" and is_in_rows(observed):
        return None
    if makes_signs(observed, candidate.text):
        return "it is written in letters, and would become signs"
    if candidate.bits < required_bits + WEAK_BITS:
        if is_hyphenated(observed):
            return "it has soft hyphens in its words"
        if is_case_pair(text, start, end):
            return "it is a letter in both its cases"
        if stays_around(text, candidate, others):
            return "the same letters stand around it, and would stay"
        if is_entry(text, candidate, others):
            return "it is one of many entries of its kind, and the others would stay"
        if are_single_letters(text, start, end, candidate.text):
            return "they are letters by themselves"
        if is_small_set(observed, candidate):
            return "no character of it stands there twice, as in a list"
        if _is_letter_for_letter(observed, candidate) and _is_word_by_itself(text, candidate):
            return "it is one letter of a word by itself"
        if ends_in_opening(candidate.text + text[end : end + 1]):
            return "what it would say has an opening mark at the end of a word"
        if closes_nothing(observed, candidate.text, "".join(lines_beside(text, start, end))):
            return "its quotation marks come in pairs"
        if few := too_few(text, candidate, others):
            return few
        if script(observed[0]) == "CJK" and _is_left_over(text, candidate, others):
            return "letters of its kind beside it would stay as they are"
    if (
        source_page(candidate) != "utf-8"
        and is_two_for_two(observed, candidate.text)
        and len({*filter(beyond_ascii, observed)}) < FEW
    ):
        return "so few ideographs may be letters of two bytes by chance"
    if _is_utf8(observed, candidate):
        return None
    if are_figures_or_marks(observed):
        return "they are figures, or marks without letters"
    if len(observed) == 1 and is_any_letter(observed, candidate.text):
        return "it is a control by itself, which is some letter in any page"
    attested = is_attested(observed, candidate)
    if source_page(candidate)[:6] == "utf-16" and not attested:
        kana = has_kana_row(observed) and candidate.bits >= required_bits + WEAK_BITS
        if not kana and 4 * sum(" " <= char <= "~" for char in observed) > 3 * len(observed):
            return "it is plain ASCII, of which UTF-16 makes what it likes"
        if is_ornament(observed) and min(observed) >= "\t":
            return "it is made of signs, of which UTF-16 makes letters"
    if breaks_brackets(text, candidate, required_bits + WEAK_BITS):
        return "its brackets come in pairs"
    if is_unit(text, start, end):
        return "it is the sign of a unit"
    if is_mingled(candidate.text):
        return "what it would say is of several scripts"
    if is_strange(text, candidate, scorer):
        return "what it would say is no plain text either"
    if count_beyond_ascii(observed) > LONGEST:
        return None
    if stands_alone(text, candidate):
        return "it would put single ideographs among other characters"
    if _is_left_over(text, candidate, others):
        return "letters of its kind beside it would stay as they are"
    if candidate.bits < required_bits + WEAK_BITS and cuts_words(text, start, end):
        return "it begins or ends inside a word"
    if changes_case(candidate.text):
        return "what it would say has capitals inside its words"
    if candidate.bits < required_bits + WEAK_BITS:
        if is_abbreviation(observed, candidate.text):
            return "it is a short word, and would become another"
        if is_bracketed(text, candidate):
            return "its brackets come in pairs"
        if is_in_class(text, start, end):
            return "it is listed in a regular expression"
        if are_flags(text, start, end):
            return "they are flags behind a slash"
    if candidate.bits < required_bits + INSIDE_BITS and has_sign_inside(candidate.text):
        return "what it would say has signs inside its words"
    if candidate.bits < required_bits + SAME_CASE_BITS and are_small_cyrillic(observed, candidate.text):
        return "they are small letters of Cyrillic, and would become others"
    if candidate.bits < required_bits + WEAK_BITS:
        if mixes_case(candidate.text):
            return "what it would say has capitals and small letters in no order"
        ornament = is_ornament(observed) and not (is_told(text, candidate) or is_in_word(text, candidate))
        if not attested and (ornament or is_quotation(observed)):
            return "it is made of signs, or quoted as it stands"
        if _goes_on(text, candidate, others):
            return "what is beside it was read in the same page, and would stay"
    odd = "".join(filter(beyond_ascii, observed))
    if len(odd) > 3 and len({*odd}) > 1 and odd == odd[::-1]:
        return "it reads the same from both ends"
    return None


def _is_letter_for_letter(observed: str, candidate: Candidate) -> bool:
    """Whether one letter would become another, but for one that is two bytes of UTF-8."""
    return len(observed) == len(candidate.text) == 1 and observed.isalpha() and source_page(candidate) != "utf-8"


def _is_word_by_itself(text: str, candidate: Candidate) -> bool:
    return len(text.split()) == 1 and not are_misplaced(text, candidate)


def _is_utf8(observed: str, candidate: Candidate) -> bool:
    """Whether bytes that are valid UTF-8 speak for themselves: for Latin letters and signs, and wherever there are
    several; what they make of flags or a cell, read in a page that few texts are read in, is a single rare letter.
    """
    if source_page(candidate) not in ("utf-8", "cesu-8") or len(candidate.channel.steps) > 2:
        return False
    if is_two_for_two(observed, candidate.text):
        return False
    reader = candidate.channel.steps[-1]
    if isinstance(reader, Decode) and reader.code_page in ("cp1252", "latin-1"):
        return True
    kinds = {*map(script, filter(beyond_ascii, candidate.text))}
    return kinds <= {"LATIN", ""} or utf8_bits(candidate.text) >= UTF8_BITS


def is_whole_line(text: str, candidate: Candidate, scorer: Plausibility) -> bool:
    """Return whether a repair takes the whole of a line for UTF-16, and saves enough against any characters."""
    start, end = candidate.span
    if not LEAST <= end - start <= LONGEST_LINE or len(candidate.channel.steps) != 2:
        return False
    order, reader = candidate.channel.steps
    if not isinstance(order, Encode) or not isinstance(reader, Decode) or order.code_page[:6] != "utf-16":
        return False
    if text[start - 1 : start] not in ("", "\n") or text[end : end + 1] not in ("", "\n"):
        return False
    if is_unknown(candidate.text, scorer):
        return False
    return spare_bits(text[start:end], candidate.text, order.code_page, reader.code_page, scorer) >= SPARE_BITS


def is_attested(observed: str, candidate: Candidate) -> bool:
    """Whether what stands there shows bytes of UTF-16, whatever its letters look like: controls, or zeros in step."""
    if source_page(candidate)[:6] != "utf-16" or len(candidate.text) < WORD:
        return False
    return bool(_CONTROL.search(observed) or in_step(observed) or is_in_rows(observed))


def _is_left_over(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether many letters of the kind that a repair takes away stay beside it: a misreading would explain them too.

    Where what it puts there is of the same kind, nothing can be said: those that stay are healthy letters perhaps.
    """
    start, end = candidate.span
    kinds = Counter(script(char) for char in text[start:end] if char > "\x7f" and char.isalpha())
    if not kinds:
        return False
    kind, taken = kinds.most_common(1)[0]
    if any(script(char) == kind for char in candidate.text if char > "\x7f"):
        return False
    return 2 * sum(script(char) == kind for char in left_beside(text, candidate, others)) >= taken


def _mixed_bits(text: str, candidate: Candidate, others: Sequence[Candidate]) -> float:
    """Return what it costs that characters beside it stay as they are though the page that it was read in has them: the
    line was not read there as a whole. Kana and the like, which both pages have in one place, say nothing; letters of
    the kind that was misread say that the misreading ended among them, even if a sign stops it there.
    """
    first, last = candidate.channel.steps[-2:]
    if candidate.bits >= SIGN_BITS + WEAK_BITS or not (isinstance(first, Encode) and isinstance(last, Decode)):
        return 0.0
    left = [
        char
        for char in left_beside(text, candidate, others)
        if (data := codepages.reversible(char, last.code_page)) and codepages.reversible(char, first.code_page) != data
    ]
    if not left:
        return 0.0
    if len(candidate.text) == 1 and not any(map(str.isalpha, left)) and first.code_page != "utf-8":
        return SIGN_BITS
    odd = filter(beyond_ascii, text[slice(*candidate.span)] + candidate.text)
    if first.code_page != "utf-8" and all(map(is_latin, odd)) and any(map(is_latin, left)):
        return WEAK_BITS  # pages of one byte leave no letter of the line alone
    alphabets = {script(char) for char in text[slice(*candidate.span)]} & {"CYRILLIC", "GREEK"}
    return MIXED_BITS + (FREE_BORDER if any(script(char) in alphabets for char in left) else 0.0)


def _goes_on(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a character of Western pages right beside a repair is of the page that it was read in, and stays."""
    start, end = candidate.span
    last = candidate.channel.steps[-1]
    return isinstance(last, Decode) and any(
        "\xa0" < char < "\u0250"
        and codepages.reversible(char, last.code_page) is not None
        and not any(other.span.start <= place < other.span.end for other in others)
        for place, char in ((start - 1, text[max(0, start - 1) : start]), (end, text[end : end + 1]))
    )
