"""The one place where bytes become text, and text bytes again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fixtext.cli.errors import Binary, Unreadable
from fixtext.files import SIZE

if TYPE_CHECKING:
    from fixtext.cli.settings.choices import Choices
    from fixtext.config import Config
    from fixtext.findings import Repair


_BINARY = "it is binary data, not text"
"""What `fixtext.charset` says of it."""


class Document(NamedTuple):
    """A file as bytes and as text.

    Attributes:
        data: the bytes as they were read.
        text: the text that they say; bytes that cannot be read stand in it as U+DC80 to U+DCFF (PEP 383).
        encoding: the name of the code page.
        target: the code page to write in, unless another is asked for.
    """

    data: bytes
    text: str
    encoding: str = "utf-8"
    target: str = "utf-8"

    def encode(self, text: str) -> bytes:
        """Return a text in the encoding of the document.

        A lone surrogate that stands for no byte is no valid UTF-8, but losing it, or the rest, would be worse.
        """
        if self.encoding != "utf-8":
            from fixtext.charset.lossless import encode

            return encode(text, self.encoding)
        try:
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogatepass")

    def byte_offsets(self, offsets: list[int]) -> Iterator[int]:
        """Yield the place in ``data``, in bytes, of ascending places in the text, in code points."""
        last = place = 0
        for offset in offsets:
            place += len(self.encode(self.text[last:offset]))
            last = offset
            yield place


def examined(name: str, data: bytes, choices: Choices) -> tuple[Document, Repair]:
    """Read bytes as text and look for damage; what is longer than a window is looked at as a stream of it would be.

    Raises:
        Unreadable: the bytes are binary, or in an encoding that is not read or not known.
    """
    from fixtext.pipeline import repair_bytes

    try:
        repair = _of_windows(data, choices.config) if len(data) > SIZE else None
        if repair is None:
            repair = repair_bytes(data, choices.config)
    except _unreadable() as error:
        raise refusal(name, error) from None
    return decoded(data, repair), repair


def _of_windows(data: bytes, config: Config) -> Repair | None:
    from io import BytesIO

    from fixtext.files.streaming import repair_stream
    from fixtext.files.together import together

    return together(list(repair_stream(BytesIO(data).read, config, size=SIZE)))


def refusal(name: str, error: Exception) -> Unreadable:
    """Return what to tell of bytes that are not read."""
    from fixtext.cli.foreign import told

    kind = Binary if str(error) == _BINARY else Unreadable
    return kind(name, told(str(error)))


def decoded(data: bytes, repair: Repair | None = None) -> Document:
    """Return the document that bytes are; without a repair they are in UTF-8."""
    if repair is None:
        return Document(data, data.decode("utf-8", "surrogateescape"))
    return Document(data, repair.undo() if repair.changed else repair.text, repair.encoding)


def _unreadable() -> tuple[type[Exception], ...]:
    """Return the errors of reading, once there is one: to name them loads what healthy text does not need."""
    from fixtext.charset.reading import UnreadableError
    from fixtext.codepages import UnknownCodePageError

    return UnreadableError, UnknownCodePageError
