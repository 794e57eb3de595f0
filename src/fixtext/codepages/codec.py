"""Encoding and decoding by code page and error habit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

from fixtext.codepages.habits import decode_handler, encode_handler
from fixtext.codepages.pages import CodePage
from fixtext.codepages.pages import code_page as page_of
from fixtext.codepages.refusals import refused_chars

_C1 = re.compile("[\x80-\x9f]+")


class Codec(Protocol):
    """What every kind of code page offers; habits are resolved inside."""

    def decode(self, data: bytes, errors: str) -> str:
        """Read bytes."""
        ...

    def encode(self, text: str, errors: str) -> bytes:
        """Write text."""
        ...


class _PythonCodec:
    """A code page that is Python's codec of that name; only error habits are ours."""

    def __init__(self, page: CodePage) -> None:
        assert page.python_name is not None
        self._page, self._name = page, page.python_name

    def decode(self, data: bytes, errors: str) -> str:
        return data.decode(self._name, decode_handler(self._page, errors))

    def encode(self, text: str, errors: str) -> bytes:
        return text.encode(self._name, encode_handler(self._page, errors))


def decode(data: bytes, code_page: str, errors: str = "strict") -> str:
    r"""Read bytes as a code page.

    Args:
        data: any bytes.
        code_page: name of the code page, or any alias that `lookup` knows.
        errors: what to do with malformed bytes: ``strict`` raises, a habit of `DECODE_HABITS` never does, and the
            name of any error handler registered with Python (``surrogateescape``, ``backslashreplace``) works too.

    >>> data = "\u4f60\u597d\u5417\n".encode()
    >>> ascii(decode(data, "cp936", "windows"))
    "'\\u6d63\\u72b2\\u30bd\\u935a?'"
    >>> ascii(decode(data, "gbk", "whatwg"))
    "'\\u6d63\\u72b2\\u30bd\\u935a\\ufffd\\n'"

    Raises:
        UnicodeDecodeError: strict, and the bytes do not fit. Its positions count bytes.
        UnknownCodePageError: no such code page.
        LookupError: no such habit.
    """
    codec = _codec(code_page)
    text = codec.decode(data, errors)
    if errors == "drop-c1":
        return _C1.sub("", text)
    if errors in _REFUSING:
        refused = refused_chars(page_of(code_page), errors)
        return refused.sub(_REFUSING[errors], text) if refused else text
    return text


_REFUSING = {"whatwg": "\ufffd", "java": "\ufffd", "php": "?"}
"""Habits of decoders that refuse some bytes of the pages of Windows, and what they write for them."""


def encode(text: str, code_page: str, errors: str = "strict") -> bytes:
    r"""Write text in a code page.

    Args:
        text: any text.
        code_page: name of the code page, or any alias that `lookup` knows.
        errors: what to do with characters that the page lacks: ``strict`` raises, a habit of `ENCODE_HABITS` never
            does, and the name of any error handler registered with Python works too.

    >>> encode("\u4f60\u597d \u20ac", "cp936")
    b'\xc4\xe3\xba\xc3 \x80'

    Raises:
        UnicodeEncodeError: strict, and the page lacks a character. Its positions count code points.
        UnknownCodePageError: no such code page.
        LookupError: no such habit.
    """
    return _codec(code_page).encode(text, errors)


def reversible(text: str, code_page: str) -> bytes | None:
    r"""Return the bytes of text in a code page if reading them gives the text back, else None.

    >>> reversible("\u2170", "cp932")
    b'\xfa@'
    >>> reversible("\u00a5", "shift_jis") is None  # written as a backslash, and read as one
    True

    Raises:
        UnknownCodePageError: no such code page.
    """
    codec = _codec(code_page)
    try:
        data = codec.encode(text, "strict")
        return data if codec.decode(data, "strict") == text else None
    except UnicodeError:
        return None


@lru_cache(maxsize=256)
def _codec(name: str) -> Codec:
    page = page_of(name)
    return _codec(page.name) if page.name != name else _make(page)


def _make(page: CodePage) -> Codec:
    if page.family == "single-byte" and page.name not in ("latin-1", "ascii"):
        from fixtext.codepages.single_byte import SingleByteCodec

        return SingleByteCodec(page)
    if page.name.endswith("-stripped"):
        from fixtext.codepages.escapes import StrippedCodec

        return StrippedCodec(page)
    if page.name in ("cesu-8", "mutf-8"):
        from fixtext.codepages.surrogates import SurrogateCodec

        return SurrogateCodec(page)
    from fixtext.codepages import chinese, japanese, korean
    from fixtext.codepages.multi_byte import MultiByteCodec

    differences = {
        "cp936": chinese.cp936,
        "whatwg-gbk": chinese.whatwg_gbk,
        "cp950": chinese.cp950,
        "whatwg-big5": chinese.whatwg_big5,
        "euc-tw": chinese.euc_tw,
        "cp932": japanese.cp932,
        "euc-jp-ms": japanese.euc_jp_ms,
        "whatwg-euc-jp": japanese.whatwg_euc_jp,
        "cp949": korean.cp949,
    }
    if page.name in differences:
        return MultiByteCodec(page, differences[page.name]())
    return _PythonCodec(page)
