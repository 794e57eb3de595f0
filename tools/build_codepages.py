"""Builds src/fixtext/codepages/_tables.py: the facts about code pages that Python's codecs do not hold.

    python tools/build_codepages.py --big5-index index-big5.txt [--check]

``index-big5.txt`` is the index Big5 of the WHATWG Encoding Standard (encoding.spec.whatwg.org/index-big5.txt).
CNS 11643 is read from the EUC-TW converter of the C library, ``iconv`` of glibc
2.28 or later.
"""

from __future__ import annotations

import argparse
import ctypes
import sys
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "src/fixtext/codepages/_tables.py"
Run = tuple[int, int, int]


def big5_cell(number: int) -> bytes:
    """Return the two bytes of the Big5 cell with this number, counted from A140."""
    lead, trail = divmod(number, 157)
    return bytes((lead + 0xA1, trail + (0x40 if trail < 63 else 0x62)))


def web_big5_extra(index: str) -> dict[bytes, str]:
    """Return the cells of the WHATWG index that Python's big5hkscs does not decode."""
    extra = {}
    for line in index.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pointer, char = line.split()[:2]
        cell = big5_cell(int(pointer) - 157 * 0x20)
        if "\ufffd" in cell.decode("big5hkscs", "replace"):
            extra[cell] = chr(int(char, 16))
    return extra


def plane(prefix: bytes) -> dict[int, str]:
    """Return the characters of a plane of CNS 11643 by cell number, as the C library's EUC-TW has them."""
    libc = ctypes.CDLL(None)
    libc.iconv_open.restype = ctypes.c_void_p
    libc.iconv.restype = ctypes.c_size_t
    libc.iconv.argtypes = [ctypes.c_void_p] * 5
    converter = libc.iconv_open(b"UTF-32LE", b"EUC-TW")
    found = {}
    for number in range(94 * 94):
        data = prefix + bytes((0xA1 + number // 94, 0xA1 + number % 94))
        source, target = ctypes.create_string_buffer(data, len(data)), ctypes.create_string_buffer(16)
        source_at, target_at = ctypes.c_void_p(ctypes.addressof(source)), ctypes.c_void_p(ctypes.addressof(target))
        left, room = ctypes.c_size_t(len(data)), ctypes.c_size_t(len(target))
        libc.iconv(converter, None, None, None, None)
        status = libc.iconv(converter, *map(ctypes.byref, (source_at, left, target_at, room)))
        if status == 0 and not left.value:
            found[number] = target.raw[: len(target) - room.value].decode("utf-32-le")
    return found


def runs(chars: dict[int, str]) -> tuple[list[Run], dict[int, str]]:
    """Describe a plane as runs of Big5 cells; what Big5 lacks comes back as it is."""
    numbers: dict[str, int] = {}
    for number in range(157 * 89):
        char = big5_cell(number).decode("cp950", "replace")
        if "\ufffd" not in char:
            numbers.setdefault(char, number)
    found: list[Run] = []
    rest: dict[int, str] = {}
    for cell, char in sorted(chars.items()):
        if char not in numbers:
            rest[cell] = char
            continue
        number = numbers[char]
        if found:
            first, big5, length = found[-1]
            if (first + length, big5 + length) == (cell, number):
                found[-1] = (first, big5, length + 1)
                continue
        found.append((cell, number, 1))
    return found, rest


def literal(text: str) -> str:
    """Write text as an ASCII string literal."""
    return '"' + text.encode("ascii", "backslashreplace").decode() + '"'


def lines(items: list[str], width: int = 116) -> str:
    """Join items by commas into indented lines."""
    out, line = [], "   "
    for item in items:
        if len(line) + len(item) + 2 > width:
            out.append(line)
            line = "   "
        line += f" {item},"
    return "\n".join([*out, line])


def build(index: str) -> str:
    """Return the source of the module."""
    extra = web_big5_extra(index)
    plane_1, rest = runs(plane(b""))
    plane_2, other = runs(plane(b"\x8e\xa2"))
    if other:
        raise SystemExit(f"plane 2 has {len(other)} characters that Big5 lacks")
    cells = "".join(cell.hex().upper() for cell in extra)
    hexes = [f'"{cells[i : i + 104]}"' for i in range(0, len(cells), 104)]
    chars = "".join(extra.values())
    pieces = [literal(chars[i : i + 10]) for i in range(0, len(chars), 10)]
    more = [f'("{0xA1 + cell // 94:02X}{0xA1 + cell % 94:02X}", {literal(char)})' for cell, char in rest.items()]
    return f'''"""Facts about code pages that Python's codecs do not hold. Built by tools/build_codepages.py."""

from __future__ import annotations

# Cells of the WHATWG index Big5 (HKSCS-2008) that Python's big5hkscs (HKSCS-2004) lacks: four hex digits a cell,
# and the characters in the same order.
_BIG5_CELLS = (
{chr(10).join("    " + piece for piece in hexes)}
)
_BIG5_CHARS = (
{chr(10).join("    " + piece for piece in pieces)}
)

# CNS 11643 as runs of Big5 cells: first cell (from A1A1, 94 a row), first Big5 cell (from A140, 157 a row), length.
# Source: EUC-TW of the GNU C library.
# fmt: off
EUC_TW_PLANE_1 = (
{lines([str(run) for run in plane_1])}
)
EUC_TW_PLANE_2 = (
{lines([str(run) for run in plane_2])}
)
# Cells of plane 1 whose characters Big5 lacks.
EUC_TW_EXTRA = (
{lines(more)}
)
# fmt: on


def big5_web_extra() -> dict[bytes, str]:
    """Return the cells of the WHATWG index Big5 that Python's big5hkscs lacks."""
    cells = bytes.fromhex(_BIG5_CELLS)
    return {{cells[2 * number : 2 * number + 2]: char for number, char in enumerate(_BIG5_CHARS)}}
'''


def main() -> int:
    """Build the module, or with --check say whether it is up to date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--big5-index", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    source = build(options.big5_index.read_text(encoding="utf-8"))
    if options.check:
        return int(OUTPUT.read_text(encoding="utf-8") != source)
    OUTPUT.write_text(source, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
