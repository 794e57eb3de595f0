"""Channel steps that pass between text and bytes: encoding and decoding with a code page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fixtext import codepages
from fixtext.channels.channel import register_step


@register_step
@dataclass(frozen=True, slots=True)
class Encode:
    """Text is written as bytes.

    Attributes:
        code_page: name of the code page, as in `fixtext.codepages.CODE_PAGES`.
        errors: what happens to characters that the page lacks: ``strict``, or an error habit.

    >>> print(Encode("utf-8"))
    encode utf-8
    """

    name: ClassVar[str] = "encode"

    code_page: str
    errors: str = "strict"

    def run(self, data: str | bytes) -> bytes:
        """Write the text.

        Raises:
            UnicodeEncodeError: the page lacks a character, and errors are strict.
            TypeError: bytes came in.
        """
        if not isinstance(data, str):
            raise TypeError(f"{self}: takes text, not bytes")
        return codepages.encode(data, self.code_page, self.errors)

    def __str__(self) -> str:
        """Return the step in words."""
        return _words("encode", self.code_page, self.errors)


@register_step
@dataclass(frozen=True, slots=True)
class Decode:
    """Bytes are read as text.

    Attributes:
        code_page: name of the code page, as in `fixtext.codepages.CODE_PAGES`.
        errors: what happens to malformed bytes: ``strict``, or an error habit.

    >>> print(Decode("cp936", "windows"))
    decode cp936 (windows)
    """

    name: ClassVar[str] = "decode"

    code_page: str
    errors: str = "strict"

    def run(self, data: str | bytes) -> str:
        """Read the bytes.

        Raises:
            UnicodeDecodeError: the bytes do not fit, and errors are strict.
            TypeError: text came in.
        """
        if not isinstance(data, bytes):
            raise TypeError(f"{self}: takes bytes, not text")
        return codepages.decode(data, self.code_page, self.errors)

    def __str__(self) -> str:
        """Return the step in words."""
        return _words("decode", self.code_page, self.errors)


def _words(verb: str, code_page: str, errors: str) -> str:
    return f"{verb} {code_page}" if errors == "strict" else f"{verb} {code_page} ({errors})"
