"""The same torn word returns on a page: its occurrences decide together what each alone leaves in doubt."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from fixtext.detectors.glossed.doubt import SURE
from fixtext.findings import Candidate, Guess

RULED_OUT = 0.02
"""Probability below which the place itself speaks against a character, whatever the others say."""

UNSEEN_BITS = 12.0
"""Cost of a character that is not among the runners-up of a place."""


def agree(candidates: Sequence[Candidate], text: str) -> list[Candidate]:
    """Let guesses of the same place in the same word choose one character.

    Two guesses belong together if the byte that survived is the same and so is the next character.

    Args:
        candidates: the repairs of one page.
        text: the observed text.

    Returns:
        The repairs in the same order, some with other characters and probabilities. Every certificate still holds.
    """
    groups: dict[tuple[str, int, int], list[tuple[int, Guess]]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        for guess in candidate.guesses:
            key = _key(candidate, guess, text)
            if key is not None:
                groups[key].append((index, guess))
    changed = list(candidates)
    for members in groups.values():
        if len(members) > 1 and any(guess.probability < SURE for _, guess in members):
            char, share = _choice([guess for _, guess in members])
            for index, guess in members:
                if _probability(guess, char) >= RULED_OUT:
                    changed[index] = _with(changed[index], guess, char, share, text)
    return changed


def _key(candidate: Candidate, guess: Guess, text: str) -> tuple[str, int, int] | None:
    """Return (next character, which byte survived, its value), or None if nothing can be said."""
    chars = [guess.char, *(char for char, _ in guess.others)]
    following = (candidate.text + text[candidate.span.end : candidate.span.end + 1])[guess.offset + 1 :][:1]
    for place in (0, 1):
        values = {char.encode("gbk", "replace")[-2:][place:][:1] for char in chars}
        if len(values) == 1 and len(chars) > 1 and (value := values.pop()):
            return following, place, value[0]
    return None


def _choice(guesses: Sequence[Guess]) -> tuple[str, float]:
    """Return the character that all places together find likeliest, and its share."""
    # In order, so that their sum is the same to the last bit in every process.
    chars = sorted({char for guess in guesses for char in (guess.char, *(other for other, _ in guess.others))})
    costs = {char: sum(_bits(guess, char) for guess in guesses) for char in chars}
    best = min(costs, key=lambda char: (costs[char], char))
    total = sum(2.0 ** max(-60.0, costs[best] - cost) for cost in costs.values())
    return best, 1.0 / total


def _bits(guess: Guess, char: str) -> float:
    probability = _probability(guess, char)
    return min(UNSEEN_BITS, -math.log2(probability)) if probability else UNSEEN_BITS


def _probability(guess: Guess, char: str) -> float:
    return guess.probability if char == guess.char else dict(guess.others).get(char, 0.0)


def _with(candidate: Candidate, guess: Guess, char: str, share: float, text: str) -> Candidate:
    """Return the candidate with another character for a guess, if its certificate still holds."""
    healthy = candidate.text[: guess.offset] + char + candidate.text[guess.offset + 1 :]
    observed = text[candidate.span.start : candidate.span.end]
    if char != guess.char and candidate.channel.damage(healthy) != observed:
        return candidate
    others = [(other, p) for other, p in ((guess.char, guess.probability), *guess.others) if other != char]
    rest = sum(p for _, p in others) or 1.0
    others = [(other, p / rest * (1.0 - share)) for other, p in others]
    agreed = Guess(guess.offset, char, share, tuple(sorted(others, key=lambda item: -item[1])[:3]))
    guesses = tuple(agreed if old.offset == guess.offset else old for old in candidate.guesses)
    return replace(candidate, text=healthy, guesses=guesses)
