"""What a character is a letter of."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def script(char: str) -> str:
    """Return the script of a letter, as the first word of its name tells it; empty for what is no letter.

    >>> script("\u0436"), script("\u4e2d"), script("7")
    ('CYRILLIC', 'CJK', '')
    """
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


def beyond_ascii(char: str) -> bool:
    """Whether a character is none of ASCII."""
    return char > "\x7f"


def count_beyond_ascii(text: str) -> int:
    """Return how many characters are none of ASCII.

    >>> count_beyond_ascii("caf\u00e9 \u4e2d")
    2
    """
    return len(text) - len(text.encode("ascii", "ignore"))
