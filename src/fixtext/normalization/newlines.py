"""One kind of line end."""

from __future__ import annotations

import re

from fixtext.normalization.registry import normalizer

_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")


@normalizer("newlines", "every kind of line end as a line feed")
def newlines(text: str) -> str:
    """Replace CR LF, CR, NEL, and the line and paragraph separators by LF. Form feeds stay: they end pages."""
    return _BREAKS.sub("\n", text)
