"""Opens the model file: a header and flat arrays, memory-mapped, looked up by bisection.

The layout is little-endian: magic, version, number of sections, size of the file, a table of (name, offset, length),
a CRC-32 of all that, then the arrays. docs/language-model.md lists them.
"""

from __future__ import annotations

import mmap
import os
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

UNIT = 8
"""Costs are stored in eighths of a bit. Against exact costs this loses less than 0.005 bits a character."""

FORM = 7
ROW = 8
"""A character's form (small, capital, wide, kana, foreign to Japanese) is in the low three bits of its entry in
``forms``, its Chinese script above; what a form costs after another is in rows of eight."""

_MAGIC = b"fixtext-lm\r\n\x1a"
_VERSION = 2
_HEAD = struct.Struct("<13sBHQ")
_ENTRY = struct.Struct("<8sQQ")
BLOCK_BITS = 6
"""Beginnings of trigram rows are stored as 16-bit distances from every 64th."""

_Format = Literal["B", "b", "H", "I"]
_FORMATS: dict[str, _Format] = {
    "ids": "H",
    "extra": "B",
    "forms": "B",
    "formcost": "B",
    "folds": "I",
    "astral": "I",
    "astralid": "H",
    "astralex": "B",
    "cost1": "B",
    "back1": "b",
    "rows2": "I",
    "last2": "H",
    "cost2": "B",
    "back2": "b",
    "base3": "I",
    "rows3": "H",
    "last3": "H",
    "cost3": "B",
}


class ModelFileError(ValueError):
    """A model file is truncated, damaged, of another version, or not a model file at all."""


