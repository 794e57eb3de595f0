"""How the Japanese code pages in the wild differ from Python's codecs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fixtext.codepages.multi_byte import Difference, first_cells, read_each, writing_of
from fixtext.codepages.writings import Writing


def cp932() -> Difference:
    """Windows-932: Python reads it as Windows does, but writes the double characters to other cells.

    Windows writes the NEC-selected IBM extensions (rows ED and EE) to IBM's own rows (FA to FC). Source: Microsoft's
    bestfit932; equal to Windows' NLS file on all bytes, pairs and characters.
    """

    def writing() -> Writing:
        # Python writes these three to the cells of their fullwidth relatives, Windows not at all.
        otherwise: dict[str, bytes | None] = dict.fromkeys("\u2016\u2212\u301c")
        selected = {char: cell for cell, char in _ibm_extensions() if char.encode("cp932")[0] in (0xED, 0xEE)}
        return {**otherwise, **selected}, {}

    return Difference("cp932", "cp932", writing)


def _ibm_extensions() -> Iterator[tuple[bytes, str]]:
    cells = [bytes((lead, trail)) for lead in (0xFA, 0xFB, 0xFC) for trail in range(0x40, 0xFD)]
    return ((cell, char) for cell, char in zip(cells, read_each(cells, "cp932"), strict=True) if "\ufffd" not in char)


def _shift_jis_cell(row: int, column: int) -> bytes:
    """Fold row and column (1-94) of a JIS plane into the two bytes of Shift_JIS."""
    half = (row - 1) // 2
    lead = half + (0x81 if half < 31 else 0xC1)
    trail = column + (0x3F if column < 64 else 0x40) if row % 2 else column + 0x9E
    return bytes((lead, trail))


def _microsoft_rows() -> tuple[dict[bytes, str], dict[bytes, str]]:
    """Return what cp932 has in the JIS plane and Python's euc_jp has not, and what it has otherwise."""
    extra, changed = {}, {}
    cells = _plane(b"")
    microsoft = read_each((_shift_jis_cell(row, column) for row in range(1, 95) for column in range(1, 95)), "cp932")
    for cell, char, base in zip(cells, microsoft, read_each(cells, "euc_jp"), strict=True):
        if "\ufffd" in char or "\ue000" <= char <= "\uf8ff":
            continue
        if "\ufffd" in base:
            extra[cell] = char
        elif base != char:
            changed[cell] = char
    return extra, changed


def _plane(shift: bytes) -> list[bytes]:
    """Return every cell of a plane of EUC-JP, in order."""
    return [shift + bytes((row, column)) for row in range(0xA1, 0xFF) for column in range(0xA1, 0xFF)]


# JIS X 0212 has a tilde; Python's euc_jp makes it the ASCII one. 8F is no trail byte, so any cut before it is sound.
_TILDE = {b"\x8f\xa2\xb7": "\uff5e"}
_TILDE_PIECES = re.compile(rb"\x8f\xa2\xb7|(?:(?!\x8f\xa2\xb7)[\x00-\xff]){1,4096}")


def whatwg_euc_jp() -> Difference:
    """The encoding that browsers use for EUC-JP: Microsoft's rows 13 and 89-92, and JIS X 0212 for reading only.

    Source: WHATWG Encoding Standard, section 12.1, indexes jis0208 and jis0212.
    """
    extra, changed = _microsoft_rows()

    def writing() -> Writing:
        cells = _plane_1_cells(extra, changed)
        cells |= {chr(0xFF61 + number): bytes((0x8E, 0xA1 + number)) for number in range(63)}
        # The encoder folds three characters that JIS X 0208 has in other shapes.
        return writing_of("euc_jp", {**cells, "\u2212": cells["\uff0d"], "\u00a5": b"\\", "\u203e": b"~"})

    return Difference("euc_jp", "euc_jp", writing, extra, changed, _TILDE, _TILDE_PIECES)


def _plane_1_cells(extra: Mapping[bytes, str], changed: Mapping[bytes, str]) -> dict[str, bytes]:
    """Return the first cell of every character of JIS X 0208 with the page's differences."""
    cells = _plane(b"")
    differing = {**extra, **changed}
    chars = ((cell, differing.get(cell, char)) for cell, char in zip(cells, read_each(cells, "euc_jp"), strict=True))
    return first_cells((cell, char) for cell, char in chars if "\ufffd" not in char)


def _jis_x_0212() -> dict[bytes, str]:
    """Return JIS X 0212 as Python's euc_jp has it."""
    cells = _plane(b"\x8f")
    return {cell: char for cell, char in zip(cells, read_each(cells, "euc_jp"), strict=True) if "\ufffd" not in char}


def euc_jp_ms() -> Difference:
    """EUC-JP as Microsoft-minded systems have it (eucJP-ms): also the IBM extensions and user-defined rows.

    In JIS X 0212's plane, rows 83-84 hold those IBM extensions that JIS X 0212 lacks, in IBM's order, and rows 85-94
    of both planes are user-defined, U+E000 on. Source: OSF/JVC eucJP-ms; equal to glibc's EUC-JP-MS.
    """
    extra, changed = _microsoft_rows()
    changed[b"\x8f\xa2\xc3"] = "\uffe4"
    jis_x_0212 = _jis_x_0212()
    # The numero sign is there although JIS X 0212 has it; NOT SIGN and BECAUSE are in plane 1.
    elsewhere = {*jis_x_0212.values(), *changed.values(), "\u2235"} - {"\u2116"}
    lacking = dict.fromkeys(char for _, char in _ibm_extensions() if char not in elsewhere)
    for number, char in enumerate(lacking, start=82):  # from row 83, column 83
        extra[bytes((0x8F, 0xF3 + number // 94, 0xA1 + number % 94))] = char
    for number in range(10 * 94):
        cell = bytes((0xF5 + number // 94, 0xA1 + number % 94))
        extra[cell] = chr(0xE000 + number)
        extra[b"\x8f" + cell] = chr(0xE3AC + number)

    def writing() -> Writing:
        plane_2 = {**jis_x_0212, **{cell: char for cell, char in extra.items() if len(cell) == 3}, **changed}
        cells = first_cells((cell, char) for cell, char in plane_2.items() if char > "~") | _plane_1_cells(
            extra, changed
        )
        cells |= {chr(0xFF61 + number): bytes((0x8E, 0xA1 + number)) for number in range(63)}
        return writing_of("euc_jp", cells)

    return Difference("euc_jp", "euc_jp", writing, extra, changed, _TILDE, _TILDE_PIECES)
