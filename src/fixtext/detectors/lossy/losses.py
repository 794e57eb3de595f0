"""Which characters some readings can have damaged to what is left of them; the same in every text."""

from __future__ import annotations

from functools import lru_cache

from fixtext import codepages
from fixtext.detectors.lossy.choices import Fits, Known
from fixtext.detectors.lossy.lost_pairs import LOST_PAIRS, NEVER
from fixtext.detectors.lossy.readings import (
    Reading,
    fits_swallowing,
    lost_bytes,
    may_be_dropped,
)

SETS = 32
"""Sets of readings whose characters are remembered, some 100 KB each: a text has one of some twenty."""


@lru_cache(maxsize=SETS)
def fits_of(readings: tuple[Reading, ...], page: str, *, torn: bool, dotted: bool, cut: bool = False) -> Fits:
    """Return the characters that fit where one of some readings lost bytes.

    Args:
        readings: those that the marks of a text allow; the first says whether marks swallow ASCII.
        page: the page that writes their characters back.
        torn: whether a mark may stand for two bytes, or for none.
        dotted: whether dots stand for pairs.
        cut: whether the last byte of the text was cut off before it was read.
    """
    losses = _Losses(readings, cut=cut)
    if torn:
        return Fits(losses.fits_torn, losses.last_torn, either=page == "cp932", never=NEVER.get(page))
    if dotted:
        pairs = LOST_PAIRS[page]
        return Fits(pairs.fits, pairs.last, touch=pairs.touch, never=NEVER.get(page))
    if readings and readings[0].swallows:
        return Fits(fits_swallowing)
    return Fits(losses.fits, lambda _known, behind: losses.before(behind), never=NEVER.get(page))


class _Losses:
    """What some readings lose."""

    def __init__(self, readings: tuple[Reading, ...], *, cut: bool) -> None:
        self._cut = cut
        self._readings = readings
        self._drops = any(reading.drops for reading in readings)
        self._lost: dict[bytes, frozenset[int]] = {}

    def fits(self, known: Known, char: str) -> bool:
        """Whether one of the readings loses the bytes of a character that are None, but for the last one."""
        if None not in known[:-1] or (self._cut and known[1:] == (None, None)):
            return True
        data = char.encode()
        return all(
            data[place] in (self.before(data[place + 1 : place + 2]) or ())
            for place, value in enumerate(known[:-1])
            if value is None
        )

    def fits_torn(self, known: Known, char: str) -> bool:
        """Whether one of the readings loses the bytes that are None, singly or in pairs."""
        data = char.encode()
        if known == (None, None, None):
            return self._is_pair(data[:2]) or self._is_pair(data[1:])
        if known[:2] == (None, None) and len(known) == 3:
            return self._is_pair(data[:2])
        if known[0] is None or None not in known:  # with the last byte of the character before it, perhaps; or nothing
            return True
        first = known.index(None)
        if first + 1 == len(known) or data[first] in (self.before(data[first + 1 : first + 2]) or ()):
            return True
        return known[first + 1] is None and may_be_dropped(data[first], data[first + 1])

    def _is_pair(self, data: bytes) -> bool:
        """Whether two bytes are lost together by one of the readings; those of GBK lose what their page lacks."""
        pages = [reading for reading in self._readings if reading.habit == "whatwg"]
        return not pages or any(codepages.decode(data, one.page, one.habit) == "\ufffd" for one in pages)

    def last_torn(self, known: Known, behind: bytes | None) -> frozenset[int] | None:
        """Return the last bytes that can have been lost, None if any can; see `Fits`."""
        if known[-2] is None or behind is None:
            return None
        return None if self._drops else self.before(behind)

    def before(self, following: bytes | None) -> frozenset[int] | None:
        """Return the bytes that one of the readings loses in front of a byte; None if that byte is lost itself."""
        if following is None:
            return None
        lost = self._lost.get(following)
        if lost is None:
            every = (lost_bytes(reading.page, reading.habit, following) for reading in self._readings)
            lost = self._lost[following] = frozenset().union(*every)
        return lost
