"""The one place where bytes become text, and text bytes again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fixtext.cli.errors import Unreadable
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.cli.settings.choices import Choices
    from fixtext.findings import Repair


class Document(NamedTuple):
    """A file as bytes and as text.

    Attributes:
        data: the bytes as they were read.
        text: the text that they say; bytes that are not UTF-8 stand in it as U+DC80 to U+DCFF (PEP 383).
        encoding: the name of the code page.
    """

    data: bytes
    text: str
    encoding: str = "utf-8"

    def encode(self, text: str) -> bytes:
        """Return a text in the encoding of the document.

        A lone surrogate that stands for no byte is no valid UTF-8, but losing it, or the rest, would be worse.
        """
        try:
            return text.encode(self.encoding, "surrogateescape")
        except UnicodeEncodeError:
            return text.encode(self.encoding, "surrogatepass")

    def byte_offsets(self, offsets: list[int]) -> Iterator[int]:
        """Yield the place in ``data``, in bytes, of ascending places in the text, in code points."""
        last = place = 0
        for offset in offsets:
            place += len(self.encode(self.text[last:offset]))
            last = offset
            yield place


def examined(name: str, data: bytes, choices: Choices) -> tuple[Document, Repair]:
    """Read bytes as text and look for damage.

    Raises:
        Unreadable: the bytes are not UTF-8, and no detector knows why.
    """
    from fixtext.pipeline import repair_bytes

    try:
        repair = repair_bytes(data, choices.config)
    except UnicodeDecodeError as error:
        raise Unreadable(name, _not_utf8(data, error)) from None
    return decoded(data, repair), repair


def decoded(data: bytes, repair: Repair | None = None) -> Document:
    """Return the document that bytes in UTF-8 are; the text of an empty repair is not decoded twice."""
    text = data.decode("utf-8", "surrogateescape") if repair is None or repair.changed else repair.text
    return Document(data, text)


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    """Say where bytes are not UTF-8 and what to do: offset in bytes from 0, line from 1."""
    offset = error.start
    return _(
        "not UTF-8: byte 0x{byte:02X} at offset {offset} (line {line}); "
        "convert it to UTF-8 first, for example with: iconv -f GB18030 -t UTF-8"
    ).format(byte=data[offset], offset=offset, line=data.count(b"\n", 0, offset) + 1)
