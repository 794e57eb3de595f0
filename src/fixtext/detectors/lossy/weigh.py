"""Chooses the lost characters of many places at once: the language model on one side, what stands around on the other.

A place is one broken sequence and the ASCII character that its mark may have swallowed. Places are independent of
each other as long as they are more than two characters apart; those that are not are weighed one after the other, so
that the first is context to the second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fixtext.detectors.lossy import software, typography
from fixtext.detectors.lossy.brackets import MARKS, marks
from fixtext.detectors.lossy.chains import Chains
from fixtext.detectors.lossy.choices import FEW, UNUSUAL, Fits, Known, any_character, choices
from fixtext.detectors.lossy.ends import Ends
from fixtext.detectors.lossy.joint import HOPELESS, Joint
from fixtext.detectors.lossy.network import is_ranked, is_unsure, network
from fixtext.detectors.lossy.places import Place, Row, Weighed, is_end, the_only
from fixtext.detectors.lossy.swallowed import Habits, Swallowed
from fixtext.detectors.lossy.temperature import TEMPERATURE
from fixtext.detectors.neighbours import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fixtext.language import LanguageModel
    from fixtext.language.batch import Characters

    Bits = NDArray[np.float64]

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

_BRACKET_LEADS = ((0xE2,), (0xE3,), (0xEF,), ())
"""First bytes of the closing marks that `brackets` knows; none where no byte is left."""


class _Group(NamedTuple):
    """The characters that fit a place, looked up in the model, and their bits beyond what it says."""

    characters: Characters
    extra: Bits


class Scales:
    """Weighs places of one document: it remembers what the same broken word has come to before."""

    def __init__(
        self,
        model: LanguageModel,
        script: str,
        habits: Callable[[], Habits],
        fits: Fits,
        *,
        strange: re.Pattern[str] | None = None,
        temperature: float = TEMPERATURE,
        ends: Callable[[], Ends] = lambda: Ends([], 0),
    ) -> None:
        """Take what is known of the document.

        Args:
            model: the language model, best with the document's own words.
            script: the script of the document, as in `choices.choices`.
            habits: tells what follows Chinese in the document.
            fits: which characters can have been lost.
            strange: characters that the document does not use.
            temperature: by what the bits of lost characters are to be divided.
            ends: tells which characters end a stretch in the document.
        """
        self._model = model
        self._strange = strange
        self._script = script
        self._has_network = script in ("hans", "")
        self._habits = habits
        self._fits = fits
        self._temperature = temperature
        self._count_ends = ends
        self._groups: dict[Hashable, _Group] = {}
        self._rows: dict[Hashable, Row] = {}
        self._inside: dict[Hashable, Weighed | None] = {}
        self._rows_inside: dict[Hashable, tuple[Row, float]] = {}
        self._certain: dict[tuple[Known, bytes | None], Weighed | None] = {}

    @cached_property
    def _ends(self) -> Ends:
        """Which characters end a stretch in this document."""
        return self._count_ends()

    @cached_property
    def swallowed(self) -> Swallowed:
        """What may have been swallowed in this document."""
        return Swallowed(self._habits())

    def certain(self, known: Known, behind: bytes | None) -> Weighed | None:
        """Return what was lost at a place where a single character fits; None if more do, or none does.

        Args:
            known: the bytes left of it, None where one is lost.
            behind: the first byte behind it.
        """
        asked = known, behind
        if asked not in self._certain:
            chars = self._fits.chars(known, behind)
            self._certain[asked] = the_only(chars) if len(chars) == 1 else None
        return self._certain[asked]

    def prepare(self, places: Sequence[Place]) -> None:
        """Rank the lost characters of places that will be weighed one after the other: all at once takes far less.

        Args:
            places: what is known of them before the others are; of the left two characters count, and what stands right
                behind.
        """
        self._rank_new(places, [self._key(place) for place in places])

    def weigh(self, places: Sequence[Place]) -> list[Weighed | None]:
        """Rank what may have stood at each place; None where nothing fits. The places must be independent."""
        keys = [self._key(place) for place in places]
        asked = self._wanted(places, keys)
        known = self._inside
        missing = {one: (place, key) for one, place, key in zip(asked, places, keys, strict=True) if one not in known}
        new: dict[Hashable, Weighed | None] = {}
        if missing:
            new = dict(zip(missing, self._joint(missing.values()).weighed(), strict=True))
            known.update((one, found) for one, found in new.items() if not isinstance(one, Place))
        return [new[one] if one in new else known[one] for one in asked]

    def _wanted(self, places: Sequence[Place], keys: Sequence[Hashable]) -> list[Hashable]:
        """Return what all that is found for each place depends on; inside stretches that is little, mostly."""
        known = self._rank_new(places, keys)
        return [
            place if is_end(place) or may_be_bracket(place.known) or self._is_asked(place.known, known[key]) else key
            for place, key in zip(places, keys, strict=True)
        ]

    def _is_asked(self, known: Known, row: Row) -> bool:
        """Whether the network has a say, for which all of the line counts."""
        return self._has_network and is_ranked(known) and is_unsure(row)

    def _joint(self, asked: Iterable[tuple[Place, Hashable]]) -> Joint:
        """Return places, which have been ranked, with what was swallowed at them."""
        places, keys = zip(*asked, strict=True)
        rows = [_with_brackets(place, self._rows[key]) for place, key in zip(places, keys, strict=True)]
        if self._has_network:
            rows = network().reweighed(places, rows)
        return Joint(places, rows, self._temperature, lambda: self.swallowed)

    def weigh_chains(self, chains: Sequence[Sequence[Place]]) -> list[list[Weighed | None]]:
        """Rank what may have stood at places that are context to each other, by a beam search.

        Args:
            chains: the places of one line each, in order; ``left`` counts for the first alone. Nothing was swallowed.
        """
        different = dict.fromkeys(map(tuple, chains))
        searched = Chains(self._fits, self._rows_behind, self._commonest).weigh(list(different))
        found = dict(zip(different, searched, strict=True))
        return [found[tuple(chain)] for chain in chains]

    def _commonest(self, place: Place) -> list[tuple[float, str]]:
        """Return the characters that fit a place with what they cost without context, the commonest first."""
        chars = choices(self._fits.chars(place.known, place.following), self._script).chars
        return sorted(zip(self._model.costs("", chars), chars, strict=True))

    def _rows_behind(self, places: Sequence[Place], lefts: Sequence[Sequence[str]]) -> Iterator[tuple[Row, float]]:
        """Yield the lost characters of each place with their bits, behind each of the texts that may stand before it.

        With them comes the weight of all others against theirs. Nothing was swallowed; so inside stretches little
        counts of what stands around, and comes back often.
        """
        heres = [Place(left, *place[1:]) for place, before in zip(places, lefts, strict=True) for left in before]
        keys = [self._key(here) for here in heres]
        asked = self._wanted(heres, keys)
        known = self._rows_inside
        missing = {one: (here, key) for one, here, key in zip(asked, heres, keys, strict=True) if one not in known}
        new: dict[Hashable, tuple[Row, float]] = {}
        if missing:
            new = dict(zip(missing, self._joint(missing.values()).rows(), strict=True))
            known.update((one, row) for one, row in new.items() if not isinstance(one, Place))
        for one in asked:
            yield new[one] if one in new else known[one]

    def _rank_new(self, places: Sequence[Place], keys: Sequence[Hashable]) -> Mapping[Hashable, Row]:
        """Return the rows of places by what each depends on, those that were ranked before too."""
        known = self._rows
        missing = {key: place for place, key in zip(places, keys, strict=True) if key not in known}
        if missing:
            known.update(zip(missing, self._new_rows(list(missing.values())), strict=True))
        return known

    def _key(self, place: Place) -> Hashable:
        """Return what the ranking of a place depends on."""
        context = software.context(place.left)[1]
        return place.left[-2:], context, self._behind_key(place), self._fits.key(place.known, place.following)

    def _behind_key(self, place: Place) -> str:
        """Return what of the text behind a place its ranking depends on."""
        return "" if is_end(place) else place.right[:2] + "\ufffd" * place.joined

    def _group(self, place: Place) -> _Group:
        """Return the characters that fit a place."""
        key = self._fits.key(place.known, place.following)
        group = self._groups.get(key)
        if group is None:
            if place.known:
                most = [] if any(place.known) and max(byte or 0 for byte in place.known) > 0 else [FEW]
                found = choices(self._fits.chars(place.known, place.following), self._script, *most)
            else:
                found = any_character(self._script)
            extra = np.array(found.extra)
            if self._strange is not None:
                extra += [UNUSUAL * (self._strange.match(char) is not None) for char in found.chars]
            group = self._groups[key] = _Group(self._model.look_up(found.chars), extra)
        return group

    def _new_rows(self, places: Sequence[Place]) -> list[Row]:
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
        ends = np.array([is_end(place) for place in places])
        for number in np.flatnonzero(ends).tolist():
            place = places[number]
            if place.known == typography.KNOWN:
                shares = typography.bits(place.left, codes[owners == number].tolist())
                if shares is not None:
                    marked.append((number, shares))
        ending = ends.copy()
        ending[[number for number, _ in marked]] = False
        if self._script == "other":
            here = np.flatnonzero(ending[owners])
            bits[here] -= np.log2(self._ends.shares(codes[here]))
        else:
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
        near = software.least(owners, bits) + np.where(ends[owners], HOPELESS + _SLACK, _NEAR)
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
        for number in distinct(owners).tolist():
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


def looks_ahead(known: Known) -> bool:
    """Whether all the rest of the line may count for a lost character inside a stretch."""
    return may_be_bracket(known) or is_ranked(known)


def may_be_bracket(known: Known) -> bool:
    """Whether a lost character may be a mark that the rest of the line has to do with (`brackets`)."""
    return known[:1] in _BRACKET_LEADS


def _with_brackets(place: Place, row: Row) -> Row:
    """Add what the brackets of the line owe."""
    among = {char for _, char in row} & MARKS if may_be_bracket(place.known) else set()
    if not among:
        return row
    owed: Mapping[str, float] = marks(place.left, place.rest, among)
    return sorted((bits + owed.get(char, 0.0), char) for bits, char in row)
