"""Signs that cp932 has in two places: Windows reads both, and writes the first one (Microsoft, KB 170559)."""

from __future__ import annotations

SECOND_CELLS = {
    "\u2252": b"\x87\x90",
    "\u2261": b"\x87\x91",
    "\u222b": b"\x87\x92",
    "\u221a": b"\x87\x95",
    "\u22a5": b"\x87\x96",
    "\u2220": b"\x87\x97",
    "\u2235": b"\x87\x9a",
    "\u2229": b"\x87\x9b",
    "\u222a": b"\x87\x9c",
}
"""The second place of each."""

OF_UTF8 = {char: SECOND_CELLS[char] for char in "\u2261\u22a5\u2220"}
"""Those whose first place no UTF-8 comes to be read as: of what was UTF-8 they are the second (U+91D1 is E9 87 91)."""
