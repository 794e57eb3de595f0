"""Whether a text may be UTF-8 that was misread throughout, by a few of its places: without code pages and language
model, which healthy text need not load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

PLACES, FIT = 8, 3
"""Odd places that are looked at, the first ones, and how many of them (or half of fewer) have to stand in what is UTF-8
in some page. Of healthy Chinese hardly any does: two ideographs in a row are UTF-8 one time in fifty."""

_PAGES = (
    *("latin-1", "cp1252", "mac-roman", "cp437", "cp850", "cp866", "cp1250", "cp1251", "cp1253", "cp1254", "cp1258"),
    *("koi8-r", "cp852", "cp874", "mac-cyrillic", "ptcp154"),
)
EAST_ASIA = "gb18030", "cp950", "cp932", "cp949", "euc-jp"
"""Python's names of pages that read UTF-8."""

_RUN = re.compile("[^\0-\x7f]+")
LONGEST = 24
"""Code points of a run on either side of its place from which it is no word."""


def may_be_undone(text: str, starts: Iterable[int] | None = None) -> bool:
    """Return whether to look at all of a text.

    Args:
        text: it.
        starts: where odd places begin; what is beyond ASCII if None.
    """
    if starts is None:
        starts = (match.start() for match in _RUN.finditer(text))
    places = [int(start) for start in islice(starts, PLACES)]
    fit = sum(_is_utf8(text, start) for start in places)
    return fit > 0 and fit >= min(FIT, len(places) / 2)


def _is_utf8(text: str, start: int) -> bool:
    """Whether the run at a place is UTF-8 in some page, if it is no longer than words are."""
    low, begin = max(0, start - LONGEST), start
    while begin > low and text[begin - 1] > "\x7f":
        begin -= 1
    run = _RUN.search(text, begin, start + LONGEST)
    if run is None or begin + LONGEST == start or run.end() == start + LONGEST:
        return False
    pages = EAST_ASIA if run[0][0] > "\u2e7f" else _PAGES
    return (len(run[0]) > 1 or pages is EAST_ASIA) and any(_reads_as_utf8(run[0], page) for page in pages)


def _reads_as_utf8(run: str, page: str) -> bool:
    try:
        return bool(run.encode(page).decode())
    except UnicodeError:
        return False
