"""What leads to misread runs in which a decoder left no marks."""

SIGNS = ("\u951b", "\u9286", "\u7e3a", "\u7e5d", "\xe2\u20ac", "\xd0\xb5", "\xd0\xbe", "\xd0\xb0")
"""What the commonest first bytes of UTF-8 become: Chinese punctuation in GBK, kana in cp932, quotes and Cyrillic
vowels in cp1252."""
