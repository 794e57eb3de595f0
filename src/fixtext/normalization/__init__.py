"""Floor 4: clean-up that changes healthy text, only ever by name. Knows nothing of repair or of script conversion.

>>> from fixtext.normalization import normalize
>>> normalize("ＡＢＣ", "width")
'ABC'
"""

from __future__ import annotations

# In the order in which they are best applied: bytes of other layers first, meaning-bearing characters last.
from fixtext.normalization import (
    ansi,
    bom,
    control,
    ftfy,
    newlines,
    nfc,
    nfkc_cjk,
    pua,
    punctuation,
    quotes,
    spaces,
    variants,
    width,
)
from fixtext.normalization.registry import NORMALIZERS, Normalizer

__all__ = ["NORMALIZERS", "Normalizer", "normalize"]

del ansi, bom, control, ftfy, newlines, nfc, nfkc_cjk, pua, punctuation, quotes, spaces, variants, width


def normalize(text: str, *names: str) -> str:
    """Return the text, cleaned up by the normalisers named, in the order given.

    Raises:
        ValueError: there is no normaliser of a name.
    """
    unknown = [name for name in names if name not in NORMALIZERS]
    if unknown:
        raise ValueError(f"unknown normaliser {unknown[0]!r}; known: {', '.join(NORMALIZERS)}")
    for name in names:
        text = NORMALIZERS[name](text)
    return text
