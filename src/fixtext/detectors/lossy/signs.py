"""What leads to misread runs in which a decoder left no marks."""

SIGNS = ("\u951b", "\u9286", "\u7d1d", "\u7e3a", "\u7e5d", "\u951f\u65a4", "\u95bf\u71b8")
"""What the commonest first bytes of UTF-8 become: Chinese punctuation in GBK, kana in cp932; and U+FFFD in GBK, once
and twice."""
