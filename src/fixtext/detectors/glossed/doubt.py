"""Second thoughts: guesses weighed again by a model that has read the page's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from fixtext.detectors.glossed.page_model import PageModel
from fixtext.findings import Candidate, Guess

SURE = 0.9
"""Probability of guessed characters from which others may learn, and which need no second thought."""

KEPT = 8
"""Texts that are kept while the choices of neighbouring guesses are weighed together."""


def is_sure(candidate: Candidate) -> bool:
    """Whether every guess of a repair is likely enough."""
    return all(guess.probability >= SURE for guess in candidate.guesses)


BEHIND = 14.0
"""Bits by which one of these texts may be behind the best."""

RULED_OUT = 0.00001
"""Probability below which the words of a page are not expected to bring a character back (17 bits)."""


class _Text(NamedTuple):
    bits: float
    text: str


def reweighed(candidate: Candidate, before: str, after: str, observed: str, model: PageModel) -> Candidate:
    """Return the repair with the guesses that another model finds likeliest, as far as its certificate holds.

    Args:
        candidate: the repair; its guesses name the characters that fit.
        before: the healthy text before its span, two characters suffice.
        after: the text behind its span, two characters suffice.
        observed: the text of its span as it stands.
        model: the other model.
    """
    options = _options(candidate)
    kept = [_Text(0.0, "")]
    near = {offset + further for offset in options for further in range(3)}
    for offset, char in enumerate(candidate.text):
        if offset not in near:  # it costs the same in all of them
            kept = [_Text(bits, text + char) for bits, text in kept]
            continue
        model.learn([(before + text)[-2:] + option for _, text in kept for option in options.get(offset, "")])
        longer = [
            _Text(bits + cost, text + option)
            for bits, text in kept
            for option, cost in _priced(model, before + text, options.get(offset, char))
        ]
        least = min(longer).bits
        kept = sorted(text for text in longer if text.bits < least + BEHIND)[:KEPT]
    ranked = sorted(_Text(bits + model.bits(after[:2], (before + text)[-2:]), text) for bits, text in kept)
    for _, text in ranked:
        if text == candidate.text or candidate.channel.damage(text) == observed:
            break
    guesses = tuple(_weighed(guess, text, options[guess.offset], before, after, model) for guess in candidate.guesses)
    return replace(candidate, text=text, guesses=guesses)


def asked(candidate: Candidate, before: str, after: str) -> Iterator[str]:
    """Yield most of what `reweighed` will ask of a model: each character that fits, with two before it, and what stands
    behind it, the other guesses as they are.
    """
    whole, first = before + candidate.text + after, len(before)
    for offset, chars in _options(candidate).items():
        at = first + offset
        for char in chars:
            changed = whole[:at] + char + whole[at + 1 : at + 3]
            yield from (changed[max(0, end - 3) : end] for end in range(at + 1, len(changed) + 1))


def _options(candidate: Candidate) -> dict[int, str]:
    """Return the characters that fit, by offset; those that the words of a page will not bring back are left out."""
    return {
        guess.offset: guess.char + "".join([char for char, share in guess.others if share >= RULED_OUT])
        for guess in candidate.guesses
    }


def _priced(model: PageModel, before: str, chars: str) -> Iterable[tuple[str, float]]:
    if len(chars) == 1:
        return ((chars, model.transition(before, chars)),)
    return zip(chars, model.costs(before, chars), strict=True)


def _weighed(guess: Guess, text: str, options: str, before: str, after: str, model: PageModel) -> Guess:
    at = len(before) + guess.offset
    whole = before + text + after
    return weigh_guess(
        guess.offset, text[guess.offset], options, whole[max(0, at - 2) : at], whole[at + 1 : at + 3], model
    )


def weigh_guess(offset: int, char: str, options: str, before: str, after: str, model: PageModel) -> Guess:
    """Weigh all characters that fit against each other.

    Args:
        offset: where the character stands in the repaired text.
        char: the character that was chosen.
        options: all that fit, without repetition.
        before: the healthy text before it, two characters suffice.
        after: the healthy text behind it, two characters suffice.
        model: weighs them.
    """
    costs = {option: cost + model.bits(after, before[-1:] + option) for option, cost in _priced(model, before, options)}
    least = min(costs.values())
    weights = {choice: 2.0 ** (least - cost) for choice, cost in costs.items()}
    total = sum(weights.values())
    ranked = sorted(weights, key=lambda choice: (-weights[choice], choice))
    others = tuple((choice, weights[choice] / total) for choice in ranked if choice != char)
    return Guess(offset, char, weights[char] / total, others)
