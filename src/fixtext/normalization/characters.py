"""Classes of characters that several normalisers ask for, as the inside of a set in a regular expression."""

from __future__ import annotations

HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters: the unified and the compatibility ideographs, and the zero U+3007."""

KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\uff66-\uff9f"
"""Hiragana and katakana, half-width too."""

CJK_PUNCTUATION = "\u3001-\u3003\u3005\u3006\u3008-\u3011\u3014-\u301f\uff61-\uff65"
"""Marks that belong to Chinese and Japanese text alone: U+3001 and its kin, brackets, half-width marks of Japanese."""

FULLWIDTH_PUNCTUATION = "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e"
"""Fullwidth forms of ASCII punctuation."""
