"""Lost characters that are context to each other: a beam search over the places of a chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from fixtext.detectors.lossy.choices import Fits
from fixtext.detectors.lossy.joint import HOPELESS
from fixtext.detectors.lossy.places import Place, Ranked, Row, Weighed, ranked, weights_of

_BEAM = 12
"""Texts that are kept while places close to each other are weighed together."""

PAIRS_TEMPERATURE = 2.0
"""By what more the bits are divided where the first two bytes of a character are lost, or all. Calibration error of 10
Korean and 10 Traditional documents (cp949 with ``?`` and with U+FFFD, cp950): 0.074, 0.092 and 0.067 with 1, with 1.5
0.067, 0.068 and 0.046, with 2 0.063, 0.057 and 0.041."""

_UNEXPECTED = 64
"""Characters of each of two places that are tried where none of those that are likely go together."""

_Beam = list[tuple[float, str, tuple[str, ...]]]
"""Texts so far: their bits, the text, and the characters picked."""

_Longer = tuple[float, str, str, tuple[str, ...]]
"""A text with the character that goes on: bits, the text so far, the character, those picked before."""


class Chains:
    """Weighs chains: places with less than two characters between them, where nothing was swallowed."""

    def __init__(
        self,
        fits: Fits,
        rows_behind: Callable[[Sequence[Place], Sequence[Sequence[str]]], Iterator[tuple[Row, float]]],
        commonest: Callable[[Place], list[tuple[float, str]]],
    ) -> None:
        """Take what weighs single places.

        Args:
            fits: which characters can have been lost.
            rows_behind: given places and for each the texts that may stand before it, yields the lost characters with
                their bits, and the weight of all others, behind each.
            commonest: returns the characters that fit a place with their bits without context, the commonest first.
        """
        self._fits, self._rows_behind, self._commonest = fits, rows_behind, commonest

    def weigh(self, chains: Sequence[tuple[Place, ...]]) -> list[list[Weighed | None]]:
        """Rank what may have stood at the places of each."""
        beams: list[_Beam] = [[(0.0, chain[0].left, ())] for chain in chains]
        unexpected: list[tuple[int, int]] = []
        rests: list[list[float]] = [[] for _ in chains]
        for number in range(max(map(len, chains), default=0)):
            going = [index for index, chain in enumerate(chains) if number < len(chain) and beams[index]]
            lefts = [[left for _, left, _ in beams[index]] for index in going]
            rows = self._rows_behind([chains[index][number] for index in going], lefts)
            for index in going:
                right = chains[index][number].right
                longer: list[_Longer] = []
                rest = 0.0
                for bits, left, picked in beams[index]:
                    row, left_out = next(rows)
                    longer += [(bits + more, left, char, picked) for more, char in row]
                    rest = rest or left_out  # that behind the likeliest text
                rests[index].append(rest)
                if number and self._fits.touch is not None and not chains[index][number - 1].right:
                    longer, is_expected = self._touching(chains[index][number - 1], chains[index][number], longer)
                    unexpected += [] if is_expected else [(index, number - 1), (index, number)]
                longer.sort()
                least = longer[0][0] + HOPELESS if longer else 0.0
                beams[index] = [
                    (bits, left + char + right, (*picked, char))
                    for bits, left, char, picked in longer[:_BEAM]
                    if bits <= least
                ]
        found = [_read(beam, rest, chain) for chain, beam, rest in zip(chains, beams, rests, strict=True)]
        for index, number in unexpected:
            weighed = found[index][number]
            if weighed is not None:
                found[index][number] = Weighed(Ranked(((weighed.char.best, 0.0),)), None, 1.0)
        return found

    def _touching(self, first: Place, second: Place, texts: list[_Longer]) -> tuple[list[_Longer], bool]:
        """Return those of some texts whose last two characters can have been lost together, and True.

        If there are none, a text with the commonest two that can, so that the places beside it can be told; and False.
        """
        touch, known = self._fits.touch, (first.known, second.known)
        if touch is None:
            return texts, True
        found = [text for text in texts if touch(known, text[3][-1] + text[2])]
        if found or not texts:
            return found, True
        befores, afters = (self._commonest(place)[:_UNEXPECTED] for place in (first, second))
        pairs = [(a + b, one, other) for (a, one), (b, other) in product(befores, afters) if touch(known, one + other)]
        bits, one, other = min(pairs, default=(0.0, "", ""))
        total, left, _, picked = min(texts)
        return [(total + bits, left[:-1] + one, other, (*picked[:-1], one))] if one else [], False


def _read(beam: _Beam, rests: Sequence[float], chain: Sequence[Place]) -> list[Weighed | None]:
    """Return what the texts of a beam say about each of its places, given what its characters leave out there."""
    if not beam:
        return [None] * len(chain)
    found: list[Weighed | None] = []
    heat = PAIRS_TEMPERATURE if any(place.known[:2] == (None, None) for place in chain) else 1.0
    for number in range(len(chain)):
        lost = ranked(weights_of([(bits / heat, picked[number]) for bits, _, picked in beam]), rests[number])
        found.append(Weighed(lost, None, 1 - lost.probability))
    return found
