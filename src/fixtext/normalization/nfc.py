"""Canonical composition (Unicode Standard Annex 15)."""

from __future__ import annotations

import unicodedata

from fixtext.normalization.registry import normalizer


@normalizer("nfc", "letters and their marks as one character (Unicode NFC)")
def nfc(text: str) -> str:
    """Return Normalization Form C. It also replaces compatibility ideographs; see `nfkc_cjk` for those alone."""
    return unicodedata.normalize("NFC", text)
