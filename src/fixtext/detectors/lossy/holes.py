"""Puts weighed characters into a text, and holes where they are too uncertain."""

from __future__ import annotations

from typing import NamedTuple

from fixtext.channels.loss_steps import HOLE, FillHoles
from fixtext.config import Config
from fixtext.detectors.certainty import required
from fixtext.detectors.lossy.places import Ranked, Weighed
from fixtext.findings import Guess

MARK = "?"
"""What stands for a swallowed character that is too uncertain: the mark that stood there stays."""

SWALLOWED = 0.5
"""Share of the required probability that a swallowed character needs. What stays in its place otherwise is a question
mark, which is hardly ever what stood there, while a third of the characters said to be 0.25 to 0.5 are right."""

_SURE = 0.996
"""Probability that a swallowed character needs to be put back at the end of a text."""

_QUOTED = 0.9
"""The same for a quotation mark: a string that is cut off is rarer than one that ends."""

_LEFT_OPEN = ")]}>"
"""Brackets that are never put back there: in the packages of tools/lossy_builder 49 of 2,087 lines that end in
Chinese and in an open round bracket leave it open, and more do of the others, so that a line alone does not tell surely
enough a bracket from a line feed or carriage return."""


class Filled(NamedTuple):
    """A stretch of text with what was lost put back.

    Attributes:
        text: the stretch as proposed, with U+FFFD where a character is too uncertain.
        certain: the same with the likeliest character everywhere.
        steps: what leads from the one to the other: nothing, or `FillHoles`.
        guesses: the characters put in, by offset into ``text``.
        below: whether a character is less probable than asked for.
        wrong: the probability that nothing that was put in is right.
    """

    text: str
    certain: str
    steps: tuple[FillHoles, ...]
    guesses: tuple[Guess, ...]
    below: bool
    wrong: float


def fill(
    run: str, found: Weighed, config: Config, *, drop_ascii: bool, trusted: bool = True, offset: int = 0
) -> Filled:
    """Put the lost characters of one place behind the run of text that they end.

    Args:
        run: the healthy text before them.
        found: the lost characters.
        config: says what becomes of uncertain ones.
        drop_ascii: whether the text ends there and has no lines: then a line feed is nothing.
        trusted: whether anything is put back at all.
        offset: what stands before the run in the text that the offsets of guesses and holes count in.
    """
    char, swallowed = found.char, found.ascii
    dropped = swallowed is not None and drop_ascii and _is_end(swallowed)
    if dropped:
        swallowed = None
    place = offset + len(run)
    enough = _is_enough(char, swallowed, config)
    if trusted and all(enough):
        if swallowed is None:
            text = run + char.best
            return Filled(text, text, (), (_guess(place, char),), False, 0.0 if dropped else found.both_wrong)
        text = run + char.best + swallowed.best
        guesses = _guess(place, char), _guess(place + 1, swallowed)
        return Filled(text, text, (), guesses, False, found.both_wrong)
    lost = [char] if swallowed is None else [char, swallowed]
    put = [False] * len(lost) if not trusted else enough if config.holes == "mark" else [True] * len(lost)
    text, certain = run, run + "".join(ranked.best for ranked in lost)
    made: list[Guess] = []
    fillings: list[tuple[int, str]] = []
    for ranked, is_put, hole in zip(lost, put, (HOLE, MARK), strict=False):
        if is_put:
            made.append(_guess(offset + len(text), ranked))
            text += ranked.best
        else:
            fillings.append((offset + len(text), ranked.best))
            text += hole
    below = config.holes != "guess" and not all(enough)
    steps = (FillHoles(tuple(fillings)),) if fillings else ()
    wrong = [1 - ranked.probability for ranked, is_put in zip(lost, put, strict=True) if is_put]
    # Where the text ends with the mark, that it is gone is right at least.
    all_wrong = 0.0 if dropped else found.both_wrong if all(put) else min(wrong, default=1.0)
    return Filled(text, certain, steps, tuple(made), below, all_wrong)


def _is_end(ranked: Ranked) -> bool:
    """Whether what was swallowed at the end of a text is a line feed that nobody misses."""
    if ranked.best in _LEFT_OPEN:
        return True
    return ranked.best == "\n" or ranked.probability < (_QUOTED if ranked.best in "\"'" else _SURE)


def _is_enough(char: Ranked, swallowed: Ranked | None, config: Config) -> list[bool]:
    """Return which characters are probable enough to be put back: the lost one, and the swallowed one."""
    asked = config.required_probability
    best, probability = char.options[0]
    enough = [probability >= required(best, asked)]
    if swallowed is not None:
        enough.append(swallowed.options[0][1] >= SWALLOWED * asked)
    return enough


def _guess(offset: int, ranked: Ranked) -> Guess:
    (best, probability), *others = ranked.options
    told = tuple([(char, round(share, 4)) for char, share in others if share >= 0.001]) if others else ()
    return Guess(offset, best, round(probability, 4), told)
