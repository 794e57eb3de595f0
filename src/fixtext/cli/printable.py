"""Text made safe to show on a terminal."""

from __future__ import annotations

from fixtext.cli.wording import gettext as _

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
    from unicodedata import category

    if category(char) in _HIDDEN:
        return char.encode("unicode_escape").decode("ascii")
    return char


_SHOWN = 120
"""Characters of a span shown at most; the middle of a longer one is left out."""


def shortened(text: str) -> str:
    """Return the text made `printable`, on one line and not too long."""
    if not text:
        return _("(nothing)")
    if len(text) > _SHOWN:
        half = _SHOWN // 2
        left_out = _("[{count} more]").format(count=len(text) - 2 * half)
        return f"{printable(text[:half])} {left_out} {printable(text[-half:])}"
    return printable(text)
