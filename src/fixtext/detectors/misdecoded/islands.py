"""What is whole between missing bytes: stretches of a line that are UTF-8, where the line is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fixtext import codepages
from fixtext.detectors.misdecoded.debris import is_debris
from fixtext.detectors.misdecoded.plausible import Plausibility

ISLAND = 400
SMALL = 12
ISLAND_BITS = 16.0
"""Code points that are tried at once, and the bits that less than so many must save."""

_BEYOND = re.compile("[^\x00-\x7f]")


class Island(NamedTuple):
    """A stretch that is UTF-8: where it stands, and what it says."""

    start: int
    end: int
    text: str


def islands(text: str, start: int, end: int, reader: str, scorer: Plausibility) -> Iterator[Island]:
    """Yield what of a line is UTF-8 that was read in another page, in order.

    Args:
        text: the whole text.
        start: index of the first character of the line.
        end: index behind its last.
        reader: the page it was read in.
        scorer: tells bits.
    """
    position = start
    while True:
        beyond = _BEYOND.search(text, position, end)
        if beyond is None:
            return
        position = beyond.start()
        piece = text[position : min(end, position + ISLAND)]
        length, healthy = _valid_start(piece, reader)
        if length and healthy != piece[:length]:
            saved = scorer.bits(piece[:length]) - scorer.healthy_bits(healthy) if length < SMALL else ISLAND_BITS
            if saved >= ISLAND_BITS and not is_debris(piece[:length]):
                yield Island(position, position + length, healthy)
        position += max(1, length)


def _valid_start(piece: str, reader: str) -> tuple[int, str]:
    """Return how many characters of a text a page can have read from valid UTF-8, from the first on, and its text."""
    try:
        data = codepages.encode(piece, reader)
    except UnicodeEncodeError as error:
        piece = piece[: error.start]
        data = codepages.encode(piece, reader)
    length = len(piece)
    while length:
        try:
            return length, data.decode("utf-8")
        except UnicodeDecodeError as error:
            valid = error.start
        # A character of the page may reach over the end of what is valid; then the one before it has to be the last.
        length = min(length - 1, len(codepages.decode(data[:valid], reader, "ignore")))
        data = codepages.encode(piece[:length], reader)
    return 0, ""
