"""Bytes that are no text: programs and pictures written into a string, byte for byte.

What they mean by chance is not what anybody wrote. Detectors look at letters; controls between them say more.
"""

from __future__ import annotations

import re

EVIDENT_BITS = 48.0
"""Bits beyond those required from which a repair is believed whatever stands around it."""

AROUND = (100, 20)
"""Code points on either side, of which either is enough: the name of a field may stand before few bytes."""

KINDS, SHARE = 2, 0.1
"""Different controls of the C0 set around it, and the share of all controls among all characters, from which it stands
among bytes. NUL is not one of the kinds: UTF-16 read in bytes has it everywhere; nor are those of the C1 set, which are
half of the bytes of misread UTF-8."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x80-\x9f]")

_CONTROL_OR_ESCAPE = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\\\\]")
"""What there must be one of."""

_ESCAPE = re.compile(r"\\x([01][0-9a-f])", re.IGNORECASE)
"""One control of the C0 set, as source code writes it."""


def is_binary(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands among controls that no text has, beside it and not in it, or written as escapes.

    >>> is_binary("\x01A\x02j6 \x89 \x0b \x02\x0c", 6, 7), is_binary("caf\x89", 3, 4)
    (True, False)
    """
    first, last = max(0, start - AROUND[0]), end + AROUND[0]
    if _CONTROL_OR_ESCAPE.search(text, first, last) is None:
        return False
    inside = "".join(map(_control, _ESCAPE.finditer(text, start, end)))
    around = (text[max(0, start - width) : start] + inside + text[end : end + width] for width in AROUND)
    return any(map(_are_bytes, around))


def _are_bytes(around: str) -> bool:
    text = _ESCAPE.sub(_control, around)
    found = _CONTROLS.findall(text)
    return len({char for char in found if "\0" < char < " "}) >= KINDS and len(found) >= SHARE * len(text)


def _control(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))
