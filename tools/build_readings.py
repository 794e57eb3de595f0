#!/usr/bin/env python3
"""Build `src/fixtext/language/readings.txt`: the pinyin readings of every Han character that GBK has.

Source: the table of pypinyin (MIT), which merges Unihan kMandarin, kHanyuPinyin and others. Run with the version
named in `PYPINYIN` installed; the output is the same for the same version.

    python tools/build_readings.py
"""

from __future__ import annotations

import importlib.metadata
import sys
from collections import defaultdict
from pathlib import Path

PYPINYIN = "0.55.0"
TARGET = Path(__file__).resolve().parent.parent / "src/fixtext/language/readings.txt"


def in_gbk(char: str) -> bool:
    """Whether GBK has the character."""
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def readings_table(table: dict[int, str]) -> str:
    """Turn {code point: "reading,reading"} into lines `reading<TAB>characters`, sorted; a file of plain text."""
    chars = defaultdict(list)
    for code_point, readings in sorted(table.items()):
        if in_gbk(chr(code_point)):
            for reading in readings.split(","):
                chars[reading].append(chr(code_point))
    return "".join(f"{reading}\t{''.join(chars[reading])}\n" for reading in sorted(chars))


def main() -> int:
    """Write the table; refuse another version of the source than the pinned one."""
    found = importlib.metadata.version("pypinyin")
    if found != PYPINYIN:
        print(f"build_readings: pypinyin {PYPINYIN} is wanted, {found} is installed", file=sys.stderr)
        return 2
    from pypinyin.pinyin_dict import pinyin_dict

    TARGET.write_text(readings_table(pinyin_dict), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
