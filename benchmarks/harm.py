"""Harm: healthy text goes in, and every line that comes out changed is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import groupby

import fixtext
from benchmarks.healthy import Text
from benchmarks.peers import Tool
from benchmarks.tables import Table
from fixtext.charset.reading import UnreadableError

TITLES = {
    "file": "a file at a time",
    "line": "a line at a time",
    "few": "15 lines at a time",
    "bytes": "a file of bytes at a time",
}
UNITS = tuple(TITLES)
"""What a tool is given at once: a line by itself has less around it that could speak for it."""

FEW = 15


def changed_lines(healthy: str, got: str) -> int:
    """Return how many lines of a healthy text are not in the result, or are there otherwise."""
    if got == healthy:
        return 0
    before, after = healthy.split("\n"), got.split("\n")
    if len(before) == len(after):
        return sum(old != new for old, new in zip(before, after, strict=True))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return sum(max(last - first, 1) for kind, first, last, _, _ in matcher.get_opcodes() if kind != "equal")


def bytes_changed(data: bytes) -> int:
    """Return how many lines of a file fixtext changes beyond reading its bytes."""
    try:
        repair = fixtext.repair_bytes(data)
    except UnreadableError:
        return 0
    return changed_lines(repair.undo(), repair.text)


def units(text: str, unit: str) -> Iterator[str]:
    """Yield what a tool is given at once: the ``file``, each ``line`` or ``few`` lines that are not all ASCII."""
    if unit == "file":
        yield text
        return
    lines, size = text.split("\n"), 1 if unit == "line" else FEW
    for start in range(0, len(lines), size):
        piece = "\n".join(lines[start : start + size])
        if not piece.isascii():
            yield piece


def measure(
    texts: Iterable[Text],
    tools: Mapping[str, Tool],
    show: Callable[[str], object] = lambda line: None,
    unit: str = "file",
) -> Table:
    """Return the lines changed by each tool, per million lines, for each source of texts.

    Args:
        texts: healthy texts, those of a source together.
        tools: what is measured, by name; of ``bytes`` fixtext alone.
        show: told every text that fixtext changes.
        unit: what is given at once, one of `UNITS`.
    """
    names = ["fixtext"] if unit == "bytes" else list(tools)
    title = f"Healthy text, {TITLES[unit]}: lines changed per million lines"
    table = Table(title, "lines per million", ["source", "lines", *names], keys=1)
    total, every = 0, Counter[str]()
    for source, group in groupby(texts, key=lambda text: text.name.partition("/")[0]):
        lines, changed = 0, Counter[str]()
        for text in group:
            if unit == "bytes":
                lines += text.data.count(b"\n") + 1
                counts = {"fixtext": bytes_changed(text.data)}
            else:
                lines += text.text.count("\n") + 1
                pieces = list(units(text.text, unit))
                counts = {name: sum(changed_lines(piece, tools[name](piece)) for piece in pieces) for name in names}
            changed.update(counts)
            if counts.get("fixtext"):
                show(f"{text.name}: {counts['fixtext']} lines")
        table.rows.append([source, lines, *(1e6 * changed[name] / lines for name in names)])
        total += lines
        every += changed
    table.rows.append(["all", total, *(1e6 * every[name] / max(1, total) for name in names)])
    return table
