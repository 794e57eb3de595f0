"""Changes that were looked at one by one: lines damaged in the package itself that come out as they were meant.

Kept as hashes beside the pins, so that nothing of the texts is part of this project. A change counts as right only if
line and result are the reviewed ones; a rule that makes something else of the line has to be reviewed again.

    python -m benchmarks harm --set third --changed found.jsonl   # what is changed and not reviewed yet
    (delete the lines of found.jsonl that are wrong)
    python -m benchmarks reviewed found.jsonl
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

LIST = Path(__file__).with_name("right_repairs.txt")
DIGITS = 16
"""Hexadecimal digits of a mark: 64 bits, by accident the same for one of so many thousand changes in 10^15."""


def mark(before: str, after: str) -> str:
    """Return what stands for a change: the first digits of the SHA-256 of both lines, in UTF-8, with LF between them.

    >>> mark("sch\u00c3\u00b6n", "sch\u00f6n")
    '4c67cf1dbd036397'
    """
    return sha256(f"{before}\n{after}".encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def right(path: Path = LIST) -> frozenset[str]:
    """Return the marks of all changes that are right."""
    return frozenset(line.split()[0] for line in path.read_text("utf-8").splitlines() if line.strip())


def add(found: Iterable[str], path: Path = LIST) -> int:
    """Add changes to the list, each once, and return how many are new.

    Args:
        found: lines of JSON with ``text`` (its name), ``before`` and ``after``.
        path: the list: a mark and the package that it is of in each line, in order of packages.
    """
    rows = {line for line in path.read_text("utf-8").splitlines() if line.strip()}
    known = {row.split()[0] for row in rows}
    changes = [json.loads(line) for line in found if line.strip()]
    new = {mark(change["before"], change["after"]): change["text"].partition("/")[0] for change in changes}
    rows |= {f"{key} {source}" for key, source in new.items() if key not in known}
    path.write_text("".join(f"{row}\n" for row in sorted(rows, key=lambda row: row.split()[::-1])), "utf-8")
    return len(new.keys() - known)
