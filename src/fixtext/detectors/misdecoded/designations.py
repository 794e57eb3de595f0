"""Where ISO-2022-JP and HZ may have lost their escape bytes: what the scan looks for in every text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_JIS = re.compile(r"\$[@B](?:[!-~]{2}){1,200}?(?:\([BJ]|(?=\r?\n|\Z))")
_HZ = re.compile(r"~\{(?:[!-w][!-~]){1,400}?~\}")


MANY = 1000
"""Signs that are looked at one by one, before the whole text is searched for both together."""


def designations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, code page) of the runs that may be double-byte characters."""
    if _has(text, "$", "B@"):
        for match in _JIS.finditer(text):
            yield *match.span(), "iso-2022-jp-stripped"
    if _has(text, "~", "{"):
        for match in _HZ.finditer(text):
            yield *match.span(), "hz"


def _has(text: str, sign: str, seconds: str) -> bool:
    """Return whether a sign stands before one of others. One sign is found many times faster than two together."""
    position = text.find(sign)
    for _ in range(MANY):
        if position < 0:
            return False
        if text[position + 1 : position + 2] in seconds and position + 1 < len(text):
            return True
        position = text.find(sign, position + 1)
    return any(sign + second in text for second in seconds)
