"""Typographic marks among Latin letters: which of them lose their last byte with an ASCII character behind them.

The language model knows few of them. Shares counted in 12 MB of English, French, German, Spanish, Russian and
Vietnamese pages and source code (2026-11-22), of marks in front of a character below U+0040.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.lossy.swallowed import SWALLOWABLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHARES = {
    "s": {"\u2014": 221, "\u2013": 48, "\u201c": 17, "\u2026": 11},
    "a": {"\u201d": 589, "\u2026": 34, "\u201c": 17, "\u2013": 15, "\u2019": 2, "\u2014": 1},
    "o": {"\u201d": 34, "\u2013": 9, "\u2014": 7, "\u201c": 2, "\u2018": 1},
}
"""Marks by what stands before them: a space, a letter or digit, anything else in ASCII."""

_RARE = 14.0
"""Bits of the other marks."""

SPACED = "\u2014\u2013"
"""Dashes: behind one that has a space before it comes a space."""

_SPACED = np.array([0.04 if char == " " else 5.2 for char in SWALLOWABLE])
"""Bits of that space and of anything else: 221 of 221, and 39 of 48, counted with one more of each."""

KNOWN = (0xE2, 0x80, None)
"""The bytes that are left of a mark that lost its last one."""


def bits(left: str, codes: Iterable[int]) -> list[float] | None:
    """Return the bits of the marks that may stand at the end of a text; None where this is not about them.

    Args:
        left: the line in front of the mark.
        codes: the marks that are possible, as code points.
    """
    if not left or left[-1] >= "\x80" or left[-2:] >= "\u2e80":
        return None
    last = left[-1]
    shares = _SHARES["s" if last == " " else "a" if last.isalnum() else "o"]
    whole = sum(shares.values())
    return [math.log2(whole / shares[chr(code)]) if chr(code) in shares else _RARE for code in codes]


def behind(left: str) -> NDArray[np.float64] | None:
    """Return the bits of what stands behind a dash (`SPACED`), by `SWALLOWABLE`; None if it has no space before it."""
    return _SPACED if left[-1:] == " " and left[-2:-1] < "\x80" else None
