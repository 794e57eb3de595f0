"""How many bytes a malformed place takes, by decoder.

CPython's codecs find the first malformed byte; where they would resume is one of several answers in the wild.
"""

from __future__ import annotations

from collections.abc import Callable

from fixtext.codepages.pages import CodePage

End = Callable[[bytes, int, int], int]
"""(data, start of the malformed place, where CPython would resume) -> where the decoder resumes, past the start."""


def end_rule(page: CodePage, errors: str) -> End:
    """Return where the decoder of this error habit resumes after a malformed place of this page."""
    rules = {"whatwg": _whatwg, "windows": _windows, "java": _java, "php": _php}
    return rules[errors](page) if errors in rules else _cpython_end


def _cpython_end(_data: bytes, _start: int, end: int) -> int:
    return end


def _kind(page: CodePage) -> str:
    """The structure of a page's sequences."""
    if page.name in ("gb18030", "whatwg-gbk"):
        return "gb18030"
    if page.name in ("euc-jp", "euc-jp-ms", "whatwg-euc-jp", "euc-tw"):
        return "euc-tw" if page.name == "euc-tw" else "euc-jp"
    if page.name in ("utf-8", "utf-16le", "utf-16be"):
        return page.name
    return "pairs" if page.lead_bytes else "other"


def _pair_end(leads: frozenset[int]) -> End:
    """A lead byte takes the next byte with it, whatever that is."""

    def end_of(data: bytes, start: int, _end: int) -> int:
        return min(start + (2 if data[start] in leads else 1), len(data))

    return end_of


def _windows(page: CodePage) -> End:
    # MultiByteToWideChar looks at the lead byte alone. .NET's decoder of 54936 (GB18030) was not examined.
    return _pair_end(page.lead_bytes) if page.lead_bytes and _kind(page) != "gb18030" else _cpython_end


def _whatwg(page: CodePage) -> End:
    """Rules of the WHATWG Encoding Standard: an ASCII byte is never taken."""
    kind = _kind(page)
    if kind == "gb18030":
        return _whatwg_gb18030_end
    if kind == "euc-jp":
        return _whatwg_euc_jp_end
    if kind not in ("pairs", "euc-tw"):
        return _cpython_end
    # Every byte of 81-FE is a lead to these decoders, except to that of Shift_JIS.
    leads = page.lead_bytes if page.family == "sjis" else frozenset(range(0x81, 0xFF))

    def end_of(data: bytes, start: int, _end: int) -> int:
        takes_two = data[start] in leads and start + 1 < len(data) and data[start + 1] >= 0x80
        return start + 2 if takes_two else start + 1

    return end_of


def _whatwg_gb18030_end(data: bytes, start: int, _end: int) -> int:
    """WHATWG gb18030 decoder, section 10.2.1: of a broken four-byte form only the first byte goes."""
    first, rest = data[start], data[start + 1 : start + 4]
    if not 0x81 <= first <= 0xFE or not rest:
        return start + 1
    if not 0x30 <= rest[0] <= 0x39:
        return start + 2 if rest[0] >= 0x80 else start + 1
    if len(rest) == 1:
        return start + 2
    if not 0x81 <= rest[1] <= 0xFE:
        return start + 1
    if len(rest) == 2:
        return start + 3
    return start + 4 if 0x30 <= rest[2] <= 0x39 else start + 1


def _whatwg_euc_jp_end(data: bytes, start: int, _end: int) -> int:
    """WHATWG EUC-JP decoder, section 12.1.1: 8F opens a three-byte form."""
    first, rest = data[start], data[start + 1 : start + 3]
    if (first not in (0x8E, 0x8F) and not 0xA1 <= first <= 0xFE) or not rest or rest[0] < 0x80:
        return start + 1
    if first == 0x8F and 0xA1 <= rest[0] <= 0xFE and len(rest) == 2 and rest[1] >= 0x80:
        return start + 3
    return start + 2


