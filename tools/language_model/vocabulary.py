"""Which characters have an identifier of their own, which share one with their kind, and what each costs at least."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CODE_POINTS = 0x110000

FLOORS = {
    "ascii": 15.0,
    "kana": 17.0,
    "halfwidth": 17.0,
    "han": 20.0,
    "han-rare": 21.0,
    "han-astral": 24.0,
    "hangul": 19.0,
    "letter": 20.0,
    "mark": 20.0,
    "number": 20.0,
    "punctuation": 19.0,
    "symbol": 19.5,
    "emoji": 21.0,
    "space": 20.0,
    "format": 22.0,
    "replacement": 26.0,
    "control": 28.0,
    "private": 28.0,
    "c1": 30.0,
    "unassigned": 30.0,
    "surrogate": 31.0,
    "noncharacter": 32.0,
}
"""Most bits that a character of each kind costs out of context. Chosen, not measured: what no healthy text holds is
dearer than the rarest letter, so that no misreading gains by becoming such a character."""


def kind(code: int) -> str:
    """Return the kind of a code point, a key of `FLOORS`."""
    char = chr(code)
    if code == 0xFFFD:
        return "replacement"
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "noncharacter"
    if 0xFF61 <= code <= 0xFF9F:
        return "halfwidth"
    if 0x3040 <= code <= 0x30FF:
        return "kana"
    if 0x4E00 <= code <= 0x9FFF:
        return "han"
    if 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF:
        return "han-rare"
    if 0x20000 <= code <= 0x3FFFD:
        return "han-astral"
    if 0xAC00 <= code <= 0xD7A3:
        return "hangul"
    if 0x1F000 <= code <= 0x1FAFF:
        return "emoji"
    category = unicodedata.category(char)
    if code < 0x7F and category != "Cc":
        return "ascii"
    by_category = {"Cn": "unassigned", "Co": "private", "Cs": "surrogate", "Cf": "format"}
    if category == "Cc":
        return "ascii" if char in "\t\n\r" else "c1" if code >= 0x80 else "control"
    if category in by_category:
        return by_category[category]
    return {"L": "letter", "M": "mark", "N": "number", "P": "punctuation", "S": "symbol", "Z": "space"}[category[0]]


def family(code: int) -> str:
    """Return what characters without an identifier of their own share one by: their kind, for letters their script."""
    what = kind(code)
    if what in ("letter", "mark", "number"):
        return "letter " + unicodedata.name(chr(code), "?").split(" ")[0].split("-")[0]
    return what


@dataclass
class Vocabulary:
    """Identifiers: 0 is "no context", then characters by falling frequency, then families."""

    ids: NDArray[np.int64]
    """Identifier of each code point."""
    extra: NDArray[np.float64]
    """Bits that a code point costs beyond its identifier (for families: which member)."""
    unigrams: NDArray[np.float64]
    """P(identifier); the first one is that of NUL, which no list of entries ever holds."""
    loops: dict[int, float]
    """Identifiers of scripts known only by name, and P(the same again)."""


def build_vocabulary(weights: NDArray[np.float64], threshold: float) -> Vocabulary:
    """Give an identifier to every folded code point whose share of all text is at least ``threshold``.

    Args:
        weights: expected count of each code point, as one array over all code points.
        threshold: share of the whole below which a character goes to its family.
    """
    shares = weights / weights.sum()
    chosen = np.flatnonzero(shares >= threshold)
    kinds = {int(code): kind(int(code)) for code in chosen}
    unfit = {"control", "c1", "private", "unassigned", "surrogate", "noncharacter", "replacement"}
    chosen = np.array([code for code in chosen if kinds[int(code)] not in unfit])
    chosen = chosen[np.argsort(-shares[chosen], kind="stable")]
    ids = np.zeros(CODE_POINTS, np.int64)
    ids[chosen] = np.arange(1, len(chosen) + 1)
    extra = np.zeros(CODE_POINTS)
    floors = [2.0 ** -FLOORS[kinds[int(code)]] for code in chosen]
    unigrams = [2.0 ** -FLOORS["control"], *np.maximum(shares[chosen], floors)]
    loops: dict[int, float] = {}
    members: dict[str, list[int]] = {}
    for code in range(CODE_POINTS):
        if code and not ids[code]:
            members.setdefault(family(code), []).append(code)
    for name in sorted(members):
        identifier = len(unigrams)
        codes = members[name]
        ids[codes] = identifier
        script = name.startswith("letter ")
        floor = FLOORS["letter" if script else name]
        spread = min(math.log2(len(codes)), 8.0 if script else 14.0)
        extra[codes] = spread
        unigrams.append(2.0 ** -(floor - spread))
        if script and len(codes) >= 20 and name not in ("letter LATIN", "letter CYRILLIC", "letter GREEK"):
            loops[identifier] = 0.8
    total = np.array(unigrams)
    return Vocabulary(ids, extra, total / total.sum(), loops)
