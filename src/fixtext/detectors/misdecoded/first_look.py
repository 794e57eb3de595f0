"""What readings gain at a first look, character by character: how most of them are told to be worth nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED, PRIVATE, Reading, char_bytes, is_single, sizes_in
from fixtext.detectors.misdecoded.costs import Costs
from fixtext.detectors.misdecoded.pairs import SOURCES

SINGLE = tuple(tuple(name for name, _ in group) for group in SOURCES if is_single(group[0][0]))
"""The groups of sources that are pages of single bytes."""


IDEOGRAPHS = "\u2e80"
"""From here on there are too many characters for tables of what they and their neighbours gain."""


class _InSingleBytes(dict[str, tuple[bool, frozenset[int], frozenset[int]]]):
    """Of each character that a page of several bytes has what its bytes are in pages of single ones.

    Whether it gains anything in one of them; the numbers of the groups of `SINGLE` whose second page is tried too, for
    the first one cannot read it, or only as a character of its own; and of those whose second page reads it otherwise.
    """

    def __init__(self, reader: str, costs: Costs) -> None:
        super().__init__()
        self._bytes, self._costs = char_bytes(reader), costs

    def __missing__(self, char: str) -> tuple[bool, frozenset[int], frozenset[int]]:
        data, most = self._bytes[char] or b"", 0.0
        tried, differing = set(), set()
        for number, group in enumerate(SINGLE):
            readings = [codepages.decode(data, page, "surrogateescape") for page in group]
            for healthy in readings:
                if not MALFORMED.search(healthy):
                    most = max(most, self._costs[char] - sum(map(self._costs.__getitem__, healthy)))
            if MALFORMED.search(readings[0]) or PRIVATE.search(readings[0]):
                tried.add(number)
            if readings[0] != readings[-1]:
                differing.add(number)
        found = self[char] = most > 0.0, frozenset(tried), frozenset(differing)
        return found


@lru_cache(maxsize=128)
def in_single_bytes(reader: str, costs: Costs) -> _InSingleBytes:
    """Return the table of a page of several bytes; it fills itself."""
    return _InSingleBytes(reader, costs)


def tried_in_vain(observed: str, reader: str, costs: Costs) -> int:
    """Return how many pages of single bytes would be tried for a run of letters in which no character gains anything
    in any of them; 0 if one may.

    What gains nothing anywhere gains nothing along any stretch, for pages of single bytes read each byte by itself. Of
    the readings of Cyrillic in East Asian pages these are four in five.
    """
    found = {*map(in_single_bytes(reader, costs).__getitem__, observed)}
    if any(gains for gains, _, _ in found):
        return 0
    tried = frozenset[int]().union(*(tried for _, tried, _ in found))
    differing = frozenset[int]().union(*(differing for _, _, differing in found))
    return len(SINGLE) + len(tried & differing)


def best_stretch(reading: Reading, bad: int, standing: Sequence[float], costs: Costs) -> float:
    """Return the bits that the best stretch without malformed bytes gains, character by character.

    Args:
        reading: the text read back.
        bad: how many of its bytes are malformed; too many say that all is by chance.
        standing: what each observed character costs.
        costs: what characters cost.
    """
    if 2 * bad > 3 * len(reading.healthy) // 2:
        return 0.0
    taken = list(map(costs.sound.__getitem__, reading.healthy))
    sizes = [1] * len(taken) if is_single(reading.source) else sizes_in(reading.healthy, reading.source)
    lengths = list(map(len, reading.parts))
    best = total = 0.0
    if lengths == sizes:
        for was, bits in zip(standing, taken, strict=True):
            total = total - bits + was
            if bits < 0.0 or total < 0.0:
                total = 0.0
            elif total > best:
                best = total
    elif lengths.count(1) == len(lengths) == sum(sizes):  # every character was a byte
        end = 0
        for size, bits in zip(sizes, taken, strict=True):
            start, end = end, end + size
            total -= bits
            for was in standing[start:end]:
                total += was
            if bits < 0.0 or total < 0.0:
                total = 0.0
            elif total > best:
                best = total
    else:
        for start, end, begin, stop in reading.atoms():
            for bits in taken[begin:stop]:
                if bits < 0.0:
                    total = 0.0
                    break
                total -= bits
            else:
                for was in standing[start:end]:
                    total += was
                if total < 0.0:
                    total = 0.0
                elif total > best:
                    best = total
    return best