def _java(page: CodePage) -> End:
    """Rules of OpenJDK's sun.nio.cs, checked against OpenJDK 17 on all pairs and on random bytes."""
    kind = _kind(page)
    special = {
        "gb18030": _java_gb18030_end,
        "euc-jp": _euc_jp_end(frozenset(range(0x80, 0x100))),
        "utf-8": _java_utf8_end,
        "utf-16le": _java_utf16_end(1),
        "utf-16be": _java_utf16_end(0),
    }
    if kind in special:
        return special[kind]
    return _java_pair_end(page) if kind == "pairs" else _cpython_end


def _java_pair_end(page: CodePage) -> End:
    """DoubleByte, ``crMalformedOrUnmappable``: a pair is one place if its second byte could not begin a character."""
    from fixtext.codepages.byte_tables import begins_character, leads_in_use
    from fixtext.codepages.refusals import refused_bytes

    leads, begins = leads_in_use(page.name), begins_character(page.name) - refused_bytes(page, "java")

    def end_of(data: bytes, start: int, _end: int) -> int:
        alone = data[start] not in leads or start + 1 >= len(data) or data[start + 1] in begins
        return start + 1 if alone else start + 2

    return end_of


def _java_gb18030_end(data: bytes, start: int, _end: int) -> int:
    first, rest = data[start], data[start + 1 : start + 4]
    if first in (0x80, 0xFF) or not rest or rest[0] < 0x30:
        return start + 1
    if rest[0] > 0x39:
        return start + 2
    if len(rest) < 3:
        return len(data)
    return start + (4 if 0x81 <= rest[1] <= 0xFE else 3)


def _java_utf8_end(data: bytes, start: int, end: int) -> int:
    """A surrogate in three bytes, or the beginning of one, is one place; otherwise as CPython."""
    if data[start] == 0xED and 0xA0 <= int.from_bytes(data[start + 1 : start + 2], "big") <= 0xBF:
        third = data[start + 2 : start + 3]
        return start + (3 if third and 0x80 <= third[0] <= 0xBF else 2)
    return end


def _java_utf16_end(high_byte: int) -> End:
    """A high surrogate takes the next code unit with it."""

    def end_of(data: bytes, start: int, end: int) -> int:
        is_high = start + 1 < len(data) and 0xD8 <= data[start + high_byte] <= 0xDB
        return min(start + 4, len(data)) if is_high else end

    return end_of


def _euc_jp_end(leads: frozenset[int]) -> End:
    """8F takes two bytes with it, every other lead one, whatever they are."""

    def end_of(data: bytes, start: int, _end: int) -> int:
        first = data[start]
        return min(start + (3 if first == 0x8F else 2 if first in leads else 1), len(data))

    return end_of


def _php(page: CodePage) -> End:
    """Rules of mbstring, checked against PHP 8.2 on all pairs and on random bytes."""
    from fixtext.codepages.byte_tables import leads_in_use

    kind = _kind(page)
    if kind == "gb18030":
        return _php_gb18030_end
    if kind == "euc-jp":
        return _euc_jp_end(page.lead_bytes)
    if kind not in ("pairs", "euc-tw"):
        return _cpython_end
    leads = leads_in_use(page.name)
    if page.name == "cp949":
        leads -= {0xC9, 0xFE}  # mbstring has no user-defined characters there
    if page.family == "sjis":
        leads = page.lead_bytes - (frozenset() if page.name == "cp932" else frozenset(range(0xF0, 0xFD)))
    return _pair_end(leads)


def _php_gb18030_end(data: bytes, start: int, _end: int) -> int:
    first, rest = data[start], data[start + 1 : start + 3]
    if not 0x81 <= first <= 0xFE:
        return start + 1
    four_bytes = first <= 0x84 or 0x90 <= first <= 0xE3
    if four_bytes and len(rest) == 2 and 0x30 <= rest[0] <= 0x39:
        return min(start + (4 if 0x81 <= rest[1] <= 0xFE else 3), len(data))
    return min(start + 2, len(data))
