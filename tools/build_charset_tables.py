"""Write src/fixtext/charset/single_bytes.txt: the upper halves of all single-byte code pages, a line each.

    python tools/build_charset_tables.py

Python keeps each of its tables in a module of its own; to import 50 of them takes 80 ms, to read this file 0.3 ms.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from fixtext.charset.encodings import SINGLE_BYTE  # noqa: E402

TARGET = ROOT / "src/fixtext/charset/single_bytes.txt"


def table() -> str:
    """Return the lines: the name of Python's codec, a space, 128 characters; U+FFFD where there is none."""
    upper = bytes(range(0x80, 0x100))
    return "".join(f"{encoding.probe} {upper.decode(encoding.probe, 'replace')}\n" for encoding in SINGLE_BYTE)


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8", newline="\n")
