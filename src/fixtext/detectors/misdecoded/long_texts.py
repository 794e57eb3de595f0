"""The scan of long texts, with numpy: which of all unlikely neighbours are worth a search.

Three sieves, each finer and dearer than the one before: three classes in a row that the pattern allows; how much the
characters of a place exceed plain text where they stand; how much all the text around it does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.misdecoded.at_once import bits_at, class_bytes, codes_at, codes_of, most_bits_of
from fixtext.detectors.misdecoded.kana import long_vowels, merged
from fixtext.detectors.misdecoded.suspicion import SUSPECT, gibberish
from fixtext.detectors.misdecoded.unlikely import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNLIKELY_BITS = 11.0
LETTER_UNLIKELY_BITS = 9.0
"""Bits beyond which a character is unlikely, and a letter or sign of alphabets: as the search sees it."""

OWN_EXCESS_BITS = 6.5
OWN_PLACE_BITS = 0.5
"""What the characters of a place must exceed it by themselves, and how much more for each doubling of the text."""

EXCESS_BITS = 9.0
PLACE_BITS = 1.5
SHORT = 300
"""Bits by which the text around a place must exceed what is unlikely, and how many more for each doubling of a text
longer than `SHORT`: where one looks in twice as many places, chance finds twice as much. In a megabyte of documentation
in Chinese 0 to 1 places pass, of East Asian lines of 12 characters or more that are misread 99.5 %."""

PROSPECT_BITS = 0.75
"""What more a place has to gain (`prospects`) for each doubling of the text."""

PATIENCE = 24
LESS_PATIENCE = 10
TOGETHER = 8
STRETCH = 50_000
"""Places in a row that may have no prospects before the rest of a text is left alone, and one more for so many code
points: twice the searches of `document`, since lines have several places."""

LETTER_EXCESS_BITS = 6.5
LETTER_PLACE_BITS = 0.3
"""The same for letters and signs of alphabets: in healthy text they hardly ever pass."""

FEW = 256
"""Characters up to which it takes less to ask the model about all of them than to rule some out."""

AROUND = 8
"""Characters on either side of a place that belong to it."""

MOST = 1000
"""Places of a text, the oddest ones, that are weighed in their surroundings. What a document says elsewhere decides
about the rest."""

DENSE = 16
DAMAGED = 100
SPREAD = 160
"""With a place every so many code points, or an odd one every so many, the text is damaged all over; then stretches are
enough in which the places are no farther from each other than this. Big5 read as GBK has an odd place every 30 code
points, classical Chinese one every 330."""

_SUSPECT = re.compile(SUSPECT.pattern.encode())

_BETWEEN = "\n\n"
"""What stands between parts of a text that are looked at together: no pattern goes beyond two ends of lines."""


def places_in(text: str) -> list[tuple[int, int]]:
    """Return the places where unlikely neighbours stand that the model doubts too, in order, not overlapping."""
    return places_at(text, *table().places(text))


def places_at(text: str, found: NDArray[np.intp], letters: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the same, given where the pairs of `neighbours` stand."""
    places = _misspelt(text, letters) if len(letters) else []
    if len(found) > len(text) // DENSE:
        found = _unrepeated(text, found)
    if not len(found):
        return places
    if len(found) > len(text) // DENSE and _are_promising(text, found):
        matched = _stretches(found)
    else:
        matched = _by_the_place(text, _matched(text, found))
        if len(matched) > len(text) // DAMAGED and _are_promising(text, [start for start, _ in matched]):
            matched = _stretches(np.array([start for start, _ in matched]))
        else:
            matched = _by_their_prospects(text, *_by_the_surroundings(text, matched))
    marks = long_vowels(text)
    if marks:
        return merged([*places, *matched, *marks])
    return sorted([*places, *matched]) if places else matched


