"""What is known of a broken place, and what is found for it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from fixtext.detectors.lossy.choices import Known

ELSE = 0.0005
"""Probability that it was none of the characters that were looked at; nothing guessed is certain."""

SHOWN = 3
"""Runners-up reported."""

Row = list[tuple[float, str]]
"""Characters with their bits, the cheapest first."""


class Place(NamedTuple):
    """One broken place.

    Attributes:
        left: the line up to the place.
        right: the rest of the line, cut at the next broken place.
        rest: all the rest of the line, with `open_marks.LOST` for what other places lost.
        known: the bytes left of the lost character, None where one is lost; empty if no byte is left.
        swallows: whether an ASCII character went with it.
        following: the first byte behind the place, b"" at the end of the text, None if it is lost.
        joined: whether the next broken place stands right behind ``right``, or what followed was cut off.
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


def is_end(place: Place) -> bool:
    """Whether a run of Chinese ends with the lost character."""
    return place.swallows or (place.right[:1] < "@" and not (place.joined and not place.right))


@lru_cache(maxsize=1 << 12)
def the_only(char: str) -> Weighed:
    """Return what is found where a single character fits."""
    lost = ranked({char: 1.0})
    return Weighed(lost, None, 1 - lost.probability)


def weights_of(row: Row) -> dict[str, float]:
    """Return the weights of characters, the same ones together, relative to the likeliest."""
    least = min(bits for bits, _ in row)
    weights: dict[str, float] = {}
    for bits, char in row:
        weights[char] = weights.get(char, 0.0) + 2.0 ** (least - bits)
    return weights


def ranked(weights: dict[str, float], rest: float = 0.0) -> Ranked:
    """Return characters with their shares of all weights, those of others included.

    Args:
        weights: the weight of each.
        rest: the weight of all others, against that of these.
    """
    whole = sum(weights.values()) * (1 + ELSE + rest)
    if len(weights) == 1:
        ((char, weight),) = weights.items()
        return Ranked(((char, weight / whole),))
    shares = sorted(((char, weight / whole) for char, weight in weights.items()), key=lambda item: (-item[1], item[0]))
    return Ranked(tuple(shares[: SHOWN + 1]))
