"""Kana written in UTF-16 and read in bytes: their row is 30, which is a 0 at every second place.

In a short text that may be all that shows; in a longer one some full stop has become a control.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fixtext.detectors.signs import Sign

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fixtext.detectors.neighbours import Neighbours

_ODD = "\x80-\u2e7f"
"""What a page of single bytes has for half of the hiragana."""

ROW = 3
"""Characters from which a row is no accident."""

# Three zeros, the odd character between two of them or beside them, and no digits or spaces between the others.
_BYTE = r"[^0-9 \n]"
_WHERE = rf"(?<=0.)(?=0{_BYTE}0)|(?<=0{_BYTE}0.)(?=0)|(?=0{_BYTE}0{_BYTE}0)|(?<=0{_BYTE}0{_BYTE}0.)"
_IN_STEP = re.compile(f"[{_ODD}](?:{_WHERE})")
_FROM_ZERO = (
    rf"(?=[{_ODD}]0{_BYTE}0)|(?={_BYTE}0[{_ODD}]0)|(?<=[{_ODD}].)(?={_BYTE}0{_BYTE}0)|(?={_BYTE}0{_BYTE}0[{_ODD}])"
)
"""The same from the first of the zeros: letters beyond ASCII are all of a text in Cyrillic, zeros are few in any."""
_ROW = re.compile(rf"0{_BYTE}0{_BYTE}0")
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
_STEPS = (-5, -3, -1, 1, 3, 5)


def in_step(text: str) -> list[tuple[int, int]]:
    """Return where characters beyond ASCII stand among zeros at every second place."""
    return [match.span() for match in _IN_STEP.finditer(text)] if "0" in text else []


def has_kana_row(text: str) -> bool:
    """Return whether three zeros stand at every second place, with no digits or spaces between them."""
    return _ROW.search(text) is not None


def is_in_rows(text: str) -> bool:
    """Return whether a control stands at many of every second place and nowhere else: the row of an alphabet.

    It is a NUL for letters of Latin, U+0003 for Greek, U+0004 for Cyrillic, U+000E for Thai.
    """
    controls = _CONTROL.findall(text)
    if len(controls) < ROW:
        return False
    row = max({*controls}, key=controls.count)
    times = controls.count(row)
    return times >= ROW and 4 * times > len(text) and times in (text[0::2].count(row), text[1::2].count(row))


def sign() -> Sign:
    """Return how such places are known."""
    return Sign("0", _FROM_ZERO)


@cache
def neighbours() -> Neighbours:
    """Return by which neighbours such places are to be known in many texts, and some more."""
    from fixtext.detectors.neighbours import Neighbours, table_of

    odd, zero = table_of(range(0x80, 0x2E80)), table_of("0")
    return Neighbours([(odd, zero), (zero, odd)], _among_zeros)


def _among_zeros(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those that stand among three zeros in step; at the ends of a block all."""
    import numpy as np

    zero = np.uint32(ord("0"))
    odd = found + (codes[found] == zero)
    last = len(codes) - 1
    zeros = [codes[np.clip(odd + step, 0, last)] == zero for step in _STEPS]
    among = np.logical_or.reduce([zeros[at] & zeros[at + 1] & zeros[at + 2] for at in range(len(_STEPS) - 2)])
    kept: NDArray[np.intp] = found[among | (found < -_STEPS[0]) | (odd > last + _STEPS[0])]
    return kept
