"""Bytes that are no text: programs and pictures written into a string, byte for byte.

What they mean by chance is not what anybody wrote. Detectors look at letters; controls between them say more.
"""

from __future__ import annotations

import re

EVIDENT_BITS = 48.0
"""Bits beyond those required from which a repair is believed whatever stands around it."""

AROUND = 100
"""Code points on either side."""

KINDS, SHARE = 2, 0.1
"""Different controls of the C0 set around it, and the share of all controls among all characters, from which it stands
among bytes. NUL is not one of the kinds: UTF-16 read in bytes has it everywhere; nor are those of the C1 set, which are
half of the bytes of misread UTF-8."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x80-\x9f]")


def is_binary(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands among controls that no text has, beside it and not in it.

    >>> is_binary("\x01A\x02j6 \x89 \x0b \x02\x0c", 6, 7), is_binary("caf\x89", 3, 4)
    (True, False)
    """
    around = text[max(0, start - AROUND) : start] + text[end : end + AROUND]
    found = _CONTROLS.findall(around)
    return len({char for char in found if "\0" < char < " "}) >= KINDS and len(found) >= SHARE * len(around)
