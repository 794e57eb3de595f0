"""Multi-byte code pages: one of Python's codecs and the differences from it.

A page is Python's codec, sequences that the codec refuses (``extra``), and sequences that it reads as something else
(``changed``, ``split``). Well-formed stretches run through the codec in C; only the differences cost Python time.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, repeat

from fixtext.codepages.habits import decode_handler, encode_handler
from fixtext.codepages.pages import CodePage
from fixtext.codepages.writings import Writing, stored


@dataclass(frozen=True)
class Difference:
    """How a code page differs from one of Python's codecs.

    Attributes:
        base: the codec that decodes.
        encode_base: the codec that encodes.
        writing: builds the differences in encoding; called at the first encoding, if they are not `stored`.
        extra: sequences that the codec refuses, with the page's characters.
        changed: sequences that the codec decodes, with the page's other characters for them. The codec's character
            must come from no other sequence, so that it can be exchanged in the text.
        split: as ``changed``, where the codec's character does come from other sequences: the bytes are cut there.
        pieces: a pattern whose successive matches cover any bytes, each sequence of ``split`` a match of its own.
    """

    base: str
    encode_base: str
    writing: Callable[[], Writing]
    extra: Mapping[bytes, str] = field(default_factory=dict)
    changed: Mapping[bytes, str] = field(default_factory=dict)
    split: Mapping[bytes, str] = field(default_factory=dict)
    pieces: re.Pattern[bytes] | None = None


def first_cells(table: Iterable[tuple[bytes, str]]) -> dict[str, bytes]:
    """Turn a decoding table round: each character with the first of its sequences."""
    cells: dict[str, bytes] = {}
    for data, char in table:
        cells.setdefault(char, data)
    return cells


def read_each(cells: Iterable[bytes], codec: str) -> list[str]:
    """Read sequences one by one, none with a line feed in it; ill-formed ones come out with U+FFFD.

    All at once, which is five times quicker: no sequence of these codecs goes over a line feed.
    """
    return b"\n".join(cells).decode(codec, "replace").split("\n")


def writing_of(encode_base: str, cells: Mapping[str, bytes]) -> Writing:
    """Compare what a page writes with what a codec writes, for every character but ASCII that either can write."""
    chars = [*_characters(), *(char for char in cells if char > "\uffff")]
    # As in `read_each`: no character of these codecs has a line feed in it.
    encoded = "\n".join(chars).encode(encode_base, "ignore").split(b"\n")
    both = zip(chars, encoded, map(cells.get, chars, repeat(b"")), strict=True)
    differing = [(char, base, own) for char, base, own in both if base != own]
    otherwise = {char: own or None for char, base, own in differing if base}
    refused = {char: own for char, base, own in differing if not base}
    return otherwise, refused


@cache
def _characters() -> str:
    """Return the characters of the Basic Multilingual Plane but for ASCII."""
    return "".join(map(chr, chain(range(0x80, 0xD800), range(0xE000, 0x10000))))


def _any_of(chars: Iterable[str]) -> re.Pattern[str] | None:
    escaped = re.escape("".join(chars))
    return re.compile(f"([{escaped}])") if escaped else None


class MultiByteCodec:
    """Encodes and decodes by one of Python's codecs and the page's differences from it."""

    def __init__(self, page: CodePage, difference: Difference) -> None:
        """Take the page and its differences."""
        self.page = page
        self._difference = difference
        self._exchange = {data.decode(difference.base): char for data, char in difference.changed.items()}
        self._exchanged = _any_of(self._exchange)
        self._writing: Writing | None = None
        self._overrides: re.Pattern[str] | None = None

    def decode(self, data: bytes, errors: str) -> str:
        """Read bytes; malformed places as the error habit has it."""
        split, pieces = self._difference.split, self._difference.pieces
        if pieces is None or not any(sequence in data for sequence in split):
            return self._decode(data, errors)
        parts = pieces.findall(data)
        return "".join(split[part] if part in split else self._decode(part, errors) for part in parts)

    def _decode(self, data: bytes, errors: str) -> str:
        difference = self._difference
        text = data.decode(difference.base, decode_handler(self.page, errors, difference.extra))
        # Not str.translate, which looks every character up: 14 MB/s against 100 and more, measured on Japanese.
        return self._exchanged.sub(self._exchange_one, text) if self._exchanged else text

    def _exchange_one(self, found: re.Match[str]) -> str:
        return self._exchange[found[0]]

    def encode(self, text: str, errors: str) -> bytes:
        """Write text; characters that the page lacks as the error habit has it."""
        if self._writing is None:
            self._writing = stored(self.page.name) or self._difference.writing()
            self._overrides = _any_of(self._writing[0])
        otherwise, refused = self._writing
        handler = encode_handler(self.page, errors, refused)
        if not self._overrides or not self._overrides.search(text):
            return text.encode(self._difference.encode_base, handler)
        encoded: list[bytes] = []
        position = 0
        for number, part in enumerate(self._overrides.split(text)):
            data = otherwise[part] if number % 2 else None
            if data is not None:
                encoded.append(data)
            elif number % 2:
                encoded.append(self._refuse(text, position, handler))
            else:
                encoded.append(self._encode(part, handler, text, position))
            position += len(part)
        return b"".join(encoded)

    def _encode(self, part: str, handler: str, text: str, position: int) -> bytes:
        try:
            return part.encode(self._difference.encode_base, handler)
        except UnicodeEncodeError as error:
            start, end = position + error.start, position + error.end
            raise UnicodeEncodeError(self.page.name, text, start, end, error.reason) from None

    def _refuse(self, text: str, position: int, handler: str) -> bytes:
        error = UnicodeEncodeError(self.page.name, text, position, position + 1, "not in the code page")
        try:
            substitute, _ = codecs.lookup_error(handler)(error)
        finally:
            del error  # which holds the text, and by its traceback what holds it here
        return substitute if isinstance(substitute, bytes) else substitute.encode(self._difference.encode_base)
