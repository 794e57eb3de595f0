"""Which ASCII character an odd byte took with it: what stands around the place tells.

A decoder of Windows takes the odd byte at the end of a run and the byte behind it for one malformed pair, if that byte
cannot close a pair: only the 64 characters below U+0040 can be lost so. Which of them it was is a matter of syntax,
not of language: quotes and brackets that balance, indentation, what stands behind. The costs come from counting
healthy software sources from PyPI and npm (tools/build_lossy_tables.py, docs/decisions/0007-lossy.md).
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from importlib import resources

SWALLOWABLE = "\n\r\t" + "".join(map(chr, range(0x20, 0x40)))
"""The characters that a text may have lost; the other controls below U+0020 do not stand in text."""

_PUNCTUATION = frozenset("。，、；：？！）】》」』”’…—")
_WEIGHT = 3.0
"""Pseudo-counts that a wider kind of place gives to a narrower one."""

_RARE = 14.0
"""Bits of a character never seen in such a place."""


CLAUSE = 4
"""Han characters in a row that make a clause rather than a word."""

_COMMENT = re.compile(r"(^|[\s;{}()\[\],])(//|#|--|/\*)")
_STATEMENT = re.compile(
    r"(var|let|const|import|function|def|class|local|public|private|static)\s+[A-Za-z_$]"
    r"|(if|for|while|return|else|end)\b.*[;{:(]"
    r"|[A-Za-z_$][\w.:\[\]\"']*\s*(=[^=]|\+\+|\([^()]*\)?\s*(;|\{?$)|\{\s*$|;\s*($|//))"
)


_BLOCK = re.compile(r"\s*([-*+] |\d{1,2}\. |#{1,6} |```|\*\*[^*]|\|)")


def kind_before(left: str) -> str:
    """Return the kind of what stands in front: punctuation itself, ``c`` a clause, ``h`` a word, ``x``."""
    char = left[-1:]
    if char in _PUNCTUATION:
        return char
    if not _is_han(char):
        return "x"
    return "c" if len(left) >= CLAUSE and all(map(_is_han, left[-CLAUSE:])) else "h"


def kind_after(right: str, left: str = "") -> str:
    """Return the kind of what stands behind, in two letters.

    Args:
        right: the rest of the line.
        left: the line up to the place: behind a comment, a statement begins a new line.
    """
    if not right:
        return "$"
    if _BLOCK.match(right):
        return "Bb" if _BLOCK.match(left) or left[-1:] in ":\uff1a" else "B"
    first, second = _symbol(right[0]), _symbol(right[1:2])
    if first == "H":
        return "Hc" if len(right) >= CLAUSE and all(map(_is_han, right[:CLAUSE])) else "Hh"
    if first in "aA":
        return first + ("s" if _STATEMENT.match(right) and _COMMENT.search(left) else "")
    return first + second


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _symbol(char: str) -> str:
    if not char:
        return "$"
    if char >= "\x80":
        return "P" if char in _PUNCTUATION else "H"
    if char.isalpha():
        return "A" if char.isupper() else "a"
    return "0" if "0" <= char <= "9" else char


def balance(line: str) -> str:
    """Return what a line lacks: odd quotation marks, parentheses and angle brackets that do not pair."""
    round_brackets = line.count("(") - line.count(")")
    angles = line.count("<") - line.count(">")
    return (
        ("q" if line.count('"') % 2 else "")
        + ("s" if line.count("'") % 2 else "")
        + (")" if round_brackets > 0 else "(" if round_brackets < 0 else "")
        + (">" if angles > 0 else "<" if angles < 0 else "")
    )


@lru_cache(maxsize=4096)
def costs(before: str, after: str, lacking: str) -> tuple[tuple[str, float], ...]:
    """Return the characters that may have been lost, with their bits, the cheapest first.

    Args:
        before: `kind_before` of the character in front.
        after: `kind_after` of what stands behind.
        lacking: `balance` of the line.
    """
    places, lines, totals = _counts()
    tables = [places.get(where, {}) for where in _wider(before, after)]
    sizes = [sum(table.values()) for table in tables]
    found = []
    for char in SWALLOWABLE:
        share = 1 / len(SWALLOWABLE)
        for table, size in zip(tables, sizes, strict=True):
            share = (table.get(char, 0) + _WEIGHT * share) / (size + _WEIGHT)
        total = totals.get(char, 0)
        everywhere = lines.get(("", lacking), 0) / max(totals[""], 1)
        fit = (lines.get((char, lacking), 0) + 4 * everywhere + 0.01) / (total + 4)
        found.append((char, share * fit))
    whole = sum(weight for _, weight in found)
    likely = _likelihood(before, after)
    ranked = [(char, min(_RARE, -math.log2(weight / whole)) + likely) for char, weight in found]
    return tuple(sorted(ranked, key=lambda item: item[1]))


def _likelihood(before: str, after: str) -> float:
    """Return the bits of what stands behind, given what stands in front, against any other in front."""
    places, _, _ = _counts()

    def size(*where: str) -> int:
        return sum(places.get((where[0], where[1]), {}).values())

    overall = (size("", after[0]) + 1) / (size("", "") + 30)
    wide = (size(before, after[0]) + 10 * overall) / (size(before, "") + 10)
    return -math.log2(wide / overall)


def _wider(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the kinds of places whose counts are mixed, from the widest to the narrowest."""
    return ("", ""), (before, ""), ("", after[0]), (before, after[0]), ("", after), (before, after)


Counts = tuple[dict[tuple[str, str], dict[str, int]], dict[tuple[str, str], int], dict[str, int]]


@lru_cache(maxsize=1)
def _counts() -> Counts:
    """Read the table: counts by place, counts by what the line lacks, and totals by character (all under "")."""
    table = resources.files("fixtext.detectors.lossy").joinpath("swallowed.tsv").read_text(encoding="utf-8")
    places: dict[tuple[str, str], dict[str, int]] = {}
    lines: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for row in table.splitlines():
        kind, *key, code, count = row.split("\t")
        char, number = chr(int(code, 16)), int(count)
        if kind == "place":
            before, after = key
            for where in set(_wider(before, after)):
                counted = places.setdefault(where, {})
                counted[char] = counted.get(char, 0) + number
        else:
            lines[char, key[0]] = number
            lines["", key[0]] = lines.get(("", key[0]), 0) + number
            totals[char] = totals.get(char, 0) + number
            totals[""] = totals.get("", 0) + number
    return places, lines, totals
