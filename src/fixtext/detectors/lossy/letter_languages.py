"""Which language a line is in whose letters beyond ASCII are gone, by its common words and by those that have holes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from fixtext.language.skeletons import default_skeletons

UNSEEN = 2e-6
"""Probability of a word that a language was not seen to have."""

MOST = 8.0
"""Nats that a single word says at most."""

_RARE = dict.fromkeys(("eo", "cy", "ga", "sq", "is", "ca"), -2.0)
"""Nats against languages that are seldom read, and of which little was counted: a word that was seen once looks
frequent there."""

_APART = 6.0
"""Nats by which the whole text can set languages apart for one of its lines: a catalogue has lines in two."""

_LEAST = 1e-4

Weights = dict[str, float]
"""Something of each language; what is not named has nothing."""


@lru_cache(maxsize=1 << 14)
def said_by(word: str) -> Weights:
    """Return the nats that a word, in small letters, perhaps with holes, adds to the languages that have it."""
    skeletons = default_skeletons()
    counts: Weights = {}
    for way in skeletons.ways(word):
        for language, count in way.counts.items():
            counts[language] = counts.get(language, 0.0) + count
    sizes = skeletons.sizes
    # Languages of which less was counted have not been seen to say what they would say.
    return {
        language: min(MOST, math.log((count / max(sizes[language], 20_000) + UNSEEN) / UNSEEN))
        for language, count in counts.items()
    }


def score(words: Iterable[str]) -> Weights:
    """Return the nats that some words add to languages."""
    total: Weights = {}
    for word in words:
        for language, nats in said_by(word).items():
            total[language] = total.get(language, 0.0) + nats
    return total


def likely(document: Weights, line: Weights) -> Weights:
    """Return the probabilities of languages for a line, given the nats of its text and its own."""
    most = max(document.values(), default=0.0)
    nats = {
        language: max(-_APART, document.get(language, 0.0) - most) + line.get(language, 0.0) + _RARE.get(language, 0.0)
        for language in default_skeletons().sizes
    }
    highest = max(nats.values())
    weights = {language: math.exp(value - highest) for language, value in nats.items()}
    total = sum(weights.values())
    return {language: weight / total for language, weight in weights.items() if weight >= _LEAST * total}
