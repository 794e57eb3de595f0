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


_MARKS = "\xa0\xab\xbb\u2013\u2014\u2018-\u201e\u2022\u2026\u2039\u203a"
"""Quotation marks, dashes and the like: what authors put beside what they have pasted."""
_BYTES = "\x80-\u2e7f"
_SECOND = "0-9@-Z^-z|~"
"""What stands beside a mark that is a byte of a character: other bytes read in a page of single ones, and ASCII that
may be the second byte of one."""
_OUTER = re.compile(
    f"(?<![{_BYTES}])(?<![{_BYTES}][{_SECOND}])([{_MARKS}])\\1*(?=[^\0-\x7f])"
    f"|(?<=[^\0-\x7f])([{_MARKS}])\\2*(?![{_BYTES}{_SECOND}])"
)


def unmarked(text: str) -> str:
    """Return a text of the same length in which nothing can be made of the marks around what may be misread.

    A page of two bytes would take one of them for the first byte of a character, and all that follows for others.

    >>> ascii(unmarked("\u201c\xc4\xe3\u201d - \u2026"))
    "'\\\\ufffd\\\\xc4\\\\xe3\\\\ufffd - \\\\u2026'"
    """
    return _OUTER.sub(lambda match: BARRIER * len(match[0]), text)


def is_debris(text: str) -> bool:
    """Return whether a text holds debris.

    >>> is_debris("\u951f\u65a4\u62f7"), is_debris("\u65a4\u62f7")
    (True, False)
    """
    return BARRIER in text or _DEBRIS.search(text) is not None
