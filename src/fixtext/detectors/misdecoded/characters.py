"""What the scan of long texts knows of each character, from a file: healthy text need not open the language model.

Working it out takes 40 ms, reading it 1.
"""

from __future__ import annotations

import os
import zlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fixtext.detectors.misdecoded.suspicion import (
    DOUBTFUL_BITS,
    LETTERS,
    RARE_BITS,
    class_of,
    suspect_triples,
)
from fixtext.detectors.neighbours import CODES
from fixtext.language import default_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE = os.path.join(os.path.dirname(__file__), "characters.bin")  # noqa: PTH118, PTH120 - pathlib takes 9 ms to load
"""Built by ``tools/build_scan_tables.py``: the three arrays, little-endian, one after the other, compressed by zlib."""

_UNIT = 8
"""Bits are stored in eighths, as the language model has them."""

_TRIPLES = len(LETTERS) ** 3


class Characters(NamedTuple):
    """Tables over the code points of the Basic Multilingual Plane, with an entry for all others at the end.

    Attributes:
        bits: the bits of each without what stands before it, in eighths.
        classes: the index of its class in `LETTERS`.
        triples: for each three classes in a row whether something unlikely may begin there (`suspect_triples`).
    """

    bits: NDArray[np.uint16]
    classes: NDArray[np.uint8]
    triples: NDArray[np.bool_]


def computed() -> Characters:
    """Return the tables as the language model and the patterns of `suspicion` say: what the file is made of."""
    chars = [*map(chr, range(CODES - 1)), "\U00010000"]
    bits = default_model().transitions([""] * len(chars), chars)
    number = {letter: place for place, letter in enumerate(LETTERS)}
    classes = np.full(CODES, number["c"], np.uint8)
    classes[bits > DOUBTFUL_BITS] = number["m"]
    classes[bits > RARE_BITS] = number["r"]
    classes[-1] = number["c"]
    for first, last in _NAMED:
        classes[first:last] = [number[class_of(code)] for code in range(first, last)]
    return Characters((bits * _UNIT).astype(np.uint16), classes, np.array(suspect_triples()))


_NAMED = (
    *((0, 0x530), (0x5F3, 0x5F4), (0x637, 0x639), (0xE18, 0xE1A), (0xE40, 0xE43), (0x1E00, 0x1F00), (0x2000, 0x3100)),
    *((0xE000, 0xF900), (0xFE00, 0x10000)),
)
"""Where the class of a character does not depend on its frequency alone."""


def packed(tables: Characters) -> bytes:
    """Return the bytes of the file, before they are compressed."""
    bits, classes, triples = tables
    return bits.astype("<u2").tobytes() + classes.tobytes() + np.packbits(triples).tobytes()


@cache
def characters() -> Characters:
    """Return the tables of the file."""
    with open(FILE, "rb") as file:  # noqa: PTH123
        data = zlib.decompress(file.read())
    return Characters(
        np.frombuffer(data, "<u2", CODES).astype(np.uint16),
        np.frombuffer(data, np.uint8, CODES, 2 * CODES),
        np.unpackbits(np.frombuffer(data, np.uint8, -1, 3 * CODES), count=_TRIPLES).astype(np.bool_),
    )


@cache
def class_numbers() -> NDArray[np.uint16]:
    """Return the class of each code point."""
    return characters().classes.astype(np.uint16)


@cache
def by_themselves() -> NDArray[np.float64]:
    """Return the bits of each code point without what stands before it."""
    return characters().bits / _UNIT


def classes_in(letters: str) -> NDArray[np.bool_]:
    """Return a table of the characters of some classes."""
    of_letter = np.zeros(len(LETTERS), np.bool_)
    of_letter[[LETTERS.index(letter) for letter in letters]] = True
    return of_letter.take(characters().classes)
