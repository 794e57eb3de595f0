"""What becomes of U+FFFD when it is misread in its turn: bytes that are gone, which no search may make a text of."""

from __future__ import annotations

import re

# EF BF BD, once or several times, in UTF-8 read as a Western page, GBK, Windows-949, Big5 and Shift_JIS.
_DEBRIS = re.compile(
    "\xef\xbf\xbd|(?:\u951f\u65a4\u62f7)+\u951f?|(?:\u65a4\u62f7\u951f)+\u65a4?|\u62f7(?:\u951f\u65a4\u62f7)+"
    "|(?:\u5360\uc3d9\uc619)+|(?:\u5699\u8e1d\u856d)+|(?:\u5695\uff7d){2,}"
)
BARRIER = "\ufffd"
"""What no page writes that the search knows."""


def masked(text: str) -> str:
    """Return a text of the same length whose debris nothing can be made of.

    >>> ascii(masked("a\xef\xbf\xbdb"))
    "'a\\\\ufffd\\\\ufffd\\\\ufffdb'"
    """
    if text.isascii():
        return text
    return _DEBRIS.sub(lambda match: BARRIER * len(match[0]), text)


def is_debris(text: str) -> bool:
    """Return whether a text holds debris.

    >>> is_debris("\u951f\u65a4\u62f7"), is_debris("\u65a4\u62f7")
    (True, False)
    """
    return BARRIER in text or _DEBRIS.search(text) is not None
