"""Single-byte code pages: one table of 256 characters each, C speed both ways."""

from __future__ import annotations

import codecs
from functools import cache

from fixtext.codepages.habits import decode_handler, encode_handler
from fixtext.codepages.pages import CodePage

UNDEFINED = "\ufffe"
"""What CPython's charmap decoder takes for "no character" in a table."""

# What Windows gives for bytes that Python's table leaves undefined, outside 80-9F (there it is the C1 control of the
# same number: in Windows, and in the single-byte indexes of the WHATWG Encoding Standard). Source: Microsoft's
# best-fit tables (unicode.org, VENDORS/MICSFT/WindowsBestFit), read from the NLS files that Wine compiles from them.
_WINDOWS_EXTRAS = {
    "cp1253": {0xAA: "\uf8f9", 0xD2: "\uf8fa", 0xFF: "\uf8fb"},
    "cp1255": {
        0xCA: "\u05ba",
        **{0xD9 + i: chr(0xF88D + i) for i in range(7)},
        0xFB: "\uf894",
        0xFC: "\uf895",
        0xFF: "\uf896",
    },
    "cp1257": {0xA1: "\uf8fc", 0xA5: "\uf8fd"},
    "cp874": {**{0xDB + i: chr(0xF8C1 + i) for i in range(4)}, **{0xFC + i: chr(0xF8C5 + i) for i in range(4)}},
    "cp857": {0xD5: "\uf8bb", 0xE7: "\uf8bc", 0xF2: "\uf8bd"},
}
_WITH_C1 = {"cp869", "cp874", *(f"cp{number}" for number in range(1250, 1259))}


@cache
def table(page: CodePage) -> str:
    """Return the 256 characters of a single-byte code page, `UNDEFINED` where a byte has none."""
    assert page.python_name is not None
    chars = list(bytes(range(256)).decode(page.python_name, "replace").replace("\ufffd", UNDEFINED))
    if page.name in _WITH_C1:
        chars[0x80:0xA0] = [chr(0x80 + i) if char == UNDEFINED else char for i, char in enumerate(chars[0x80:0xA0])]
    for byte, char in _WINDOWS_EXTRAS.get(page.name, {}).items():
        if chars[byte] == UNDEFINED:
            chars[byte] = char
    return "".join(chars)


class SingleByteCodec:
    """Encodes and decodes by a table of 256 characters."""

    def __init__(self, page: CodePage) -> None:
        """Take the page and build its table."""
        self.page = page
        self._table = table(page)
        self._map = codecs.charmap_build(self._table)

    def decode(self, data: bytes, errors: str) -> str:
        """Read bytes by the table; undefined bytes as the error habit has it."""
        return codecs.charmap_decode(data, decode_handler(self.page, errors), self._table)[0]

    def encode(self, text: str, errors: str) -> bytes:
        """Write text by the table; characters it lacks as the error habit has it."""
        return codecs.charmap_encode(text, encode_handler(self.page, errors), self._map)[0]
