"""Channel steps that write bytes as ASCII: percent-encoding, byte escapes, quoted-printable, MIME words; forwards."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import ClassVar

from fixtext.channels.channel import register_step

BYTE_ESCAPES = {"x-lower": "\\x{:02x}", "x-upper": "\\x{:02X}", "octal": "\\{:03o}"}
"""Forms of a byte as programming languages escape it, and how each is written."""

_HEX = {"lower": "{:02x}", "upper": "{:02X}"}


@register_step
@dataclass(frozen=True, slots=True)
class PercentEncode:
    """Bytes are written as in URLs (RFC 3986, section 2.1): ``%`` and two digits.

    Attributes:
        digits: ``lower`` or ``upper``.
        ascii: the ASCII characters that are written so too; the others stay.

    >>> PercentEncode().run("你a".encode())
    '%E4%BD%A0a'
    """

    name: ClassVar[str] = "percent-encode"

    digits: str = "upper"
    ascii: str = ""

    def run(self, data: str | bytes) -> str:
        """Write the bytes.

        Raises:
            ValueError: digits of another kind.
            TypeError: text came in.
        """
        form = "%" + _form(self.digits)
        return "".join(
            form.format(byte) if byte >= 0x80 or chr(byte) in self.ascii else chr(byte) for byte in _bytes(self, data)
        )

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "percent-encoded"

    def __str__(self) -> str:
        """Return the step in words."""
        also = f", {self.ascii!r} too" if self.ascii else ""
        return f"percent-encode ({self.digits}-case digits{also})"


@register_step
@dataclass(frozen=True, slots=True)
class EscapeBytes:
    r"""Bytes beyond ASCII are written as escapes of a programming language.

    Attributes:
        form: one of `BYTE_ESCAPES`.

    >>> print(EscapeBytes("octal").run("你".encode()))
    \344\275\240
    """

    name: ClassVar[str] = "escape-bytes"

    form: str = "x-lower"

    def run(self, data: str | bytes) -> str:
        """Write the bytes.

        Raises:
            ValueError: there is no such form.
            TypeError: text came in.
        """
        form = BYTE_ESCAPES.get(self.form)
        if form is None:
            raise ValueError(f"{self.form!r} is none of the forms {', '.join(BYTE_ESCAPES)}")
        return "".join(form.format(byte) if byte >= 0x80 else chr(byte) for byte in _bytes(self, data))

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return f"written as escapes like {self.run(bytes([0xE4]))}"

    def __str__(self) -> str:
        """Return the step in words."""
        return f"write every byte beyond ASCII as an escape like {self.run(bytes([0xE4]))}"


@register_step
@dataclass(frozen=True, slots=True)
class QuotedPrintable:
    """Bytes are written as quoted-printable (RFC 2045, section 6.7): ``=`` and two digits, lines broken by ``=``.

    Attributes:
        digits: ``lower`` or ``upper``.
        escaped: offsets in bytes of the ASCII bytes that are written so too; the equals sign always is.
        breaks: offsets in bytes before which a line is broken, ascending.
        newline: what a broken line ends with, behind the equals sign.

    >>> QuotedPrintable(breaks=(3,)).run("你=".encode())
    '=E4=BD=A0=\\n=3D'
    """

    name: ClassVar[str] = "quoted-printable"

    digits: str = "upper"
    escaped: tuple[int, ...] = ()
    breaks: tuple[int, ...] = ()
    newline: str = "\n"

    def run(self, data: str | bytes) -> str:
        """Write the bytes.

        Raises:
            ValueError: digits of another kind.
            TypeError: text came in.
        """
        form = "=" + _form(self.digits)
        escaped, breaks = frozenset(self.escaped), frozenset(self.breaks)
        parts = []
        data = _bytes(self, data)
        for place, byte in enumerate(data):
            if place in breaks:
                parts.append("=" + self.newline)
            plain = byte < 0x80 and byte != 0x3D and place not in escaped
            parts.append(chr(byte) if plain else form.format(byte))
        if len(data) in breaks:
            parts.append("=" + self.newline)
        return "".join(parts)

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "written as quoted-printable"

    def __str__(self) -> str:
        """Return the step in words."""
        count = len(self.breaks)
        broken = f", break {count} line{'s' * (count > 1)}" if count else ""
        return f"write as quoted-printable{broken}"


@register_step
@dataclass(frozen=True, slots=True)
class MimeWords:
    """Bytes are written as encoded words of a mail header (RFC 2047).

    Attributes:
        words: ``(label, encoding, length, escaped)`` of each word: its character set as it is named there, ``B``,
            ``b``, ``Q`` or ``q``, the bytes that it holds, and for Q the offsets in bytes, from the word's first, of
            the ASCII bytes written as ``=`` and two digits. A space that is not is written as ``_``.
        gaps: what stands between the words.
        digits: ``lower`` or ``upper``.

    >>> MimeWords((("UTF-8", "B", 6, ()),)).run("你好".encode())
    '=?UTF-8?B?5L2g5aW9?='
    """

    name: ClassVar[str] = "mime-words"

    words: tuple[tuple[str, str, int, tuple[int, ...]], ...]
    gaps: tuple[str, ...] = ()
    digits: str = "upper"

    def run(self, data: str | bytes) -> str:
        """Write the bytes.

        Raises:
            UnicodeError: the words do not hold all of the bytes.
            ValueError: digits of another kind.
            TypeError: text came in.
        """
        data = _bytes(self, data)
        if sum(length for _, _, length, _ in self.words) != len(data):
            raise UnicodeError(f"the words do not hold {len(data)} bytes")
        parts, position = [], 0
        for index, (label, encoding, length, escaped) in enumerate(self.words):
            held = data[position : position + length]
            position += length
            body = base64.b64encode(held).decode() if encoding in "Bb" else self._quoted(held, frozenset(escaped))
            gap = self.gaps[index] if index < len(self.gaps) else ""
            parts.append(f"=?{label}?{encoding}?{body}?={gap}")
        return "".join(parts)

    def _quoted(self, held: bytes, escaped: frozenset[int]) -> str:
        form = "=" + _form(self.digits)
        return "".join(
            form.format(byte) if byte >= 0x80 or place in escaped else "_" if byte == 0x20 else chr(byte)
            for place, byte in enumerate(held)
        )

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "written as a mail header's encoded word" + ("s" if len(self.words) > 1 else "")

    def __str__(self) -> str:
        """Return the step in words."""
        label, encoding, *_ = self.words[0] if self.words else ("", "")
        many = f"{len(self.words)} encoded words" if len(self.words) > 1 else "an encoded word"
        return f"write as {many} of a mail header (=?{label}?{encoding}?...?=)"


def _form(digits: str) -> str:
    if digits not in _HEX:
        raise ValueError(f"{digits!r} is neither lower nor upper")
    return _HEX[digits]


def _bytes(step: object, data: str | bytes) -> bytes:
    if not isinstance(data, bytes):
        raise TypeError(f"{step}: takes bytes, not text")
    return data
