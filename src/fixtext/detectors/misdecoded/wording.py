"""What a repair would say, beside what stands there: case, scripts, signs, ornaments, words too short to tell."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from fixtext.detectors.misdecoded.letters import beyond_ascii, first_beyond_ascii, script

LONGEST = 400
"""Characters beyond ASCII by which a repair is judged."""

WORD = 4
"""Letters of each script from which a text may be of several."""

_TOGETHER = dict.fromkeys(("HIRAGANA", "KATAKANA", "HALFWIDTH", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"), "CJK")
"""Scripts of which Japanese is written at once; letters in full width are of any."""

SHORT_WORD = 6
"""Capital letters that an abbreviation has at most; half as many for a word of small letters too. Pages of Cyrillic
differ in the case of letters, so that any abbreviation is a word in the other page."""

LETTERS_A_CAPITAL = 16
"""Letters to one capital inside a word; names such as those of banks have one, and lists of letters have more."""

WORDS = re.compile(r"[^\W\d_]*[^\x00-\x7f][^\W\d_]*")
"""What is beyond ASCII, with the letters on either side."""

_OPENING_AT_END = re.compile(r"[^\W\d_][\xa1\xbf](?![^\W\d_])")

PUNCTUATION = "\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u20ac\u2122\u2190\u2192"
"""Signs that text of any alphabet has in daily use, three bytes each in UTF-8."""

SOFT_HYPHEN = "\xad"
_SOFT_HYPHEN = re.compile("(?<=[A-Za-z])\xad(?=[A-Za-z])")

_QUOTED = {"\u201c": "\u201d", "\u2018": "\u2019", "\u201e": "\u201c", "\xab": "\xbb", "\u2039": "\u203a"}


def is_two_for_two(observed: str, healthy: str) -> bool:
    """Whether every letter of two bytes was read as a character of two bytes: of the ideographs in rows CC to D7 of GBK
    every third is such a letter, so that lists by sound have whole words of them.
    """
    before, after = (list(filter(beyond_ascii, text)) for text in (observed, healthy))
    return 0 < len(before) == len(after) and min(before) > "\u2e7f" and max(after) < "\u0800"


def changes_case(healthy: str) -> bool:
    """Whether capitals beyond ASCII stand behind small letters, more than one in so many letters."""
    inside = sum(after > "\x7f" and before.islower() and after.isupper() for before, after in pairwise(healthy))
    return LETTERS_A_CAPITAL * inside > sum(map(str.isalpha, healthy))


def is_abbreviation(observed: str, healthy: str) -> bool:
    """Whether a few Cyrillic letters without a space, capitals or very few, would become as many others."""
    most = SHORT_WORD if observed.isupper() else SHORT_WORD // 2
    return (
        len(observed) <= most
        and all(script(char) == "CYRILLIC" for char in observed)
        and all(script(char) == "CYRILLIC" for char in healthy)
    )


def is_any_letter(observed: str, healthy: str) -> bool:
    """Whether one control of the C1 set would become a letter of another alphabet than Latin: most pages have one."""
    return "\x80" <= observed < "\xa0" and script(healthy) not in ("", "LATIN")


def has_sign_inside(healthy: str) -> bool:
    """Whether a sign beyond ASCII that is no punctuation stands between two letters."""
    return any(
        before.isalpha() and after.isalpha() and sign > "\x7f" and unicodedata.category(sign) in ("Sm", "So")
        for before, sign, after in zip(healthy, healthy[1:], healthy[2:], strict=False)
    )


def are_small_cyrillic(observed: str, healthy: str) -> bool:
    """Whether small letters of Cyrillic would become as many others: pages that differ in case tell themselves."""
    before, after = (list(filter(beyond_ascii, text)) for text in (observed, healthy))
    return all(char.islower() and script(char) == "CYRILLIC" for char in (*before, *after))


def mixes_case(healthy: str) -> bool:
    """Whether a word beyond ASCII is neither in small letters nor in capitals nor begins with its only one."""
    words = [word for word in WORDS.findall(healthy) if not word.islower() and len(word) > 2]
    return any(word.lower() != word.upper() and not (word.isupper() or word.istitle()) for word in words)


def is_ornament(observed: str) -> bool:
    """Whether all that is beyond ASCII are visible signs; the two ordinal letters of Latin-1 count as such."""
    signs = list(filter(beyond_ascii, observed))
    return bool(signs) and all(char in "\xaa\xba" or unicodedata.category(char)[0] in "PS" for char in signs)


def makes_signs(observed: str, healthy: str) -> bool:
    """Whether letters alone, of another alphabet than Latin, would become signs alone, and not those in daily use; or
    what in ASCII is no letter.
    """
    letters, signs = (list(filter(beyond_ascii, text)) for text in (observed, healthy))
    return (
        bool(letters)
        and all(script(char) not in ("", "LATIN") for char in letters)
        and not any(map(str.isalpha, signs or healthy))
        and not (signs and all(char in PUNCTUATION or _is_pictograph(char) for char in signs))
    )


def is_hyphenated(observed: str) -> bool:
    """Whether soft hyphens stand inside words of ASCII, and what else is beyond ASCII are signs: so words are written
    that may be broken there.

    >>> is_hyphenated("hy\xadphen\xada\xadtion"), is_hyphenated("lie\xadas, \xaduo")
    (True, False)
    """
    signs = [char for char in observed if char > "\x7f" and char != SOFT_HYPHEN]
    places = observed.count(SOFT_HYPHEN)
    return places > 0 and len(_SOFT_HYPHEN.findall(observed)) == places and not any(map(str.isalnum, signs))


def _is_pictograph(char: str) -> bool:
    """Whether a sign is a dingbat or an emoji, or tells how one is to be shown."""
    return "\u2600" <= char < "\u27c0" or "\U0001f000" <= char < "\U0001fb00" or char == "\ufe0f"


def closes_nothing(observed: str, healthy: str, beside: str) -> bool:
    """Whether Latin letters would become one half of a pair of quotation marks, without the other half."""
    if not all(map(is_latin, filter(beyond_ascii, observed))):
        return False
    whole = healthy + beside
    return any(
        (opening in healthy or closing in healthy) and whole.count(opening) != whole.count(closing)
        for opening, closing in (("\u2039", "\u203a"), ("\xab", "\xbb"))
    )


def is_latin(char: str) -> bool:
    """Whether a character is a letter of the Latin alphabet."""
    return script(char) == "LATIN"


def ends_in_opening(healthy: str) -> bool:
    """Whether the marks that open a question or an exclamation in Spanish end a word."""
    return bool(_OPENING_AT_END.search(healthy))


def is_mingled(healthy: str) -> bool:
    """Whether letters of several scripts stand together, too few of each for words of each."""
    letters = [script(char) for char in first_beyond_ascii(healthy, LONGEST) if char.isalpha()]
    scripts = {_TOGETHER.get(name, name) for name in letters}
    return len(scripts) > 1 and (len(scripts) > 3 or len(letters) < WORD * len(scripts))


def is_quotation(observed: str) -> bool:
    """Whether a stretch begins with a quotation mark and ends with the one that closes it."""
    quoted = observed.strip()
    return len(quoted) > 2 and _QUOTED.get(quoted[0]) == quoted[-1]
