"""Text that was UTF-8 throughout and read in one page: that every byte fits is proof that no search can better.

Where bytes were lost (U+FFFD), each side of the hole has to be UTF-8 but for the character that was torn.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED
from fixtext.detectors.misdecoded.debris import BARRIER as HOLE
from fixtext.detectors.misdecoded.explanation import Pair
from fixtext.detectors.misdecoded.pairs import READERS
from fixtext.detectors.misdecoded.sampling import odd_places
from fixtext.detectors.misdecoded.undoing import without_cut_ends

EVIDENCE_BITS = 48.0
LESS_EVIDENCE_BITS = 24.0
"""Evidence from which all of a text is taken for UTF-8, and from which no other misreading is sought where this one
explains a place: each byte that continues a character tells two bits. There are some forty pages to try."""

HOLE_BITS = 6.0
"""What more it takes for each hole: three bytes on either side of it need not fit."""

BEGINNING = 500
"""Code points, to the end of their line, by which most texts are known not to be UTF-8 throughout."""

PLAINER = 4
RARE = 10
"""Undoing the only misreading of a text leaves fewer than one in so many of its odd places, or so few that there is one
for so many characters beyond ASCII: accents side by side are odd, and letters read as GBK are common ideographs."""

SAMPLE = 20_000
"""Code points by which that is told, from the first one beyond ASCII on."""

_ODD = re.compile("[^\x00-\x7f]")


def utf8_throughout(text: str) -> tuple[Pair, ...] | None:
    """Return the misreading of UTF-8 that all of a text can have gone through, if that cannot be by accident."""
    found = undone(text)
    return found.chain if found is not None and found.bits >= EVIDENCE_BITS else None


def misread_once(text: str) -> tuple[Pair, ...] | None:
    """Return the same, on less evidence, if what comes out looks healthy: then there is nothing else to be sought."""
    found = undone(text)
    if found is None:
        return None
    odd = _ODD.search(text)
    start = odd.start() if odd else 0  # up to there both are the same
    observed, healthy = text[start : start + SAMPLE], found.healthy[start : start + SAMPLE]
    before, after = (sum(odd_places(some.split("\n"))) for some in (observed, healthy))
    beyond = len(healthy) - len(healthy.encode("ascii", "ignore"))
    return found.chain if PLAINER * after < before or RARE * after < beyond else None


class Undone(NamedTuple):
    """A misreading undone on all of a text.

    Attributes:
        chain: the misreading.
        healthy: what came out, without holes.
        bits: the evidence for it.
    """

    chain: tuple[Pair, ...]
    healthy: str
    bits: float


@lru_cache(maxsize=1)
def undone(text: str) -> Undone | None:
    """Return the misreading of UTF-8 that all of a text can have gone through, if there is any evidence for it."""
    odd = _ODD.search(text)
    start = text.rfind("\n", 0, odd.start()) + 1 if odd else 0
    first = text[start : text.find("\n", start + BEGINNING) + 1]
    holes = text.count(HOLE)
    unknown = HOLE_BITS * holes
    # Two bytes of each character are at most what a reader has, and three of four bytes of UTF-8 count.
    if holes and unknown > 3.0 * (len(text) - len(text.encode("ascii", "ignore")) - holes):
        return None
    for group in READERS:
        for reader, _ in group:
            # A line ends with a character, but in UTF-16.
            if reader == "utf-8" or (reader != "utf-16le" and _written(first, reader) is None):
                continue
            healthy = _written(text, reader)
            bits = 2.0 * (len(healthy.encode()) - len(healthy)) - unknown if healthy is not None else 0.0
            if healthy is not None and bits >= LESS_EVIDENCE_BITS:
                return Undone((("utf-8", reader),), healthy, bits)
    return None


def _written(text: str, reader: str) -> str | None:
    """Return what the bytes of a text are in UTF-8, without holes; None if they are not UTF-8 throughout."""
    try:
        if HOLE not in text:
            return codepages.encode(text, reader).decode()
        parts = [codepages.encode(part, reader).decode("utf-8", "surrogateescape") for part in text.split(HOLE)]
    except UnicodeError:
        return None
    parts = [without_cut_ends(part) if MALFORMED.search(part) else part for part in parts]
    healthy = "".join(parts)
    return healthy if MALFORMED.search(healthy) is None else None
