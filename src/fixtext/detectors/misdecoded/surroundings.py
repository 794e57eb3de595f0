"""What stands beside a repair, and whether the two can be of one text.

A misreading happens to a whole text or to a part that was put into it: it takes all letters of a kind, and what comes
out is plain text. A chance likeness takes some of them, and what comes out is as odd as what went in.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.kana_rows import in_step
from fixtext.detectors.misdecoded.letters import beyond_ascii, script
from fixtext.detectors.misdecoded.listings import are_figures_or_marks, are_single_letters, is_entry, is_small_set
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.segments import FREE_BORDER
from fixtext.findings import Candidate

LONGEST = 400
"""Code points from which a repair is judged, and of a stretch that may be put into another text by chance."""

WEAK_BITS = 48.0
"""Bits beyond those required from which signs are not believed to be an ornament."""

INSIDE_BITS = 96.0
"""The same for signs of mathematics and the like between the letters of one word."""

_BESIDE = 60
"""Code points on either side, in the same line, whose letters a misreading ought to explain too."""

STRANGE_BITS = 17.5
"""Bits a character beyond ASCII from which a text is no plain text of any language: it would be put between words of
another, where there is nothing else to speak for it. Of pieces of 4 to 11 characters cut from healthy text, 1 % of
Japanese, Korean and Simplified Chinese and 6 % of Traditional Chinese with its poems take so many; of 429 healthy
places that a repair was proposed for, three in four."""

STRANGEST_BITS = 21.0
"""The same where it is all that the line says."""

ALPHABETS = {"CYRILLIC", "GREEK"}
ALPHABET, ALPHABET_STRANGE_BITS = 8, 9.5
"""The same where so many letters of Cyrillic or Greek would stand there: of pieces of 8 to 24 letters of Russian 0.5 %
take more than 7.0; letters in the order of some list take 10 to 12."""

LONG, LONG_STRANGE_BITS = 12, 17.0
"""The same from so many characters on, where chance evens out: of pieces of 12 characters 0.5 % of Traditional Chinese
with its poems and less of all other languages take so many; tables of rare ideographs and the signs of a keyboard that
some chain leads to ideographs take 18 and more."""

_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")

TOGETHER, MANY, ALL_STRANGE_BITS = 400, 24, 15.5
"""Code points by which a channel is judged in a text, from so many on; of pieces of 24 characters 0.5 % of Simplified
Chinese take more than 13.3, of Japanese 12.8, of Korean 14.1; of Traditional Chinese with its poems 2 % take 12.6."""

UTF16_STRANGE_BITS = 15.0
"""The same for UTF-16, which makes characters of any bytes."""

WORD = 4
"""Letters of each script from which a text may be of several."""

_TOGETHER = dict.fromkeys(("HIRAGANA", "KATAKANA", "HALFWIDTH", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"), "CJK")
"""Scripts of which Japanese is written at once; letters in full width are of any."""

MIXED_BITS = 9.0
"""What it costs that of one line only a part was misread; a few characters do not pay for that by themselves."""

SIGN_BITS = 32.0
"""The same for a single letter beside dashes and quotation marks that were not misread with it, and no letters: that
line may have been mended by hand, or be misread in two ways, and ftfy's tests leave such a one alone."""

SAME_CASE_BITS = 24.0
"""Bits beyond those required from which small letters of Cyrillic are believed to have been others."""

SHORT_WORD = 6
"""Capital letters that an abbreviation has at most; half as many for a word of small letters too. Pages of Cyrillic
differ in the case of letters, so that any abbreviation is a word in the other page."""

LETTERS_A_CAPITAL = 16
"""Letters to one capital inside a word; names such as those of banks have one, and lists of letters have more."""

_BRACKETED = re.compile("\u3016[^\u3016\u3017\n]+\u3017(?!\u3017)")

_WORDS = re.compile(r"[^\W\d_]*[^\x00-\x7f][^\W\d_]*")
"""What is beyond ASCII, with the letters on either side."""

_CLASS = re.compile(r"\]\[|\w\[\^?\w+\]|\[\^?\w+\]\w")
"""Letters in brackets right beside others."""

_FLAGGED = re.compile(r"[\w'-]+/\w*")

