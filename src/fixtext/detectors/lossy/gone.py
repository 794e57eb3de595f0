r"""Tells where text of another encoding was read as UTF-8 and nearly nothing of it is left.

Text in Shift-JIS, EUC or GBK, and Cyrillic in one byte a letter, becomes U+FFFD in a row, with what was UTF-8 by
chance in between. The bytes have to be read again from where they came from; what stood there is not invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixtext.detectors.lossy.signs import HOLE
from fixtext.detectors.misdecoded.quoting import is_spoken_of
from fixtext.findings import Span, Suspect

FEWEST = 3
"""U+FFFD of a line from which they are told, two of them side by side."""

_RUN = re.compile(f"[^\\s\"'`]*{HOLE}{{2}}[^\\s\"'`]*")
_QUOTES = "\"'`"


def suspects(text: str) -> Iterator[Suspect]:
    """Yield a suspect for each line in which such text stands, but for examples of it.

    Args:
        text: the text.
    """
    place = text.find(HOLE + HOLE)
    while place >= 0:
        start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        end = len(text) if end < 0 else end
        runs = [match.span() for match in _RUN.finditer(text, start, end) if not _is_quoted(text, *match.span())]
        if runs and sum(text.count(HOLE, *run) for run in runs) >= FEWEST:
            first, last = runs[0][0], runs[-1][1]
            if not is_spoken_of(text, first, last):
                reason = "bytes of another encoding were read as UTF-8 here, and what they were is gone"
                yield Suspect("lossy", Span(first, last), reason)
        place = text.find(HOLE + HOLE, end)


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES and start > 0 and end < len(text)
