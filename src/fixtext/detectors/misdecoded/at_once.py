"""What is told of many characters at once, with numpy: their classes, and their bits by themselves or in place."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.misdecoded.characters import by_themselves, class_numbers
from fixtext.detectors.misdecoded.plausible import ESCAPE_BITS, JUNK_BITS, KANA_BITS
from fixtext.detectors.misdecoded.suspicion import LETTERS
from fixtext.detectors.misdecoded.unlikely import table
from fixtext.language import default_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NAMES = np.frombuffer(LETTERS.encode("ascii"), np.uint8)

SPARSE = 100
"""Code points of a text for each place up to which all of it is encoded for the sake of the places."""


REMEMBERED = 50_000
"""Code points of a text up to which the bits of its characters are kept until the next text."""


def class_bytes(text: str) -> bytes:
    """Return the classes of a text, a letter each."""
    return _NAMES.take(class_numbers().take(codes_of(text), mode="clip")).tobytes()


def codes_of(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def bits_of_lines(text: str) -> NDArray[np.float64]:
    """Return the bits of the characters beyond ASCII in each line, by themselves."""
    codes = codes_of(text)
    bits = by_themselves().take(codes, mode="clip")
    bits[codes < 0x80] = 0.0
    ends = np.flatnonzero(codes == 0x0A)
    sums = np.concatenate(([0.0], np.cumsum(bits)))
    return np.diff(sums[np.concatenate(([0], ends, [len(codes)]))])


def odd_places(text: str) -> list[int]:
    """Return for each line at how many places three classes in a row look unlikely, or letters do."""
    ends = np.flatnonzero(codes_of(text) == 0x0A)
    counts = np.zeros(len(ends) + 1, np.intp)
    if len(text) > 2:
        for places in table().places(text):
            counts += np.bincount(np.searchsorted(ends, places), minlength=len(counts))
    found: list[int] = counts.tolist()
    return found


def all_assigned(text: str) -> bool:
    """Whether all code points of a text are characters of the Basic Multilingual Plane."""
    return not bool(_unassigned().take(codes_of(text), mode="clip").any())


@cache
def _unassigned() -> NDArray[np.bool_]:
    """Return for each code point of the BMP whether it is no character; at the end, for others, that it may be none."""
    return np.array([*(unicodedata.category(chr(code)) == "Cn" for code in range(0x10000)), True])


def bits_in_place(samples: Sequence[str]) -> list[float]:
    """Return the bits of the characters beyond ASCII of each of many short texts, where they stand in it."""
    joined = "\0\0" + "\0\0".join(samples)
    ends = np.cumsum([len(sample) + 2 for sample in samples])
    places = np.flatnonzero(codes_of(joined) > 0x7F)
    _, bits = weighed(joined, places)
    return [float(total) for total in np.bincount(np.searchsorted(ends, places, "right"), bits, len(samples)).tolist()]


@cache
def most_bits() -> NDArray[np.float32]:
    """Return the most bits that each code point of the BMP costs by itself, others at the end."""
    bits = np.minimum(by_themselves() + ESCAPE_BITS, JUNK_BITS).astype(np.float32)
    bits[0xFF66:0xFFA0] = KANA_BITS
    bits[0x20:0x7F] = 0.0
    return bits


def most_bits_of(codes: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Return `most_bits` of each of some code points."""
    return most_bits().take(codes, mode="clip").astype(np.float64)


def weighed(text: str, places: Sequence[int] | NDArray[np.intp]) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    """Return characters and their bits where they stand, at most what they cost by themselves and a little."""
    codes = codes_at(text, places)
    return codes, bits_at(text, places, codes)


def codes_at(text: str, places: Sequence[int] | NDArray[np.intp]) -> NDArray[np.uint32]:
    """Return the code points at some indices of a text."""
    if len(places) * SPARSE > len(text):
        return codes_of(text)[np.asarray(places, np.intp)]
    return codes_of("".join([text[place] for place in np.asarray(places).tolist()]))


def bits_at(text: str, places: Sequence[int] | NDArray[np.intp], codes: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Return the bits of such characters where they stand, at most what they cost by themselves and a little."""
    at = np.asarray(places, np.intp)
    if len(text) > REMEMBERED:
        return _weigh(text, at, codes)
    known = _bits_of(text)
    bits = known[at]
    new = np.flatnonzero(np.isnan(bits))
    if len(new):
        bits[new] = known[at[new]] = _weigh(text, at[new], codes[new])
    return bits


def _weigh(text: str, places: NDArray[np.intp], codes: NDArray[np.uint32]) -> NDArray[np.float64]:
    return np.minimum(default_model().transitions_in(text, places), most_bits_of(codes))


@lru_cache(maxsize=1)
def _bits_of(text: str) -> NDArray[np.float64]:
    """Return a table of the bits of the characters of a text where they stand, which who asks for them fills."""
    return np.full(len(text), np.nan)
