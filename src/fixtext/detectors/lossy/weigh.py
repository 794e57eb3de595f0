"""Chooses the lost characters of many places at once: the language model on one side, what stands around on the other.

A place is one broken sequence and the ASCII character that its mark may have swallowed. Places are independent of
each other as long as they are more than two characters apart; those that are not are weighed one after the other, so
that the first is context to the second.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fixtext.detectors.lossy import software, typography
from fixtext.detectors.lossy.brackets import MARKS, marks
from fixtext.detectors.lossy.choices import Fits, Known, any_character, choices
from fixtext.detectors.lossy.surroundings import Surroundings
from fixtext.detectors.lossy.swallowed import SWALLOWABLE, Habits, Swallowed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fixtext.language import LanguageModel
    from fixtext.language.batch import Characters

    Bits = NDArray[np.float64]

TEMPERATURE = 1.3
"""The bits of lost characters are divided by this before they become probabilities; those of the swallowed ones need
no such correction. docs/damage/lossy.md shows the calibration."""

_INSIDE = 0.5
"""Weight of the counts of software in the middle of a stretch, against the language model."""

_TRIED = 16
"""Lost characters, the likeliest by what stands before them, that are looked at closer."""

_NEAR = 12.0
"""Lost characters dearer than the cheapest by more bits, before what stands behind is seen, are not looked at."""

_FAR = 20.0
"""The same by the language model alone, before software is asked."""

_SLACK = 12.0
"""Bits that brackets may add to the cheapest ones, so that dearer ones have to be kept."""

_CHARS = 6
"""So many lost characters are combined with what was swallowed; the true ones are among them in 99 % of the places."""

_HOPELESS = 7.0
"""Lost characters dearer than the cheapest by more bits are not looked at together with what they swallowed."""

_ELSE = 0.0005
"""Probability that it was none of the characters that were looked at; nothing guessed is certain."""

_UNLIKELY = 14.0
"""Bits of what stands behind a place but is not among the likely ones."""

_BEAM = 12
"""Texts that are kept while places close to each other are weighed together."""

_SHOWN = 3
"""Runners-up reported."""

_CRLF = 0.3
"""Bits of the carriage return that was swallowed in front of a line feed, where the document has both."""

_BRACKET_LEADS = ((0xE2,), (0xE3,), (0xEF,), ())
"""First bytes of the closing marks that `brackets` knows; none where no byte is left."""


class Place(NamedTuple):
    """One broken place.

    Attributes:
        left: the line up to the place.
        right: the rest of the line, cut at the next broken place.
        rest: all the rest of the line, with `surroundings.LOST` for what other places lost.
        known: the bytes left of the lost character, None where one is lost; empty if no byte is left.
        swallows: whether an ASCII character went with it.
        following: the first byte behind the place, b"" at the end of the text, None if it is lost.
        joined: whether the next broken place stands right behind ``right``.
        cut: whether the text may go on behind the place: it has no line feed and ends here.
        carriage: whether a carriage return must have been swallowed here if lines end as elsewhere in the document.
    """

    left: str
    right: str
    rest: str
    known: Known
    swallows: bool
    following: bytes | None = None
    carriage: bool = False
    cut: bool = False
    joined: bool = False


class Ranked(NamedTuple):
    """Alternatives with their probabilities, the most probable first."""

    options: tuple[tuple[str, float], ...]

    @property
    def best(self) -> str:
        """The most probable one."""
        return self.options[0][0]

    @property
    def probability(self) -> float:
        """Its probability."""
        return self.options[0][1]


class Weighed(NamedTuple):
    """What was found for a place.

    Attributes:
        char: the lost character.
        ascii: the swallowed one; None if none was.
        both_wrong: the probability that neither of the two is right.
    """

    char: Ranked
    ascii: Ranked | None
    both_wrong: float = 0.0


class _Group(NamedTuple):
    """The characters that fit a place, looked up in the model, and their bits beyond what it says."""

    characters: Characters
    extra: Bits


_Beam = list[tuple[float, str, tuple[str, ...]]]
"""Texts so far: their bits, the text, and the characters picked."""

_Row = list[tuple[float, str]]
"""Characters with their bits, the cheapest first."""


class Scales:
    """Weighs places of one document: it remembers what the same broken word has come to before."""

    def __init__(self, model: LanguageModel, script: str, habits: Callable[[], Habits], fits: Fits) -> None:
        """Take what is known of the document.

        Args:
            model: the language model, best with the document's own words.
            script: the script of the document, as in `choices.choices`.
            habits: tells what follows Chinese in the document.
            fits: which characters can have been lost.
        """
        self._model = model
        self._script = script
        self._habits = habits
        self._fits = fits
        self._groups: dict[Hashable, _Group] = {}
        self._rows: dict[Hashable, _Row] = {}

    @cached_property
    def _swallowed(self) -> Swallowed:
        return Swallowed(self._habits())

    def certain(self, known: Known, behind: bytes | None) -> Weighed | None:
        """Return what was lost at a place where a single character fits; None if more do, or none does.

        Args:
            known: the bytes left of it, None where one is lost.
            behind: the first byte behind it.
        """
        chars = self._fits.chars(known, behind)
        return _certain(chars) if len(chars) == 1 else None

    def weigh(self, places: Sequence[Place]) -> list[Weighed | None]:
        """Rank what may have stood at each place; None where nothing fits. The places must be independent."""
        if not places:
            return []
        rows = self._rank(places)
        return _Joint(places, rows, self).weighed()

    def weigh_chains(self, chains: Sequence[Sequence[Place]]) -> list[list[Weighed | None]]:
        """Rank what may have stood at places that are context to each other, by a beam search.

        Args:
            chains: the places of one line each, in order; ``left`` counts for the first alone. Nothing was swallowed.
        """
        if not chains:
            return []
        beams: list[_Beam] = [[(0.0, chain[0].left, ())] for chain in chains]
        for number in range(max(map(len, chains), default=0)):
            going = [index for index, chain in enumerate(chains) if number < len(chain) and beams[index]]
            heres = [chains[index][number]._replace(left=left) for index in going for _, left, _ in beams[index]]
            if not heres:
                break
            rows = iter(_Joint(heres, self._rank(heres), self).rows())
            for index in going:
                right = chains[index][number].right
                longer = [
                    (bits + more, left, char, picked)
                    for bits, left, picked in beams[index]
                    for more, char in next(rows)
                ]
                longer.sort()
                least = longer[0][0] + _HOPELESS if longer else 0.0
                beams[index] = [
                    (bits, left + char + right, (*picked, char))
                    for bits, left, char, picked in longer[:_BEAM]
                    if bits <= least
                ]
        return [_read(beam, len(chain)) for chain, beam in zip(chains, beams, strict=True)]

    def _rank(self, places: Sequence[Place]) -> list[_Row]:
        """Return the likeliest lost characters of each place, by what stands around it but the swallowed one."""
        keys = [self._key(place) for place in places]
        known = self._rows
        missing = {key: place for place, key in zip(places, keys, strict=True) if key not in known}
        if missing:
            known.update(zip(missing, self._new_rows(list(missing.values())), strict=True))
        return [_cheapest(_with_brackets(place, known[key])) for place, key in zip(places, keys, strict=True)]

    def _key(self, place: Place) -> Hashable:
        """Return what the ranking of a place depends on."""
        behind = "" if _ends(place) else place.right[:2] + "\ufffd" * place.joined
        context = software.context(place.left)[1]
        return place.left[-2:], context, behind, self._fits.key(place.known, place.following)

    def _group(self, place: Place) -> _Group:
        """Return the characters that fit a place."""
        key = self._fits.key(place.known, place.following)
        group = self._groups.get(key)
        if group is None:
            if place.known:
                found = choices(self._fits.chars(place.known, place.following), self._script)
            else:
                found = any_character(self._script)
            group = self._groups[key] = _Group(self._model.look_up(found.chars), np.array(found.extra))
        return group

    def _new_rows(self, places: Sequence[Place]) -> list[_Row]:
        """Rank the lost characters of places of which no two are the same."""
        groups = [self._group(place) for place in places]
        owners = np.repeat(np.arange(len(places)), [len(group.extra) for group in groups])
        codes = np.concatenate([group.characters.codes for group in groups])
        bits = self._model.costs_behind([place.left[-2:] for place in places], [group.characters for group in groups])
        bits += np.concatenate([group.extra for group in groups])
        near = software.least(owners, bits) + _FAR
        kept = np.flatnonzero(bits <= near)
        owners, codes, bits = owners[kept], codes[kept], bits[kept]
        marked: list[tuple[int, list[float]]] = []
        ends = np.array([_ends(place) for place in places])
        for number in np.flatnonzero(ends).tolist():
            place = places[number]
            if place.known == typography.KNOWN:
                shares = typography.bits(place.left, codes[owners == number].tolist())
                if shares is not None:
                    marked.append((number, shares))
        ending = ends.copy()
        ending[[number for number, _ in marked]] = False
        if self._script != "other":
            counts = software.counts()
            contexts = [software.context(place.left) for place in places]
            short, long = (counts.find([context[order] for context in contexts]) for order in (0, 1))
            here = np.flatnonzero(ending[owners])
            bits[here] = counts.ending(short, long, owners[here], codes[here], bits[here])
            here = np.flatnonzero(~ends[owners])
            general = bits[here]
            found = counts.inside(short, long, owners[here], codes[here], general)
            bits[here] = -np.log2((1 - _INSIDE) * 2.0**-general + _INSIDE * found)
        starts = np.searchsorted(owners, np.arange(len(places) + 1))
        for marks_place, shares in marked:
            bits[starts[marks_place] : starts[marks_place + 1]] = shares
        near = software.least(owners, bits) + np.where(ends[owners], _HOPELESS + _SLACK, _NEAR)
        kept = np.flatnonzero((bits <= near) & np.isfinite(bits))
        kept = kept[software.ranks(owners[kept], bits[kept]) < _TRIED]
        owners, codes, bits = owners[kept], codes[kept], bits[kept]
        here = np.flatnonzero(~ends[owners])
        bits[here] += self._behind(places, owners[here], codes[here])
        order = np.lexsort((bits, owners))
        starts = np.searchsorted(owners, np.arange(len(places) + 1)).tolist()
        pairs = list(zip(bits[order].tolist(), map(chr, codes[order].tolist()), strict=True))
        return [pairs[start:end] for start, end in pairwise(starts)]

    def _behind(self, places: Sequence[Place], owners: NDArray[np.int64], codes: NDArray[np.uint32]) -> Bits:
        """Return the bits of the two characters behind lost ones, as far as they are known."""
        around = np.zeros((len(places), 3), np.uint32)
        for number in np.unique(owners).tolist():
            left, right = places[number].left[-1:], places[number].right[:2]
            if not right and not places[number].joined:
                right = "\n"
            around[number] = (
                ord(left) if left else 0,
                ord(right[0]) if right else 0,
                ord(right[1]) if len(right) > 1 else 0,
            )
        before, first, second = around[owners].T
        bits = np.zeros(len(owners))
        for triple, last in (((before, codes, first), first), ((codes, first, second), second)):
            here = np.flatnonzero(last)
            if len(here):
                bits[here] += self._model.transitions_of(np.stack([column[here] for column in triple], axis=1).ravel())
        return bits


class _Joint:
    """Lost characters together with what was swallowed behind them, for many places at once."""

    def __init__(self, places: Sequence[Place], rows: Sequence[_Row], scales: Scales) -> None:
        """Weigh them.

        Args:
            places: the places.
            rows: the likeliest lost characters of each.
            scales: knows what may have been swallowed.
        """
        self._places = places
        self._rows = [[(bits / TEMPERATURE, char) for bits, char in row] for row in rows]
        around: list[Surroundings] = []
        owners: list[int] = []
        befores: list[str] = []
        chars: list[str] = []
        self._asked: list[int] = []
        for number, (place, row) in enumerate(zip(places, rows, strict=True)):
            # With a single character to choose from, what stands behind says nothing.
            if row and not place.carriage and _ends(place) and (place.swallows or len(row) > 1):
                owners += [len(around)] * len(row)
                skipped = 0 if place.swallows else 1
                around.append(Surroundings(place.left, place.right[skipped:], place.rest[skipped:]))
                befores += [place.left] * len(row)
                chars += [char for _, char in row]
                self._asked.append(number)
        if around:
            costs, likely = scales._swallowed.costs(around, owners, befores, chars)
            self._costs = costs
            counts = np.array([0.0 if places[self._asked[owner]].cut else 1.0 for owner in owners])
            self._add(counts * likely)

    def _add(self, likely: Bits) -> None:
        """Add the bits of the lost characters to those of the swallowed ones."""
        costs, places = self._costs, [self._places[number] for number in self._asked]
        index = 0
        for place, number in zip(places, self._asked, strict=True):
            row = self._rows[number]
            if place.swallows:
                for _, char in row:
                    spaced = typography.behind(place.left, char)
                    if spaced is not None:
                        costs[index] = spaced
                    index += 1
                continue
            # The character is there; what it is says something about the lost one in front of it.
            column = SWALLOWABLE.find(place.right[:1] or "\n")
            for item, (bits, char) in enumerate(row):
                more = float(costs[index, column]) if column >= 0 else np.inf
                row[item] = bits + min(more, _UNLIKELY) + float(likely[index]), char
                index += 1
            row.sort()
        costs += np.array([bits for number in self._asked for bits, _ in self._rows[number]])[:, np.newaxis]
        costs += likely[:, np.newaxis]

    def rows(self) -> list[_Row]:
        """Return the lost characters of each place with their bits; for places where nothing was swallowed."""
        return self._rows

    def weighed(self) -> list[Weighed | None]:
        """Return what was found for each place."""
        found: list[Weighed | None] = []
        joint = self._swallowing()
        for number, (place, row) in enumerate(zip(self._places, self._rows, strict=True)):
            if not row:
                found.append(None)
            elif number in joint:
                found.append(joint[number])
            else:
                lost = _ranked(_weights(row))
                taken = _ranked({"\r": 1.0}) if place.carriage else None
                found.append(Weighed(lost, taken, 0.0 if place.carriage else 1 - lost.probability))
        return found

    def _swallowing(self) -> dict[int, Weighed]:
        """Return what was found for the places that swallowed something."""
        sizes = [len(self._rows[number]) for number in self._asked]
        chosen = [place for place, number in enumerate(self._asked) if self._places[number].swallows]
        if not chosen:
            return {}
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
        costs = self._costs
        least = np.minimum.reduceat(costs.min(axis=1), starts)
        weights = 2.0 ** (np.repeat(least, sizes)[:, np.newaxis] - costs)
        of_chars = weights.sum(axis=1)
        of_ascii = np.add.reduceat(weights, starts, axis=0)
        likeliest = np.argsort(-of_ascii, axis=1, kind="stable")[:, : _SHOWN + 1]
        shares = np.take_along_axis(of_ascii, likeliest, axis=1).tolist()
        totals = of_ascii.sum(axis=1).tolist()
        found = {}
        for place in chosen:
            number, start = self._asked[place], int(starts[place])
            row, whole = self._rows[number], totals[place] * (1 + _ELSE)
            char_weights = of_chars[start : start + len(row)].tolist()
            lost = _ranked({char: weight for (_, char), weight in zip(row, char_weights, strict=True)})
            options = [
                (SWALLOWABLE[column], share / whole)
                for column, share in zip(likeliest[place].tolist(), shares[place], strict=True)
                if share
            ]
            best = next(index for index, (_, char) in enumerate(row) if char == lost.best)
            both = weights[start + best, likeliest[place, 0]]
            right = char_weights[best] + shares[place][0] - both
            found[number] = Weighed(lost, Ranked(tuple(options)), max(0.0, 1 - float(right) / totals[place]))
        return found


@lru_cache(maxsize=1 << 12)
def _certain(char: str) -> Weighed:
    lost = _ranked({char: 1.0})
    return Weighed(lost, None, 1 - lost.probability)


def _read(beam: _Beam, length: int) -> list[Weighed | None]:
    """Return what the texts of a beam say about each of its places."""
    if not beam:
        return [None] * length
    found: list[Weighed | None] = []
    for number in range(length):
        lost = _ranked(_weights([(bits, picked[number]) for bits, _, picked in beam]))
        found.append(Weighed(lost, None, 1 - lost.probability))
    return found


def _cheapest(row: _Row) -> _Row:
    """Leave out what cannot win."""
    limit = row[0][0] + _HOPELESS if row else 0.0
    return [item for item in row[:_CHARS] if item[0] <= limit]


def _with_brackets(place: Place, row: _Row) -> _Row:
    """Add what the brackets of the line owe."""
    if place.known[:1] not in _BRACKET_LEADS or not any(char in MARKS for _, char in row):
        return row
    owed: Mapping[str, float] = marks(place.left, place.rest)
    return sorted((bits + owed.get(char, 0.0), char) for bits, char in row)


def _ends(place: Place) -> bool:
    """Whether a run of Chinese ends with the lost character."""
    return place.swallows or (place.right[:1] < "@" and not (place.joined and not place.right))


def _weights(row: _Row) -> dict[str, float]:
    """Return the weights of characters, the same ones together, relative to the likeliest."""
    least = min(bits for bits, _ in row)
    weights: dict[str, float] = {}
    for bits, char in row:
        weights[char] = weights.get(char, 0.0) + 2.0 ** (least - bits)
    return weights


def _ranked(weights: dict[str, float]) -> Ranked:
    whole = sum(weights.values()) * (1 + _ELSE)
    shares = sorted(((char, weight / whole) for char, weight in weights.items()), key=lambda item: (-item[1], item[0]))
    return Ranked(tuple(shares[: _SHOWN + 1]))
