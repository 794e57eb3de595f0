"""Puts weighed characters into a text, and holes where they are too uncertain."""

from __future__ import annotations

from typing import NamedTuple

from fixtext.channels.channel import Step
from fixtext.channels.loss_steps import HOLE, FillHoles
from fixtext.config import Config
from fixtext.detectors.lossy.weigh import Ranked, Weighed
from fixtext.findings import Guess

MARK = "?"
"""What stands for a swallowed character that is too uncertain: the mark that stood there stays."""

_BOTH_WRONG = 0.05
"""A place is left alone if both of its characters are wrong with more than this probability."""

_SURE = 0.996
"""Probability that a swallowed character needs to be put back at the end of a text."""

_QUOTED = 0.9
"""The same for a quotation mark: a string that is cut off is rarer than one that ends."""

_ALONE = 0.98
"""Probability that one of the two characters of a place needs to be put back where the other is not."""


class Filled(NamedTuple):
    """A stretch of text with what was lost put back.

    Attributes:
        text: the stretch as proposed, with U+FFFD where a character is too uncertain.
        certain: the same with the likeliest character everywhere.
        steps: what leads from the one to the other: nothing, or `FillHoles`.
        guesses: the characters put in, by offset into ``text``.
        below: whether a character is less probable than asked for.
    """

    text: str
    certain: str
    steps: tuple[Step, ...]
    guesses: tuple[Guess, ...]
    below: bool


def fill(run: str, found: Weighed, config: Config, *, drop_ascii: bool, alone: bool = True) -> Filled:
    """Put the lost characters of one place behind the run of text that they end.

    Args:
        run: the healthy text before them.
        found: the lost characters.
        config: says what becomes of uncertain ones.
        alone: whether nothing but this place is repaired: then it is left as it is where both characters may be wrong.
        drop_ascii: whether the text ends there and has no lines: then a line feed is nothing.
    """
    lost = [found.char]
    if found.ascii is not None and not (drop_ascii and _is_end(found.ascii)):
        lost.append(found.ascii)
    put = _put(lost, found, config, alone=alone)
    text, certain = run, run + "".join(ranked.best for ranked in lost)
    guesses: list[Guess] = []
    fillings: list[tuple[int, str]] = []
    for place, (ranked, is_put) in enumerate(zip(lost, put, strict=True)):
        if is_put:
            guesses.append(_guess(len(text), ranked))
            text += ranked.best
        elif place == 0:
            fillings.append((len(text), ranked.best))
            text += HOLE
        else:
            fillings.append((len(text), ranked.best))
            text += MARK
    below = config.holes != "guess" and not all(_put(lost, found, config, "mark", alone=alone))
    steps = (FillHoles(tuple(fillings)),) if fillings else ()
    return Filled(text, certain, steps, tuple(guesses), below)


def _is_end(ranked: Ranked) -> bool:
    """Whether what was swallowed at the end of a text is a line feed that nobody misses."""
    return ranked.best == "\n" or ranked.probability < (_QUOTED if ranked.best in "\"'" else _SURE)


def _put(lost: list[Ranked], found: Weighed, config: Config, holes: str = "", *, alone: bool) -> list[bool]:
    """Return which of the lost characters are put back."""
    if (holes or config.holes) != "mark":
        return [True] * len(lost)
    put = [ranked.probability >= config.required_probability for ranked in lost]
    if not alone:
        return put
    if len(lost) == 2 and not all(put):
        return [is_put and ranked.probability >= _ALONE for is_put, ranked in zip(put, lost, strict=True)]
    if len(lost) == 2 and found.both_wrong > _BOTH_WRONG:
        return [False, False]
    return put


def _guess(offset: int, ranked: Ranked) -> Guess:
    others = tuple((char, round(probability, 4)) for char, probability in ranked.options[1:] if probability >= 0.001)
    return Guess(offset, ranked.best, round(ranked.probability, 4), others)
