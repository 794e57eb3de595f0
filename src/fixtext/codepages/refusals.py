"""Bytes that Windows reads as a control or private-use character, and other decoders refuse.

Our pages of Windows are total over single bytes, as Windows is. The decoders of browsers, Java and PHP that go by the
same name are not: there, the bytes below are malformed. Found by comparing all single bytes with OpenJDK 17, PHP 8.2
and the single-byte indexes of the WHATWG Encoding Standard.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fixtext.codepages.pages import CodePage, byte_set

_REFUSED = {
    ("cp932", "whatwg"): "A0 FD-FF",
    ("cp932", "java"): "80 A0 FD-FF",
    ("cp932", "php"): "80 A0 FD-FF",
    ("cp936", "java"): "FF",
    ("cp949", "whatwg"): "80 FF",
    ("cp949", "java"): "80 FF",
    ("cp949", "php"): "80 FF",
    ("cp950", "java"): "80 FF",
    ("cp950", "php"): "80 FF",
    ("cp874", "whatwg"): "DB-DE FC-FF",
    ("cp1253", "whatwg"): "AA D2 FF",
    ("cp1255", "whatwg"): "D9-DF FB-FC FF",
    ("cp1257", "whatwg"): "A1 A5",
    ("cp1251", "php"): "98",
    ("cp1254", "php"): "81 8D-90 9D-9E",
}
_JAVA_REFUSES_ALL_UNDEFINED = {"cp874", *(f"cp{number}" for number in range(1250, 1259))}


def refused_bytes(page: CodePage, errors: str) -> frozenset[int]:
    """Return the single bytes of a page of Windows that the decoder of this habit refuses."""
    if errors == "java" and page.name in _JAVA_REFUSES_ALL_UNDEFINED and page.python_name:
        table = bytes(range(256)).decode(page.python_name, "replace")
        return frozenset(byte for byte, char in enumerate(table) if char == "\ufffd")
    return byte_set(_REFUSED.get((page.name, errors), ""))


@lru_cache(maxsize=256)
def refused_chars(page: CodePage, errors: str) -> re.Pattern[str] | None:
    """Return a pattern of the characters that stand for refused bytes; no other bytes of the page give them."""
    from fixtext.codepages.codec import decode

    chars = "".join(decode(bytes((byte,)), page.name) for byte in sorted(refused_bytes(page, errors)))
    if page.name == "cp949" and errors in ("whatwg", "php"):
        # Neither has the user-defined rows C9 and FE: a pair there is one malformed place.
        chars += "".join(map(chr, range(0xE000, 0xE0BC)))
    return re.compile(f"[{re.escape(chars)}]") if chars else None
