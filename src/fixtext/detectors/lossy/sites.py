r"""Finds the marks that a round trip through a code page leaves in UTF-8.

What was UTF-8 is read as GBK and saved as GBK again. Nearly all bytes come back, but an odd byte at the end of a run
and the byte behind it were no pair of GBK: both became one question mark. ``E6 93 8D E4 BD 9C 0A`` becomes
``E6 93 8D E4 BD 3F``: the last byte of the sequence is gone, and the line feed too.

Bytes that are not UTF-8 are lone surrogates U+DC80 to U+DCFF here, as Python's ``surrogateescape`` writes them
(PEP 383). A text that somebody decoded with ``replace`` has one U+FFFD for what is left of the sequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BROKEN = re.compile(
    "(?:[\udcc2-\udcdf]|[\udce0-\udcef][\udc80-\udcbf]|[\udcf0-\udcf4][\udc80-\udcbf]{2})[?]"  # the last byte lost
    "|[\udce0-\udcef][?][\udc80-\udcbf]"  # the middle byte lost
    "|[\udce0-\udcef][?]{2}(?![?])"  # two lost
    "|(?<!\ufffd)\ufffd[?]"
)
_LENGTHS = ((0xC2, 2), (0xE0, 3), (0xF0, 4))


class Site(NamedTuple):
    """One broken sequence with its mark.

    Attributes:
        start: where it begins, in code points.
        end: where it ends.
        known: the bytes of the lost character, None where one is lost; empty if no byte is left.
    """

    start: int
    end: int
    known: tuple[int | None, ...]


def sites(text: str) -> Iterator[Site]:
    """Yield the broken sequences of a text, in order."""
    for match in _BROKEN.finditer(text):
        yield Site(match.start(), match.end(), _known(match[0]))


def may_have_sites(text: str) -> bool:
    """Return quickly whether there can be any: nearly every text has neither lone surrogates nor U+FFFD."""
    if text.isascii() or "?" not in text:
        return False
    return "\ufffd?" in text or _ESCAPED.search(text) is not None


_ESCAPED = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}[?]")


def _known(broken: str) -> tuple[int | None, ...]:
    if broken[0] == "\ufffd":
        return ()
    values: list[int | None] = [ord(char) - 0xDC00 if char != "?" else None for char in broken]
    length = max(size for first, size in _LENGTHS if (values[0] or 0) >= first)
    return tuple(values[:length])