class Table:
    """The arrays of a model file. Costs are integers in eighths of a bit."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open a file.

        Raises:
            OSError: the file cannot be read.
            ModelFileError: it is not a whole model file of this version.
        """
        self.path = str(path)
        with open(path, "rb") as file:  # noqa: PTH123 - half the time of Path.open, and this is the start of everything
            try:
                data: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except (OSError, ValueError):  # an empty file, or a file system without memory maps
                data = file.read()
        views = _sections(memoryview(data), self.path)
        self.views = views
        self.ids = views["ids"]
        self.extra = views["extra"]
        self.forms = views["forms"]
        self.form_costs = bytes(views["formcost"])
        self.cost1 = views["cost1"]
        self.back1 = views["back1"]
        self.rows2 = views["rows2"]
        self.last2 = views["last2"]
        self.cost2 = views["cost2"]
        self.back2 = views["back2"]
        self.base3 = views["base3"]
        self.rows3 = views["rows3"]
        self.last3 = views["last3"]
        self.cost3 = views["cost3"]

    def character(self, char: str) -> tuple[int, int, int]:
        """Return (identifier, cost beyond the identifier, form) of any code point."""
        code = ord(char)
        if code < 0x10000:
            return self.ids[code], self.extra[code], self.forms[code] & FORM
        place = bisect_left(self.views["astral"], code + 1) - 1
        return self.views["astralid"][place], self.views["astralex"][place], 0

    def ngram(self, a: int, b: int, c: int) -> int:
        """Return the cost of identifier c after a and b (0: no context), in eighths of a bit."""
        rows2, last2 = self.rows2, self.last2
        cost = 0
        end = rows2[a + 1]
        pair = bisect_left(last2, b, rows2[a], end)
        if pair < end and last2[pair] == b:
            base3, rows3 = self.base3, self.rows3
            start = base3[pair >> BLOCK_BITS] + rows3[pair]
            end = base3[(pair + 1) >> BLOCK_BITS] + rows3[pair + 1]
            if start < end:
                last3 = self.last3
                place = bisect_left(last3, c, start, end)
                if place < end and last3[place] == c:
                    return self.cost3[place]
            cost = self.back2[pair]
        end = rows2[b + 1]
        pair = bisect_left(last2, c, rows2[b], end)
        if pair < end and last2[pair] == c:
            cost += self.cost2[pair]
        else:
            cost += self.back1[b] + self.cost1[c]
        return cost if cost > 0 else 0  # noqa: FURB136 - max() would take twice the time

    def pair(self, a: int, b: int) -> tuple[int, int, int]:
        """Return what identifiers cost behind a and b beyond what they cost behind b, in eighths of a bit, and where
        those begin and end that are listed behind a and b.
        """
        end = self.rows2[a + 1]
        pair = bisect_left(self.last2, b, self.rows2[a], end)
        if pair == end or self.last2[pair] != b:
            return 0, 0, 0
        base3, rows3, behind = self.base3, self.rows3, pair + 1
        start = base3[pair >> BLOCK_BITS] + rows3[pair]
        return self.back2[pair], start, base3[behind >> BLOCK_BITS] + rows3[behind]

    def thirds(self, start: int, end: int, wanted: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield those identifiers that are listed there, with their costs behind both before them.

        Args:
            start: where what is listed begins, as `pair` says.
            end: where it ends.
            wanted: the identifiers, in a collection that is quick to look into.
        """
        last3, cost3 = self.last3, self.cost3
        if end - start <= len(wanted):
            for place in range(start, end):
                if last3[place] in wanted:
                    yield last3[place], cost3[place]
            return
        for c in wanted:
            place = bisect_left(last3, c, start, end)
            if place < end and last3[place] == c:
                yield c, cost3[place]

    def seconds(self, b: int, wanted: Sequence[int]) -> list[int]:
        """Return the costs of identifiers behind b alone, in eighths of a bit."""
        last2, cost2, cost1, back1 = self.last2, self.cost2, self.cost1, self.back1[b]
        start, end = self.rows2[b], self.rows2[b + 1]
        costs = []
        for c in wanted:
            place = bisect_left(last2, c, start, end)
            costs.append(cost2[place] if place < end and last2[place] == c else back1 + cost1[c])
        return costs

    def ngrams(self, a: int, b: int, wanted: Sequence[int]) -> list[int]:
        """Return `ngram` of each of many identifiers after a and b; the context is looked up once."""
        back2, start, end = self.pair(a, b)
        listed = dict(self.thirds(start, end, set(wanted)))
        seconds = zip(wanted, self.seconds(b, wanted), strict=True)
        return [listed[c] if c in listed else max(cost + back2, 0) for c, cost in seconds]


def _sections(data: memoryview, path: str) -> dict[str, memoryview[int]]:
    if len(data) < _HEAD.size or bytes(data[: len(_MAGIC)]) != _MAGIC:
        raise ModelFileError(f"{path}: not a fixtext language model")
    _, version, count, size = _HEAD.unpack_from(data)
    if version != _VERSION:
        raise ModelFileError(f"{path}: language model of version {version}, version {_VERSION} is needed")
    if size != len(data):
        raise ModelFileError(f"{path}: {len(data)} bytes of a language model of {size} bytes")
    end = _HEAD.size + count * _ENTRY.size
    if end + 4 > size or zlib.crc32(data[:end]) != int.from_bytes(data[end : end + 4], "little"):
        raise ModelFileError(f"{path}: the header of the language model is damaged")
    views: dict[str, memoryview[int]] = {}
    for index in range(count):
        name, offset, length = _ENTRY.unpack_from(data, _HEAD.size + index * _ENTRY.size)
        key = name.rstrip(b"\0").decode("ascii")
        if key in _FORMATS:
            views[key] = _native(data[offset : offset + length], _FORMATS[key])
    missing = _FORMATS.keys() - views.keys()
    if missing:
        raise ModelFileError(f"{path}: the language model lacks {', '.join(sorted(missing))}")
    return views


def _native(view: memoryview, code: _Format) -> memoryview[int]:
    if sys.byteorder == "little" or code in "Bb":
        return view.cast(code)
    swapped: array[int] = array(code, bytes(view))
    swapped.byteswap()
    return memoryview(swapped)
