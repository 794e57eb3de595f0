"""Error habits: what real decoders and encoders do where the input does not fit the code page.

A habit is a pair: what is written for a malformed place, and how many bytes that place takes. Both differ between
decoders, and the difference is what a damaged text remembers of the program that damaged it.

Each habit becomes a codec error handler, so that CPython's codecs run at full speed over what is well-formed and
call Python only at the malformed places.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping

from fixtext.codepages.pages import CodePage

DECODE_HABITS = ("replace", "ignore", "whatwg", "windows", "java", "php", "drop-c1")
"""Error habits of decoders, besides ``strict`` and the handlers that Python itself registers."""

ENCODE_HABITS = ("replace", "ignore", "whatwg", "windows", "java", "php")
"""Error habits of encoders, besides ``strict`` and the handlers that Python itself registers."""

End = Callable[[bytes, int, int], int]
"""(data, start of the malformed place, where CPython would resume) -> where the habit resumes."""

Handler = Callable[[UnicodeError], tuple[str | bytes, int]]

_NO_CHARS: Mapping[bytes, str] = {}
_NO_BYTES: Mapping[str, bytes] = {}

# UniDefaultChar in the header of Windows' NLS file of the code page; "?" in all others that we know.
_WINDOWS_REPLACEMENT = {"cp932": "\u30fb"}


def _cpython_end(_data: bytes, _start: int, end: int) -> int:
    return end


def _pair_end(leads: frozenset[int]) -> End:
    """Windows and PHP: a lead byte takes the next byte with it, whatever that is."""

    def end_of(data: bytes, start: int, _end: int) -> int:
        return min(start + (2 if data[start] in leads else 1), len(data))

    return end_of


def _whatwg_pair_end(leads: frozenset[int]) -> End:
    """WHATWG: a lead byte takes the next byte with it, unless that is ASCII."""

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
    """WHATWG EUC-JP decoder, section 12.1.1: 8F opens a three-byte form; an ASCII byte is never taken."""
    first, rest = data[start], data[start + 1 : start + 3]
    if first not in (0x8E, 0x8F) and not 0xA1 <= first <= 0xFE:
        return start + 1
    if not rest or rest[0] < 0x80:
        return start + 1
    if first == 0x8F and 0xA1 <= rest[0] <= 0xFE and len(rest) == 2 and rest[1] >= 0x80:
        return start + 3
    return start + 2


def _java_pair_end(page: CodePage) -> End:
    """Java's DoubleByte decoder: the pair is one unit only if its second byte could not begin a character.

    Source: ``crMalformedOrUnmappable`` of sun.nio.cs.DoubleByte in OpenJDK; equal to OpenJDK 17 on all pairs of the
    code pages GBK, x-mswin-936, Big5, x-windows-950, windows-31j, Shift_JIS, EUC-KR, x-windows-949 and x-Johab.
    """
    from fixtext.codepages.byte_tables import begins_character, leads_in_use

    leads, begins = leads_in_use(page.name), begins_character(page.name)

    def end_of(data: bytes, start: int, _end: int) -> int:
        alone = data[start] not in leads or start + 1 >= len(data) or data[start + 1] in begins
        return start + 1 if alone else start + 2

    return end_of


def _java_utf8_end(data: bytes, start: int, end: int) -> int:
    """Java's UTF-8 decoder: a surrogate in three bytes, or the beginning of one, is one malformed place."""
    if data[start] == 0xED and 0xA0 <= int.from_bytes(data[start + 1 : start + 2], "big") <= 0xBF:
        third = data[start + 2 : start + 3]
        return start + (3 if third and 0x80 <= third[0] <= 0xBF else 2)
    return end


def _end_rule(page: CodePage, errors: str) -> End:
    leads = page.lead_bytes
    if errors == "java" and page.name == "utf-8":
        return _java_utf8_end
    if not leads or errors in ("replace", "ignore", "drop-c1"):
        return _cpython_end
    if errors == "whatwg":
        if page.name in ("gb18030", "whatwg-gbk"):
            return _whatwg_gb18030_end
        if page.family == "euc" and 0x8E in leads:
            return _whatwg_euc_jp_end
        # The WHATWG decoders take every byte of 81-FE (Shift_JIS: of its two ranges) for a lead.
        return _whatwg_pair_end(leads if page.family == "sjis" else frozenset(range(0x81, 0xFF)))
    if errors == "java":
        return _cpython_end if page.name == "gb18030" or 0x8E in leads else _java_pair_end(page)
    return _cpython_end if page.name == "gb18030" else _pair_end(leads)


