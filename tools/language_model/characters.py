"""How surface characters map to the characters that the model counts: one script, one case, one width."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from .sources import Sources

LAST_BMP = 0xFFFF


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
        for char in set(self.han):  # a chain A -> B -> C folds to its end
            seen = {char}
            while self.han[char] in self.han and self.han[self.han[char]] not in seen:
                seen.add(self.han[char])
                self.han[char] = self.han[self.han[char]]

        self.fold = lru_cache(maxsize=None)(self._fold)

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
