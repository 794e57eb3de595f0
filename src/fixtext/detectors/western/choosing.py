"""The likeliest of the characters that vanished bytes may have been part of."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from heapq import nlargest
from typing import TYPE_CHECKING

from fixtext.findings import Guess

if TYPE_CHECKING:
    from fixtext.detectors.misdecoded.plausible import Plausibility
    from fixtext.detectors.western.remains import Parts

SOFT_HYPHEN = 0xAD

RARE = {"\u2010": 10.0, "\u2001": 10.0, "\u200d": 10.0}
"""Bits that signs cost more than others of their kind: 21 MB of healthy text have 1,601 closing quotation marks
(U+201D), one U+200D, and none of the others."""

BEAM = 8
LIKELY = 24
"""Texts that are kept at each choice, and characters that are tried, the most frequent ones. Of lines of Chinese,
Japanese and Russian a beam of 48 restored as many as one of 8 (825 of 1,147), in four times the time."""
OTHERS = 3
"""Runners-up that a guess names at most."""


def chosen(
    parts: Parts, before: str, after: str, scorer: Plausibility, soft: float, spaced: float
) -> tuple[str, tuple[Guess, ...], float]:
    """Choose the likeliest text by a beam search; how probable a character is, is its share of what reached the end.

    Args:
        parts: what is left, and what may have been.
        before: what stands before it.
        after: what stands behind it.
        scorer: tells bits.
        soft: bits that it costs that a soft hyphen vanished.
        spaced: the same where it may have been a no-break space.

    Returns:
        the text, what was chosen, and the bits of the text.
    """
    beam: list[tuple[float, str, tuple[int, ...]]] = [(0.0, before, ())]
    for part in (*parts, after):
        if isinstance(part, str):
            rest = _bits(part[2:], part[:2], scorer)  # the same for all
            beam = [(bits + _bits(part[:2], text, scorer) + rest, text + part, taken) for bits, text, taken in beam]
            continue
        likely, _ = _frequent(part, scorer)
        price = soft if part[0].endswith(" ") == part[-1].endswith(" ") else spaced
        beam = [
            (bits + _bits(option, text, scorer) + _cost(option[0], price), text + option, (*taken, index))
            for bits, text, taken in beam
            for index, option in likely
        ]
        beam.sort()
        del beam[BEAM:]
    beam.sort()
    least, best, taken = beam[0]
    weights = [2.0 ** max(-1000.0, least - bits) for bits, _, _ in beam]
    total = sum(weights)
    guesses = []
    offset = number = 0
    for part in parts:
        if isinstance(part, str):
            offset += len(part)
            continue
        shares: defaultdict[str, float] = defaultdict(float)
        for weight, (_, _, picked) in zip(weights, beam, strict=True):
            shares[part[picked[number]][0]] += weight / total
        option = part[taken[number]]
        others = sorted(((char, share) for char, share in shares.items() if char != option[0]), key=lambda one: -one[1])
        tried = _frequent(part, scorer)[1]
        guesses.append(Guess(offset, option[0], min(1.0, shares[option[0]]) * tried, tuple(others[:OTHERS])))
        offset += len(option)
        number += 1
    return best[len(before) : len(best) - len(after)], tuple(guesses), least


def _cost(char: str, soft: float) -> float:
    return RARE.get(char, 0.0) + (soft if soft and lost_soft_hyphen(char) else 0.0)


def lost_soft_hyphen(char: str) -> bool:
    """Whether a byte of a character is that of a soft hyphen, in UTF-8."""
    return SOFT_HYPHEN in char.encode()


@lru_cache(maxsize=1 << 10)
def _frequent(options: tuple[str, ...], scorer: Plausibility) -> tuple[list[tuple[int, str]], float]:
    """Return the most frequent of some characters, with their places among them, and their share of all."""
    if len(options) <= LIKELY:
        return list(enumerate(options)), 1.0
    shares = [2.0 ** -scorer.healthy(option[0]) for option in options]
    kept = nlargest(LIKELY, enumerate(options), key=lambda one: shares[one[0]])
    return kept, sum([shares[place] for place, _ in kept]) / sum(shares)


def _bits(text: str, before: str, scorer: Plausibility) -> float:
    whole = before[-2:] + text
    first = len(whole) - len(text)
    return sum(scorer.healthy(whole[max(0, place - 2) : place + 1]) for place in range(first, len(whole)))