_RANGE = re.compile(r"\w-\w")

_QUOTED = {"\u201c": "\u201d", "\u2018": "\u2019", "\u201e": "\u201c", "\xab": "\xbb", "\u2039": "\u203a"}


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
    start, end = candidate.span
    if candidate.bits < required_bits + _mixed_bits(text, candidate, others):
        return "the rest of the line was not misread"
    observed = text[start:end]
    if _makes_signs(observed, candidate.text):
        return "it is written in letters, and would become signs"
    if candidate.bits < required_bits + WEAK_BITS:
        if is_entry(text, candidate, others):
            return "it is one of many entries of its kind, and the others would stay"
        if are_single_letters(text, start, end, candidate.text):
            return "they are letters by themselves"
        if is_small_set(observed, candidate):
            return "no character of it stands there twice, as in a list"
        if _is_letter_alone(text, start, end, candidate.text):
            return "it is a letter by itself"
        if _is_word_of_a_letter(text, candidate):
            return "it is a short word, and would become a letter"
        if script(observed[0]) == "CJK" and _is_left_over(text, candidate, others):
            return "letters of its kind beside it would stay as they are"
    if (
        _source(candidate) in ("utf-8", "cesu-8")
        and len(candidate.channel.steps) == 2
        and not _is_two_for_two(observed, candidate.text)
    ):
        return None  # bytes that are valid UTF-8 speak for themselves
    if are_figures_or_marks(observed):
        return "they are figures, or marks without letters"
    if len(observed) == 1 and _is_any_letter(observed, candidate.text):
        return "it is a control by itself, which is some letter in any page"
    attested = is_attested(observed, candidate)
    if _source(candidate)[:6] == "utf-16" and not attested:
        if 4 * sum(" " <= char <= "~" for char in observed) > 3 * len(observed):
            return "it is plain ASCII, of which UTF-16 makes what it likes"
        if _is_ornament(observed) and min(observed) >= "\t":
            return "it is made of signs, of which UTF-16 makes letters"
    if _breaks_brackets(text, candidate, required_bits):
        return "its brackets come in pairs"
    if _is_unit(text, start, end):
        return "it is the sign of a unit"
    if _is_mingled(candidate.text):
        return "what it would say is of several scripts"
    if _is_strange(text, candidate, scorer):
        return "what it would say is no plain text either"
    if end - start > LONGEST:
        return None
    if _stands_alone(text, candidate):
        return "it would put single ideographs among other characters"
    if _is_left_over(text, candidate, others):
        return "letters of its kind beside it would stay as they are"
    if candidate.bits < required_bits + WEAK_BITS and _cuts_words(text, start, end):
        return "it begins or ends inside a word"
    if _changes_case(candidate.text):
        return "what it would say has capitals inside its words"
    if candidate.bits < required_bits + WEAK_BITS:
        if _is_abbreviation(observed, candidate.text):
            return "it is a short word, and would become another"
        if _is_bracketed(text, candidate):
            return "its brackets come in pairs"
        if _is_in_class(text, start, end) or _CLASS.search(observed):
            return "it is listed in a regular expression"
        if _are_flags(text, start, end):
            return "they are flags behind a slash"
    if candidate.bits < required_bits + INSIDE_BITS and any(
        _is_sign_inside(*chars) for chars in _threes(candidate.text)
    ):
        return "what it would say has signs inside its words"
    if candidate.bits < required_bits + SAME_CASE_BITS and _are_small_cyrillic(observed, candidate.text):
        return "they are small letters of Cyrillic, and would become others"
    if candidate.bits < required_bits + WEAK_BITS:
        if _mixes_case(candidate.text):
            return "what it would say has capitals and small letters in no order"
        if not attested and ((_is_ornament(observed) and not _is_in_word(text, candidate)) or _is_quotation(observed)):
            return "it is made of signs, or quoted as it stands"
        if _goes_on(text, candidate, others):
            return "what is beside it was read in the same page, and would stay"
    odd = "".join(filter(beyond_ascii, observed))
    if len(odd) > 3 and len({*odd}) > 1 and odd == odd[::-1]:
        return "it reads the same from both ends"
    return None


