"""What stands beside misread text in its line, and whether the line is damaged or about damage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fixtext.detectors.misdecoded.quoting import is_spoken_of
from fixtext.findings import Span

_WORD = re.compile("[\u3041-\u30ff\u3400-\u9fff]{2}")
_LABEL = re.compile(r"[^:\uff1a]{1,24}[:\uff1a][ \t]*")
"""A name of what follows, with a colon."""

_TELLING = 5
"""Misread characters behind a label which no healthy text has by chance."""


class Piece(NamedTuple):
    """A run of misread characters, in the text and in what it was turned back into."""

    start: int
    end: int
    back_start: int
    back_end: int


def is_about_damage(text: str, group: Sequence[Piece], start: int, end: int) -> bool:
    """Whether a line has healthy Chinese or Japanese words too: then it is about damage rather than damaged.

    A label and nothing but misread text behind it is no such line, if nothing around speaks of encodings: a program
    wrote the label, and what it read wrongly behind it.

    Args:
        text: the text.
        group: the misread runs of the line.
        start: where the line begins.
        end: where it ends.
    """
    position = start
    for number, piece in enumerate(group):
        if _WORD.search(text, position, piece.start) and (number or not _is_label(text, group, start)):
            return True
        position = piece.end
    return _WORD.search(text, position, end) is not None


def _is_label(text: str, group: Sequence[Piece], start: int) -> bool:
    """Whether a label stands in front of the first misread run of a line, and enough is misread to be sure."""
    first, last = group[0].start, group[-1].end
    if sum(piece.end - piece.start for piece in group) < _TELLING or _LABEL.fullmatch(text, start, first) is None:
        return False
    return not is_spoken_of(text, first, last)


def is_asked(text: str, span: Span) -> bool:
    """Whether a capital behind another ends a word before a question mark, as words of Portuguese do."""
    start, end = span
    return (
        end - start == 2
        and text[start].isupper()
        and text[end - 1] == "?"
        and text[start - 1 : start].isupper()
        and not text[end : end + 1].isalnum()
    )
