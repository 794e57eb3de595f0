"""How the Japanese code pages in the wild differ from Python's codecs."""

from __future__ import annotations

from fixtext.codepages.multi_byte import Difference


def cp932() -> Difference:
    """Windows-932: Python reads it as Windows does, but writes the double characters to other cells.

    Windows writes the NEC-selected IBM extensions (rows ED and EE) to IBM's own rows (FA to FC). Source: Microsoft's
    bestfit932; equal to Windows' NLS file on all characters that it round-trips.
    """
    written: dict[str, bytes | None] = {}
    for lead in (0xFA, 0xFB, 0xFC):
        for trail in range(0x40, 0xFD):
            cell = bytes((lead, trail))
            char = cell.decode("cp932", "replace")
            if "\ufffd" not in char and char.encode("cp932")[0] in (0xED, 0xEE):
                written[char] = cell
    return Difference("cp932", written=written)


def _shift_jis_cell(row: int, column: int) -> bytes:
    """Fold row and column (1-94) of a JIS plane into the two bytes of Shift_JIS."""
    half = (row - 1) // 2
    lead = half + (0x81 if half < 31 else 0xC1)
    trail = column + (0x3F if column < 64 else 0x40) if row % 2 else column + 0x9E
    return bytes((lead, trail))


def _microsoft_rows() -> tuple[dict[bytes, str], dict[bytes, str]]:
    """Return what cp932 has in the JIS plane and Python's euc_jp has not, and what it has otherwise."""
    extra, changed = {}, {}
    for row in range(1, 95):
        for column in range(1, 95):
            char = _shift_jis_cell(row, column).decode("cp932", "replace")
            cell = bytes((0xA0 + row, 0xA0 + column))
            base = cell.decode("euc_jp", "replace")
            if "\ufffd" in char or "\ue000" <= char <= "\uf8ff":
                continue
            if "\ufffd" in base:
                extra[cell] = char
            elif base != char:
                changed[cell] = char
    return extra, changed


_TILDE = (b"\x8f\xa2\xb7", "\uff5e")
"""JIS X 0212 has a tilde; Python's euc_jp makes it the ASCII one."""


def whatwg_euc_jp() -> Difference:
    """The encoding that browsers use for EUC-JP: Microsoft's rows 13 and 89-92, and JIS X 0212 for reading only.

    Source: WHATWG Encoding Standard, section 12.1, indexes jis0208 and jis0212.
    """
    extra, changed = _microsoft_rows()
    written: dict[str, bytes | None] = {char: cell for cell, char in changed.items()}
    # The first cell of a double character is written: row 13 goes before rows 89-92.
    for cell, char in extra.items():
        written.setdefault(char, cell)
    for cell in _jis_x_0212():
        char = cell.decode("euc_jp")
        if char > "~" and char not in written:
            written[char] = None
    written |= {"\u2212": b"\xa1\xdd", "\u00a5": b"\\", "\u203e": b"~", _TILDE[1]: b"\xa1\xc1"}
    return Difference("euc_jp", extra, changed, written=written, sole=_TILDE)


def _jis_x_0212() -> list[bytes]:
    cells = (bytes((0x8F, row, column)) for row in range(0xA1, 0xFF) for column in range(0xA1, 0xFF))
    return [cell for cell in cells if "\ufffd" not in cell.decode("euc_jp", "replace")]


def euc_jp_ms() -> Difference:
    """EUC-JP as Microsoft-minded systems have it (eucJP-ms): also the IBM extensions and user-defined rows.

    In JIS X 0212's plane, rows 83-84 hold those IBM extensions that JIS X 0212 lacks, in IBM's order, and rows 85-94
    of both planes are user-defined, U+E000 on. Source: OSF/JVC eucJP-ms; equal to glibc's EUC-JP-MS.
    """
    extra, changed = _microsoft_rows()
    changed[b"\x8f\xa2\xc3"] = "\uffe4"
    known = {cell.decode("euc_jp") for cell in _jis_x_0212()} | {"\uffe4"}
    in_plane_1 = set(changed.values())
    number = 0x52  # row 83, column 83
    for lead in (0xFA, 0xFB, 0xFC):
        for trail in range(0x40, 0xFD):
            char = bytes((lead, trail)).decode("cp932", "replace")
            if "\ufffd" in char or char in known or char in in_plane_1 or char == "\u2235":
                continue
            extra[bytes((0x8F, 0xF3 + number // 94, 0xA1 + number % 94))] = char
            number += 1
    for number in range(10 * 94):
        cell = bytes((0xF5 + number // 94, 0xA1 + number % 94))
        extra[cell] = chr(0xE000 + number)
        extra[b"\x8f" + cell] = chr(0xE3AC + number)
    return Difference("euc_jp", extra, changed, written={_TILDE[1]: b"\xa1\xc1"}, sole=_TILDE)
