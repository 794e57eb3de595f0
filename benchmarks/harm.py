"""Harm: healthy text goes in, and every line that comes out changed is counted, but for repairs known to be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

import fixtext
from benchmarks.healthy import Text
from benchmarks.peers import Tool
from benchmarks.reviewed import mark
from benchmarks.tables import Table
from fixtext.charset.reading import UnreadableError

TITLES = {
    "file": "a file at a time",
    "line": "a line at a time",
    "few": "25 lines at a time",
    "bytes": "a file of bytes at a time",
}
UNITS = tuple(TITLES)
"""What a tool is given at once: a line by itself has less around it that could speak for it."""

FEW = 25


class Change(NamedTuple):
    """A line that is not in the result as it was.

    Attributes:
        before: the line, empty where lines were added.
        after: what stands there instead.
    """

    before: str
    after: str


Show = Callable[[str, Change], object]
"""Told the name of a text and a change."""


def changes(healthy: str, got: str) -> list[Change]:
    """Return the lines of a healthy text that are not in the result, or are there otherwise."""
    if got == healthy:
        return []
    before, after = healthy.split("\n"), got.split("\n")
    if len(before) == len(after):
        return [Change(old, new) for old, new in zip(before, after, strict=True) if old != new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        Change(line, "\n".join(after[begin:end]))
        for kind, first, last, begin, end in matcher.get_opcodes()
        if kind != "equal"
        for line in before[first:last] or [""]
    ]


def bytes_changes(data: bytes) -> list[Change]:
    """Return the lines of a file that fixtext changes beyond reading its bytes."""
    try:
        repair = fixtext.repair_bytes(data)
    except UnreadableError:
        return []
    return changes(repair.undo(), repair.text)


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


def pieces(texts: Iterable[Text], unit: str, most: int | None) -> list[tuple[str, str]]:
    """Return the name and the piece of all that is given of one source, at most so many, evenly spread."""
    found = [(text.name, piece) for text in texts for piece in units(text.text, unit)]
    return found if most is None else found[:: max(1, -(-len(found) // most))]


def measure(
    texts: Iterable[Text],
    tools: Mapping[str, Tool],
    show: Show = lambda name, change: None,
    unit: str = "file",
    most: int | None = None,
    right: Collection[str] = (),
) -> Table:
    """Return the lines changed wrongly by each tool, per million lines given, for each source of texts.

    Args:
        texts: healthy texts, those of a source together.
        tools: what is measured, by name; of ``bytes`` fixtext alone.
        show: told every change that fixtext makes and that is not known to be right.
        unit: what is given at once, one of `UNITS`.
        most: pieces of a source at most, None for all; files are all given.
        right: the marks of changes that repair what was damaged (`reviewed`); they are not counted, whoever makes them.
    """
    names = ["fixtext"] if unit == "bytes" else list(tools)
    title = f"Healthy text, {TITLES[unit]}: lines changed wrongly per million lines"
    table = Table(title, "lines per million", ["source", "lines", *names], keys=1)
    total, wrong, repaired = 0, Counter[str](), Counter[str]()
    for source, group in groupby(texts, key=lambda text: text.name.partition("/")[0]):
        lines, here = 0, Counter[str]()
        for name, size, made in _given(group, tools, unit, most):
            lines += size
            for tool, changed in made.items():
                wrongly = [change for change in changed if mark(*change) not in right]
                here[tool] += len(wrongly)
                repaired[tool] += len(changed) - len(wrongly)
                if tool == "fixtext":
                    for change in wrongly:
                        show(name, change)
        table.rows.append([source, lines, *(1e6 * here[name] / max(1, lines) for name in names)])
        total += lines
        wrong += here
    table.rows.append(["all", total, *(1e6 * wrong[name] / max(1, total) for name in names)])
    table.notes += [f"{name}: {wrong[name]:,} lines wrongly, {repaired[name]:,} rightly" for name in names]
    return table


def _given(
    texts: Iterable[Text], tools: Mapping[str, Tool], unit: str, most: int | None
) -> Iterator[tuple[str, int, Mapping[str, Sequence[Change]]]]:
    """Yield the name of each piece that is given, its lines, and what each tool changes in it."""
    if unit == "bytes":
        for text in texts:
            yield text.name, text.data.count(b"\n") + 1, {"fixtext": bytes_changes(text.data)}
        return
    for name, piece in pieces(texts, unit, None if unit == "file" else most):
        yield (
            name,
            piece.count("\n") + 1,
            {tool: changes(piece, repair(piece)) for tool, repair in tools.items()},
        )
