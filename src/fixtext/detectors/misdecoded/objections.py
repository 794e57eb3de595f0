"""What speaks against a repair whatever it saves: tables of characters, drawings, words of a language of their own.

A language model of prose finds all of these odd, and by chance some chain of misreadings leads to something less odd.
Each was seen in healthy text: in regular expressions, banners, and Turkish and Serbian manuals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby, pairwise

from fixtext.findings import Candidate

LONGEST = 400
"""Code points of a stretch that may be a table, a drawing or a few words; more than that is text."""

PLAIN_BITS = 48.0
"""Bits beyond those required from which words of another language are not believed to be meant."""

MISREADING_BITS = 8.0
"""What each misreading of a chain costs about; a repair's bits have it paid."""

_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")

_IN_WORDS = re.compile("[A-Za-z]{0,2}[^\x00-\x7f]+[a-z]{0,2}")
"""The same with the letters beside them: one letter misread in several words is no unit in a table."""

_AROUND = 24
"""Code points on either side that belong to the same table."""

_ORDERED, _FEWEST, _STEP = 0.7, 5, 12
_ASCENDING, _MANY = 0.85, 10
"""A table: of so many characters and more, this share follows the one before by at most so many code points; of many,
this share by however many. Of ten characters in any order so many ascend once in 3,600 times."""

_KANA_ALONE = re.compile("[\u4e00-\u9fff][\uff66-\uff9f](?=[\u4e00-\u9fff])")
"""A half-width kana between ideographs; words in half-width kana are longer."""

_DRAWN = re.compile("[\u2500-\u259f]")
_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "çğıöşüâîûi̇",  # Turkish; what lower() makes of İ included
        "ąćęłńóśźż",  # Polish
        "áäčďéěíĺľňóôŕřšťúůýž",  # Czech and Slovak
        "áéíóöőúüű",  # Hungarian
        "ăâîșțşţ",  # Romanian
    )
)
"""Letters of one language each that misread text does not keep to for long."""

_COMMON_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "àâæçéèêëîïôœùûüÿ",  # French
        "áéíñóúü",  # Spanish
        "áâãàçéêíóôõú",  # Portuguese
        "äöüß",  # German
        "åäöæøé",  # Danish, Norwegian, Swedish, Finnish
        "àèéìíîòóùú",  # Italian
    )
)
"""The same, but what is read in Latin-1 or Windows-1252 may look like a word of them: they can be outweighed."""


def objection(text: str, candidate: Candidate, required_bits: float) -> str | None:
    """Return why a repair should not be made, None if nothing speaks against it.

    Args:
        text: the whole text.
        candidate: the repair.
        required_bits: bits that a repair has to save elsewhere.
    """
    start, end = candidate.span
    observed = text[start:end]
    if any(unicodedata.category(char) == "Cn" for char in {*candidate.text} - {*observed}):
        return "what it would say has code points that are no characters"
    if len(observed) > LONGEST:
        return None
    if len(_KANA_ALONE.findall(candidate.text)) > 1:
        return "what it would say has half-width kana inside its words"
    if _is_drawn(observed):
        return "it is drawn, not written"
    if _is_table(text[max(0, start - _AROUND) : end + _AROUND]):
        return "its characters are in the order of a table"
    if _distinct_bits(observed, candidate) < required_bits:
        return "it is the same few characters again and again"
    weak = candidate.bits < required_bits + PLAIN_BITS
    if _is_plain(text[max(0, start - 1) : end + 1], (*_ALPHABETS, *_COMMON_ALPHABETS) if weak else _ALPHABETS):
        return "its letters are those of one language"
    if weak and _is_inside(text, start, end):
        return "it begins and ends inside words"
    return None


def _distinct_bits(observed: str, candidate: Candidate) -> float:
    """Return what a repair saves if each run of characters counts once: a unit in a table says nothing new."""
    runs = _IN_WORDS.findall(observed)
    if not runs:
        return candidate.bits
    channel = MISREADING_BITS * (len(candidate.channel.steps) // 2)
    return (candidate.bits + channel) * len({*runs}) / len(runs) - channel


def _is_drawn(observed: str) -> bool:
    """Whether at least half of the line and block signs stand beside the same sign; in misread text few do."""
    runs = [len(list(run)) for sign, run in groupby(observed) if _DRAWN.match(sign)]
    return sum(runs) > 3 and 2 * sum(length for length in runs if length > 1) >= sum(runs)


def _is_table(around: str) -> bool:
    """Whether the characters beyond ASCII ascend in small steps, as no text does."""
    codes = [ord(char) for char in around if char > "\x7f"]
    steps = [after - before for before, after in pairwise(codes)]
    near, ascending = sum(0 < step <= _STEP for step in steps), sum(step > 0 for step in steps)
    return (len(codes) >= _FEWEST and near >= _ORDERED * len(steps)) or (
        len(codes) >= _MANY and ascending >= _ASCENDING * len(steps)
    )


def _is_plain(observed: str, alphabets: Iterable[frozenset[str]]) -> bool:
    """Whether all that is beyond ASCII are letters of one alphabet, with capitals where words have them."""
    letters = {char for char in observed.lower() if char > "\x7f"}
    if not letters or not any(letters <= alphabet for alphabet in alphabets):
        return False
    pairs = (pair for pair in pairwise(observed) if max(pair) > "\x7f")
    return not any(before.islower() and after.isupper() for before, after in pairs)


def _is_inside(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends inside words of the letters that it has itself at its ends."""
    return (
        start > 0
        and end < len(text)
        and _script(text[start - 1]) == _script(text[start]) != ""
        and _script(text[end - 1]) == _script(text[end]) != ""
    )


def _script(char: str) -> str:
    """Return the script of a Greek or Cyrillic letter, empty for anything else."""
    if not char.isalpha():
        return ""
    return "Greek" if "\u0370" <= char <= "\u03ff" else "Cyrillic" if "\u0400" <= char <= "\u052f" else ""
