"""Which odd places among ideographs and syllables of a longer text are worth a search: all at once by tables, what that
leaves in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fixtext.detectors.misdecoded.in_place import saved, saved_as_ascii
from fixtext.detectors.misdecoded.one_place import (
    AROUND,
    ASCII_PAIRS,
    IN_WORD,
    OTHER,
    PRIVATE,
    SWAPPED,
    least_bits,
)
from fixtext.detectors.misdecoded.payment import BEFORE, BEHIND, SAVED_BITS, pays, window_around
from fixtext.detectors.misdecoded.single_gains import PAIRS, READERS, gains_of_utf8, may_be_utf8

EXCHANGE_BITS = 14.0
"""What a stretch has to gain by the tables of `exchange`, where single characters are weighed against what stands there
in its place. Of 365 misread lines with ideographs or syllables, but for those that were UTF-8, the least gains 14."""

PLENTY_BITS = 45.0
"""Bits from which that is enough: what was misread twice saves nothing more in its place before the second step."""

LONGEST_PLACE = 8
"""Code points up to which places are looked up together."""


def is_wide(text: str, start: int, end: int) -> bool:
    """Whether a place is one of ideographs and syllables, among nothing that a page of single bytes could have read."""
    if end - start > LONGEST_PLACE:
        return False
    window = text[max(0, start - BEFORE) : start + BEHIND]
    return (
        OTHER.search(window) is None
        and PRIVATE.search(window) is None
        and not text[start:end].isascii()
        and IN_WORD.search(text[start:end]) is None
    )


class _Ways(NamedTuple):
    """What may have happened at a place.

    Attributes:
        pairs: the misreadings that gain enough, by their numbers in `PAIRS`, and what they gain.
        as_utf8: the readers that may have read it as UTF-8.
        as_utf16: whether it may have been UTF-16.
    """

    pairs: dict[int, float]
    as_utf8: tuple[str, ...]
    as_utf16: bool


class WidePlaces:
    """Tells which places gain what they have to, of those that `is_wide` is true of."""

    def __init__(self, text: str, more: float) -> None:
        """Take a text, and bits that its places have to gain beyond."""
        self._text, self._more = text, more
        self._ways: dict[tuple[int, int], _Ways] = {}

    def hold(self, place: tuple[int, int], together: Sequence[tuple[int, int]]) -> bool:
        """Return whether a place gains what it has to.

        Args:
            place: (start, end) of it.
            together: places that are likely to be asked for too, itself among them.
        """
        if place not in self._ways:
            self._look_up([other for other in together if other not in self._ways and is_wide(self._text, *other)])
        pairs, as_utf8, as_utf16 = self._ways[place]
        if pairs and max(pairs.values()) >= PLENTY_BITS:
            return True
        return (
            (as_utf16 and _was_utf16(self._text, *place))
            or (bool(pairs) and _is_confirmed(self._text, *place, pairs))
            or (bool(as_utf8) and _was_utf8(self._text, *place, as_utf8, self._more))
        )

    def _look_up(self, places: Sequence[tuple[int, int]]) -> None:
        import numpy as np

        from fixtext.detectors.misdecoded import ceilings
        from fixtext.detectors.misdecoded.exchange import Windows, likely

        windows = Windows(self._text, places)
        least = [least_bits(self._text[max(0, start - AROUND) : end + AROUND]) + self._more for start, end in places]
        as_utf8: list[tuple[str, ...]] = [()] * len(places)
        for reader, place in np.argwhere(ceilings.may_be_utf8(windows, AROUND, np.array(least))).tolist():
            as_utf8[place] += (READERS[reader],)
        as_utf16 = ceilings.may_be_utf16(windows).tolist()
        pairs = likely(windows, EXCHANGE_BITS + self._more)
        self._ways.update(zip(places, map(_Ways, pairs, as_utf8, as_utf16), strict=True))


def _was_utf16(text: str, start: int, end: int) -> bool:
    """Whether ASCII read as UTF-16 may stand around a place, or letters of alphabets with their bytes swapped."""
    window = window_around(text, start, end)[0]
    if SWAPPED.search(window):
        return True
    return any(saved_as_ascii(match[0]) >= SAVED_BITS for match in ASCII_PAIRS.finditer(window))


def _is_confirmed(text: str, start: int, end: int, pairs: Iterable[int]) -> bool:
    """Whether a stretch with something of a place saves enough in one of the likely misreadings, borders paid for."""
    window = window_around(text, start, end)
    return any(saved(*window, *PAIRS[pair]) >= SAVED_BITS and pays(text, start, end, *PAIRS[pair]) for pair in pairs)


def _was_utf8(text: str, start: int, end: int, readers: Iterable[str], more: float) -> bool:
    """Whether the same is true of UTF-8 in some pages, if that gains enough by single characters."""
    first = max(0, start - AROUND)
    near = text[first : end + AROUND]
    least = least_bits(near) + more
    return any(
        may_be_utf8(text, start, end, reader, AROUND)
        and max(gains_of_utf8(near, start - first, end - first, reader), default=0.0) >= least
        and saved(*window_around(text, start, end), "utf-8", reader) >= SAVED_BITS
        for reader in readers
    )
