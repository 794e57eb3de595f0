"""What a place gains by single characters, looked into by itself: the first look at lines, and at letters anywhere."""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf

from fixtext.detectors.misdecoded.atoms import Reading
from fixtext.detectors.misdecoded.debris import masked
from fixtext.detectors.misdecoded.in_place import saved_by
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.search import Search
from fixtext.detectors.misdecoded.single_gains import gain_around

LEAST_BITS = 9.5
"""What a stretch around a place has to gain, character by character. A repair has to save 16 bits, in context."""

FEW = 6
FEW_LEAST_BITS = 7.0
"""The same where there are so few ideographs and syllables around a place: a misread word of two."""

AROUND = 4
"""Code points on either side of a place that are looked at."""

LETTERS_LEAST_BITS = 4.0
LETTERS_SAVED_BITS = 5.5
"""What a stretch of letters has to save in its place. Of 1,319 misread lines with letters none that nothing else would
find saves less than 10; of the windows in healthy text that gain enough by single characters, three in four do."""
ENOUGH_BITS = LETTERS_LEAST_BITS + 24.0
"""What a stretch of letters gains from which no text is so long that more would be asked for (`long_texts`)."""
LETTERS_AROUND = 5
"""The same for places with other characters than ideographs and syllables: a word may have a single such place."""

SHORT = 300
"""Code points up to which a text is a line by itself."""

LONGEST = 64
"""Code points from which on a place is a stretch of damaged text."""


def bits_around(text: str, start: int, end: int) -> float:
    """Return how many bits more a place gains than it has to."""
    if end - start > LONGEST or _CONTROL.search(text, start, end):
        return inf
    first = max(0, start - AROUND)
    window = text[first : end + AROUND]
    if ASCII_PAIRS.search(window) or SWAPPED.search(window):
        return inf
    if OTHER.search(window) is None and WIDE.search(text, start, end) and not IN_WORD.search(text[start:end]):
        return gain_around(window, start - first, end - first) - least_bits(window)
    if len(text) <= SHORT:
        letters = text[max(0, start - LETTERS_AROUND) : end + LETTERS_AROUND]
        return _gain_of_letters(masked(letters), 0.0, LETTERS_LEAST_BITS) - LETTERS_LEAST_BITS
    # By words, which come again and again.
    first = max(text.rfind(" ", 0, start), start - LETTERS_AROUND, 0)
    last = min(text.find(" ", end) + 1 or len(text), end + LETTERS_AROUND)
    letters = text[first:last]
    least = 0.0 if PRIVATE.search(letters) else LETTERS_SAVED_BITS
    return _gain_of_letters(masked(letters), least, ENOUGH_BITS) - LETTERS_LEAST_BITS


def least_bits(window: str) -> float:
    """Return what ideographs and syllables have to gain by single characters."""
    return LEAST_BITS if len(WIDE.findall(window)) > FEW else FEW_LEAST_BITS


_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
"""What few texts have by themselves: `wide` and `escapes` know more of it than a look at single characters."""
WIDE = re.compile("[^\0-\u2e7f\uff61-\uff9f]")
OTHER = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\xb6\xb8-\u02c8\u02cc-\u200f\u2028-\u202f\u203c-\u25bf\u25e0-\u2e7f\uff61-\uff9f]"
)
"""What a page of single bytes may have read."""
ASCII_PAIRS = re.compile("[" + "".join(f"\\u{high:02x}21-\\u{high:02x}7e" for high in range(0x21, 0x7F)) + "]{5}")
"""ASCII read as UTF-16, which single characters do not tell. Five ideographs in a row are that one time in 1,000."""
SWAPPED = re.compile(
    "|".join(
        "[" + "".join(chr(high << 8 | low) for high in range(1, 0x100) if not 0xD8 <= high < 0xE0) + "]{3}"
        for low in (0x03, 0x04, 0x0E)
    )
)
"""Letters of Greek, Cyrillic and Thai in UTF-16 with their bytes swapped: the row of the alphabet comes last."""
PRIVATE = re.compile("[\ue000-\uf8ff]")
"""What has bytes in the pages of `codepages` alone."""
IN_WORD = re.compile("\\A[A-Za-z]|[A-Za-z]\\Z")


@lru_cache(maxsize=1 << 16)
def _gain_of_letters(window: str, least: float, enough: float) -> float:
    """Return the most that a reading of letters gains, or what the first gains that gains enough."""
    gain = 0.0
    for _, bits, reading in Search(plausibility())._readings(window, LETTERS_LEAST_BITS):
        if bits > max(gain, LETTERS_LEAST_BITS) and (not least or _saves(reading, window, least)):
            gain = bits
            if gain > enough:
                break
    return gain


def _saves(reading: Reading, window: str, least: float) -> bool:
    return saved_by(reading, window, window.find(reading.observed), 0, len(reading.observed)) >= least
