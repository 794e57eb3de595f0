"""The scan of long texts, with numpy: the classes of all characters, and all unlikely neighbours, at once."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.misdecoded.suspicion import LETTERS, SUSPECT, class_of
from fixtext.language import default_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW = 100
UNLIKELY_BITS = 10.0
EXCESS_BITS = 14.0
"""From so many places on, those are dropped whose characters do not exceed so many bits each by so many in all. Misread
text does by far; what is dropped would be dropped by the search."""

DENSE = 16
BLOCK = 64
"""With a place every so many code points, one in each block of so many is enough: the text is damaged all over."""

_SIZE = len(LETTERS)
_SUSPECT = re.compile(SUSPECT.pattern.encode())
_JUNK_BITS = 20.0


def places_in(text: str) -> list[tuple[int, int]]:
    """Return the places where unlikely neighbours stand, as `suspicious` does, those that the model doubts too."""
    if len(text) < 3:
        return []
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _class_numbers().take(codes, mode="clip")
    triples = classes[:-2] * np.uint16(_SIZE * _SIZE)
    triples += classes[1:-1] * np.uint16(_SIZE)
    triples += classes[2:]
    found = np.flatnonzero(_suspect_triples().take(triples))
    dense = len(found) > len(text) // DENSE
    if dense:
        found = found[np.flatnonzero(np.diff(found // BLOCK, prepend=-1))]
    letters = np.frombuffer(LETTERS.encode("ascii"), np.uint8).take(classes).tobytes() if len(found) else b""
    places: list[tuple[int, int]] = []
    if not letters:
        letters = np.frombuffer(LETTERS.encode("ascii"), np.uint8).take(classes[-2:]).tobytes()
        return [(len(text) - 2, len(text))] if _SUSPECT.match(letters) else places
    end = 0
    for start in [*found.tolist(), len(text) - 2]:
        match = _SUSPECT.match(letters, max(start, end))
        if match:
            places.append(match.span())
            end = match.end()
    return places if dense or len(places) < FEW else _doubted(text, places)


def has_alphabet(text: str) -> bool:
    """Return whether there is any Greek or Cyrillic letter."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    return bool((codes - np.uint16(0x370) < 0xF0).any())


def class_bytes(text: str) -> bytes:
    """Return the classes of a text, a letter each."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    numbers = _class_numbers().take(codes, mode="clip")
    return np.frombuffer(LETTERS.encode("ascii"), np.uint8).take(numbers).tobytes()


@cache
def _class_numbers() -> NDArray[np.uint16]:
    """Return the class of each code point of the BMP, and at the end that of all others."""
    numbers = {letter: number for number, letter in enumerate(LETTERS)}
    return np.array([numbers[class_of(code)] for code in range(0x10000)] + [numbers["c"]], np.uint16)


@cache
def _suspect_triples() -> NDArray[np.bool_]:
    """Return for each three classes in a row whether something unlikely may begin there.

    Of the longer alternatives of the pattern the first two classes decide; the pattern itself has the last word.
    """
    longer = re.compile("KK|en|a[rkKgGhbq]")
    return np.array(
        [bool(SUSPECT.match("".join(three)) or longer.match("".join(three))) for three in product(LETTERS, repeat=3)]
    )


def _doubted(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    befores, chars, owners = [], [], []
    for number, (start, end) in enumerate(places):
        for place in range(max(0, start - 1), min(len(text), end + 2)):
            if text[place] > "\x7f":
                befores.append(text[max(0, place - 2) : place])
                chars.append(text[place])
                owners.append(number)
    bits = np.minimum(default_model().transitions(befores, chars), _JUNK_BITS)
    excess = np.bincount(owners, np.maximum(bits - UNLIKELY_BITS, 0.0), len(places))
    return [place for place, over in zip(places, excess.tolist(), strict=True) if over >= EXCESS_BITS]
