r"""Finds the marks that a lossy reading leaves in UTF-8.

A round trip: what was UTF-8 is read as GBK and saved as GBK again. Nearly all bytes come back, but an odd byte at the
end of a run and the byte behind it were no pair of GBK: both became one question mark. ``E6 93 8D E4 BD 9C 0A``
becomes ``E6 93 8D E4 BD 3F``: the last byte of the sequence is gone, and the line feed too.

Bytes that are not UTF-8 are lone surrogates U+DC80 to U+DCFF here, as Python's ``surrogateescape`` writes them
(PEP 383). A text that somebody decoded with ``replace`` has one U+FFFD for what is left of the sequence. A text that
was read wrongly and never written back is turned into such bytes first, with `LOST` for each U+FFFD.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

LOST = "\udcff"
"""Stands for a byte of which only U+FFFD is left. FF never occurs in UTF-8."""

GONE = "\udcfe"
"""Stands for each byte of a character of which none is left, between other marks. FE never occurs in UTF-8 either."""

KEPT = "\udcfd"
"""Stands for a byte that is there and shows as U+FFFD, beside others that are lost."""

KEPT_BYTE = -1
"""The same among the bytes that are known of a character."""

_LEAD3, _LEAD4, _NEXT, _MARK = "[\udce0-\udcef]", "[\udcf0-\udcf4]", "[\udc80-\udcbf]", "[?\udcfd\udcff]"
_BROKEN = re.compile(
    f"[\udcc2-\udcdf]{_MARK}|{_LEAD3}(?:{_NEXT}{_MARK}|{_MARK}{_NEXT}|{_MARK}{{2}})"
    f"|{_LEAD4}(?:{_NEXT}{_NEXT}{_MARK}|{_NEXT}{_MARK}{_NEXT}|{_MARK}{_NEXT}{_NEXT})"
    f"|\udcff{_NEXT}(?:{_NEXT}|{_MARK})|\udcff\udcff{_NEXT}|{GONE}{{3}}|{GONE}{{2}}[?]"
    f"|{LOST}{KEPT}(?:{_NEXT}|{_MARK})|{_LEAD4}{_NEXT}{LOST}{{2}}"
    "|(?<!\ufffd)\ufffd[?]"
)
_BYTES: dict[str, int | None] = {chr(0xDC00 + byte): byte for byte in range(0x80, 0xFD)}
_BYTES |= {"?": None, LOST: None, GONE: None, KEPT: KEPT_BYTE}
_WITH_ASCII = f"{LOST}{GONE}\udcef"
"""First bytes before which or with which others were lost, of characters that took ASCII along too."""
_CUT = re.compile(f"{_LEAD3}{_MARK}(?=\n?\\Z)")
"""The end of a text whose last byte was cut off before it was read: the first byte of a character, and a mark."""


class Site(NamedTuple):
    """One broken sequence with its mark; at the end of a text its last byte may have been cut off before it was read.

    Attributes:
        start: where it begins, in code points.
        end: where it ends.
        known: the bytes of the lost character, None where one is lost; empty if no byte is left.
        mark: what stands for the lost bytes: ``?`` or `LOST`.
    """

    start: int
    end: int
    known: tuple[int | None, ...]
    mark: str


_REMEMBERED = 1 << 20
"""Characters of a text whose broken sequences are remembered; the text is kept alive with them."""


def sites(text: str) -> Sequence[Site]:
    """Return the broken sequences of a text, in order."""
    return _remembered(text) if len(text) <= _REMEMBERED else _sites(text)


@lru_cache(maxsize=1)
def _remembered(text: str) -> Sequence[Site]:
    """Return what the scan found, because the proposals ask again."""
    return _sites(text)


def _sites(text: str) -> Sequence[Site]:
    if "\ufffd?" not in text:
        try:
            text.encode()  # which tells of lone surrogates ten times as fast as the pattern does
        except UnicodeEncodeError:
            pass
        else:
            return []
    found = [Site(*match.span(), *_read(match[0])) for match in _BROKEN.finditer(text)]
    cut = _CUT.search(text, max(0, len(text) - 3))
    if cut is not None:
        found.append(Site(*cut.span(), *_read(cut[0])))
    return found


@lru_cache(maxsize=1 << 13)
def _read(broken: str) -> tuple[tuple[int | None, ...], str]:
    """Return the bytes that are left of a broken sequence, and its mark."""
    known: tuple[int | None, ...] = ()
    if broken[0] != "\ufffd":
        known = tuple(map(_BYTES.__getitem__, broken))
        if len(broken) == 2 and broken[0] >= "\udce0":
            known = *known, None
    is_lost = any(byte in broken for byte in (LOST, GONE, KEPT))
    if broken[-1] == "?" and broken[0] in _WITH_ASCII:
        is_lost = False
    return known, LOST if is_lost else "?"


def is_cut(site: Site) -> bool:
    """Whether a mark stands for one byte of a character, and another was cut off behind it."""
    return len(site.known) == 3 and site.end - site.start == 2


def without_cut(text: str) -> str:
    """Return a text without a character at its end of which one byte is left."""
    return _CUT.sub("", text)


def has_sites(text: str) -> bool:
    """Whether a text has broken sequences."""
    return _BROKEN.search(text) is not None


def without_sites(text: str) -> str:
    """Return a text without its broken sequences."""
    return _BROKEN.sub("", text)


def may_have_sites(text: str) -> bool:
    """Return quickly whether there can be any: nearly every text has neither lone surrogates nor U+FFFD."""
    if text.isascii() or "?" not in text:
        return False
    return "\ufffd?" in text or _ESCAPED.search(text) is not None


_ESCAPED = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}[?]")


_LAST = -4.0
"""Bits where a line feed is all that follows: a text that ends with an empty line is rarer than a decoder that keeps
it. Chosen, not measured."""

_BEHIND = {"": -1.8, "\n": -1.8, "\r": -1.8, " ": 0.5, '"': -3.2, "'": -3.2, ",": 3.5}
"""Bits that what stands behind a mark adds: shares among what follows the character that follows Chinese in the
packages of tools/lossy_builder, against those among what follows Chinese itself."""

_OTHER_BEHIND = 0.1


def swallowing_bits(text: str, found: Sequence[Site]) -> float:
    """Return the bits that what stands behind marks adds to "they took an ASCII character with them".

    If they did not, each has one below U+0040, or the end, behind it, most often a line feed or a quotation mark.
    """
    bits = 0.0
    for site in found:
        behind = text[site.end : site.end + 1]
        if behind >= "@":
            return math.inf
        bits += _LAST if behind == "\n" and site.end + 1 == len(text) else _BEHIND.get(behind, _OTHER_BEHIND)
    return bits
