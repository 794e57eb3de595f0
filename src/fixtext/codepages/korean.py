"""How the Korean code pages in the wild differ from Python's codecs."""

from __future__ import annotations

from fixtext.codepages.multi_byte import Difference, first_cells


def cp949() -> Difference:
    """Windows-949: two user-defined rows as private use, 80 and FF as Windows has them.

    Source: Microsoft's bestfit949; equal to Windows' NLS file on all bytes, pairs and characters.
    """
    extra = {b"\x80": "\x80", b"\xff": "\uf8f7"}
    for number in range(94):
        extra[bytes((0xC9, 0xA1 + number))] = chr(0xE000 + number)
        extra[bytes((0xFE, 0xA1 + number))] = chr(0xE05E + number)
    return Difference("cp949", "cp949", lambda: ({}, first_cells(extra.items())), extra)
