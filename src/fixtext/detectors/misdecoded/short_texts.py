"""What is worth a second look in many short texts at a time, with numpy: the signs of `sieve` as neighbours."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.misdecoded.characters import class_numbers, classes_in
from fixtext.detectors.misdecoded.kana import KANA, KATAKANA, LONG_VOWEL, foreign
from fixtext.detectors.misdecoded.suspicion import LETTERS, SELDOM_FIRST
from fixtext.detectors.neighbours import ANYTHING, Neighbours, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEWLINE = 0x0A
_BRACE = 0x7B
_NEAR = 6
"""Code points from the first to the third of three less common characters, at most."""
_FAR = 1 << 60
_EVERY = "".join(map(chr, range(0x2000, 0xA000)))
"""What stands beside kana."""


@cache
def _less_common() -> NDArray[np.bool_]:
    return classes_in("m")


@cache
def doubtful() -> Neighbours:
    """Return the neighbours: rare characters, less common ones close together, letters before usual punctuation, signs
    and capitals beyond ASCII behind a capital.
    """
    pairs = (("m", None), ("KkGgq", "p"), ("KkGgqluv", "sbp"), ("A", "us"))
    tables = [(classes_in(one), ANYTHING if other is None else classes_in(other)) for one, other in pairs]
    return Neighbours([(classes_in("rh") | table_of(SELDOM_FIRST), ANYTHING), *tables], _odd)


@cache
def in_turn() -> Neighbours:
    """Return the neighbours: signs and letters beyond ASCII, and what may be every second byte of a character."""
    return Neighbours([(classes_in("sbBdhlgkqKGp"), classes_in("aAsd"))], _in_turn)


@cache
def beside_kana() -> Neighbours:
    """Return kana and what is rare beside them."""
    kana, strange = (table_of(re.findall(f"[{chars}]", _EVERY)) for chars in (KANA, foreign()))
    return Neighbours([(kana, strange), (strange, kana)])


@cache
def designated() -> Neighbours:
    """Return the neighbours that designate a character set, whose escape bytes may be missing."""
    leads = table_of([0x21, 0x23, *range(0x30, 0x58)])
    pairs = [(table_of("$"), table_of("@B")), (table_of("~"), table_of("{")), (table_of("{"), leads)]
    return Neighbours(pairs, _goes_on)


@cache
def long_vowel() -> Neighbours:
    """Return what the prolonged sound mark becomes, behind katakana."""
    return Neighbours([(table_of(re.findall(f"[{KATAKANA}]", _EVERY)), table_of(LONG_VOWEL))])


def _goes_on(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those behind which characters of two bytes may follow: at least one, in braces without tildes two."""
    graphic = [codes[found + further] - np.uint32(0x21) <= 0x7E - 0x21 for further in range(2, 5)]
    keep: NDArray[np.bool_] = graphic[0] & graphic[1] & ((codes[found] != _BRACE) | graphic[2])
    return found[keep]


def _in_turn(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those behind whose second character such a one stands again; letters of Latin more than once."""
    numbers = class_numbers()
    here, next_, third, fifth = (numbers.take(codes[found + further], mode="clip") for further in (0, 1, 2, 4))
    small, letters = _numbers("l"), np.isin(next_, _numbers("aA"))
    keep = np.isin(third, _numbers("sbBdhlugGkKqp"))
    keep &= letters | np.isin(here, _numbers("BkK"))
    keep &= ~np.isin(here, _numbers("p")) | np.isin(third, _numbers("sbBd"))
    keep &= ~(np.isin(here, small) & np.isin(next_, _numbers("a"))) | (np.isin(third, small) & np.isin(fifth, small))
    kept: NDArray[np.intp] = found[keep]
    return kept


def _is_letter(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which are letters of ASCII."""
    letters: NDArray[np.bool_] = (codes | 0x20) - np.uint32(0x61) <= 0x7A - 0x61
    return letters


def _numbers(letters: str) -> NDArray[np.uint16]:
    return np.array([LETTERS.index(letter) for letter in letters], np.uint16)


def _odd(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those that count: less common characters only three in a row, two at an end of a text, or one by itself
    beside a letter of ASCII.
    """
    is_less_common = _less_common().take(codes[found], mode="clip")
    if not is_less_common.any():
        return found
    at = found[is_less_common]
    second, third = np.append(at[1:], _FAR), np.append(at[2:], (_FAR, _FAR))[: len(at)]
    # A block may begin or end in the midst of them.
    cut = (at < _NEAR) | (at >= len(codes) - 2 * _NEAR)
    before, behind = codes[np.maximum(at, 1) - 1], codes[np.minimum(at + 1, len(codes) - 1)]
    alone = (before < 0x80) & (behind < 0x80) & (_is_letter(before) | _is_letter(behind))
    odd = at[cut | alone | (third - at <= _NEAR)]
    pairs = np.flatnonzero(~cut & (second - at <= _NEAR // 2))
    if len(pairs):
        first, last = at[pairs], at[pairs + 1]
        at_start = (last - first <= 2) & ((codes[first - 1] == _NEWLINE) | (codes[first - 2] == _NEWLINE))
        at_end = np.logical_or.reduce([codes[last + further] == _NEWLINE for further in (1, 2, 3)])
        odd = np.concatenate((odd, first[at_start | at_end]))
    return np.sort(np.concatenate((found[~is_less_common], odd)))
