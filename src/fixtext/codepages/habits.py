"""Error habits: what real decoders and encoders do where the input does not fit the code page.

A habit is a pair: what is written for a malformed place, and how many bytes that place takes (`malformed`). Both
differ between decoders, and the difference is what a damaged text remembers of the program that damaged it.

Each habit becomes a codec error handler, so that CPython's codecs run at full speed over what is well-formed and
call Python only at the malformed places.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping

from fixtext.codepages.malformed import end_rule
from fixtext.codepages.pages import CodePage

DECODE_HABITS = ("replace", "ignore", "whatwg", "windows", "java", "php", "drop-c1")
"""Error habits of decoders, besides ``strict`` and the handlers that Python itself registers."""

ENCODE_HABITS = ("replace", "ignore", "whatwg", "windows", "java", "php")
"""Error habits of encoders, besides ``strict`` and the handlers that Python itself registers."""

Handler = Callable[[UnicodeError], tuple[str | bytes, int]]

_NO_CHARS: Mapping[bytes, str] = {}
_NO_BYTES: Mapping[str, bytes] = {}

# UniDefaultChar in the header of Windows' NLS file of the code page; "?" in all others that we know.
_WINDOWS_REPLACEMENT = {"cp932": "\u30fb"}


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
    first_bytes = frozenset(key[0] for key in extra)
    otherwise = None if errors in DECODE_HABITS else codecs.lookup_error(errors)
    replacement, end_of = _replacement(page, errors), end_rule(page, errors)

    def handle(error: UnicodeError) -> tuple[str | bytes, int]:
        assert isinstance(error, UnicodeDecodeError)
        data, start = error.object, error.start
        position, found = start, []
        # A run of such characters is taken at once: a call of the handler costs more than a step of this loop.
        while position < len(data) and data[position] in first_bytes:
            for width in widths:
                sequence = data[position : position + width]
                if sequence in extra:
                    found.append(extra[sequence])
                    position += len(sequence)
                    break
            else:
                break
        if found:
            return "".join(found), position
        if otherwise is not None:
            error.encoding = page.name
            try:
                return otherwise(error)
            finally:
                del error  # which holds the text, and by its traceback what holds it here
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
            try:
                return otherwise(error)
            finally:
                del error  # which holds the text, and by its traceback what holds it here
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