def _replacement(page: CodePage, errors: str) -> str:
    if errors in ("ignore", "drop-c1"):
        return ""
    if errors == "php" or (errors == "windows" and page.family != "utf"):
        return _WINDOWS_REPLACEMENT.get(page.name, "?") if errors == "windows" else "?"
    return "\ufffd"


def decode_handler(page: CodePage, errors: str, extra: Mapping[bytes, str] = _NO_CHARS) -> str:
    """Return the registered name of the codec error handler for decoding this page with this habit.

    Args:
        page: the code page.
        errors: a habit, or the name of any error handler registered with Python, which then gets what is malformed.
        extra: byte sequences that Python's codec refuses, and the characters that the page has for them; always the
            same mapping for the same page.

    Raises:
        LookupError: no such habit, and no such handler is registered.
    """
    if not extra and (errors in ("strict", "replace", "ignore") or errors not in DECODE_HABITS):
        codecs.lookup_error(errors)
        return errors
    name = f"fixtext.decode.{page.name}.{errors}"
    if name not in _registered:
        codecs.register_error(name, _decode_handler(page, errors, extra))
        _registered.add(name)
    return name


def encode_handler(page: CodePage, errors: str, extra: Mapping[str, bytes] = _NO_BYTES) -> str:
    """Return the registered name of the codec error handler for encoding to this page with this habit.

    As `decode_handler`; ``extra`` has the characters that Python's codec refuses and the page's bytes for them.
    """
    if not extra and (errors in ("strict", "replace", "ignore") or errors not in ENCODE_HABITS):
        codecs.lookup_error(errors)
        return errors
    name = f"fixtext.encode.{page.name}.{errors}"
    if name not in _registered:
        codecs.register_error(name, _encode_handler(page, errors, extra))
        _registered.add(name)
    return name


_registered: set[str] = set()


def _decode_handler(page: CodePage, errors: str, extra: Mapping[bytes, str]) -> Handler:
    widths = tuple(sorted({len(key) for key in extra}, reverse=True))
    otherwise = None if errors in DECODE_HABITS else codecs.lookup_error(errors)
    replacement, end_of = _replacement(page, errors), _end_rule(page, errors)

    def handle(error: UnicodeError) -> tuple[str | bytes, int]:
        assert isinstance(error, UnicodeDecodeError)
        data, start = error.object, error.start
        position, found = start, []
        looking = bool(widths)
        while looking:
            # A run of such characters is taken at once: a call of the handler costs more than a step of this loop.
            for width in widths:
                sequence = data[position : position + width]
                if sequence in extra:
                    found.append(extra[sequence])
                    position += len(sequence)
                    break
            else:
                looking = False
        if found:
            return "".join(found), position
        if otherwise is not None:
            error.encoding = page.name
            return otherwise(error)
        return replacement, end_of(data, start, error.end)

    return handle


def _encode_handler(page: CodePage, errors: str, extra: Mapping[str, bytes]) -> Handler:
    otherwise = None if errors in ENCODE_HABITS else codecs.lookup_error(errors)
    substitute = _substitute(page, errors)

    def handle(error: UnicodeError) -> tuple[str | bytes, int]:
        assert isinstance(error, UnicodeEncodeError)
        text, position = error.object, error.start
        found = []
        while position < error.end and text[position] in extra:
            found.append(extra[text[position]])
            position += 1
        if found:
            return b"".join(found), position
        # One character at a time: what follows in the refused run may be among the extra ones.
        error.end = position + 1
        if otherwise is not None:
            error.encoding = page.name
            return otherwise(error)
        return substitute(text[position]), position + 1

    return handle


def _substitute(page: CodePage, errors: str) -> Callable[[str], bytes]:
    """What an encoder writes for a character that the page lacks."""
    if page.family == "utf":
        # Only lone surrogates are refused; WHATWG and Windows write U+FFFD for them, the others a question mark.
        char = {"ignore": "", "whatwg": "\ufffd", "windows": "\ufffd"}.get(errors, "?")
        data = char.encode(page.python_name or "utf-8")
        return lambda _char: data
    if errors == "ignore":
        return lambda _char: b""
    if errors == "whatwg":
        return lambda char: f"&#{ord(char)};".encode()
    if errors == "windows":
        # WideCharToMultiByte works on UTF-16 code units: a character outside the BMP becomes two question marks.
        return lambda char: b"??" if char > "\uffff" else b"?"
    return lambda _char: b"?"
