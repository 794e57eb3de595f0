"""Whether a text may be UTF-8 that was misread throughout, by a few of its places: without code pages and language
model, which healthy text need not load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

PLACES = 8
"""Odd places that are looked at, the first ones."""

NEAR = 10_000
"""Code points on either side of a place of ideographs or syllables in which one stands inside a Western word."""

_PAGES = (
    *("latin-1", "cp1252", "mac-roman", "cp437", "cp850", "cp866", "cp1250", "cp1251", "cp1253", "cp1254", "cp1258"),
    *("koi8-r", "cp852", "cp874", "mac-cyrillic", "ptcp154"),
)
"""Python's names of pages of single bytes that read UTF-8."""

_RUN = re.compile("[^\0-\x7f]+")
_GLUED = re.compile("(?<=[a-z])[^\0-\u2e7f]{1,2}(?=[a-z])")
"""What letters of Western words become in East Asia."""


def may_be_undone(text: str, starts: Iterable[int] | None = None) -> bool:
    """Return whether to look at all of a text.

    Args:
        text: it.
        starts: where odd places begin; what is beyond ASCII if None.
    """
    if starts is None:
        starts = (match.start() for match in _RUN.finditer(text))
    return any(_may_be(text, int(start)) for start in islice(starts, PLACES))


def _may_be(text: str, start: int) -> bool:
    while start and text[start - 1] > "\x7f":
        start -= 1
    run = _RUN.search(text, start)
    if run is None:
        return False
    if run[0][0] > "\u2e7f":
        return _GLUED.search(text, max(0, start - NEAR), start + NEAR) is not None
    return len(run[0]) > 1 and any(_reads_as_utf8(run[0], page) for page in _PAGES)


def _reads_as_utf8(run: str, page: str) -> bool:
    try:
        return bool(run.encode(page).decode())
    except UnicodeError:
        return False
