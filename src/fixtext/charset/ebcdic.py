"""Tells EBCDIC, which is not read: its many national variants differ in the very characters that matter."""

from __future__ import annotations

import re

REFUSAL = "it is EBCDIC, which is not read; convert it first, for example with: iconv -f IBM037 -t UTF-8"

_TEXT = re.compile(rb"[\x40\x4b\x6b\x81-\x89\x91-\x99\xa2-\xa9\xc1-\xc9\xd1-\xd9\xe2-\xe9\xf0-\xf9\x15\x25\x0d]")
"""Space, full stop, comma, letters, digits and ends of lines in all variants of EBCDIC."""

_SHARE = 0.9
_SPACES = 0.05


def is_ebcdic(data: bytes) -> bool:
    """Return whether bytes are EBCDIC text: nearly all letters, digits and spaces there, and spaces as often as usual.

    A space is 40 there, ``@`` in ASCII; no ASCII space occurs.
    """
    if len(data) < 16 or data.count(0x20) * 100 > len(data):
        return False
    return data.count(0x40) > _SPACES * len(data) and len(_TEXT.findall(data)) > _SHARE * len(data)
