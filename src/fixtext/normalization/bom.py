"""The byte order mark that is left in front of a decoded text."""

from __future__ import annotations

from fixtext.normalization.registry import normalizer


@normalizer("bom", "the byte order mark in front of the text, removed")
def bom(text: str) -> str:
    """Remove U+FEFF in front. Inside a text it is a character of the author's, a zero width no-break space."""
    return text.lstrip("\ufeff")
