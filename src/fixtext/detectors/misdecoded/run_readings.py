"""The readings of one run of a text that look better than what stands there, at a first look.

Nearly all of them gain nothing, and that is known from tables before the bytes are read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from operator import ne

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED, PRIVATE, Reading, is_single, read_back
from fixtext.detectors.misdecoded.byte_costs import byte_costs
from fixtext.detectors.misdecoded.costs import costs_of
from fixtext.detectors.misdecoded.explanation import Pair
from fixtext.detectors.misdecoded.first_look import IDEOGRAPHS, SINGLE, best_stretch, tried_in_vain
from fixtext.detectors.misdecoded.pairs import OF_UTF8_ALONE, SOURCES, same_page
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.two_bytes import GROUPS, gaining, may_be_utf8, of_one_size

FEW = 8
"""Changed characters up to which a reading is looked at in its place: common signs are cheaper than rare letters, but
not inside a word."""

ALL, UTF8, FOUR_BYTES = range(3)
"""Sources that are tried: all, UTF-8 alone, GB18030 alone."""

_NAMES = tuple(tuple(name for name, _ in group) for group in SOURCES)
_CHOICES = (_NAMES, _NAMES[:1], (("gb18030",),))
_UTF8 = _NAMES[0]
_NUMBERS = {group: number for number, group in enumerate(GROUPS)}


class RunReadings:
    """Reads one run back.

    Attributes:
        spent: characters that have been read back so far, or told from tables instead.
    """

    def __init__(self, model: Plausibility, reader: str, parts: list[bytes], observed: str) -> None:
        """Take what tells bits, the page that read the run, the bytes of each character, and the run."""
        self.spent = 0
        self._reader, self._parts, self._observed = reader, parts, observed
        self._data = b"".join(parts)
        self._costs = costs_of(model)
        self._alone = list(map(self._costs.__getitem__, observed))
        self._standing = sum(self._alone)
        self._in_place = _InPlace(model, observed)

    def found(self, choice: int, floor: float) -> Iterator[tuple[Pair, float, Reading]]:
        """Yield those that gain more than a floor, of the best page in each group of sources, with the bits gained."""
        proving = ("utf-8", "gb18030") if choice == FOUR_BYTES else ("utf-8",)
        for group in self._groups(choice):
            if same_page(group[0], self._reader):
                continue
            best = self._best_of_single(group, floor) if group in SINGLE else self._best(group, floor)
            if best is None:
                continue
            gain, page, reading = best
            if gain > floor or (page in proving and not MALFORMED.search(reading.healthy)):
                yield (page, self._reader), gain, reading

    def _groups(self, choice: int) -> Sequence[tuple[str, ...]]:
        """Return the groups of sources in which anything may be gained, or that say themselves that they are it."""
        groups: Sequence[tuple[str, ...]] = _CHOICES[choice]
        if self._reader in OF_UTF8_ALONE:
            groups = _NAMES[:1]
        elif choice == ALL and (is_single(self._reader) or max(self._observed) < IDEOGRAPHS):
            tried = 0 if is_single(self._reader) else tried_in_vain(self._observed, self._reader, self._costs)
            self._told(tried)
            may = self._gaining()
            groups = [
                group
                for group in groups
                if (_NUMBERS[group] in may if group in _NUMBERS else not tried or group is _UTF8)
            ]
        if groups and groups[0] is _UTF8 and not may_be_utf8(self._data):
            self._told(len(groups[0]))
            return groups[1:]
        return groups

    def _gaining(self) -> frozenset[int]:
        """Return in which of `GROUPS` the run may gain anything."""
        may = gaining(self._observed, self._data, self._reader, self._costs)
        odd = {*filter("\x7f".__lt__, self._observed)}
        if not is_single(self._reader) and len(odd) <= FEW:  # in its place, what costs more may gain all the same
            may |= of_one_size(odd, self._reader)
        self._told(sum(len(group) for number, group in enumerate(GROUPS) if number not in may))
        return may

    def _told(self, pages: int) -> None:
        self.spent += pages * len(self._observed)

    def _best_of_single(self, group: tuple[str, ...], floor: float) -> tuple[float, str, Reading] | None:
        """Return the reading that gains most in pages of single bytes, None if none gains more than a floor."""
        best: tuple[float, str] | None = None
        for source in group:
            table = byte_costs(source, self._costs)
            bits, bad = table.of(self._data)
            if bad:
                gain = 0.0
                if 2 * bad <= 3 * len(self._data) // 2:  # else all is by chance
                    gain = table.best_stretch(self._parts, self._alone)
            else:
                gain = self._standing - bits
                if len(self._data) == len(self._observed):
                    healthy = codepages.decode(self._data, source)
                    if healthy == self._observed:
                        continue
                    gain = self._in_place.gain(healthy, gain, floor)
            self.spent += len(self._observed)
            if best is None or gain > best[0]:
                best = gain, source
            if not bad and table.private.isdisjoint(self._data):
                break
        if best is None or best[0] <= floor:
            return None
        reading = read_back(self._observed, self._parts, self._data, best[1])
        return None if reading is None else (*best, reading)

    def _best(self, group: tuple[str, ...], floor: float) -> tuple[float, str, Reading] | None:
        """Return the reading that gains most in pages of several bytes."""
        best: tuple[float, str, Reading] | None = None
        for source in group:
            reading = read_back(self._observed, self._parts, self._data, source)
            if reading is None or (best is not None and reading.healthy == best[2].healthy):
                continue
            self.spent += len(self._observed)
            bad = reading.malformed()
            if bad:
                gain = best_stretch(reading, bad, self._alone, self._costs)
            else:
                gain = self._standing - sum(map(self._costs.__getitem__, reading.healthy))
                gain = self._in_place.gain(reading.healthy, gain, -inf if source == "utf-8" else floor)
            if best is None or gain > best[0]:
                best = (gain, source, reading)
            if not bad and not PRIVATE.search(reading.healthy):
                break
        return best


class _InPlace:
    """Weighs what a run may have been in its place, where few characters are changed, one by one."""

    def __init__(self, model: Plausibility, observed: str) -> None:
        self._model, self._old = model, observed
        self._bits: dict[int, float] = {}

    def gain(self, new: str, least: float, floor: float) -> float:
        """Return the bits gained by what stands beside the changed characters.

        Args:
            new: the text read back.
            least: what it gains by single characters, which is returned if it is more, or many are changed.
            floor: what is not more than this may be told as anything.
        """
        old = self._old
        if len(old) != len(new) or sum(map(ne, old, new)) > FEW:
            return least
        size = len(old)
        near = sorted(
            {
                at
                for place, (char, other) in enumerate(zip(old, new, strict=True))
                if char != other
                for at in range(place, min(place + 3, size))
            }
        )
        gain = sum([self._bits_at(at) for at in near])
        healthy = self._model.healthy
        enough = max(least, floor)
        for at in near:
            if gain <= enough:
                return least  # characters cost something, so it will not be more
            gain -= healthy(new[at - 2 if at > 2 else 0 : at + 1])
        return max(gain, least)

    def _bits_at(self, at: int) -> float:
        """Return the bits of a character as it stands, which many readings ask for."""
        bits = self._bits.get(at)
        if bits is None:
            bits = self._bits[at] = self._model.transition(self._old[at - 2 if at > 2 else 0 : at + 1])
        return bits
