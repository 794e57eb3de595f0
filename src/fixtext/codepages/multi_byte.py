"""Multi-byte code pages: one of Python's codecs and the differences from it.

A page is Python's codec, sequences that the codec refuses (``extra``), and sequences that it reads as something else
(``changed``). Well-formed stretches run through the codec in C; only the differences cost Python time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fixtext.codepages.habits import decode_handler, encode_handler
from fixtext.codepages.pages import CodePage


@dataclass(frozen=True)
class Difference:
    """How a code page differs from one of Python's codecs.

    Attributes:
        base: the codec that decodes.
        extra: sequences that the codec refuses, with the page's characters.
        changed: sequences that the codec decodes, with the page's other characters for them. The codec's character
            must come from no other sequence (checked by the tests), so that it can be exchanged in the text.
        encode_base: the codec that encodes, if it is another.
        written: characters whose bytes are not those of the encoding codec; None: the page cannot write it.
        sole: sequence that the codec decodes to a character that other sequences give too, and the page's character;
            its first byte must not occur as a later byte of any sequence.
    """

    base: str
    extra: Mapping[bytes, str] = field(default_factory=dict)
    changed: Mapping[bytes, str] = field(default_factory=dict)
    encode_base: str = ""
    written: Mapping[str, bytes | None] = field(default_factory=dict)
    sole: tuple[bytes, str] | None = None

    @cached_property
    def exchange(self) -> dict[int, str]:
        """What the codec reads, and what it should be: for `str.translate`."""
        return {ord(data.decode(self.base)): char for data, char in self.changed.items()}

    @cached_property
    def extra_written(self) -> dict[str, bytes]:
        """The page's bytes for characters that the encoding codec refuses; the first sequence wins."""
        found: dict[str, bytes] = {}
        for data, char in self.extra.items():
            found.setdefault(char, data)
        return found

    @cached_property
    def overridden(self) -> dict[str, bytes | None]:
        """All characters that the encoding codec would write otherwise than the page does."""
        found: dict[str, bytes | None] = {chr(char): None for char in self.exchange}
        found.update({char: data for data, char in self.changed.items()})
        if self.sole:
            found[self.sole[1]] = self.sole[0]
        found.update(self.written)
        return found


def _any_of(chars: str) -> re.Pattern[str] | None:
    return re.compile(f"([{re.escape(chars)}])") if chars else None


class MultiByteCodec:
    """Encodes and decodes by one of Python's codecs and the page's differences from it."""

    def __init__(self, page: CodePage, difference: Difference) -> None:
        """Take the page and its differences."""
        self.page = page
        self._difference = difference
        self._encode_base = difference.encode_base or difference.base
        self._exchange = difference.exchange
        self._exchanged = _any_of("".join(map(chr, self._exchange)))
        self._overridden = difference.overridden
        self._overrides = _any_of("".join(self._overridden))

    def decode(self, data: bytes, errors: str) -> str:
        """Read bytes; malformed places as the error habit has it."""
        sole = self._difference.sole
        if sole and sole[0] in data:
            return sole[1].join(self._decode(part, errors) for part in data.split(sole[0]))
        return self._decode(data, errors)

    def _decode(self, data: bytes, errors: str) -> str:
        difference = self._difference
        text = data.decode(difference.base, decode_handler(self.page, errors, difference.extra))
        if self._exchanged and self._exchanged.search(text):
            text = text.translate(self._exchange)
        return text

    def encode(self, text: str, errors: str) -> bytes:
        """Write text; characters that the page lacks as the error habit has it."""
        handler = encode_handler(self.page, errors, self._difference.extra_written)
        if not self._overrides or not self._overrides.search(text):
            return text.encode(self._encode_base, handler)
        encoded: list[bytes] = []
        position = 0
        for number, part in enumerate(self._overrides.split(text)):
            data = self._overridden[part] if number % 2 else None
            if data is not None:
                encoded.append(data)
            elif number % 2:
                encoded.append(self._refuse(text, position, handler))
            else:
                try:
                    encoded.append(part.encode(self._encode_base, handler))
                except UnicodeEncodeError as error:
                    start, end = position + error.start, position + error.end
                    raise UnicodeEncodeError(self.page.name, text, start, end, error.reason) from None
            position += len(part)
        return b"".join(encoded)

    def _refuse(self, text: str, position: int, handler: str) -> bytes:
        import codecs

        error = UnicodeEncodeError(self.page.name, text, position, position + 1, "not in the code page")
        substitute, _ = codecs.lookup_error(handler)(error)
        return substitute if isinstance(substitute, bytes) else substitute.encode(self._encode_base)
