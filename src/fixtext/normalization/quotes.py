"""Curly quotation marks as straight ones."""

from __future__ import annotations

from fixtext.normalization.registry import normalizer

_STRAIGHT = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b", "'") | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
)


@normalizer("quotes", "curly quotation marks and apostrophes as straight ones")
def quotes(text: str) -> str:
    """Straighten U+2018 to U+201F. Corner brackets, guillemets and primes stay."""
    return text.translate(_STRAIGHT)
