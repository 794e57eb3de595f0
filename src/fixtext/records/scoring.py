"""How damaged a text is, in figures by which a pipeline can filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fixtext.config import Config
    from fixtext.findings import Edit, Repair

_ASKED = frozenset({"script", "normalize"})
"""What an edit is called that changes healthy text because somebody asked for it: no damage."""


@dataclass(frozen=True, slots=True)
class Score:
    """What is damaged in a text, whether it is repaired or not.

    Attributes:
        damage: the kinds of damage, sorted.
        damaged_share: the share of its code points that are damaged, 0 to 1.
        bits_saved: bits that the repairs save against "nothing happened".
        guessed: characters of the repaired text that the language model chose.
        repairable: whether the repair leaves nothing damaged that is known of; true of healthy text.
    """

    damage: tuple[str, ...] = ()
    damaged_share: float = 0.0
    bits_saved: float = 0.0
    guessed: int = 0
    repairable: bool = True


HEALTHY = Score()


def score(text: str, config: Config | None = None) -> Score:
    """Return how damaged a text is. Conversions that a configuration asks for are left out: they are no damage.

    Raises:
        TypeError: not a str.
        ValueError: a detector is not known.
        engine.DetectorError: a detector failed.
    """
    from fixtext.pipeline import repair

    return of_texts([text], [repair(text, without_conversions(config))])


def without_conversions(config: Config | None) -> Config | None:
    """Return the configuration that only repairs."""
    return config and replace(config, script=None, normalize=())


def of_texts(texts: Sequence[str], repairs: Iterable[Repair]) -> Score:
    """Return the score of one or several texts of a record, from what was found in each."""
    kinds: set[str] = set()
    damaged = guessed = 0
    bits = 0.0
    repairable = True
    for repair in repairs:
        for edit in repair.edits:
            found = kinds_of(edit)
            if found:
                kinds.update(found)
                damaged += edit.span.end - edit.span.start
                guessed += len(edit.guesses)
                bits += edit.bits
                repairable = repairable and "\ufffd" not in edit.after
        if repair.suspects:
            repairable = False
            kinds.update(suspect.damage for suspect in repair.suspects)
            damaged += _covered(repair)
    if not kinds:
        return HEALTHY
    length = sum(map(len, texts))
    return Score(tuple(sorted(kinds)), round(damaged / length, 6), round(bits, 3), guessed, repairable)


def kinds_of(edit: Edit) -> list[str]:
    """Return the kinds of damage that an edit repairs; those of several passes are told as one, joined by ``+``."""
    return [kind for kind in edit.damage.split("+") if kind not in _ASKED]


def _covered(repair: Repair) -> int:
    """Return how many code points are in suspects, which may overlap each other."""
    covered = last = 0
    for start, end in sorted(suspect.span for suspect in repair.suspects):
        covered += max(0, end - max(start, last))
        last = max(last, end)
    return covered
