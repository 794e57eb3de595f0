"""Whether anything can come of a place before it is searched, which takes 5 ms: the last sieve of the scan.

Rare ideographs and syllables stand in healthy text too, mostly one by one. A misreading that would explain such a place
has to make something more usual of the characters around it as well: first each character by itself (`single_gains`, of
longer texts `exchange`), then, where there is more than a line, each in its place (`in_place`).

Of 1,940 misread lines (all pairs of `pairs`, 4 to 60 code points, parts of lines, chains) 1 was lost by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fixtext.detectors.misdecoded.atoms import MALFORMED
from fixtext.detectors.misdecoded.one_place import AROUND, SHORT, WIDE, holds
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.single_gains import READERS
from fixtext.detectors.misdecoded.stretches import asked_first, ends_of_stretches
from fixtext.detectors.misdecoded.undoing import without_cut_ends
from fixtext.detectors.misdecoded.wide_places import WidePlaces, is_wide

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

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
    """Return the places that gain what they have to, and some more bits; of longer texts those by which the stretches
    of them all are known.

    Of a text that is damaged all over all are: to look into each takes 100 times the repair.
    """
    if len(places) > MANY and len(places) * DAMAGED > len(text) and are_promising(text, [start for start, _ in places]):
        return list(places)
    if len(text) <= SHORT and len(places) <= LONE and len(WIDE.findall(text)) >= AMONG:
        places = [place for place in places if not _is_usual(text, *place)]
    if len(text) > SHORT:
        return ends_of_stretches(places, _Prospects(text, places, more, list(asked_first(places))))
    found: list[tuple[int, int]] = []
    for number, (place, may) in enumerate(zip(places, prospects(text, places, more), strict=True), 1):
        if may:
            found.append(place)
        if len(found) >= ENOUGH and len(found) == number:
            return list(places)
    return found


def _is_usual(text: str, start: int, end: int) -> bool:
    """Whether a place of ideographs and syllables is not odd enough in its place to be the only one of a line."""
    if not all(map(WIDE.match, text[start:end])):
        return False
    return plausibility().excess(text[max(0, start - NEAR) : end + NEAR]) < LONE_BITS


def prospects(
    text: str,
    places: Sequence[tuple[int, int]],
    more: float = 0.0,
    among: int | None = None,
    first: int | None = None,
) -> Iterator[bool]:
    """Yield for each place whether it gains what it has to, and some more bits.

    A line by itself is looked at place by place; of longer texts, where healthy places are many, what the first look
    leaves is weighed in its place.

    Args:
        text: the whole text.
        places: some places in it.
        more: bits that they have to gain beyond.
        among: how many such places the text has, if these are not all.
        first: how many of them to look up together first, if whoever asks may have seen enough then.
    """
    if len(text) <= SHORT:
        yield from (holds(text, *place, more) for place in places)
    else:
        yield from map(_Prospects(text, places, more, places[:first], among), places)


class _Prospects:
    """Tells which places of a longer text gain what they have to, of those that are asked for."""

    def __init__(
        self,
        text: str,
        places: Sequence[tuple[int, int]],
        more: float,
        first: Sequence[tuple[int, int]],
        among: int | None = None,
    ) -> None:
        """Take a text, the places, bits that they have to gain beyond, and the places that are asked for first.

        Those of ideographs are looked up together, for each by itself takes far longer: the first ones, and all others
        once one of them is asked for.
        """
        from fixtext.detectors.misdecoded.throughout import utf8_throughout

        self._text, self._places, self._more, self._first = text, places, more, first
        many = (among or len(places)) * SCATTERED >= len(text)
        self._all = many and utf8_throughout(text) is not None
        self._wide = WidePlaces(text, more)

    def __call__(self, place: tuple[int, int]) -> bool:
        """Return whether a place gains what it has to."""
        if self._all:
            return True
        if not is_wide(self._text, *place):
            return holds(self._text, *place, self._more)
        return self._wide.hold(place, self._first if place in self._first else self._places)


def are_promising(text: str, starts: Sequence[int] | NDArray[intp]) -> bool:
    """Return whether so many of the places that begin at some indices are promising that a text is damaged all over.

    Only ideographs and syllables are looked into: letters are dear to try, and healthy text has few odd ones.
    """
    sample = [int(start) for start in starts[:: len(starts) // SAMPLE + 1]]
    wide = [(start, start + 1) for start in sample if WIDE.match(text, start) is not None]
    if SHARE * sum(_is_utf8(text, start) for start, _ in wide) >= len(sample):
        return True  # seven times quicker than a look at every misreading
    left, behind = len(sample) // SHARE, AHEAD
    for may in prospects(text, wide, SAMPLE_BITS, first=AHEAD):
        left -= not may
        behind += 1 if may else -1
        if left < 0 or not behind:
            return False
    return True


def _is_utf8(text: str, start: int) -> bool:
    """Whether the text around a place, all of it, is UTF-8 in the page of one reader; the ends may be cut off."""
    window = text[max(0, start - AROUND) : start + AROUND]
    if len({*WIDE.findall(window)}) < AROUND:
        return False  # the same character again says nothing more
    for reader in READERS:
        try:
            data = window.encode(reader)
        except UnicodeEncodeError:
            continue
        if MALFORMED.search(without_cut_ends(data.decode("utf-8", "surrogateescape"))) is None:
            return True
    return False
