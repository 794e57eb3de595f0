"""By which unlikely neighbours misread text is known, of all characters at once, with numpy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.misdecoded.characters import characters, class_numbers, classes_in
from fixtext.detectors.misdecoded.kana import LONG_VOWEL
from fixtext.detectors.misdecoded.suspicion import LETTERS, rare_pairs
from fixtext.detectors.neighbours import ALONE, ANYTHING, BEHIND, Neighbours, Table, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIZE = len(LETTERS)
_CAPITAL = LETTERS.index("K")
_THREE = np.arange(3)[:, np.newaxis]
_WEIGHTS = np.array((_SIZE * _SIZE, _SIZE, 1), np.uint16)
_CAPITALS = np.uint16(_CAPITAL * _SIZE * (_SIZE + 1))
"""A triple is a number; those that begin with two capitals of Cyrillic follow each other from this one on."""
_LONG_VOWEL = ord(LONG_VOWEL)
_FIRST_LETTER, _LETTERS = 0x370, 0xF0
"""The Greek and Cyrillic letters."""


@cache
def table() -> Table:
    """Return the table of these neighbours alone."""
    return Table(neighbours())


_ROWS = ("a", "lu", "dv", "k", "Kq", "gG", "pcm", "sbB", "rhze", "wy")
"""Classes that have about the same unlikely neighbours, and are looked for together."""


@cache
def neighbours() -> tuple[Neighbours, Neighbours]:
    """Return by which pairs unlikely neighbours, and letters of Greek and Cyrillic that are none, are to be known."""
    classes = characters().classes
    seconds = np.logical_or.reduce(characters().triples.reshape(_SIZE, _SIZE, _SIZE), axis=2)
    pairs = []
    for letters in _ROWS:
        row = [LETTERS.index(letter) for letter in letters]
        pairs.append((classes_in(letters), np.logical_or.reduce(seconds[row]).take(classes)))
        if "c" in letters:
            pairs[-1][1][_LONG_VOWEL] = True
    letters_of_alphabets = table_of(range(_FIRST_LETTER, _FIRST_LETTER + _LETTERS))
    return (
        Neighbours([*pairs, (ALONE, ANYTHING)], _unlikely),
        Neighbours([(letters_of_alphabets, letters_of_alphabets)], _unheard, _unheard_throughout),
    )


def _unlikely(codes: NDArray[np.uint32], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return where three classes in a row look unlikely."""
    numbers = class_numbers()
    if len(places) * 8 > len(codes):
        classes = numbers.take(codes, mode="clip")
        every = classes[:-2] * np.uint16(_SIZE * _SIZE) + classes[1:-1] * np.uint16(_SIZE) + classes[2:]
        keys = every[places]
    else:
        keys = numbers.take(codes[places + _THREE], mode="clip").T @ _WEIGHTS
    keep: NDArray[np.bool_] = characters().triples.take(keys)
    # Headings in Cyrillic; of those four are needed, with one character between them at most.
    capitals = np.flatnonzero(keep & (keys - _CAPITALS < _SIZE))
    if len(capitals):
        at = places[capitals]
        here, next_, last = (numbers.take(codes[at + further], mode="clip") == _CAPITAL for further in (2, 3, 4))
        keep[capitals] = next_ & (here | last)
    marks = np.flatnonzero(codes[places + 1] == _LONG_VOWEL)
    if len(marks):
        before = codes[places[marks]]
        keep[marks] |= (before > 0x30A0) & (before < 0x30FB)
    return places[keep]


def _unheard(codes: NDArray[np.uint32], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return where two letters are unheard of."""
    first, second = codes[places] - np.uint32(_FIRST_LETTER), codes[places + 1] - np.uint32(_FIRST_LETTER)
    keep: NDArray[np.bool_] = _unheard_of().take(first * np.uint32(_LETTERS + 1) + second)
    return places[keep]


def _unheard_throughout(codes: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return the same for all letters of a block."""
    letters = np.minimum(codes - np.uint32(_FIRST_LETTER), np.uint32(_LETTERS))
    return np.flatnonzero(_unheard_of().take(letters[:-BEHIND] * np.uint32(_LETTERS + 1) + letters[1 : 1 - BEHIND]))


@cache
def _unheard_of() -> NDArray[np.bool_]:
    """Return for each pair of Greek or Cyrillic letters whether it is unheard of; others come last."""
    size = _LETTERS + 1
    table = np.zeros((size, size), np.bool_)
    for first, second in rare_pairs():
        table[ord(first) - _FIRST_LETTER, ord(second) - _FIRST_LETTER] = True
    return table.ravel()
