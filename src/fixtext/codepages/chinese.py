"""How the Chinese code pages in the wild differ from Python's codecs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from fixtext.codepages._tables import EUC_TW_EXTRA, EUC_TW_PLANE_1, EUC_TW_PLANE_2, big5_web_extra
from fixtext.codepages.multi_byte import Difference, first_cells, read_each, writing_of
from fixtext.codepages.writings import Writing

_GBK_TRAILS = bytes(chain(range(0x40, 0x7F), range(0x80, 0xFF)))
_BIG5_TRAILS = bytes(chain(range(0x40, 0x7F), range(0xA1, 0xFF)))

# GB18030-2022 gave 18 two-byte forms, which stood for private-use characters, their standard characters, and 2005 one.
# Source: WHATWG Encoding Standard, index gb18030 and the side table of the gb18030 encoder.
_GB18030_2022 = {
    bytes.fromhex(cell): char
    for cells, chars in (
        ("A8BC", "\u1e3f"),
        ("A6D9 A6DA A6DB A6DC A6DD A6DE A6DF", "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16"),
        ("A6EC A6ED A6F3", "\ufe17\ufe18\ufe19"),
        ("FE59 FE61 FE66 FE67 FE6D FE7E FE90 FEA0", "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb"),
    )
    for cell, char in zip(cells.split(), chars, strict=True)
}

# Box-drawing characters that Big5 has twice: Windows and the WHATWG write them to the cells of ETEN.
_BOX_OF_ETEN = {"\u2550": b"\xf9\xf9", "\u255e": b"\xf9\xe9", "\u2561": b"\xf9\xeb", "\u256a": b"\xf9\xea"}


def _user_defined(leads: range, trails: bytes, first: int) -> Iterator[tuple[bytes, str]]:
    """Number the cells of a user-defined area, row by row, from the private-use code point ``first``."""
    return ((bytes((lead, trail)), chr(first + number)) for number, (lead, trail) in enumerate(_cells(leads, trails)))


def _cells(leads: Iterable[int], trails: bytes) -> Iterator[tuple[int, int]]:
    return ((lead, trail) for lead in leads for trail in trails)


def cp936() -> Difference:
    """Windows-936: GBK, the euro at 80, and every other cell as private use, in the order of GBK 1.0.

    Source: Microsoft's bestfit936; equal to Windows' NLS file on all bytes, pairs and characters.
    """
    high, low = bytes(range(0xA1, 0xFF)), bytes(b for b in _GBK_TRAILS if b < 0xA1)
    extra = {
        **dict(_user_defined(range(0xAA, 0xB0), high, 0xE000)),
        **dict(_user_defined(range(0xF8, 0xFF), high, 0xE234)),
        **dict(_user_defined(range(0xA1, 0xA8), low, 0xE4C6)),
    }
    # Then the cells that GBK left free between its characters.
    cells = [bytes(cell) for cell in _cells((*range(0xA2, 0xAA), 0xD7, 0xFE), _GBK_TRAILS)]
    free = (
        cell
        for cell, char in zip(cells, read_each(cells, "gbk"), strict=True)
        if "\ufffd" in char and cell not in extra
    )
    extra.update({cell: chr(0xE766 + number) for number, cell in enumerate(free)})
    extra.update({b"\x80": "\u20ac", b"\xff": "\uf8f5"})
    return Difference("gbk", "gbk", lambda: ({}, first_cells(extra.items())), extra)


def whatwg_gbk() -> Difference:
    """The encoding that browsers use for every label of GBK and GB2312: reads GB18030-2022, writes no four-byte form.

    Source: WHATWG Encoding Standard, sections 10.1 and 10.2. (The four-byte 8135F437 is U+E7C7 there, the rest of its
    ranges is as in Python.)
    """
    cells = [bytes(cell) for cell in _cells(range(0x81, 0xFF), _GBK_TRAILS)]
    base = dict(zip(cells, read_each(cells, "gb18030"), strict=True))
    table = {**base, **_GB18030_2022, b"\xa3\xa0": "\u3000"}
    changed = {cell: char for cell, char in table.items() if base[cell] != char}
    if b"\xa8\xbc" in changed:
        changed[b"\x81\x35\xf4\x37"] = "\ue7c7"

    def writing() -> Writing:
        # The encoder still writes the private-use characters of 2005 to the cells that they had.
        former = ((cell, base[cell]) for cell in _GB18030_2022 if cell != b"\xa8\xbc")
        return writing_of("gbk", {**first_cells(chain(table.items(), former)), "\u20ac": b"\x80"})

    return Difference("gb18030", "gbk", writing, {b"\x80": "\u20ac"}, changed)


def cp950() -> Difference:
    """Windows-950: Big5, private use in the order of Microsoft's user-defined areas.

    Source: Microsoft's bestfit950; equal to Windows' NLS file on all bytes, pairs and characters. Python's cp950 has
    the kana and Cyrillic of ETEN at C6A1-C7FC, which Windows has not.
    """
    extra = {
        **dict(_user_defined(range(0xFA, 0xFF), _BIG5_TRAILS, 0xE000)),
        **dict(_user_defined(range(0x8E, 0xA1), _BIG5_TRAILS, 0xE311)),
        **dict(_user_defined(range(0x81, 0x8E), _BIG5_TRAILS, 0xEEB8)),
        b"\x80": "\x80",
        b"\xff": "\uf8f8",
    }
    # C6A1-C8FE begins in the middle of a row: 94 cells of C6, then whole rows.
    area = [cell for cell, _ in _user_defined(range(0xC6, 0xC9), _BIG5_TRAILS, 0) if cell >= b"\xc6\xa1"]
    changed: dict[bytes, str] = {}
    for number, (cell, char) in enumerate(zip(area, read_each(area, "cp950"), strict=True)):
        (extra if "\ufffd" in char else changed)[cell] = chr(0xF6B1 + number)

    def writing() -> Writing:
        otherwise = {cell.decode("cp950"): None for cell in changed}
        # Python writes the tilde operator to the cell of the fullwidth tilde, Windows not at all.
        return {**otherwise, **_BOX_OF_ETEN, "\u223c": None}, first_cells(chain(extra.items(), changed.items()))

    return Difference("cp950", "cp950", writing, extra, changed)


# Pairs, single bytes and lone leads of Big5, cut at the two cells. The bound keeps the matcher's stack small.
_BIG5_PIECES = re.compile(
    rb"\xa2[\x41\x42]|"
    rb"(?:(?!\xa2[\x41\x42])[\x81-\xfe][\x40-\x7e\xa1-\xfe]|[\x00-\x80\xff]|[\x81-\xfe](?![\x40-\x7e\xa1-\xfe])){1,4096}"
)


def whatwg_big5() -> Difference:
    """The encoding that browsers use for Big5: reads HKSCS-2008 and ETEN, writes Big5 and ETEN only.

    Source: WHATWG Encoding Standard, section 11, index Big5. Python's big5hkscs is of 2004, and has other characters
    for eleven symbols, for which Python's cp950 agrees with the standard.
    """
    extra = big5_web_extra()
    symbols = (
        b"\xa1\x45",
        b"\xa1\x4e",
        b"\xa1\xc2",
        b"\xa1\xe3",
        b"\xa1\xf2",
        b"\xa1\xf3",
        b"\xa2\x44",
        b"\xa2\x46",
        b"\xa2\x47",
    )
    changed = {cell: cell.decode("cp950") for cell in symbols}
    # Python reads these two as the fullwidth slashes, which have cells of their own.
    split = {cell: cell.decode("cp950") for cell in (b"\xa2\x41", b"\xa2\x42")}

    def writing() -> Writing:
        # The encoder takes no cell below A1, and no sequence of two characters.
        cells = [bytes(cell) for cell in _cells(range(0xA1, 0xFF), _BIG5_TRAILS)]
        differing = {**extra, **split, **changed}
        read = (
            (cell, differing.get(cell, char)) for cell, char in zip(cells, read_each(cells, "big5hkscs"), strict=True)
        )
        table = {cell: char for cell, char in read if len(char) == 1 and char != "\ufffd"}
        # Of two cells the first, but for six characters the last.
        last = {"\u5341": b"\xa4\x51", "\u5345": b"\xa4\xca", **_BOX_OF_ETEN}
        return writing_of("cp950", {**first_cells(table.items()), **last})

    return Difference("big5hkscs", "cp950", writing, extra, changed, split, _BIG5_PIECES)


def euc_tw() -> Difference:
    """EUC-TW: planes 1 and 2 of CNS 11643, the ones that Big5 holds, in the two-byte and the four-byte form.

    The order of CNS 11643 is that of Big5 with about ninety displacements; the tables hold them as runs (first CNS
    cell, first Big5 cell, length). Planes 3 to 15 are not read. Equal to glibc's and Java's EUC-TW on these planes.
    """
    extra: dict[bytes, str] = {bytes.fromhex(cell): char for cell, char in EUC_TW_EXTRA}
    for prefix, runs in ((b"", EUC_TW_PLANE_1), (b"\x8e\xa2", EUC_TW_PLANE_2)):
        for first, big5, length in runs:
            for number in range(length):
                row, column = divmod(first + number, 94)
                lead, trail = divmod(big5 + number, 157)
                cell = bytes((0xA1 + lead, _BIG5_TRAILS[trail]))
                extra[prefix + bytes((0xA1 + row, 0xA1 + column))] = cell.decode("cp950")
    extra.update({b"\x8e\xa1" + cell: char for cell, char in list(extra.items()) if len(cell) == 2})
    return Difference("ascii", "ascii", lambda: ({}, first_cells(extra.items())), extra)
