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

_UTF8 = bytes(value for lead in range(0xE4, 0xEA) for second in range(0x80, 0xC0) for value in (lead, second))
DOT_BEHIND = "\u7e5d\u7e3a\u7e67" + "".join(sorted({*_UTF8.decode("cp932")}))
"""What the first two bytes of kana and ideographs become in cp932: rare ideographs, which may stand before a dot."""

_LAST_81 = (*range(0x2001, 0x2800, 64), 0x3001, 0x3041, 0x3081, 0x30C1, *range(0x3401, 0xA000, 64), 0xFF01)
DOT_BEFORE = "".join(map(chr, (*_LAST_81, 0xDC81)))
"""Characters whose last byte is 81, and that byte alone: what the first byte of a middle dot of cp932 makes of the
bytes in front of it. The second one is an E."""

WRITTEN_DOT = f"E(?<=[{DOT_BEFORE}]E)"
"""A middle dot that was written in cp932, and read as UTF-8."""
