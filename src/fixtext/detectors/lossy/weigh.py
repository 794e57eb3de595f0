"""Chooses the lost characters of many places at once: the language model on one side, what stands around on the other.

A place is one broken sequence and the ASCII character that its mark may have swallowed. Places are independent of
each other as long as they are more than two characters apart; those that are not are weighed one after the other, so
that the first is context to the second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fixtext.detectors.lossy import endings, swallowed
from fixtext.detectors.lossy.brackets import marks
from fixtext.detectors.lossy.choices import Choices, any_character, choices

if TYPE_CHECKING:
    from fixtext.language import LanguageModel

BEHIND = 0.3
"""Share of what the language model says about the swallowed character behind a lost one; 0 and 0.6 do worse by 0.3 and
0.5 points of the lines restored. What ends a run is known better from `endings`."""

_MARKS = frozenset("。，、；：？！）】》」』”’…—")
"""Punctuation: what follows it is a matter of layout, which `swallowed` knows."""

TEMPERATURE = 1.25
"""Bits are divided by this before they become probabilities; docs/damage/lossy.md shows the calibration."""

_TRIED = 24
"""Lost characters, the likeliest by the language model, that are looked at closer."""

_CHARS = 6
_ASCII = 6
"""So many characters of each kind are combined; the true ones are among them in 99 % of the places."""

_SHOWN = 3
"""Runners-up reported."""


@dataclass(frozen=True, slots=True)
class Place:
    """One broken place.

    Attributes:
        left: the line up to the place.
        right: the rest of the line, cut at the next broken place.
        line: the whole line without the place: what quotation marks and brackets are counted in.
        known: the bytes left of the lost character, None where one is lost; empty if no byte is left.
        swallows: whether an ASCII character went with it.
        fits: whether a character can have been lost here; None if any can.
    """

    left: str
    right: str
    line: str
    known: tuple[int | None, ...]
    swallows: bool
    fits: Callable[[str], bool] | None = None


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
    """What was found for a place: the lost character, and the swallowed one (None if none was)."""

    char: Ranked
    ascii: Ranked | None


def weigh(places: Sequence[Place], model: LanguageModel, script: str) -> list[Weighed | None]:
    """Rank what may have stood at each place; None where nothing fits.

    Args:
        places: independent places.
        model: the language model, best with the document's own words.
        script: the script of the document, as in `choices.choices`.
    """
    options = [_options(place, script) for place in places]
    ranked = _rank_chars(places, options, model)
    pairs: list[list[tuple[str, float, str, float]]] = [
        [(char, bits, *pair) for char, bits in row for pair in _swallowed(place, char)]
        for place, row in zip(places, ranked, strict=True)
    ]
    befores: list[str] = []
    behinds: list[str] = []
    for place, row in zip(places, pairs, strict=True):
        for char, _, ascii_char, _ in row:
            first, second = (place.left[-1:] + char, char + ascii_char) if ascii_char else (place.left[-1:] + char, "")
            befores.append(first)
            behinds.append(ascii_char or place.right[:1] or "\n")
            if not ascii_char and len(place.right) > 1:
                second = char + place.right[0]
            befores.append(second)
            behinds.append(place.right[1:2] if not ascii_char and place.right[1:2] else "\n")
    behind = _transitions(model, befores, behinds)
    found: list[Weighed | None] = []
    position = 0
    for place, row in zip(places, pairs, strict=True):
        weights: list[tuple[float, str, str]] = []
        for char, bits, ascii_char, ascii_bits in row:
            after = 0.0 if _ends(place) else behind[position] + (behind[position + 1] if len(place.right) > 1 else 0.0)
            if ascii_char:
                alone = model.transition("", ascii_char)
                after = BEHIND * (behind[position] - alone) if char not in _MARKS else 0.0
            weights.append((bits + ascii_bits + after, char, ascii_char))
            position += 2
        found.append(_weighed(weights) if weights else None)
    return found


def _ends(place: Place) -> bool:
    """Whether a run of Chinese ends with the lost character."""
    return place.swallows or place.right[:1] < "@"


def _options(place: Place, script: str) -> Choices:
    found = choices(place.known, script) if place.known else any_character(script)
    if place.fits is None:
        return found
    kept = [(char, extra) for char, extra in zip(found.chars, found.extra, strict=True) if place.fits(char)]
    return Choices("".join(char for char, _ in kept), tuple(extra for _, extra in kept))


def _rank_chars(
    places: Sequence[Place], options: Sequence[Choices], model: LanguageModel
) -> list[list[tuple[str, float]]]:
    """Return the likeliest lost characters of each place by what stands before them, with their bits."""
    befores: list[str] = []
    chars: list[str] = []
    for place, (possible, _) in zip(places, options, strict=True):
        befores += [place.left[-2:]] * len(possible)
        chars += possible
    bits = _transitions(model, befores, chars)
    ranked = []
    position = 0
    for place, (possible, extra) in zip(places, options, strict=True):
        end = position + len(possible)
        by_bracket = marks(place.left, place.right) if place.known[:1] in ((0xE2,), (0xE3,), (0xEF,), ()) else {}
        ends, before = _ends(place), place.left[-20:]
        tried = [
            (cost + more, char, cost, more)
            for char, cost, more in zip(possible, bits[position:end], extra, strict=True)
        ]
        tried.sort()
        row = [
            (char, (endings.bits(cost, more, before, char) if ends else cost + more) + by_bracket.get(char, 0.0))
            for _, char, cost, more in tried[:_TRIED]
        ]
        row.sort(key=lambda item: item[1])
        ranked.append(row[:_CHARS])
        position = end
    return ranked


def _transitions(model: LanguageModel, befores: list[str], chars: list[str]) -> Sequence[float]:
    if len(chars) < 400:  # below, looking up one by one costs less than importing numpy
        return [model.transition(before, char) for before, char in zip(befores, chars, strict=True)]
    values: list[float] = model.transitions(befores, chars).tolist()
    return values


def _swallowed(place: Place, char: str) -> tuple[tuple[str, float], ...]:
    if not _ends(place):
        return (("", 0.0),)
    right = place.right if place.swallows else place.right[1:]
    before = swallowed.kind_before(place.left[-swallowed.CLAUSE :] + char)
    after = swallowed.kind_after(right, place.left + char)
    found = swallowed.costs(before, after, swallowed.balance(place.line))
    if place.swallows:
        return found[:_ASCII]
    # The character is there; what it is says something about the lost one in front of it.
    kept = place.right[:1] or "\n"
    return (("", dict(found).get(kept, found[-1][1])),)


def _weighed(weights: list[tuple[float, str, str]]) -> Weighed:
    least = min(bits for bits, _, _ in weights)
    chars: dict[str, float] = {}
    swallowed_chars: dict[str, float] = {}
    for bits, char, ascii_char in weights:
        weight = 2.0 ** ((least - bits) / TEMPERATURE)
        chars[char] = chars.get(char, 0.0) + weight
        swallowed_chars[ascii_char] = swallowed_chars.get(ascii_char, 0.0) + weight
    return Weighed(_ranked(chars), _ranked(swallowed_chars) if "" not in swallowed_chars else None)


def _ranked(weights: dict[str, float]) -> Ranked:
    whole = sum(weights.values())
    shares = sorted(((char, weight / whole) for char, weight in weights.items()), key=lambda item: (-item[1], item[0]))
    return Ranked(tuple(shares[: _SHOWN + 1]))
