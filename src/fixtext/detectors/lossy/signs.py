"""What leads to misread runs in which a decoder left no marks."""

SIGNS = ("\u951b", "\u9286", "\u7d1d", "\u7e3a", "\u7e5d", "\u951f\u65a4", "\u95bf\u71b8")
"""What the commonest first bytes of UTF-8 become: Chinese punctuation in GBK, kana in cp932; and U+FFFD in GBK, once
and twice."""

HOLE = "\ufffd"
"""What a decoder puts in the place of what it cannot read."""

LETTER = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f"
"""Latin letters, as the inside of a character set."""

MISREAD = "\xef\xbf\xbd"
"""The same read once more, as Windows-1252."""
