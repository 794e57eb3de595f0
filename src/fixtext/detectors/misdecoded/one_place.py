"""What a place gains by single characters, looked into by itself: the first look at lines, and at letters anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf

from fixtext.detectors.misdecoded.atoms import Reading
from fixtext.detectors.misdecoded.debris import masked
from fixtext.detectors.misdecoded.explanation import Pair
from fixtext.detectors.misdecoded.in_place import saved_by
from fixtext.detectors.misdecoded.pairs import pair_bits
from fixtext.detectors.misdecoded.payment import pays
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.search import Search
from fixtext.detectors.misdecoded.single_gains import REMEMBERED_BITS, gain_around, pairs_around

LEAST_BITS = 9.5
"""What a stretch around a place has to gain, character by character. A repair has to save 16 bits, in context."""

FEW = 6
FEW_LEAST_BITS = REMEMBERED_BITS
"""The same where there are so few ideographs and syllables around a place: a misread word of two."""

AROUND = 4
"""Code points on either side of a place that are looked at."""

LETTERS_LEAST_BITS = 4.0
LETTERS_SAVED_BITS = 5.5
"""What a stretch of letters has to save in its place. Of 1,319 misread lines with letters none that nothing else would
find saves less than 10; of the windows in healthy text that gain enough by single characters, three in four do."""
LETTERS_LEFT_BITS = 4.0
"""What is left of that once the misreading is paid for, but for what `_WITH_OTHERS` tells. Of 2,551 misread
lines with such places alone (all pairs, 4 to 300 characters, chains, strings of the wild) the least has 5.5 left at one
of them, the next 7.4 and 8.6; of healthy lines in Russian and German that gain enough by single characters four in five
and nearly all have less. Longer texts ask for more, as of what is gained."""
LETTERS_AROUND = 5
"""The same for places with other characters than ideographs and syllables: a word may have a single such place."""

SHORT = 300
"""Code points up to which a text is a line by itself."""

LONGEST = 64
"""Code points from which on a place is a stretch of damaged text."""


def holds(text: str, start: int, end: int, more: float = 0.0) -> bool:
    """Return whether a place gains what it has to, and some more bits."""
    if end - start > LONGEST or _CONTROL.search(text, start, end):
        return True
    first = max(0, start - AROUND)
    window = text[first : end + AROUND]
    if ASCII_PAIRS.search(window) or SWAPPED.search(window):
        return True
    if OTHER.search(window) is None and WIDE.search(text, start, end) and not IN_WORD.search(text[start:end]):
        place, least = (start - first, end - first), least_bits(window) + more
        if gain_around(window, *place) < least:
            return False
        if len(text) <= SHORT and _is_in_word(text, start, end):
            return True  # a single letter of the word may have been misread, which pays with others of its line
        return any(pays(text, start, end, *pair) for pair in pairs_around(window, *place, least))
    least, is_paid = 0.0, False
    # By words, which come again and again.
    first = max(text.rfind(" ", 0, start), start - LETTERS_AROUND, 0)
    last = min(text.find(" ", end) + 1 or len(text), end + LETTERS_AROUND)
    letters = text[first:last]
    if not _WITH_OTHERS.search(letters):
        least, is_paid = LETTERS_SAVED_BITS, True
    elif len(text) <= SHORT:
        letters = text[max(0, start - LETTERS_AROUND) : end + LETTERS_AROUND]
    elif not PRIVATE.search(letters):
        least = LETTERS_SAVED_BITS
    bare = masked(letters)
    known = _letters(bare, least, is_paid)
    if len(text) <= SHORT or bare != letters or not _is_among_wide(letters):
        return known.gain(LETTERS_LEAST_BITS + more)
    return any(pays(text, start, end, *pair) for pair in known.pairs(LETTERS_LEAST_BITS + more))


def _is_in_word(text: str, start: int, end: int) -> bool:
    """Whether what is beyond ASCII at a place and beside it begins or ends at a letter of ASCII."""
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return _WORD_BEFORE.search(before) is not None or _WORD_BEHIND.match(behind) is not None


def _is_among_wide(letters: str) -> bool:
    """Whether there are as many ideographs and syllables as others beyond ASCII, and no words of ASCII."""
    beyond = len(letters) - len(letters.encode("ascii", "ignore"))
    return 2 * len(WIDE.findall(letters)) >= beyond and _WORD.search(letters) is None


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
_WITH_OTHERS = re.compile(
    "[A-Za-z][^\0-\x7f](?![^\0-\x7f])|(?<![^\0-\x7f])[^\0-\x7f][A-Za-z]"
    "|[\0-\x08\x0b\x0e-\x1f\x80-\x9f\u2500-\U0010ffff]"
)
"""Places that save little by themselves: a single letter at or in a word of ASCII, whose line has others of its kind;
frames, ideographs and controls, which may be UTF-16 or half of a character."""
_WORD = re.compile("[A-Za-z]")
_WORD_BEFORE, _WORD_BEHIND = re.compile("[A-Za-z][^\0-\x7f]*\\Z"), re.compile("[^\0-\x7f]*[A-Za-z]")
IN_WORD = re.compile("\\A[A-Za-z]|[A-Za-z]\\Z")


class _Letters:
    """Some letters, and what is known of their readings."""

    def __init__(self, window: str, least: float, is_paid: bool) -> None:
        """Take the letters, and the bits that a reading has to save in its place; 0 if it need not.

        Args:
            window: the letters.
            least: the bits.
            is_paid: whether `LETTERS_LEFT_BITS`, and as much more as is to be gained, have to be left besides, once the
                misreading is paid for.
        """
        self._window, self._least, self._is_paid = window, least, is_paid
        self._reached, self._missed = 0.0, inf
        self._pairs: list[tuple[float, Pair]] | None = None

    def gain(self, bits: float) -> bool:
        """Return whether one of the readings gains so many bits, and more than `LETTERS_LEAST_BITS`."""
        if self._reached < bits < self._missed:
            gain, _ = next(self._readings(bits), (0.0, None))
            if gain:
                self._reached = bits if self._is_paid else gain
            else:
                self._missed = bits
        return bits <= self._reached

    def pairs(self, bits: float) -> Sequence[Pair]:
        """Return the misreadings of all that do, those that gain most first."""
        if self._pairs is None:
            self._pairs = sorted(self._readings(0.0), reverse=True)
        return [pair for gain, pair in self._pairs if gain >= bits]

    def _readings(self, bits: float) -> Iterator[tuple[float, Pair]]:
        for pair, gain, reading in Search(plausibility())._readings(self._window, LETTERS_LEAST_BITS):
            if gain > LETTERS_LEAST_BITS and gain >= bits and (not self._least or self._saves(pair, reading, bits)):
                yield gain, pair

    def _saves(self, pair: Pair, reading: Reading, bits: float) -> bool:
        start, least = self._window.find(reading.observed), self._least
        if self._is_paid:
            least = max(least, LETTERS_LEFT_BITS + max(0.0, bits - LETTERS_LEAST_BITS) + pair_bits(*pair))
        return saved_by(reading, self._window, start, 0, len(reading.observed)) >= least


_letters = lru_cache(maxsize=1 << 16)(_Letters)
