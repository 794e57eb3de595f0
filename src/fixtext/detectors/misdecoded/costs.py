"""What characters cost by themselves, in the first look at a reading."""

from __future__ import annotations

import re
from functools import lru_cache

from fixtext.detectors.misdecoded.atoms import MALFORMED
from fixtext.detectors.misdecoded.plausible import Plausibility

ALPHABET_BITS = 4.0
"""What a letter of an alphabet that few texts are written in costs less, once such a text has begun. Without that, Thai
and Greek are outbid by half as many ideographs in the first look."""

_SMALL_ALPHABETS = re.compile("[\u0370-\u03ff\u0590-\u06ff\u0e00-\u0e7f]")

HALF_WIDTH_BITS = 10.0
"""Most that a half-width kana costs in the first look: somewhat more than behind another one."""


class Costs(dict[str, float]):
    """Bits of characters by themselves.

    Attributes:
        sound: the same, and less than nothing for malformed bytes.
    """

    def __init__(self, model: Plausibility) -> None:
        super().__init__()
        self._model = model
        self.sound = _Sound(self)

    def __hash__(self) -> int:  # type: ignore[override]  # one for each model, and told apart by that
        return id(self)

    def __missing__(self, char: str) -> float:
        bits = 24.0 if MALFORMED.match(char) else self._model.healthy(char)
        if _SMALL_ALPHABETS.match(char):
            bits = max(0.0, bits - ALPHABET_BITS)
        elif "\uff65" < char < "\uffa0":
            bits = min(bits, HALF_WIDTH_BITS)
        self[char] = bits
        return bits


class _Sound(dict[str, float]):
    def __init__(self, costs: Costs) -> None:
        super().__init__()
        self._costs = costs

    def __missing__(self, char: str) -> float:
        bits = self[char] = -1.0 if MALFORMED.match(char) else self._costs[char]
        return bits


@lru_cache(maxsize=2)
def costs_of(model: Plausibility) -> Costs:
    """Return the table of a model, one for all searches; it fills itself."""
    return Costs(model)
