"""What a character is a letter of."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


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


def first_beyond_ascii(text: str, most: int) -> str:
    """Return so many characters at most that are none of ASCII: code may have hundreds between them.

    >>> first_beyond_ascii("a\u00e9b\u4e2dc\u6587", 2) == "\u00e9\u4e2d"
    True
    """
    return "".join(match[0] for match in islice(_BEYOND_ASCII.finditer(text), most))
