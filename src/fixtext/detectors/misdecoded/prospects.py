"""Whether anything can come of a place before it is searched, which takes 5 ms: the last sieve of the scan.

Rare ideographs and syllables stand in healthy text too, mostly one by one. A misreading that would explain such a place
has to make something more usual of the characters around it as well: first each character by itself (`single_gains`, of
longer texts `exchange`), then, where there is more than a line, each in its place (`in_place`).

Of 1,940 misread lines (all pairs of `pairs`, 4 to 60 code points, parts of lines, chains) 1 was lost by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from fixtext.detectors.misdecoded.atoms import MALFORMED, Reading
from fixtext.detectors.misdecoded.debris import masked
from fixtext.detectors.misdecoded.in_place import saved, saved_as_ascii, saved_by
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.search import Search
from fixtext.detectors.misdecoded.single_gains import PAIRS, READERS, gain_around, gains_of_utf8, may_be_utf8
from fixtext.detectors.misdecoded.undoing import without_cut_ends

if TYPE_CHECKING:
    from numpy import float32, intp
    from numpy.typing import NDArray

LEAST_BITS = 9.5
"""What a stretch around a place has to gain, character by character. A repair has to save 16 bits, in context."""

FEW = 6
FEW_LEAST_BITS = 7.0
"""The same where there are so few ideographs and syllables around a place: a misread word of two."""

AROUND = 4
"""Code points on either side of a place that are looked at."""

BEFORE, BEHIND = 8, 16
"""Code points of a window before the beginning of its place, and from there on, where it is weighed."""

LETTERS_LEAST_BITS = 4.0
LETTERS_SAVED_BITS = 5.5
"""What a stretch of letters has to save in its place. Of 1,319 misread lines with letters none that nothing else would
find saves less than 10; of the windows in healthy text that gain enough by single characters, three in four do."""
ENOUGH_BITS = LETTERS_LEAST_BITS + 24.0
"""What a stretch of letters gains from which no text is so long that more would be asked for (`long_texts`)."""
LETTERS_AROUND = 5
"""The same for places with other characters than ideographs and syllables: a word may have a single such place."""

EXCHANGE_BITS = 14.0
"""What a stretch has to gain by the tables of `exchange`, where single characters are weighed against what stands there
in its place. Of 365 misread lines with ideographs or syllables, but for those that were UTF-8, the least gains 14."""

PLENTY_BITS = 45.0
"""Bits from which that is enough: what was misread twice saves nothing more in its place before the second step."""

SAVED_BITS = 18.0
"""What it has to save in its place, with what it becomes in its place. A repair has to save 16 bits, and pay for the
misreading (2 to 12) and its borders (1 to 16 each)."""

SHORT = 300
"""Code points up to which a text is a line by itself."""

LONGEST_PLACE = 8
"""Code points up to which places are looked up together."""

LONGEST = 64
"""Code points from which on a place is a stretch of damaged text."""

SAMPLE = 32
"""Places of a text that are looked at to tell whether it is damaged all over."""

SAMPLE_BITS = 0.5
"""What more they have to gain for that."""

ENOUGH = 4
"""Places at the beginning of a short text that are all promising, from which the others are taken to be."""

LONE, AMONG = 2, 24
LONE_BITS = 11.0
"""So few places of a short text with so many ideographs and syllables or more have to exceed what is unlikely by so
much, with what stands near them. Of such healthy lines in Chinese, Japanese and Korean 2 of 22, 2 of 144 and 134 of 204
do that are searched otherwise, for 5 to 20 ms each; of 273 in which two to five characters were misread 265, and of
the other eight most have a healthy rare character, or half-width kana, which are looked at."""
NEAR = 8
"""Code points on either side of a place that are near."""

MANY = 200
DAMAGED = 100
"""Places, and code points for each of them, from which a text may be damaged all over."""

SCATTERED = 20_000
"""Code points for each place beyond which a text is not asked whether all of it is misread, which takes 30 ms the first
time: text misread throughout has an odd place every 30."""

SHARE = 2
"""One in so many of them has to be promising for that: of damaged text most are, of classical Chinese hardly any."""

AHEAD = 6
"""By so many more without prospects than with them a sample says no before its end. In 28 samples of healthy texts none
was promising (17 looks each until then); of 241 of texts of which every second line is misread 30 more end so, and are
looked at place by place."""


def promising(text: str, places: Sequence[tuple[int, int]], more: float = 0.0) -> list[tuple[int, int]]:
    """Return the places that gain what they have to, and some more bits.

    Of a text that is damaged all over all are: to look into each takes 100 times the repair.
    """
    if len(places) > MANY and len(places) * DAMAGED > len(text) and are_promising(text, [start for start, _ in places]):
        return list(places)
    if len(text) <= SHORT and len(places) <= LONE and len(_WIDE.findall(text)) >= AMONG:
        places = [place for place in places if not _is_usual(text, *place)]
    found: list[tuple[int, int]] = []
    for number, (place, may) in enumerate(zip(places, prospects(text, places, more), strict=True), 1):
        if may:
            found.append(place)
        if len(text) <= SHORT and len(found) >= ENOUGH and len(found) == number:
            return list(places)
    return found


def _is_usual(text: str, start: int, end: int) -> bool:
    """Whether a place of ideographs and syllables is not odd enough in its place to be the only one of a line."""
    if not all(map(_WIDE.match, text[start:end])):
        return False
    return plausibility().excess(text[max(0, start - NEAR) : end + NEAR]) < LONE_BITS


def prospects(text: str, places: Sequence[tuple[int, int]], more: float = 0.0) -> Iterator[bool]:
    """Yield for each place whether it gains what it has to, and some more bits.

    A line by itself is looked at place by place; of longer texts, where healthy places are many, what the first look
    leaves is weighed in its place.
    """
    if len(text) <= SHORT:
        yield from (bits_around(text, *place) >= more for place in places)
        return
    from fixtext.detectors.misdecoded.throughout import utf8_throughout

    if len(places) * SCATTERED >= len(text) and utf8_throughout(text) is not None:
        yield from (True for _ in places)
        return
    wide = [place for place in places if _is_wide(text, *place)]
    looked_up: Iterator[NDArray[float32]] = iter(_looked_up(text, wide) if wide else ())
    for place in places:
        if wide and place == wide[0]:
            del wide[0]
            row = next(looked_up)
            likely = [PAIRS[column] for column in (row >= EXCHANGE_BITS + more).nonzero()[0]]
            yield bool(likely and row.max() >= PLENTY_BITS) or _is_confirmed(text, *place, likely, more)
        else:
            yield bits_around(text, *place) >= more


def _looked_up(text: str, places: Sequence[tuple[int, int]]) -> NDArray[float32]:
    from fixtext.detectors.misdecoded.exchange import gains

    return gains(text, places)


def _is_wide(text: str, start: int, end: int) -> bool:
    """Whether a place is one of ideographs and syllables, among nothing that a page of single bytes could have read."""
    if end - start > LONGEST_PLACE:
        return False
    window = text[max(0, start - BEFORE) : start + BEHIND]
    return (
        _OTHER.search(window) is None
        and _PRIVATE.search(window) is None
        and not text[start:end].isascii()
        and _IN_WORD.search(text[start:end]) is None
    )


def _is_confirmed(text: str, start: int, end: int, likely: list[tuple[str, str]], more: float) -> bool:
    """Whether a stretch with something of a place saves bits in one of the likely misreadings, or was UTF-8."""
    first = max(0, start - BEFORE)
    window, before = text[first : start + BEHIND], text[max(0, first - 2) : first]
    place = start - first, end - first
    if any(saved_as_ascii(match[0]) >= SAVED_BITS for match in _ASCII_PAIRS.finditer(window)):
        return True
    near = max(0, start - AROUND), end + AROUND
    least = LEAST_BITS if len(_WIDE.findall(text, *near)) > FEW else FEW_LEAST_BITS
    for reader in READERS:
        if may_be_utf8(text, start, end, reader, AROUND):
            gains = gains_of_utf8(text[near[0] : near[1]], start - near[0], end - near[0], reader)
            if max(gains, default=0.0) >= least + more:
                likely = [*likely, ("utf-8", reader)]
    return any(saved(window, before, *place, source, reader) >= SAVED_BITS for source, reader in likely)


def are_promising(text: str, starts: Sequence[int] | NDArray[intp]) -> bool:
    """Return whether so many of the places that begin at some indices are promising that a text is damaged all over.

    Only ideographs and syllables are looked into: letters are dear to try, and healthy text has few odd ones.
    """
    sample = [int(start) for start in starts[:: len(starts) // SAMPLE + 1]]
    wide = [(start, start + 1) for start in sample if _WIDE.match(text, start) is not None]
    if SHARE * sum(_is_utf8(text, start) for start, _ in wide) >= len(sample):
        return True  # seven times quicker than a look at every misreading
    left, behind = len(sample) // SHARE, AHEAD
    for may in prospects(text, wide, SAMPLE_BITS):
        left -= not may
        behind += 1 if may else -1
        if left < 0 or not behind:
            return False
    return True


def _is_utf8(text: str, start: int) -> bool:
    """Whether the text around a place, all of it, is UTF-8 in the page of one reader; the ends may be cut off."""
    window = text[max(0, start - AROUND) : start + AROUND]
    if len({*_WIDE.findall(window)}) < AROUND:
        return False  # the same character again says nothing more
    for reader in READERS:
        try:
            data = window.encode(reader)
        except UnicodeEncodeError:
            continue
        if MALFORMED.search(without_cut_ends(data.decode("utf-8", "surrogateescape"))) is None:
            return True
    return False


def bits_around(text: str, start: int, end: int) -> float:
    """Return how many bits more a place gains than it has to."""
    if end - start > LONGEST or _CONTROL.search(text, start, end):
        return inf
    first = max(0, start - AROUND)
    window = text[first : end + AROUND]
    if _ASCII_PAIRS.search(window):
        return inf
    if _OTHER.search(window) is None and _WIDE.search(text, start, end) and not _IN_WORD.search(text[start:end]):
        least = LEAST_BITS if len(_WIDE.findall(window)) > FEW else FEW_LEAST_BITS
        return gain_around(window, start - first, end - first) - least
    if len(text) <= SHORT:
        letters = text[max(0, start - LETTERS_AROUND) : end + LETTERS_AROUND]
        return _gain_of_letters(masked(letters), 0.0, LETTERS_LEAST_BITS) - LETTERS_LEAST_BITS
    # By words, which come again and again.
    first = max(text.rfind(" ", 0, start), start - LETTERS_AROUND, 0)
    last = min(text.find(" ", end) + 1 or len(text), end + LETTERS_AROUND)
    letters = text[first:last]
    least = 0.0 if _PRIVATE.search(letters) else LETTERS_SAVED_BITS
    return _gain_of_letters(masked(letters), least, ENOUGH_BITS) - LETTERS_LEAST_BITS


_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
"""What few texts have by themselves: `wide` and `escapes` know more of it than a look at single characters."""
_WIDE = re.compile("[^\0-\u2e7f\uff61-\uff9f]")
_OTHER = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\xb6\xb8-\u02c8\u02cc-\u200f\u2028-\u202f\u203c-\u25bf\u25e0-\u2e7f\uff61-\uff9f]"
)
_ASCII_PAIRS = re.compile("[" + "".join(f"\\u{high:02x}21-\\u{high:02x}7e" for high in range(0x21, 0x7F)) + "]{5}")
"""ASCII read as UTF-16, which single characters do not tell. Five ideographs in a row are that one time in 1,000."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""What has bytes in the pages of `codepages` alone."""
_IN_WORD = re.compile("\\A[A-Za-z]|[A-Za-z]\\Z")


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
