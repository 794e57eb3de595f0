"""What misreadings would gain around many places at once, with numpy, where two bytes were read as a character.

Each ideograph or syllable is two bytes of its page, and those are one character or two of the page that a text may have
been written in. What these cost is looked up; what stands there costs what it does in its place. First each reader is
asked for the most that any source could gain, which leaves one in six of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.misdecoded.at_once import codes_at, weighed
from fixtext.detectors.misdecoded.exchange_tables import NEVER, SIZE, UNIT, tables
from fixtext.detectors.misdecoded.plausible import AGAIN_BITS
from fixtext.detectors.misdecoded.single_gains import PAIRS, READERS, WIDE_SOURCES
from fixtext.detectors.neighbours import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEFORE, BEHIND = 8, 16
"""Code points of a window before the beginning of its place, and from there on."""

_UTF16 = READERS.index("utf-16le")
_BEYOND = np.uint32(0x110000)
_OUTSIDE = np.full((1, len(READERS)), -NEVER, np.int32)
_COLUMNS = np.arange(len(WIDE_SOURCES), dtype=np.uint8)


class Windows:
    """The windows around some places of a text; where they overlap, their characters are looked up once.

    Attributes:
        starts: where the places begin.
        sizes: how many code points each has.
        at: the indices in the text of all characters of windows, in order.
        codes: these characters.
        rows: for each window the indices of its characters in ``at``; behind the last one for what is not in the text.
    """

    def __init__(self, text: str, places: Sequence[tuple[int, int]]) -> None:
        """Take a text and the (start, end) of places in it."""
        self._text = text
        self.starts, ends = np.array(places, np.intp).reshape(-1, 2).T
        self.sizes = ends - self.starts
        at = self.starts[:, np.newaxis] + np.arange(-BEFORE, BEHIND)
        inside = (at >= 0) & (at < len(text))
        self.at = distinct(at[inside])
        self.codes = codes_at(text, self.at)
        self.rows = np.where(inside, np.searchsorted(self.at, at), len(self.at))

    def standing(self) -> NDArray[np.int32]:
        """Return what the characters cost where they stand, in eighths of a bit."""
        return standing(self._text, self.at, self.codes)


def gains(text: str, places: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Return for each place, and each of `single_gains.PAIRS`, the most bits that a stretch gains with something of it.

    Args:
        text: what the places are in.
        places: (start, end) of each; what is more than `BEHIND` code points behind the start is not looked at.
    """
    every = np.divmod(np.arange(len(places) * len(READERS)), len(READERS))
    return (_gains(Windows(text, places), *every) / UNIT).reshape(len(places), len(PAIRS))


def likely(windows: Windows, least: float) -> list[dict[int, float]]:
    """Return for each place the misreadings that gain so much there: their numbers in `PAIRS`, and the bits."""
    found: list[dict[int, float]] = [{} for _ in windows.starts]
    standing = windows.standing()
    cells = np.nonzero(_most(windows, standing) >= least * UNIT)
    if not len(cells[0]):
        return found
    gains = _gains(windows, cells[0], cells[1], standing)
    numbers, sources = np.nonzero(gains >= least * UNIT)
    places, pairs = cells[0][numbers], cells[1][numbers] * SIZE + sources
    bits = gains[numbers, sources] / UNIT
    for place, pair, gain in zip(places.tolist(), pairs.tolist(), bits.tolist(), strict=True):
        found[place][pair] = gain
    return found


def _most(windows: Windows, standing: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return for each place and reader what no source gains more than."""
    codes, known = windows.codes, tables()
    low = np.minimum(codes, 0xFFFF)
    known.meet(low)
    gain = (standing - known.least[known.data[:, low]]).T
    np.maximum(gain, 0, out=gain, where=(known.same[:, low] != 0).T)
    gain[codes > 0xFFFF] = -NEVER
    is_ascii = codes < 0x80
    gain[is_ascii] = 0
    gain[is_ascii, _UTF16] = -NEVER
    return _best(np.append(gain, _OUTSIDE, axis=0)[windows.rows], windows.sizes)


def _gains(
    windows: Windows, places: NDArray[np.intp], readers: NDArray[np.intp], standing: NDArray[np.int32] | None = None
) -> NDArray[np.int32]:
    """Return what some windows gain in some readers, one each, with every source."""
    codes, known = windows.codes, tables()
    low = np.minimum(codes, 0xFFFF)
    known.meet(low)
    standing = windows.standing() if standing is None else standing
    low = np.append(low, 0)
    rows = windows.rows[places]
    pairs, same = known.data[:, low][readers[:, np.newaxis], rows], known.same[:, low][readers[:, np.newaxis], rows]
    gain = (np.append(standing, -NEVER)[rows][:, :, np.newaxis] - known.costs[pairs]).astype(np.int32)
    at = np.nonzero(same)
    if len(at[0]):
        gain[:, :, : len(WIDE_SOURCES)][at] *= (same[at][:, np.newaxis] >> _COLUMNS & 1) ^ 1
    codes = np.append(codes, _BEYOND)[rows]
    gain[codes > 0xFFFF] = -NEVER
    gain[(codes < 0x80) & (readers != _UTF16)[:, np.newaxis]] = 0
    return _best(gain, windows.sizes[places])


def _best(gains: NDArray[np.int32], sizes: NDArray[np.intp]) -> NDArray[np.int32]:
    """Return the most that a stretch of each window gains which has something of its place.

    Args:
        gains: of windows, characters, and whatever else.
        sizes: how many characters behind the first `BEFORE` belong to the place.
    """
    sums = np.zeros((len(gains), BEFORE + BEHIND + 1, gains.shape[2]), np.int32)
    np.cumsum(gains, axis=1, out=sums[:, 1:])
    # A stretch begins before the end of the place, and ends behind its beginning.
    last = np.minimum(np.arange(BEFORE, BEFORE + BEHIND), BEFORE - 1 + sizes[:, np.newaxis])
    before = np.minimum.accumulate(sums[:, :-1], axis=1)
    most: NDArray[np.int32] = sums[:, BEFORE + 1 :] - np.take_along_axis(before, last[:, :, np.newaxis], axis=1)
    best: NDArray[np.int32] = np.maximum.reduce(most, axis=1)
    return best


def standing(text: str, places: NDArray[np.intp], codes: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Return the cost of characters where they stand, at most what they cost by themselves and a little."""
    _, bits = weighed(text, places)
    one, two = (codes_at(text, np.maximum(places - further, 0)) for further in (1, 2))
    again = ((one == codes) & (places > 0)) | ((two == codes) & (places > 1))
    bits[again] = np.minimum(bits[again], AGAIN_BITS)
    rounded: NDArray[np.int32] = np.rint(bits * UNIT).astype(np.int32)
    return rounded
