"""Encodings that write other characters in ASCII alone: ISO-2022-JP and -KR, HZ, UTF-7."""

from __future__ import annotations

import re

from fixtext import codepages
from fixtext.charset.weighing import bits

_LOOKED_AT = 1 << 14
_SHORTEST = 16.0
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@B]|\([JI]|\$\([DOPQ])")
_ISO_2022_KR = re.compile(rb"\x1b\$\)C")
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")
_UTF_7 = re.compile(rb"\+(?:[A-Za-z0-9+/]{3,})-?")


def candidates(data: bytes) -> list[tuple[str, float]]:
    """Return encodings that read something else than ASCII in ASCII bytes, with ASCII itself, and their bits.

    Args:
        data: bytes below 80 only.

    Returns:
        Names of code pages with bits of the beginning, the likeliest first; empty if there is nothing but ASCII.
    """
    found = []
    for page, pattern in (
        ("iso-2022-jp", _ISO_2022_JP),
        ("iso-2022-kr", _ISO_2022_KR),
        ("hz", _HZ),
        ("utf-7", _UTF_7),
    ):
        if not pattern.search(data):
            continue
        text = _read(data, page)
        if text is not None and not text.isascii():
            start = max(0, _first(text) - 40)
            found.append((page, text[start : start + _LOOKED_AT]))
    if not found:
        return []
    plain = data.decode("ascii")
    escape = pattern_start(data)
    weighed = [(page, bits([text[:400]]) + 12.0) for page, text in found]
    weighed.append(("ascii", bits([plain[max(0, escape - 40) :][: 400 * 3]])))
    return sorted(weighed, key=lambda pair: pair[1])


def pattern_start(data: bytes) -> int:
    """Return where the first escape of any of the encodings stands."""
    starts = [match.start() for one in (_ISO_2022_JP, _ISO_2022_KR, _HZ, _UTF_7) if (match := one.search(data))]
    return min(starts, default=0)


def _first(text: str) -> int:
    return next((place for place, char in enumerate(text) if char > "\x7f"), 0)


def _read(data: bytes, page: str) -> str | None:
    try:
        return codepages.decode(data, page)
    except UnicodeDecodeError:
        return None
