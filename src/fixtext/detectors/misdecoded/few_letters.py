"""Letters and signs that are too few to tell what they were: by themselves, in short words, at the ends of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from fixtext.detectors.misdecoded.letters import beyond_ascii, script
from fixtext.detectors.misdecoded.wording import WORD, WORDS
from fixtext.detectors.western.places import LONE
from fixtext.findings import Candidate

_IN_WORD = re.compile("(?<=[a-z]{2})[^\x00-\x7f](?=[a-z])")
"""A character inside a word; formulas have signs between single letters."""

_FAR = re.compile("[\u0530-\u07ff]")
"""What is two bytes in UTF-8 and neither Latin, Greek nor Cyrillic: of these, signs and units stand by themselves."""

NEAR = 400
"""Code points on either side in which something of the same alphabet would stand."""

_LOOKALIKES = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408"
    "\u03bf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
)
"""Letters of Cyrillic and Greek that look like one of ASCII (Unicode Technical Standard 39, confusables)."""

_IN_LATIN = re.compile(f"(?<=[A-Za-z])[{_LOOKALIKES}]+|[{_LOOKALIKES}]+(?=[A-Za-z])")


def too_few(text: str, candidate: Candidate, others: Sequence[Candidate]) -> str | None:
    """Return why the letters of a repair that saves little are too few to tell what they were, None if they are not."""
    start, end = candidate.span
    if are_lookalikes(text, start, end):
        return "they look like the Latin letters that they stand among"
    if are_remains(text, start, end):
        return "it is what UTF-8 leaves of a letter of which a byte vanished"
    if is_letter_alone(text, start, end, candidate.text):
        return "it is a letter by itself"
    if is_word_of_a_letter(text, candidate):
        return "it is a short word, and would become a letter"
    if is_stray(text, candidate, others):
        return "it would be one letter of an alphabet of which nothing else is there"
    if is_lone_cell(text, candidate, others):
        return "it is two characters in a string of their own"
    if is_mark_inside(text, candidate, others):
        return "a byte order mark stands where something begins"
    return None


def stands_alone(text: str, candidate: Candidate) -> bool:
    """Whether most East Asian characters of a repair have none of their like beside them."""
    start, end = candidate.span
    whole = text[max(0, start - 1) : start] + candidate.text + text[end : end + 1]
    wide = [char > "\u2e7f" for char in f" {whole} "]
    alone = sum(wide[place] and not (wide[place - 1] or wide[place + 1]) for place in range(1, len(wide) - 1))
    return 2 * alone > sum(wide)


def cuts_words(text: str, start: int, end: int) -> bool:
    """Whether a Greek or Cyrillic letter stands beside one that would go."""
    ends = ((start - 1, start), (end - 1, end))
    return any(
        left >= 0 and right < len(text) and script(text[left]) == script(text[right]) in ("GREEK", "CYRILLIC")
        for left, right in ends
    )


def is_word_of_a_letter(text: str, candidate: Candidate) -> bool:
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


def is_stray(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether it would become one letter or sign of Armenian, Hebrew, Arabic or an alphabet as far from Western ones,
    and nothing else of them stands near or in other repairs: in tables any two letters stand together.
    """
    if not _FAR.fullmatch(candidate.text):
        return False
    start, end = candidate.span
    beside = (
        text[max(0, start - NEAR) : start],
        text[end : end + NEAR],
        *(other.text for other in others if other is not candidate),
    )
    return not any(map(_FAR.search, beside))


def is_lone_cell(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether two characters that are all of a quoted string would become one, and nothing else would change: a table
    has any two characters in such a place.
    """
    start, end = candidate.span
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (
        end - start == 2
        and len(candidate.text) == 1
        and before == after != ""
        and before in "\"'`"
        and all(other is candidate for other in others)
    )


def is_mark_inside(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether it would become a byte order mark inside a line, and nothing else was misread in that way: programs that
    look for a misread mark name it.
    """
    start = candidate.span.start
    return (
        candidate.text == "\ufeff"
        and text[max(0, start - 1) : start] not in ("", "\n")
        and all(other is candidate or other.channel != candidate.channel for other in others)
    )


def are_lookalikes(text: str, start: int, end: int) -> bool:
    """Whether all that is beyond ASCII are Cyrillic or Greek letters in words of Latin ones, and look like these:
    somebody typed them on another keyboard.
    """
    first, last = max(0, start - 1), end + 1
    return not any(map(beyond_ascii, _IN_LATIN.sub("", text[first:last])))


def are_remains(text: str, start: int, end: int) -> bool:
    """Whether all that is beyond ASCII is what UTF-8 leaves of an accented i whose soft hyphen vanished, which says
    little of any other page.
    """
    return not any(map(beyond_ascii, LONE.sub("", text[max(0, start - 1) : end + 1])))


def is_letter_alone(text: str, start: int, end: int, healthy: str) -> bool:
    """Whether a letter between spaces would be the rest of a no-break space."""
    observed = text[start:end]
    return healthy == "\xa0" and observed[1:] == " " and (start == 0 or text[start - 1].isspace())


def is_unit(text: str, start: int, end: int) -> bool:
    """Whether one and the same Greek letter is all that is odd, in words too short to tell others: kilohms, microns."""
    odd = {*filter(beyond_ascii, text[start:end])}
    if len(odd) != 1 or script(*odd) != "GREEK" or min(text[start:end]) < "\t":
        return False
    return max(map(len, WORDS.findall(text[max(0, start - WORD) : end + WORD]))) < WORD


def is_in_word(text: str, candidate: Candidate) -> bool:
    """Whether a single sign behind katakana would become the mark that makes them long, or accents that stand by
    themselves inside words of small Latin letters would become such letters. Other signs stand between words too.
    """
    start, end = candidate.span
    signs = list(filter(beyond_ascii, text[start:end]))
    accents = sum(unicodedata.category(sign) == "Sk" for sign in signs)
    if accents == len(signs) == len(_IN_WORD.findall(text[max(0, start - 2) : end + 1])):
        return all(char.islower() for char in filter(beyond_ascii, candidate.text))
    return candidate.text == "\u30fc" and script(text[candidate.span.start - 1 :][:1]) == "KATAKANA"