def _unrepeated(text: str, found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Leave out the places inside a run of one and the same character, which tell nothing that its ends do not."""
    codes = codes_of(text)
    is_end = np.ones(len(codes), np.bool_)
    is_end[1:-2] = (codes[:-3] != codes[1:-2]) | (codes[1:-2] != codes[3:])
    kept: NDArray[np.intp] = found[is_end[found]]
    return kept


def _are_promising(text: str, starts: Sequence[int] | NDArray[np.intp]) -> bool:
    from fixtext.detectors.misdecoded.prospects import are_promising  # with the code pages: healthy text needs none

    return are_promising(text, starts)


def _stretches(found: NDArray[np.intp]) -> list[tuple[int, int]]:
    ends = np.flatnonzero(np.diff(found) > SPREAD)
    starts = [0, *(ends + 1).tolist()]
    return [(int(found[first]), int(found[last]) + 2) for first, last in zip(starts, [*ends.tolist(), -1], strict=True)]


def _matched(text: str, found: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return what the pattern matches at the places found, which are all at which it does."""
    # Near ones together: words in capitals of Cyrillic are found letter by letter.
    borders = np.flatnonzero(np.diff(found) > AROUND)
    firsts = found[np.concatenate(([0], borders + 1))]
    lasts = found[np.concatenate((borders, [-1]))]
    parts = [text[first : last + AROUND] for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)]
    starts = np.cumsum([0, *(len(part) + len(_BETWEEN) for part in parts)])[:-1]
    matches = [match.span() for match in _SUSPECT.finditer(class_bytes(_BETWEEN.join(parts)))]
    if not matches:
        return []
    spans = np.array(matches, np.intp)
    part = np.searchsorted(starts, spans[:, 0], "right") - 1
    spans += (firsts - starts)[part][:, np.newaxis]
    return [(start, end) for start, end in spans.tolist()]


def _misspelt(text: str, letters: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the words in which two pairs of letters, close to each other, are unheard of."""
    if len(letters) > len(text) // DAMAGED:
        return _stretches(letters)
    close = np.flatnonzero(np.diff(letters) <= 6)
    places: list[tuple[int, int]] = []
    for start in letters[close].tolist():
        if not places or start >= places[-1][1]:
            places += [(first + start, last + start) for first, last in gibberish(text[start : start + 12])[:1]]
    return places


def _doublings(text: str) -> float:
    return log2(max(1.0, len(text) / SHORT))


def _by_the_place(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places whose own characters are unlikely enough for anything to come of them, the oddest of many."""
    if not places:
        return []
    spans = np.array(places, np.intp)
    owners, own = _within(spans[:, 0], spans[:, 1])
    codes = codes_at(text, own)
    least = OWN_EXCESS_BITS + OWN_PLACE_BITS * _doublings(text)
    if len(own) > FEW:
        # What they cost by themselves is the most that they can cost where they stand: that is worked out for the rest.
        may = np.bincount(owners, _own_excess(codes, most_bits_of(codes)), len(places)) >= least
        left = np.flatnonzero(may[owners])
        owners, own, codes = owners[left], own[left], codes[left]
    total = np.bincount(owners, _own_excess(codes, bits_at(text, own, codes)), len(places))
    if MOST < np.count_nonzero(total >= least) < len(text) // DAMAGED:
        least = float(np.partition(total, -MOST)[-MOST])
    return [places[index] for index in np.flatnonzero(total >= least).tolist()]


def _own_excess(codes: NDArray[np.uint32], bits: NDArray[np.float64]) -> NDArray[np.float64]:
    unlikely = np.where(codes < 0x2E80, LETTER_UNLIKELY_BITS, UNLIKELY_BITS)
    return np.where(codes < 0x80, 0.0, np.maximum(bits - unlikely, 0.0))


def _by_the_surroundings(text: str, places: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], NDArray[np.float64]]:
    """Return the places around which the text exceeds what is unlikely by as much as is required, and how far."""
    if not places:
        return [], np.zeros(0)
    spans = np.array(places, np.intp)
    firsts, lasts = np.maximum(spans[:, 0] - AROUND, 0), np.minimum(spans[:, 1] + AROUND, len(text))
    begins = np.append(True, firsts[1:] > lasts[:-1])
    owners = np.cumsum(begins) - 1
    starts, ends = firsts[begins], lasts[np.append(begins[1:], True)]
    over, letters = np.zeros(len(starts)), np.zeros(len(starts))
    doublings = _doublings(text)
    least, least_of_letters = EXCESS_BITS + PLACE_BITS * doublings, LETTER_EXCESS_BITS + LETTER_PLACE_BITS * doublings
    window, near = _within(starts, ends)
    codes = codes_at(text, near)
    may = np.ones(len(starts), np.bool_)
    if len(near) > FEW:
        most = _excesses(codes, most_bits_of(codes), ends - starts)
        may = (most[0] >= least) | (most[1] >= least_of_letters)  # as above
        near, codes = near[may[window]], codes[may[window]]
    if len(near):
        bits = np.zeros(len(near))
        others = np.flatnonzero(codes >= 0x80)
        bits[others] = bits_at(text, near[others], codes[others])
        over[may], letters[may] = _excesses(codes, bits, (ends - starts)[may])
    worth = (over >= least) | (letters >= least_of_letters)
    kept = np.flatnonzero(worth[owners])
    return [places[index] for index in kept.tolist()], np.maximum(over, letters)[owners][kept]


