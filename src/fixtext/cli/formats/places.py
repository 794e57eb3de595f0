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


def all_offsets(repair: Repair) -> list[int]:
    """Return where findings begin and end, in code points."""
    spans = [edit.span for edit in repair.edits] + [suspect.span for suspect in repair.suspects]
    return [offset for span in spans for offset in span]


def places(document: Document, offsets: Iterable[int]) -> dict[int, Place]:
    """Return the places of offsets in code points. Each stretch of the text is read once, however many there are."""
    text = document.text
    ordered = sorted(set(offsets))
    found = {}
    line, line_start, last = 1, 0, 0
    for offset, byte in zip(ordered, document.byte_offsets(ordered), strict=True):
        lines = text.count("\n", last, offset)
        if lines:
            line += lines
            line_start = text.rindex("\n", last, offset) + 1
        last = offset
        found[offset] = Place(line, offset - line_start + 1, byte)
    return found
