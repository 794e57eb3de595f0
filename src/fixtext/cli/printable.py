"""Text made safe to show on a terminal."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""General categories (Unicode Standard, section 4.5) that a terminal obeys, hides, or shows as it likes."""


def printable(text: str) -> str:
    """Return the text with control, bidi, private-use and other unseen characters as Python escapes.

    >>> printable("a\\tb\\u202e")
    'a\\\\tb\\\\u202e'
    """
    if text.isprintable():  # stricter than our own test: nothing hidden can be in it
        return text
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if unicodedata.category(char) in _HIDDEN:
        return char.encode("unicode_escape").decode("ascii")
    return char