def _source(candidate: Candidate) -> str:
    first = candidate.channel.steps[0] if candidate.channel.steps else None
    return first.code_page if isinstance(first, Encode) else ""


def is_attested(observed: str, candidate: Candidate) -> bool:
    """Whether what stands there shows bytes of UTF-16, whatever its letters look like: controls, or zeros in step."""
    if _source(candidate)[:6] != "utf-16" or len(candidate.text) < WORD:
        return False
    return bool(_CONTROL.search(observed) or in_step(observed))


def _is_two_for_two(observed: str, healthy: str) -> bool:
    """Whether every letter of two bytes was read as a character of two bytes: of the ideographs in rows CC to D7 of GBK
    every third is such a letter, so that lists by sound have whole words of them.
    """
    before, after = (list(filter(beyond_ascii, text)) for text in (observed, healthy))
    return 0 < len(before) == len(after) and min(before) > "\u2e7f" and max(after) < "\u0800"


def _is_strange(text: str, candidate: Candidate, scorer: Plausibility) -> bool:
    """Whether the characters that would be put there are rare and unheard of beside each other."""
    start, end = candidate.span
    before = text[max(0, start - 2) : start]
    whole = before + candidate.text[:LONGEST]
    bits = [
        scorer.healthy(whole[max(0, place - 2) : place + 1])
        for place in range(len(before), len(whole))
        if whole[place] > "\x7f"
    ]
    line = "".join(_beside(text, start, end))
    kinds = {*map(script, filter(beyond_ascii, candidate.text))} - {""}
    among_its_like = any(script(char) in kinds for char in filter(beyond_ascii, line))
    if _source(candidate)[:6] == "utf-16":
        most = UTF16_STRANGE_BITS
    elif among_its_like or not any(map(str.isalpha, line)):
        most = STRANGEST_BITS
    else:
        most = STRANGE_BITS
    if len(bits) >= LONG:
        most = min(most, LONG_STRANGE_BITS)
    if len(bits) >= ALPHABET and kinds and kinds <= ALPHABETS:
        most = ALPHABET_STRANGE_BITS
    return sum(bits) > most * len(bits)


def no_language(repairs: Sequence[Candidate], scorer: Plausibility) -> frozenset[Channel]:
    """Return the channels of which all that they would say in a text is no plain text, taken together.

    A piece by itself may be a name; many pieces of one text are not all names.
    """
    said: defaultdict[Channel, str] = defaultdict(str)
    for repair in repairs:
        if len(said[repair.channel]) < TOGETHER:
            said[repair.channel] += "".join(filter(beyond_ascii, repair.text[:TOGETHER])) + " "
    return frozenset(channel for channel, text in said.items() if _is_no_language(text, scorer))


def _is_no_language(text: str, scorer: Plausibility) -> bool:
    kinds = {*map(script, text)} - {""}
    if kinds and kinds <= ALPHABETS:
        most = ALPHABET_STRANGE_BITS
    elif "CJK" in kinds:
        most = ALL_STRANGE_BITS
    else:
        return False
    bits = [scorer.healthy(text[max(0, place - 2) : place + 1]) for place, char in enumerate(text) if char > "\x7f"]
    return len(bits) >= MANY and sum(bits) > most * len(bits)


def _breaks_brackets(text: str, candidate: Candidate, required_bits: float) -> bool:
    """Whether brackets that come in pairs would lose their partners: the second byte of a character may be one, but by
    chance these are no pairs.
    """
    start, end = candidate.span
    observed, beside = text[start:end], "".join(_beside(text, start, end))
    for opening, closing in ("[]", "{}"):
        open_, closed = observed.count(opening), observed.count(closing)
        if not (open_ or closed) or open_ + beside.count(opening) != closed + beside.count(closing):
            continue
        if candidate.text.count(opening) - candidate.text.count(closing) != open_ - closed:
            return open_ + closed > 2 or candidate.bits < required_bits + WEAK_BITS
    return False


