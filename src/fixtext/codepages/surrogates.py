"""UTF-8 that writes characters outside the BMP as two surrogates of three bytes each: CESU-8 and Java's variant."""

from __future__ import annotations

import re
from functools import cache

from fixtext.codepages.habits import decode_handler, encode_handler
from fixtext.codepages.pages import CodePage

_SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


@cache
def _astral() -> re.Pattern[str]:
    """Return what finds characters beyond the BMP; 3 ms to make.

    A negated class: an astral range in a class would be searched character by character.
    """
    return re.compile("([^\x00-\uffff])")


class SurrogateCodec:
    """CESU-8 (Unicode Technical Report 26) and modified UTF-8 (Java's DataInput, where NUL is C0 80).

    Four-byte forms are read too: databases that write CESU-8 are fed UTF-8.
    """

    def __init__(self, page: CodePage) -> None:
        """Take the page."""
        self.page = page
        self._null = b"\xc0\x80" if page.name == "mutf-8" else b"\0"

    def decode(self, data: bytes, errors: str) -> str:
        """Read bytes; lone surrogates and malformed bytes as the error habit has it."""
        # ED never closes a sequence and C0 never occurs in one: both can be exchanged before decoding.
        data = _SURROGATES.sub(_one_char, data)
        return data.replace(self._null, b"\0").decode("utf-8", decode_handler(self.page, errors))

    def encode(self, text: str, errors: str) -> bytes:
        """Write text; lone surrogates as the error habit has it."""
        handler = encode_handler(self.page, errors)
        if text.isascii() or _astral().search(text) is None:
            return text.encode("utf-8", handler).replace(b"\0", self._null)
        parts = _astral().split(text)
        data = b"".join(_two_surrogates(p) if n % 2 else p.encode("utf-8", handler) for n, p in enumerate(parts))
        return data.replace(b"\0", self._null)


def _one_char(pair: re.Match[bytes]) -> bytes:
    units = pair[0].decode("utf-8", "surrogatepass").encode("utf-16-be", "surrogatepass")
    return units.decode("utf-16-be").encode()


def _two_surrogates(char: str) -> bytes:
    units = char.encode("utf-16-be")
    high, low = units[:2].decode("utf-16-be", "surrogatepass"), units[2:].decode("utf-16-be", "surrogatepass")
    return (high + low).encode("utf-8", "surrogatepass")