def _excesses(
    codes: NDArray[np.uint32], bits: NDArray[np.float64], sizes: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return by how much windows exceed what is unlikely, all of their characters and letters alone."""
    starts = np.cumsum(sizes) - sizes
    over = _most_stretch(np.where(codes < 0x80, 0.0, bits - UNLIKELY_BITS), starts)
    is_letter = (codes >= 0x80) & (codes < 0x2E80)
    return over, _most_stretch(np.where(is_letter, bits - LETTER_UNLIKELY_BITS, -50.0), starts)


def _within(starts: NDArray[np.intp], ends: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return all indices within some ranges, one after the other, and before them the range that each is in."""
    sizes = ends - starts
    owners = np.repeat(np.arange(len(sizes)), sizes)
    return owners, np.arange(len(owners)) + (starts - np.cumsum(sizes) + sizes)[owners]


def _by_their_prospects(text: str, places: list[tuple[int, int]], excess: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the places of which anything can come, oddest first until too many have led nowhere.

    So it is with searches too (`document.PATIENCE`): where much is odd, by chance something that is healthy looks like
    a misreading sooner or later.
    """
    if not places:
        return []
    from fixtext.detectors.misdecoded.prospects import prospects

    patience = (PATIENCE if len(text) < STRETCH else LESS_PATIENCE) + len(text) // STRETCH
    more = PROSPECT_BITS * _doublings(text)
    found = []
    ranked = [places[index] for index in np.argsort(-excess, kind="stable").tolist()]
    first = 0
    while first < len(ranked):
        some = ranked[first : first + max(patience, TOGETHER)]
        first += len(some)
        for place, may in zip(some, prospects(text, some, more, len(ranked)), strict=True):
            if may:
                found.append(place)
                patience += 1
            else:
                patience -= 1
                if not patience:
                    return sorted(found)
    return sorted(found)


def _most_stretch(gains: NDArray[np.float64], starts: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the largest sum of a stretch of each window (Kadane's algorithm, all windows at once)."""
    sums = np.cumsum(gains)
    before = np.concatenate(([0.0], sums[:-1]))
    # Lowering each window far below the one before it keeps the lowest sum so far within the window.
    drop = np.zeros(len(gains))
    drop[starts] = 1e4
    drop = np.cumsum(drop)
    lowest = np.minimum.accumulate(before - drop)
    return np.maximum(np.maximum.reduceat(sums - drop - lowest, starts), 0.0)
