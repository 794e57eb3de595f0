"""Decodes any bytes without losing one, and back: what an encoding cannot read becomes lone surrogates (PEP 383)."""

from __future__ import annotations

import re

from fixtext import codepages

ESCAPED = re.compile("[\udc80-\udcff]+")
"""Bytes that could not be read, as ``surrogateescape`` writes them."""

WIDE = {"utf-16le": 2, "utf-16be": 2, "utf-32le": 4, "utf-32be": 4}
"""Encodings whose units are longer than a byte, with their lengths."""

_FIRST = 0xDC00

_TILDE = b"\x8f\xa2\xb7"
_WITH_TILDE = ("euc-jp", "whatwg-euc-jp")
"""A tilde in JIS X 0212, read as that of ASCII or as another one, which are both written otherwise."""


def decode(data: bytes, page: str) -> str:
    """Read bytes; those that do not fit become U+DC80 to U+DCFF.

    In UTF-16 and UTF-32 lone surrogates stay, and bytes left over at the end become U+DC00 to U+DCFF.
    """
    unit = WIDE.get(page)
    if unit is None:
        parts = data.split(_TILDE) if page in _WITH_TILDE else [data]
        return _TILDE.decode("ascii", "surrogateescape").join(
            [codepages.decode(part, page, "surrogateescape") for part in parts]
        )
    whole = len(data) // unit * unit
    text = codepages.decode(data[:whole], page, "surrogatepass")
    return text + "".join(chr(_FIRST + byte) for byte in data[whole:])


def encode(text: str, page: str) -> bytes:
    """Write what `decode` read.

    Raises:
        UnicodeEncodeError: the page lacks a character; its positions count code points.
    """
    if page not in WIDE:
        try:
            return codepages.encode(text, page, "surrogateescape")
        except UnicodeEncodeError:
            if page != "utf-8":
                raise
            # A lone surrogate is no valid UTF-8, but losing it, or the rest of the text, would be worse.
            return text.encode("utf-8", "surrogatepass")
    end = len(text)
    while end and len(text) - end < WIDE[page] - 1 and 0 <= ord(text[end - 1]) - _FIRST <= 0xFF:
        end -= 1
    return codepages.encode(text[:end], page, "surrogatepass") + bytes(ord(char) - _FIRST for char in text[end:])


def is_lossless(data: bytes, page: str) -> bool:
    """Return whether bytes come back when they are read and written again."""
    try:
        return encode(decode(data, page), page) == data
    except UnicodeError:
        return False
