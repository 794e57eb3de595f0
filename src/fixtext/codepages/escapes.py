"""ISO-2022-JP and HZ that lost the bytes which switch between ASCII and double-byte characters.

Mail gateways and terminals drop the escape control (1B) of ISO-2022-JP, so that ``$B$3$s(B`` remains, and tidy-minded
programs the tilde of HZ, so that ``{VPND}`` remains. Decoding puts the lost byte back where a designation is followed
by whole pairs; a designation that nothing closes runs to the end of its line, as both standards demand of text
(RFC 1468; RFC 1843).
"""

from __future__ import annotations

import re

from fixtext.codepages.habits import decode_handler, encode_handler
from fixtext.codepages.pages import CodePage

_PAIR = rb"(?:[\x21-\x7e]{2})"
_JIS_RUN = re.compile(rb"(\$[@B])(" + _PAIR + rb"*?)(?:(\([BJ])|(?=\n|\r|\Z))")
# GB2312 rows end at 77, so the closing brace (7D) cannot open a pair.
_HZ_RUN = re.compile(rb"\{((?:[\x21-\x77][\x21-\x7e])+)(?:\}|(?=\n|\r|\Z))")


class StrippedCodec:
    """Encodes with the escape bytes dropped; decodes by putting them back.

    Decoding follows Python's codec once the bytes are back, error habits included; positions in errors count the
    bytes put back.
    """

    def __init__(self, page: CodePage) -> None:
        """Take the page, whose Python codec has the escapes."""
        self.page = page
        self._base = page.python_name or ""

    def decode(self, data: bytes, errors: str) -> str:
        """Read bytes, each designation with the pairs that follow as double-byte characters."""
        if self._base == "hz":
            whole = _HZ_RUN.sub(rb"~{\1~}", data.replace(b"~", b"~~"))
        else:
            whole = _JIS_RUN.sub(lambda run: b"\x1b" + run[1] + run[2] + b"\x1b" + (run[3] or b"(B"), data)
        return whole.decode(self._base, decode_handler(self.page, errors))

    def encode(self, text: str, errors: str) -> bytes:
        """Write text, without the escape bytes."""
        data = text.encode(self._base, encode_handler(self.page, errors))
        if self._base == "hz":
            return re.sub(rb"~([{}~])", rb"\1", data)
        return data.replace(b"\x1b", b"")
