"""Where in a file something is: line, column in code points, offset in bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fixtext.cli.documents import Document
    from fixtext.findings import Repair


class Place(NamedTuple):
    """A place in a text: lines end at LF and count from 1, columns are code points from 1, bytes count from 0."""

    line: int
    column: int
    byte: int


class Base(NamedTuple):
    """Where a window begins in its file; all count from 0.

    Attributes:
        line: ends of lines before it.
        column: code points before it in its first line: not 0 only where a line without an end was cut.
        byte: bytes before it.
        char: code points before it.
    """

    line: int = 0
    column: int = 0
    byte: int = 0
    char: int = 0

    def after(self, data: bytes, text: str) -> Base:
        """Return where the next window begins, behind bytes and the text that they say."""
        lines = text.count("\n")
        column = len(text) - text.rfind("\n") - 1 if lines else self.column + len(text)
        return Base(self.line + lines, column, self.byte + len(data), self.char + len(text))


START = Base()


def all_offsets(repair: Repair) -> list[int]:
    """Return where findings begin and end, in code points."""
    spans = [edit.span for edit in repair.edits] + [suspect.span for suspect in repair.suspects]
    return [offset for span in spans for offset in span]


def places(document: Document, offsets: Iterable[int], base: Base = START) -> dict[int, Place]:
    """Return the places of offsets in code points. Each stretch of the text is read once, however many there are.

    Args:
        document: a file, or a window of it.
        offsets: counted from its beginning.
        base: where that is in the file.
    """
    text = document.text
    ordered = sorted(set(offsets))
    found = {}
    line, line_start, last = base.line + 1, -base.column, 0
    for offset, byte in zip(ordered, document.byte_offsets(ordered), strict=True):
        lines = text.count("\n", last, offset)
        if lines:
            line += lines
            line_start = text.rindex("\n", last, offset) + 1
        last = offset
        found[offset] = Place(line, offset - line_start + 1, base.byte + byte)
    return found
