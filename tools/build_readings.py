#!/usr/bin/env python3
"""Build `src/fixtext/language/readings.txt`: the pinyin readings of every Han character that GBK has.

Sources: the table of pypinyin (MIT), which merges Unihan kMandarin, kHanyuPinyin and others, and the dictionary
TSCharacters of opencc-python-reimplemented (Apache-2.0): a Traditional character also has the readings of its
Simplified form, because dictionaries of Simplified Chinese read some otherwise (績 has jī, but 绩 has jì). Run with
the versions named below installed; the output is the same for the same versions.

    python tools/build_readings.py
"""

from __future__ import annotations

import importlib.metadata
import sys
from pathlib import Path

PINNED = {"pypinyin": "0.55.0", "opencc-python-reimplemented": "0.1.7"}
TARGET = Path(__file__).resolve().parent.parent / "src/fixtext/language/readings.txt"


def in_gbk(char: str) -> bool:
    """Whether GBK has the character."""
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def simplified_forms() -> dict[str, list[str]]:
    """Return Traditional character -> its Simplified forms; the file is read, its package never imported."""
    files = importlib.metadata.files("opencc-python-reimplemented") or []
    path = next(file for file in files if file.name == "TSCharacters.txt")
    rows = (line.split("\t") for line in Path(str(path.locate())).read_text(encoding="utf-8").splitlines())
    return {char: forms.split() for char, forms in rows}


def readings_table(table: dict[int, str], simplified: dict[str, list[str]]) -> str:
    """Turn {code point: "reading,reading"} into lines `reading<TAB>characters<TAB>characters`, sorted.

    The first characters have this reading as their first, the others as a further one.
    """
    chars: dict[str, tuple[list[str], list[str]]] = {}
    for code_point in sorted(table):
        char = chr(code_point)
        if in_gbk(char):
            forms = [table[ord(form)].split(",") for form in (char, *simplified.get(char, [])) if ord(form) in table]
            for reading in dict.fromkeys(reading for form in forms for reading in form):
                first = any(reading == form[0] for form in forms)
                chars.setdefault(reading, ([], []))[not first].append(char)
    rows = ((reading, "".join(first), "".join(further)) for reading, (first, further) in sorted(chars.items()))
    return "".join("\t".join(row) + "\n" for row in rows)


def main() -> int:
    """Write the table; refuse other versions of the sources than the pinned ones."""
    for package, version in PINNED.items():
        found = importlib.metadata.version(package)
        if found != version:
            print(f"build_readings: {package} {version} is wanted, {found} is installed", file=sys.stderr)
            return 2
    from pypinyin.pinyin_dict import pinyin_dict

    TARGET.write_text(readings_table(pinyin_dict, simplified_forms()), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
