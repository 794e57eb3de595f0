"""Channel steps that write characters as ASCII: HTML references and the escapes of programming languages, forwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from fixtext.channels.channel import register_step

DIGITS = {"decimal": "d", "lower": "x", "upper": "X"}
"""How numbers are written: in decimal, in hexadecimal with small letters, or with capitals; Python's letters for it."""

ESCAPES = ("u", "U", "braces", "perl", "percent-u")
r"""Forms of escapes: ``\u4f60`` in UTF-16 code units, ``\U00004f60``, ``\u{4f60}``, ``\x{4f60}``, ``%u4f60``."""


@register_step
@dataclass(frozen=True, slots=True)
class NumberReferences:
    """Every character is written as a numeric character reference of HTML.

    Attributes:
        digits: one of `DIGITS`.
        sign: the letter that says that the number is hexadecimal, ``x`` or ``X``.
        width: digits at least, filled with zeros.
        units: whether a character beyond the BMP is written as its two UTF-16 code units, which no standard allows.

    >>> NumberReferences().run("你好")
    '&#20320;&#22909;'
    >>> NumberReferences("upper", width=4).run("é")
    '&#x00E9;'
    """

    name: ClassVar[str] = "number-references"

    digits: str = "decimal"
    sign: str = "x"
    width: int = 0
    units: bool = False

    def run(self, data: str | bytes) -> str:
        """Write the text.

        Raises:
            ValueError: an attribute is none of those that there are.
            TypeError: bytes came in.
        """
        sign = "" if self.digits == "decimal" else self.sign
        codes = _units(_text(self, data)) if self.units else map(ord, _text(self, data))
        return "".join(f"&#{sign}{_number(code, self.digits, self.width)};" for code in codes)

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return f"written as HTML references like {self.run('é')}"

    def __str__(self) -> str:
        """Return the step in words."""
        base = "decimal" if self.digits == "decimal" else "hexadecimal"
        halves = ", two for a character beyond the BMP" if self.units else ""
        return f"write every character as an HTML reference, {base} number{halves}"


@register_step
@dataclass(frozen=True, slots=True)
class NamedReference:
    """A character is written as a named character reference of HTML.

    Attributes:
        entity: the name; all those of HTML 5 that end in a semicolon are known (HTML Standard, section 13.5). A few
            stand for two code points.

    >>> NamedReference("eacute").run("é")
    '&eacute;'
    """

    name: ClassVar[str] = "named-reference"

    entity: str

    def run(self, data: str | bytes) -> str:
        """Write the text.

        Raises:
            UnicodeError: this is not the name of that character.
            TypeError: bytes came in.
        """
        from html.entities import html5

        if _text(self, data) != html5.get(f"{self.entity};"):
            raise UnicodeError(f"&{self.entity}; is not the name of {data!r:.40}")
        return f"&{self.entity};"

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return f"written as the HTML reference &{self.entity};"

    def __str__(self) -> str:
        """Return the step in words."""
        return f"write as the HTML reference &{self.entity};"


@register_step
@dataclass(frozen=True, slots=True)
class EscapeAmpersands:
    """Every ampersand is written as ``&amp;``: what makes a reference of a reference.

    >>> EscapeAmpersands().run("&#20320;")
    '&amp;#20320;'
    """

    name: ClassVar[str] = "escape-ampersands"

    def run(self, data: str | bytes) -> str:
        """Write the text.

        Raises:
            TypeError: bytes came in.
        """
        return _text(self, data).replace("&", "&amp;")

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "escaped again: &amp; for &"

    def __str__(self) -> str:
        """Return the step in words."""
        return "write & as &amp;"


@register_step
@dataclass(frozen=True, slots=True)
class EscapeCharacters:
    r"""Every character is written as an escape of a programming language.

    Attributes:
        form: one of `ESCAPES`.
        digits: ``lower`` or ``upper``.

    >>> print(EscapeCharacters().run("你"))
    \u4f60
    >>> print(EscapeCharacters("U", "upper").run("😀"))
    \U0001F600
    """

    name: ClassVar[str] = "escape-characters"

    form: str = "u"
    digits: str = "lower"

    def run(self, data: str | bytes) -> str:
        """Write the text.

        Raises:
            ValueError: an attribute is none of those that there are.
            TypeError: bytes came in.
        """
        text = _text(self, data)
        if self.form in ("u", "percent-u"):
            sign = "%u" if self.form == "percent-u" else "\\u"
            return "".join(sign + _number(unit, self.digits, 4) for unit in _units(text))
        if self.form in ("braces", "perl"):
            sign = "\\x{" if self.form == "perl" else "\\u{"
            return "".join(f"{sign}{_number(ord(char), self.digits, 0)}}}" for char in text)
        if self.form == "U":
            return "".join("\\U" + _number(ord(char), self.digits, 8) for char in text)
        raise ValueError(f"{self.form!r} is none of the forms {', '.join(ESCAPES)}")

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return f"written as escapes like {self.run('é')}"

    def __str__(self) -> str:
        """Return the step in words."""
        return f"write every character as an escape like {self.run('é')}"


def _number(code: int, digits: str, width: int) -> str:
    if digits not in DIGITS:
        raise ValueError(f"{digits!r} is none of {', '.join(DIGITS)}")
    return format(code, f"0{width}{DIGITS[digits]}" if width else DIGITS[digits])


def _units(text: str) -> Iterator[int]:
    """Yield the UTF-16 code units of a text; lone surrogates stay what they are."""
    data = text.encode("utf-16-be", "surrogatepass")
    for place in range(0, len(data), 2):
        yield data[place] << 8 | data[place + 1]


def _text(step: object, data: str | bytes) -> str:
    if not isinstance(data, str):
        raise TypeError(f"{step}: takes text, not bytes")
    return data