def _stands_alone(text: str, candidate: Candidate) -> bool:
    """Whether most East Asian characters of a repair have none of their like beside them."""
    start, end = candidate.span
    whole = text[max(0, start - 1) : start] + candidate.text + text[end : end + 1]
    wide = [char > "\u2e7f" for char in f" {whole} "]
    alone = sum(wide[place] and not (wide[place - 1] or wide[place + 1]) for place in range(1, len(wide) - 1))
    return 2 * alone > sum(wide)


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
    return 2 * sum(script(char) == kind for char in _left_beside(text, candidate, others)) >= taken


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
        for char in _left_beside(text, candidate, others)
        if (data := codepages.reversible(char, last.code_page)) and codepages.reversible(char, first.code_page) != data
    ]
    if not left:
        return 0.0
    if len(candidate.text) == 1 and not any(map(str.isalpha, left)):
        return SIGN_BITS
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


def _left_beside(text: str, candidate: Candidate, others: Sequence[Candidate]) -> str:
    """Return what beyond ASCII stands beside a repair in its lines and would stay.

    Args:
        text: the whole text.
        candidate: the repair.
        others: all repairs of the text, in order.
    """
    start, end = candidate.span
    before, after = _beside(text, start, end)
    first, last = start - len(before), end + len(after)
    places = [place for place in (*range(first, start), *range(end, last)) if text[place] > "\x7f"]
    if not places:
        return ""
    for other in others[bisect_left(others, first, key=_end) :]:
        if other.span.start >= last:
            break
        places = [place for place in places if not other.span.start <= place < other.span.end]
    return "".join(text[place] for place in places)


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a stretch in its lines."""
    first = max(text.rfind("\n", 0, start) + 1, start - _BESIDE)
    last = text.find("\n", end, end + _BESIDE)
    return text[first:start], text[end : last if last >= 0 else end + _BESIDE]


def _end(candidate: Candidate) -> int:
    return candidate.span.end


def _cuts_words(text: str, start: int, end: int) -> bool:
    """Whether a Greek or Cyrillic letter stands beside one that would go."""
    ends = ((start - 1, start), (end - 1, end))
    return any(
        left >= 0 and right < len(text) and script(text[left]) == script(text[right]) in ("GREEK", "CYRILLIC")
        for left, right in ends
    )


def _changes_case(healthy: str) -> bool:
    """Whether capitals beyond ASCII stand behind small letters, more than one in so many letters."""
    inside = sum(after > "\x7f" and before.islower() and after.isupper() for before, after in pairwise(healthy))
    return LETTERS_A_CAPITAL * inside > sum(map(str.isalpha, healthy))


def _is_abbreviation(observed: str, healthy: str) -> bool:
    """Whether a few Cyrillic letters without a space, capitals or very few, would become as many others."""
    most = SHORT_WORD if observed.isupper() else SHORT_WORD // 2
    return (
        len(observed) <= most
        and all(script(char) == "CYRILLIC" for char in observed)
        and all(script(char) == "CYRILLIC" for char in healthy)
    )


def _is_word_of_a_letter(text: str, candidate: Candidate) -> bool:
    """Whether two or three letters of Greek or Cyrillic that are a whole word would become a single letter."""
    start, end = candidate.span
    observed = text[start:end]
    return (
        len(candidate.text) == 1
        and candidate.text.isalpha()
        and len(observed) <= WORD - 1
        and all(script(char) in ("GREEK", "CYRILLIC") for char in observed)
        and (observed.islower() or observed.istitle() or observed.isupper())
        and not text[max(0, start - 1) : start].isalpha()
        and not text[end : end + 1].isalpha()
    )


def _is_any_letter(observed: str, healthy: str) -> bool:
    """Whether one control of the C1 set would become a letter of another alphabet than Latin: most pages have one."""
    return "\x80" <= observed < "\xa0" and script(healthy) not in ("", "LATIN")


def _is_letter_alone(text: str, start: int, end: int, healthy: str) -> bool:
    """Whether a letter between spaces would be the rest of a no-break space."""
    observed = text[start:end]
    return healthy == "\xa0" and observed[1:] == " " and (start == 0 or text[start - 1].isspace())


def _threes(text: str) -> Iterator[tuple[str, str, str]]:
    return zip(text, text[1:], text[2:], strict=False)


def _is_sign_inside(before: str, sign: str, after: str) -> bool:
    """Whether a sign beyond ASCII that is no punctuation stands between two letters."""
    return before.isalpha() and after.isalpha() and sign > "\x7f" and unicodedata.category(sign) in ("Sm", "So")


def _are_small_cyrillic(observed: str, healthy: str) -> bool:
    """Whether small letters of Cyrillic would become as many others: pages that differ in case tell themselves."""
    before, after = (list(filter(beyond_ascii, text)) for text in (observed, healthy))
    return all(char.islower() and script(char) == "CYRILLIC" for char in (*before, *after))


def _is_unit(text: str, start: int, end: int) -> bool:
    """Whether one and the same Greek letter is all that is odd, in words too short to tell others: kilohms, microns."""
    odd = {*filter(beyond_ascii, text[start:end])}
    if len(odd) != 1 or script(*odd) != "GREEK" or min(text[start:end]) < "\t":
        return False
    return max(map(len, _WORDS.findall(text[max(0, start - WORD) : end + WORD]))) < WORD


def _is_in_class(text: str, start: int, end: int) -> bool:
    """Whether it stands in the brackets of a character class, which has a range before it: ``[a-z...]``."""
    before, after = _beside(text, start, end)
    opened = before.rfind("[")
    inside = before[opened:]
    return opened >= 0 and "]" not in inside and "]" in after and bool(_RANGE.search(inside + text[start:end]))


def _are_flags(text: str, start: int, end: int) -> bool:
    """Whether it ends a line that is a word, a slash and letters, as in spelling dictionaries."""
    before, after = _beside(text, start, end)
    return not after.strip() and bool(_FLAGGED.fullmatch(before))


def _mixes_case(healthy: str) -> bool:
    """Whether a word beyond ASCII is neither in small letters nor in capitals nor begins with its only one."""
    words = [word for word in _WORDS.findall(healthy) if not word.islower() and len(word) > 2]
    return any(word.lower() != word.upper() and not (word.isupper() or word.istitle()) for word in words)


def _is_ornament(observed: str) -> bool:
    """Whether all that is beyond ASCII are visible signs; the two ordinal letters of Latin-1 count as such."""
    signs = list(filter(beyond_ascii, observed))
    return bool(signs) and all(char in "\xaa\xba" or unicodedata.category(char)[0] in "PS" for char in signs)


def _is_bracketed(text: str, candidate: Candidate) -> bool:
    """Whether lenticular brackets with their partners would become something else."""
    start, end = candidate.span
    before, after = _beside(text, start, end)
    pairs = list(_BRACKETED.finditer(before + text[start:end] + after))
    return any(pair.start() < end - start + len(before) and len(before) < pair.end() for pair in pairs)


def _is_in_word(text: str, candidate: Candidate) -> bool:
    """Whether a single sign behind katakana would become the mark that makes them long."""
    return candidate.text == "\u30fc" and script(text[candidate.span.start - 1 :][:1]) == "KATAKANA"


def _makes_signs(observed: str, healthy: str) -> bool:
    """Whether letters alone, of another alphabet than Latin, would become signs alone, and not those in daily use."""
    signs = list(filter(beyond_ascii, healthy))
    return (
        all(script(char) not in ("", "LATIN") for char in filter(beyond_ascii, observed))
        and not any(map(str.isalpha, signs))
        and not all(_is_pictograph(char) for char in signs)
    )


def _is_pictograph(char: str) -> bool:
    """Whether a sign is a dingbat or an emoji, or tells how one is to be shown."""
    return "\u2600" <= char < "\u27c0" or "\U0001f000" <= char < "\U0001fb00" or char == "\ufe0f"


def _is_mingled(healthy: str) -> bool:
    """Whether letters of several scripts stand together, too few of each for words of each."""
    letters = [script(char) for char in healthy[:LONGEST] if char > "\x7f" and char.isalpha()]
    scripts = {_TOGETHER.get(name, name) for name in letters}
    return len(scripts) > 1 and (len(scripts) > 3 or len(letters) < WORD * len(scripts))


def _is_quotation(observed: str) -> bool:
    """Whether a stretch begins with a quotation mark and ends with the one that closes it."""
    quoted = observed.strip()
    return len(quoted) > 2 and _QUOTED.get(quoted[0]) == quoted[-1]
