"""Chooses the lost characters of many places at once: the language model on one side, what stands around on the other.

A place is one broken sequence and the ASCII character that its mark may have swallowed. Places are independent of
each other as long as they are more than two characters apart; those that are not are weighed one after the other, so
that the first is context to the second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from fixtext.detectors.lossy import software, typography
from fixtext.detectors.lossy.brackets import marks
from fixtext.detectors.lossy.choices import Choices, any_character, choices
from fixtext.detectors.lossy.swallowed import Habits, Swallowed

if TYPE_CHECKING:
    from fixtext.language import LanguageModel

TEMPERATURE = 1.3
"""The bits of lost characters are divided by this before they become probabilities; those of the swallowed ones need
no such correction. docs/damage/lossy.md shows the calibration."""

_INSIDE = 0.5
"""Weight of the counts of software in the middle of a stretch, against the language model."""

_TRIED = 16
"""Lost characters, the likeliest by what stands before them, that are looked at closer."""

_CHARS = 6
_ASCII = 6
"""So many characters of each kind are combined; the true ones are among them in 99 % of the places."""

_HOPELESS = 10.0
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
    known: tuple[int | None, ...]
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


Fits = Callable[[tuple[int | None, ...], bytes | None, str], bool]
"""Whether a character can have been lost: the bytes left of it, the byte behind, the character."""

_Beam = list[tuple[float, str, tuple[str, ...]]]
"""Texts so far: their bits, the text, and the characters picked."""

_Row = list[tuple[float, str]]
"""Characters with their bits, the cheapest first."""


class Scales:
    """Weighs places of one document: it remembers what the same broken word has come to before."""

    def __init__(self, model: LanguageModel, script: str, habits: Habits, fits: Fits | None = None) -> None:
        """Take what is known of the document.

        Args:
            model: the language model, best with the document's own words.
            script: the script of the document, as in `choices.choices`.
            habits: what follows Chinese in the document.
            fits: whether a character can have been lost at a place; None if any can.
        """
        self._model = model
        self._script = script
        self._habits = habits
        self._fits = fits
        self._narrowed: dict[object, Choices] = {}
        self._rows: dict[object, _Row] = {}

    def weigh(self, places: Sequence[Place]) -> list[Weighed | None]:
        """Rank what may have stood at each place; None where nothing fits. The places must be independent."""
        rows = self._rank(places)
        return [_weighed(self._combine(place, row)) if row else None for place, row in zip(places, rows, strict=True)]

    def weigh_chains(self, chains: Sequence[Sequence[Place]]) -> list[list[Weighed | None]]:
        """Rank what may have stood at places that are context to each other, by a beam search.

        Args:
            chains: the places of one line each, in order; ``left`` counts for the first alone.
        """
        beams: list[_Beam] = [[(0.0, chain[0].left, ())] for chain in chains]
        for number in range(max(map(len, chains), default=0)):
            going = [index for index, chain in enumerate(chains) if number < len(chain)]
            heres = [[chains[index][number]._replace(left=left) for _, left, _ in beams[index]] for index in going]
            rows = iter(self._rank([here for several in heres for here in several]))
            for index, several in zip(going, heres, strict=True):
                longer: _Beam = []
                for here, (bits, left, picked) in zip(several, beams[index], strict=True):
                    for more, char, _ in self._combine(here, next(rows)):
                        longer.append((bits + more, left + char + here.right, (*picked, char)))
                longer.sort()
                beams[index] = longer[:_BEAM]
        return [_read(beam, len(chain)) for chain, beam in zip(chains, beams, strict=True)]

    def _rank(self, places: Sequence[Place]) -> list[_Row]:
        """Return the likeliest lost characters of each place, by what stands around it but the swallowed one."""
        keys = [self._key(place) for place in places]
        missing: dict[object, tuple[Place, Choices]] = {}
        befores: list[str] = []
        chars: list[str] = []
        for place, key in zip(places, keys, strict=True):
            if key not in self._rows and key not in missing:
                missing[key] = place, found = place, self._choices(place)
                befores += [place.left[-2:]] * len(found.chars)
                chars += found.chars
        bits = _transitions(self._model, befores, chars)
        position = 0
        for key, (place, found) in missing.items():
            end = position + len(found.chars)
            general = [cost + extra for cost, extra in zip(bits[position:end], found.extra, strict=True)]
            self._rows[key] = self._row(place, found.chars, general)
            position = end
        return [_cheapest(_with_brackets(place, self._rows[key])) for place, key in zip(places, keys, strict=True)]

    def _key(self, place: Place) -> object:
        """Return what the ranking of a place depends on."""
        behind = "" if _ends(place) else place.right[:2] + "\ufffd" * place.joined
        context = software.context(place.left)[1]
        return place.left[-2:], context, place.known, behind, place.following if self._fits is not None else None

    def _choices(self, place: Place) -> Choices:
        found = choices(place.known, self._script) if place.known else any_character(self._script)
        fits = self._fits
        if fits is None:
            return found
        key = place.known, place.following
        narrowed = self._narrowed.get(key)
        if narrowed is None:
            kept = [pair for pair in zip(found.chars, found.extra, strict=True) if fits(*key, pair[0])]
            narrowed = Choices("".join(char for char, _ in kept), tuple(extra for _, extra in kept))
            self._narrowed[key] = narrowed
        return narrowed

    def _row(self, place: Place, chars: str, general: list[float]) -> _Row:
        left = place.left
        if _ends(place):
            marks_bits = typography.bits(left, place.known, chars)
            if marks_bits is not None:
                return sorted(zip(marks_bits, chars, strict=True))[:_TRIED]
            if self._script == "other":
                return sorted(zip(general, chars, strict=True))[:_TRIED]
            return sorted(software.ending(left, chars, general))[:_TRIED]
        mixed = (
            list(zip(general, chars, strict=True))
            if self._script == "other"
            else [
                (-log2((1 - _INSIDE) * 2.0**-cost + _INSIDE * software.inside(left, char, cost)), char)
                for char, cost in zip(chars, general, strict=True)
            ]
        )
        mixed.sort()
        return sorted((bits + self._behind(place, char), char) for bits, char in mixed[:_TRIED])

    def _behind(self, place: Place, char: str) -> float:
        """Return the bits of the two characters behind a lost one, as far as they are known."""
        transition, left, right = self._model.transition, place.left[-1:], place.right
        if not right:
            return 0.0 if place.joined else transition(left + char, "\n")
        bits = transition(left + char, right[0])
        return bits + transition(char + right[0], right[1]) if len(right) > 1 else bits

    def _combine(self, place: Place, row: _Row) -> list[tuple[float, str, str]]:
        """Return the bits of lost characters together with what was swallowed behind them, "" if nothing was."""
        if not _ends(place):
            return [(bits / TEMPERATURE, char, "") for bits, char in row]
        if place.carriage:
            return [(bits / TEMPERATURE + _CRLF, char, "\r") for bits, char in row]
        right = place.right if place.swallows else place.right[1:]
        around = Swallowed(place.left, right, place.rest if place.swallows else place.rest[1:], self._habits)
        weights = []
        for bits, char in row:
            found = around.costs(place.left, char, likely=not place.cut)
            if place.swallows:
                for more, swallowed in found[:_ASCII]:
                    spaced = typography.behind(place.left, char, swallowed)
                    weights.append((bits / TEMPERATURE + (more if spaced is None else spaced), char, swallowed))
            else:  # The character is there; what it is says something about the lost one in front of it.
                kept = place.right[:1] or "\n"
                more = next((more for more, other in found if other == kept), _UNLIKELY)
                weights.append((bits / TEMPERATURE + more, char, ""))
        return weights


def _read(beam: _Beam, length: int) -> list[Weighed | None]:
    """Return what the texts of a beam say about each of its places."""
    if not beam:
        return [None] * length
    return [_weighed([(bits, picked[number], "") for bits, _, picked in beam]) for number in range(length)]


def _cheapest(row: _Row) -> _Row:
    """Leave out what cannot win."""
    limit = row[0][0] + _HOPELESS if row else 0.0
    return [item for item in row[:_CHARS] if item[0] <= limit]


def _with_brackets(place: Place, row: _Row) -> _Row:
    """Add what the brackets of the line owe."""
    if place.known[:1] not in _BRACKET_LEADS:
        return row
    owed: Mapping[str, float] = marks(place.left, place.rest)
    return sorted((bits + owed.get(char, 0.0), char) for bits, char in row)


def _ends(place: Place) -> bool:
    """Whether a run of Chinese ends with the lost character."""
    return place.swallows or (place.right[:1] < "@" and not (place.joined and not place.right))


def _transitions(model: LanguageModel, befores: list[str], chars: list[str]) -> Sequence[float]:
    if len(chars) < 400:  # below, looking up one by one costs less than importing numpy
        return [model.transition(before, char) for before, char in zip(befores, chars, strict=True)]
    values: list[float] = model.transitions(befores, chars).tolist()
    return values


def _weighed(weights: list[tuple[float, str, str]]) -> Weighed:
    least = min(bits for bits, _, _ in weights)
    chars: dict[str, float] = {}
    swallowed: dict[str, float] = {}
    for bits, char, ascii_char in weights:
        weight = 2.0 ** (least - bits)
        chars[char] = chars.get(char, 0.0) + weight
        swallowed[ascii_char] = swallowed.get(ascii_char, 0.0) + weight
    lost = _ranked(chars)
    if "" in swallowed:
        return Weighed(lost, None, 1 - lost.probability)
    taken = _ranked(swallowed)
    wrong = sum(2.0 ** (least - bits) for bits, c, a in weights if c != lost.best and a != taken.best)
    return Weighed(lost, taken, wrong / sum(chars.values()))


def _ranked(weights: dict[str, float]) -> Ranked:
    whole = sum(weights.values()) * (1 + _ELSE)
    shares = sorted(((char, weight / whole) for char, weight in weights.items()), key=lambda item: (-item[1], item[0]))
    return Ranked(tuple(shares[: _SHOWN + 1]))
