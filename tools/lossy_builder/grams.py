"""Counts of one to three characters, packed as fixtext.detectors.lossy.software reads them."""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from collections.abc import Iterable

from fixtext.detectors.lossy.software import MAGIC, token

from .documents import HAN, Document

LONGEST = 300
"""Characters of a line; longer ones are data."""
PER_PACKAGE = 400_000
"""Characters of a package that are counted, so that no author outweighs the others."""
SEEN = (2, 3, 4)
"""How often one, two and three characters must be seen to be listed, or once less often but all ending a stretch."""
_MOST = 0xFFFF


def grams(texts: Iterable[Document]) -> bytes:
    """Count, and return the file."""
    seen: list[Counter[str]] = [Counter(), Counter(), Counter()]
    ended: list[Counter[str]] = [Counter(), Counter(), Counter()]
    lines: set[str] = set()
    read: Counter[str] = Counter()
    for package, text, _ in texts:
        for line in map(str.strip, text.split("\n")):
            if line in lines or len(line) > LONGEST or read[package] > PER_PACKAGE or not HAN.search(line):
                continue
            lines.add(line)
            read[package] += len(line)
            _count(line, seen, ended)
    return _pack(seen, ended)


def _count(line: str, seen: list[Counter[str]], ended: list[Counter[str]]) -> None:
    symbols = ["^", "^"]
    for char in line:
        symbol = token(char)
        if symbol != " " or symbols[-1] != " ":
            symbols.append(symbol)
    symbols.append("\n")
    for index in range(2, len(symbols) - 1):
        if symbols[index] >= "\x80":
            ends = symbols[index + 1] < "@"
            for order in range(3):
                gram = "".join(symbols[index - order : index + 1])
                seen[order][gram] += 1
                ended[order][gram] += ends


def _pack(seen: list[Counter[str]], ended: list[Counter[str]]) -> bytes:
    rows: dict[int, list[tuple[str, int, int]]] = {}
    rest: Counter[int] = Counter()
    rest_ended: Counter[int] = Counter()
    for order, counts in enumerate(seen):
        for gram, count in counts.items():
            key = 0
            for symbol in gram[:-1]:
                key = key << 16 | ord(symbol)
            ends = ended[order][gram]
            rest[key] += 1
            rest_ended[key] += ends > 0
            if count >= SEEN[order] or ends >= max(2, SEEN[order] - 1):
                rows.setdefault(key, []).append((gram[-1], min(count, _MOST), min(ends, _MOST)))
            else:
                rest[key] += count
                rest_ended[key] += ends
    keys = sorted(rows)
    sizes, chars, counts_, ends_ = array("I"), array("H"), array("H"), array("H")
    for key in keys:
        for char, count, ends in sorted(rows[key]):
            chars.append(ord(char))
            counts_.append(count)
            ends_.append(ends)
        sizes.append(len(rows[key]))
    arrays = [
        array("I", keys),
        sizes,
        array("I", [rest[key] for key in keys]),
        array("I", [rest_ended[key] for key in keys]),
        chars,
        counts_,
        ends_,
    ]
    data = MAGIC + struct.pack("<II", len(keys), len(chars))
    for values in arrays:
        block = values.tobytes()
        data += b"".join(block[place :: values.itemsize] for place in range(values.itemsize))
    return data
