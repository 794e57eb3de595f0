"""Lost characters by more of the line than the language model sees: ten tokens in front, nine behind.

The language model and the counts of software know the two characters in front of the end of a stretch of Chinese. What
is lost in `<hwnd> ? <window>` is told by what stands on the other side of the words in ASCII, and what kind of words
they are. A small network with one hidden layer, over the tokens around a place, ranks the characters that share the
bytes that are left. It is trained on the packages of tools/lossy_builder (docs/decisions/0025-lost-by-a-network.md).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from fixtext.detectors.lossy.choices import Known
from fixtext.detectors.lossy.places import Place, Row
from fixtext.detectors.lossy.software import least
from fixtext.detectors.lossy.tokens import LEFT, RIGHT, kind, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MAGIC = b"FTLN0001"
"""What the file begins with."""

HEADER = "<6I"
"""Bytes of the tokens' names; how many tokens, characters, numbers of a token, of the hidden and of the last layer."""

UNSURE = 4.0
"""Bits between the two likeliest characters from which on the network is not asked: it is at a fifth of the places, and
at all of them as many characters of held-out packages are right."""

_OWN, _SHARE = 0.8, 0.5
"""Weights of the bits that a row has already, and of those of the network."""

_SINGLE = 1 << 18
_INNER = 40
"""Multiplications up to which OpenBLAS stays in one thread (its interface/gemm.c), and columns of a block."""

_UNSEEN = 2.0**-12
"""Least probability that the network gives."""

_NEVER = -50.0
"""Score of a character that the network does not know."""


class Network:
    """The network: tokens to vectors, a hidden layer, a narrower one, and a score for each character."""

    def __init__(self, data: bytes) -> None:
        """Take a file (tools/lossy_builder/network.py writes it).

        Raises:
            ValueError: it is no file of this version.
        """
        if not data.startswith(MAGIC):
            raise ValueError("network.bin is not a network of this version")
        named, listed, chars, width, hidden, narrow = struct.unpack_from(HEADER, data, len(MAGIC))
        position = len(MAGIC) + struct.calcsize(HEADER)
        names = data[position : position + named].decode().split("\0")
        self._position = position + named
        self._data = data
        self._numbers = dict(zip(names, range(listed), strict=True))
        self._tokens = self._matrix(listed, width)
        self._hidden = self._matrix((LEFT + RIGHT) * width, hidden)
        self._bias = self._matrix(1, hidden)
        self._narrow = self._matrix(hidden, narrow)
        self._chars = self._matrix(chars, narrow)
        self._char_bias = self._matrix(chars, 1)[:, 0]
        # The tokens that are characters which can be lost come first.
        self._char_of = {name: number for name, number in self._numbers.items() if number < chars}

    def _matrix(self, rows: int, columns: int) -> Floats:
        """Read a matrix: a scale for each row, then signed bytes."""
        scales = np.frombuffer(self._data, "<f4", rows, self._position)
        self._position += 4 * rows
        values = np.frombuffer(self._data, np.int8, rows * columns, self._position).reshape(rows, columns)
        self._position += rows * columns
        matrix: Floats = values * scales[:, np.newaxis]
        return matrix

    def number(self, token: str) -> int:
        """Return the number of a token, that of its kind if it is rare."""
        number = self._numbers.get(token)
        return self._numbers[kind(token)] if number is None else number

    def reweighed(self, places: Sequence[Place], rows: Sequence[Row]) -> list[Row]:
        """Return the rows of lost characters by the network too, where it is unsure which is right.

        Args:
            places: the places.
            rows: the likeliest lost characters of each, the cheapest first, with their bits.
        """
        found = list(rows)
        asked = [number for number, row in enumerate(rows) if is_unsure(row) and is_ranked(places[number].known)]
        if asked:
            for number, bits in zip(
                asked, self._bits([places[n] for n in asked], [rows[n] for n in asked]), strict=True
            ):
                row = zip(rows[number], bits, strict=True)
                found[number] = sorted((_OWN * old + _SHARE * new, char) for (old, char), new in row)
        return found

    def _bits(self, places: Sequence[Place], rows: Sequence[Row]) -> list[list[float]]:
        """Return the bits of each row's characters by the network."""
        number = self.number
        around = [[*map(number, _tokens(place))] for place in places]
        vectors = self._tokens[np.array(around)].reshape(len(places), -1)
        last = _product(np.maximum(_product(vectors, self._hidden) + self._bias, 0), self._narrow)
        owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        chars = np.array([self._char_of.get(char, -1) for row in rows for _, char in row])
        scores = np.einsum("ij,ij->i", self._chars[chars], last[owners]) + self._char_bias[chars]
        scores[chars < 0] = _NEVER
        shares = np.exp(scores + least(owners, -scores))
        shares /= np.bincount(owners, shares)[owners]
        bits = iter((-np.log2(np.maximum(shares, _UNSEEN))).tolist())
        return [[next(bits) for _ in row] for row in rows]


def _product(left: Floats, right: Floats) -> Floats:
    """Return the product of two matrices, by blocks that are multiplied in one thread.

    For more numpy's OpenBLAS wakes a thread on each core, which wait for each other: where the cores have other work,
    half a megabyte of text took 1.7 s of processor time instead of less than 0.1.
    """
    count, inner = left.shape
    found: Floats = np.zeros((count, right.shape[1]), np.float32)
    height = max(1, _SINGLE // (_INNER * right.shape[1]))
    for start in range(0, count, height):
        block = found[start : start + height]
        for column in range(0, inner, _INNER):
            block += left[start : start + height, column : column + _INNER] @ right[column : column + _INNER]
    return found


def is_unsure(row: Row) -> bool:
    """Whether two lost characters are so near to each other that the network is asked."""
    return len(row) > 1 and row[1][0] - row[0][0] < UNSURE


def is_ranked(known: Known) -> bool:
    """Whether two bytes of three are left: the network ranks the characters that share them."""
    return len(known) == 3 and known[2] is None and known[1] is not None


def _tokens(place: Place) -> list[str]:
    if place.swallows:
        return tokens(place.left, None, place.rest)
    return tokens(place.left, place.rest[:1] or "\n", place.rest[1:])


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the network that comes with the package."""
    return Network(resources.files("fixtext.detectors.lossy").joinpath("network.bin").read_bytes())
