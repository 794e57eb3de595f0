"""Brackets and quotation marks that a line still owes, or has closed already."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from fixtext.detectors.lossy.open_marks import LOST

_OPENERS = {
    "）": "（(",
    "】": "【",
    "」": "「",
    "』": "『",
    "》": "《",
    "〉": "〈",
    "”": "“",
    "’": "‘",
    "］": "［",
    "〕": "〔",
}
_CLOSERS = {"（": "）)", "【": "】", "「": "」", "『": "』", "《": "》", "〈": "〉", "“": "”", "［": "］", "〔": "〕"}

MARKS = frozenset([*_OPENERS, *_CLOSERS])
"""The marks that a line may owe."""

OWED = -7.0
"""Bits of a closing mark where one is open and nothing behind closes it."""

NOT_OWED = 9.0
"""Bits of a closing mark where none is open."""

UNCLOSED = 4.0
"""Bits of an opening mark that nothing in the line closes, no lost character either. 3 and 6 do the same."""

_ANY = re.compile(f"[{re.escape(''.join([*_OPENERS, *_OPENERS.values(), *_CLOSERS.values()]))}]")
_NONE_BUT_LOST = dict.fromkeys(_OPENERS, NOT_OWED)
_NONE = _NONE_BUT_LOST | dict.fromkeys(_CLOSERS, UNCLOSED)
"""What a line without any such mark adds, with other places that lost something behind, and without."""


def marks(left: str, right: str, among: Container[str] = MARKS) -> Mapping[str, float]:
    """Return the bits that a line's brackets add to each closing and opening mark at a place.

    Args:
        left: the line up to the place.
        right: the rest of the line.
        among: the marks that matter; what is returned may have others too.
    """
    if _ANY.search(left) is None and _ANY.search(right) is None:
        return _NONE_BUT_LOST if LOST in right else _NONE
    found = {}
    for closer, openers in _OPENERS.items():
        if closer not in among and openers[0] not in among:
            continue
        closers = _CLOSERS.get(openers[0], closer)
        is_open = sum(map(left.count, openers)) > sum(map(left.count, closers))
        closed_later = _next_of(right, closers) < _next_of(right, openers)
        found[closer] = NOT_OWED if not is_open else 0.0 if closed_later else OWED
        if openers[0] in _CLOSERS and closed_later and not is_open:
            found[openers[0]] = OWED
        elif openers[0] in _CLOSERS and LOST not in right and not any(map(right.count, closers)):
            found[openers[0]] = UNCLOSED
    return found


def _next_of(text: str, marks: str) -> int:
    places = [place for place in map(text.find, marks) if place >= 0]
    return min(places, default=len(text) + 1)
