"""Encodings that write other characters in ASCII alone: ISO-2022-JP and -KR, HZ, UTF-7."""

from __future__ import annotations

import re

from fixtext import codepages
from fixtext.charset.weighing import bits, is_random

_LOOKED_AT = 1200
"""Bytes that are weighed: enough to tell, wherever the escapes begin."""

_PRINTABLE = ("hz", "utf-7")
_DENSE = 0.05
"""Escapes that are printable have to be this share of the bytes. Source code and documentation show some."""

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
        if not pattern.search(data) or (page in _PRINTABLE and not _is_dense(data, pattern)):
            continue
        text = _read(data, page)
        if text is not None and not text.isascii() and not (page == "utf-7" and is_random(text)):
            found.append(page)
    if not found:
        return []
    # The same bytes are weighed in each reading, from before the first escape to the end of a line.
    start = data.rfind(b"\n", 0, pattern_start(data)) + 1
    end = data.find(b"\n", start + _LOOKED_AT) + 1 or len(data)
    window = data[start:end]
    weighed = [(page, bits([text]) + 12.0) for page in found if (text := _read(window, page)) is not None]
    weighed.append(("ascii", bits([window.decode("ascii")])))
    return sorted(weighed, key=lambda pair: pair[1])


def _is_dense(data: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Whether escapes are a good part of the bytes: a page that shows what they look like has few."""
    return sum(len(match[0]) for match in pattern.finditer(data)) >= _DENSE * len(data)


def pattern_start(data: bytes) -> int:
    """Return where the first escape of any of the encodings stands."""
    starts = [match.start() for one in (_ISO_2022_JP, _ISO_2022_KR, _HZ, _UTF_7) if (match := one.search(data))]
    return min(starts, default=0)


def _read(data: bytes, page: str) -> str | None:
    try:
        return codepages.decode(data, page)
    except UnicodeDecodeError:
        return None
