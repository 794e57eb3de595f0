"""How surface characters map to the characters that the model counts: one script, one case, one width."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

from .sources import Sources

LAST_BMP = 0xFFFF
SHARED = 16.0
"""How much more frequent a form that both scripts share must be before the Traditional one counts as rare: the part of
it that stands in Traditional text is only an average (U+81FA is not rare, though U+53F0 is 300 times as frequent)."""
DEAREST_VARIANT = 12.0
"""Bits, at most, that a rare variant costs beyond the common form of a character."""


class Folding:
    """Traditional to Simplified one to one, capitals to small letters, fullwidth ASCII letters and digits to ASCII."""

    def __init__(self, sources: Sources) -> None:
        """Read OpenCC's character tables."""
        simplified = sources.opencc("TSCharacters")
        traditional = sources.opencc("STCharacters")
        self.script: dict[str, str] = {}
        self.han: dict[str, str] = {}
        for char, choices in simplified.items():
            if len(char) == 1 and char not in choices and len(choices[0]) == 1:
                self.han[char] = choices[0]
                self.script[char] = "hant"
        for char, choices in traditional.items():
            if len(char) == 1 and char not in choices:
                self.script[char] = "hans"
        for char in sorted(self.han):  # a chain A -> B -> C folds to its end
            seen = {char}
            while self.han[char] in self.han and self.han[self.han[char]] not in seen:
                seen.add(self.han[char])
                self.han[char] = self.han[self.han[char]]

        self.fold = lru_cache(maxsize=None)(self._fold)
        self.variant_bits = self._variant_bits(sources)
        self.japanese = sources.lingua("ja", 1)

    def _variant_bits(self, sources: Sources) -> dict[str, float]:
        """Return what rare Traditional characters cost beyond the common form that folds to the same.

        U+7B87 is rare beside U+500B, U+8855 beside U+540C, which both scripts share. A shared form's count is scaled
        down to the part of it that stands in Traditional text.
        """
        counts = sources.lingua("zh", 1)
        targets = sorted(set(self.han.values()))
        traditional = sum(counts.get(char, 0.0) for char in self.han)
        part = traditional / sum(counts.get(char, 0.0) for char in targets)
        forms: dict[str, list[str]] = {}
        for char, target in self.han.items():
            forms.setdefault(target, []).append(char)
        bits: dict[str, float] = {}
        for target, chars in forms.items():
            common = {char: 1e-8 + counts.get(char, 0.0) for char in chars}
            shared = part * counts.get(target, 0.0) / SHARED if self.script.get(target) != "hans" else 0.0
            most = max(shared, *common.values())
            for char in chars:
                bits[char] = min(math.log2(most / common[char]), DEAREST_VARIANT)
        return bits

    def _fold(self, char: str) -> str:
        code = ord(char)
        if 0xFF10 <= code <= 0xFF5A and chr(code - 0xFEE0).isalnum():
            char = chr(code - 0xFEE0)
        lower = char.lower()
        if len(lower) == 1 and lower != char and unicodedata.category(char) == "Lu":
            char = lower
        return self.han.get(char, char)

    def text(self, text: str) -> str:
        """Fold a whole text, character by character."""
        return "".join(map(self.fold, text))


def is_han(char: str) -> bool:
    """Return whether a character is a Han ideograph of the Basic Multilingual Plane's main blocks."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"
