"""Where an input is cut: its own bytes say so, whoever reads it and however.

About every `Cutter.size` bytes, counted from the beginning, the next end of a line is a border: behind an empty line if
one is near, within a line that has no end where a word may end. So a border can be found without reading what stands
before it, and the windows between borders can be repaired in any order, by anybody.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fixtext.files import SIZE
from fixtext.files.sources import Source

_NEWLINE = {1: b"\n", 2: b"\n\0", 4: b"\n\0\0\0"}
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_GAP = re.compile(rb"\r(?!\n)(?=.)|[\t\x0b\x0c !\"),.;]", re.DOTALL)
"""Where a line without an end may be cut: a lone CR ends one; the others are no part of a longer character in any
encoding that is cut here by single bytes (see `fixtext.charset.sample`)."""
_STOP = re.compile("[\u3000-\u3002\uff01\uff0c\uff1b\uff1f]")
_LONE_TAIL = 3
"""Bytes of a character of UTF-8 that may be missing at the end of a range."""


class Window(NamedTuple):
    """A part of an input, with neighbouring lines that serve as evidence; all in bytes from the beginning.

    Attributes:
        before: where the lines before it begin.
        start: where it begins.
        end: where it ends.
        after: where the lines behind it end.
    """

    before: int
    start: int
    end: int
    after: int


@dataclass(frozen=True, slots=True)
class Cutter:
    """Finds borders.

    Attributes:
        size: bytes of a window, about; a multiple of 4.
        unit: bytes of a code unit: 1, or 2 and 4 in UTF-16 and UTF-32.
        big_endian: whether the high byte of a code unit comes first.
    """

    size: int = SIZE
    unit: int = 1
    big_endian: bool = False

    def __post_init__(self) -> None:
        if self.size < 64 or self.size % 4:
            raise ValueError(f"a window is a multiple of 4 bytes and at least 64, not {self.size!r}")

    @property
    def context(self) -> int:
        """Bytes of lines on either side of a window, about: 32 KiB beside a window of 1 MiB, some 10 glossed pages."""
        return self.size // 32

    @property
    def reach(self) -> int:
        """Bytes in which the end of a line is looked for: 64 KiB for a window of 1 MiB."""
        return self.size // 16

    @property
    def near(self) -> int:
        """Bytes in which an empty line is looked for: 4 KiB for a window of 1 MiB."""
        return self.size // 256

    def windows(self, source: Source) -> Iterator[Window]:
        """Yield the windows of an input, in order; together they are all of it."""
        start, number = 0, 1
        while True:
            end = self._next(source, number)
            number = (start if end is None else end) // self.size + 1
            if end is None:
                yield Window(self._back(source, start), start, *(2 * (_end(source, start, self.size),)))
                return
            yield Window(self._back(source, start), start, end, self._ahead(source, end))
            start = end
            source.release(start - self.context)

    def _next(self, source: Source, number: int) -> int | None:
        """Return the first border at or after so many sizes, None if there is none."""
        while source.at(number * self.size, number * self.size + 1):
            border = self.border(source, number * self.size)
            if border is not None:
                return border if source.at(border, border + 1) else None
            number += 1
        return None

    def _back(self, source: Source, start: int) -> int:
        if start <= self.context:
            return 0
        border = self.border(source, start - self.context)
        return start if border is None else min(start, border)

    def _ahead(self, source: Source, end: int) -> int:
        place = end + self.context
        border = self.border(source, place)
        if border is not None:
            return border
        got = len(source.at(end, place + self.reach))
        return end + got if got < self.context + self.reach else end

    def border(self, source: Source, place: int) -> int | None:
        """Return where the input can be cut, not before a place and not far behind it; None if nowhere there.

        Args:
            source: the input.
            place: in bytes; a multiple of the unit.
        """
        place -= place % self.unit
        if self.unit > 1:
            return self._wide(source.at(place, place + self.reach), place)
        data = source.at(place, place + self.near)
        empty = _EMPTY_LINE.search(data)
        if empty is not None:
            return place + empty.end()
        if b"\n" not in data:
            data = source.at(place, place + self.reach)
        newline = data.find(b"\n") + 1
        return place + newline if newline else _within_a_line(data, place)

    def _wide(self, data: bytes, place: int) -> int | None:
        newline = _NEWLINE[self.unit]
        if self.big_endian:
            newline = newline[::-1]
        at = data.find(newline)
        while at >= 0 and at % self.unit:
            at = data.find(newline, at + 1)
        if at >= 0:
            return place + at + self.unit
        # Anywhere but before the second half of a pair of surrogates.
        at = 2 * (self.unit == 2 and 0xDC <= (data[:2] if self.big_endian else data[1::-1])[0] <= 0xDF) if data else 0
        return place + at if len(data) > at else None


def _end(source: Source, start: int, step: int) -> int:
    """Return the length of an input of which no border is left behind a start."""
    end = start
    while got := len(source.at(end, end + step)):
        end += got
    return end


def _within_a_line(data: bytes, place: int) -> int | None:
    """Return where a line can be cut whose end is far."""
    gap = _GAP.search(data)
    if gap is not None:
        return place + gap.end()
    lead = next((at for at, byte in enumerate(data[: _LONE_TAIL + 1]) if byte & 0xC0 != 0x80), None)
    if lead is None:
        return None
    try:
        text, _ = codecs.utf_8_decode(data[lead:], "strict", False)
    except UnicodeDecodeError:
        return None  # where characters begin cannot be told from here
    stop = _STOP.search(text)
    return place + lead + (len(text[: stop.end()].encode()) if stop else 0)
