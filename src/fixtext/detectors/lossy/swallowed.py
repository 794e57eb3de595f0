"""Which ASCII character an odd byte took with it.

A decoder of Windows takes the odd byte at the end of a run and the byte behind it for one malformed pair, if that byte
cannot close a pair: only the 64 characters below U+0040 can be lost so. A multinomial logistic regression over what
stands around the place (`surroundings`) chooses among them. Its weights come from healthy software sources on PyPI
and npm (tools/build_lossy_tables.py, docs/decisions/0007-lossy.md); the document's own habits are mixed in.
"""

from __future__ import annotations

import math
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from fixtext.detectors.lossy.surroundings import Surroundings, kind_before, symbol

SWALLOWABLE = "\n\t" + "".join(map(chr, range(0x20, 0x40)))
"""The characters that a text may have lost; the other controls below U+0020 do not stand in text."""

UNIT = 16.0
"""Weights are stored in sixteenths of a nat."""

TAB = "\u2409"
"""How the table writes a tabulator inside a feature."""

HABIT = 10.0
"""Places of the same kind in a document that weigh as much as all other evidence. 4 and 30 do as well on the files of
held-out packages, within 0.1 points of their lines; 2 loses 0.8."""

_RARE = 14.0
"""Bits of a character that nothing speaks for."""

Habits = dict[str, Counter[str]]
"""How often a character follows Chinese in a document, by the kinds of its neighbours; under "" their sum."""


_LANE = 16
"""Bits that one weight takes in a row: rows are integers, so that one addition adds the weights of all characters."""

_ZERO = 1 << 9
"""What stands for nought in a lane; 36 rows of weights from -127 to 127 neither borrow nor carry, see `_row`."""

_SHARES = [math.exp(-score / UNIT) for score in range(1 << 10)]
_LEAST = 2.0**-_RARE


class _Model(NamedTuple):
    weights: dict[str, str]
    likely: dict[tuple[str, str], float]


class Swallowed:
    """The characters that may have been swallowed at one place."""

    __slots__ = ("_base", "_habits", "_kinds", "_place", "_right")

    def __init__(self, left: str, right: str, rest: str, habits: Habits) -> None:
        """Look at a place; the arguments are those of `Surroundings`, and what the document is used to."""
        self._place = Surroundings(left, right, rest)
        self._base = sum(map(_row, self._place.base), _row(""))
        self._kinds: dict[str, int] = {}
        self._right = right
        self._habits = habits

    def costs(self, before: str, char: str, *, likely: bool = True) -> list[tuple[float, str]]:
        """Return the bits of each character that may well have been lost, the cheapest first.

        Args:
            before: the last characters before the lost one.
            char: the lost character that it followed.
            likely: whether what stands behind speaks for or against the lost character too.
        """
        kind = kind_before(before[-3:] + char)
        common = self._kinds.get(kind)
        if common is None:
            common = self._kinds[kind] = sum(map(_row, self._place.by_kind(kind)), self._base)
        total = sum(map(_row, self._place.by_char(char)), common)
        scores = memoryview(total.to_bytes(_LANE // 8 * len(SWALLOWABLE), "little")).cast("H").tolist()
        most = max(scores)
        shares = [_SHARES[most - score] if most - score < 1024 else 0.0 for score in scores]
        whole = sum(shares)
        seen = self._habits.get(habit(kind, self._right)) if self._habits else None
        if seen:
            weight = HABIT / whole
            whole = HABIT + seen[""]
            shares = [seen.get(char, 0) + weight * share for char, share in zip(SWALLOWABLE, shares, strict=True)]
        given = _model().likely.get((kind, self._place.after), 0.0) if likely else 0.0
        least = whole * _LEAST
        ranked = [
            (math.log2(whole / share) + given, char)
            for char, share in zip(SWALLOWABLE, shares, strict=True)
            if share > least
        ]
        ranked.sort()
        return ranked


def habits_of(texts: Iterable[str]) -> Habits:
    """Count what follows Chinese in a document.

    Args:
        texts: its healthy stretches.
    """
    found: Habits = {}
    for text in texts:
        for index in range(1, len(text) - 1):
            char = text[index]
            if char < "@" and text[index - 1] >= "\u2e80" and char in SWALLOWABLE:
                place = habit(kind_before(text[max(0, index - 4) : index]), text[index + 1 : index + 2].strip("\r\n"))
                counted = found.setdefault(place, Counter())
                counted[char] += 1
                counted[""] += 1
    return found


def habit(kind: str, right: str) -> str:
    """Return the key of `Habits` for a place: words and clauses count as one."""
    return ("h" if kind == "c" else kind) + symbol(right[:1])


@lru_cache(maxsize=1 << 15)
def _row(feature: str) -> int:
    """Return the weights of a feature as one integer; every lane is lifted by `_ZERO`, so that none is negative.

    A sum of rows is right up to the same amount in each lane, which does not matter to a softmax.
    """
    row = _model().weights.get(feature)
    if row is None:
        return _NOUGHT
    return sum(
        _ZERO + value << _LANE * lane for lane, value in enumerate(memoryview(b64decode(row)).cast("b").tolist())
    )


_NOUGHT = sum(_ZERO << _LANE * lane for lane in range(len(SWALLOWABLE)))


@lru_cache(maxsize=1)
def _model() -> _Model:
    """Read the table: a row of weights for each feature, and the bits of a kind behind a kind."""
    table = resources.files("fixtext.detectors.lossy").joinpath("swallowed.tsv").read_text(encoding="utf-8")
    weights: dict[str, str] = {}
    likely: dict[tuple[str, str], float] = {}
    for row in table.split("\n"):
        if row[:1] == "w":
            _, feature, values = row.split("\t")
            weights[feature.replace(TAB, "\t")] = values
        elif row:
            _, before, after, bits = row.split("\t")
            likely[before, after.replace(TAB, "\t")] = float(bits)
    return _Model(weights, likely)
