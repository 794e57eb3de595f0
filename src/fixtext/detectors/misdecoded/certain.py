"""Bytes that say for themselves in which page they were written, so that no other page is a rival."""

from __future__ import annotations

import re

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED
from fixtext.detectors.misdecoded.plainness import UTF8_BITS, utf8_bits
from fixtext.detectors.misdecoded.undoing import without_cut_ends
from fixtext.detectors.misdecoded.wording import is_mingled

FOUR_BYTES = 4
"""Characters of four bytes in GB18030 that are no chance likeness: some 40 bits."""

_UNASSIGNED = re.compile("[\U00033480-\U000e00ff\U000e01f0-\U0010ffff]")
"""Planes without characters: kana of EUC in a row are such in UTF-8."""


def is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8, with so many sequences that it cannot be by accident; the ends may be cut off."""
    text = without_cut_ends(data.decode("utf-8", "surrogateescape"))
    if MALFORMED.search(text) or _UNASSIGNED.search(text) or is_mingled(text):
        return False
    return utf8_bits(text) >= UTF8_BITS


def is_of_four_bytes(data: bytes) -> bool:
    """Return whether bytes are GB18030 with characters of four bytes, a digit behind each high byte.

    That is how letters and controls are written that GBK has not, such as those of an earlier misreading. Each such
    four are so by chance once in a thousand times.
    """
    found = len(_FOUR_BYTES.findall(data))
    if found < FOUR_BYTES or 16 * found <= len(data):
        return False
    text = without_cut_ends(codepages.decode(data, "gb18030", "surrogateescape"))
    return not (MALFORMED.search(text) or _UNASSIGNED.search(text) or "\ufffd" in text)


_FOUR_BYTES = re.compile(b"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
