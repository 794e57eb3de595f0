"""Harm: healthy text goes in, and every line that comes out changed is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from itertools import groupby

from benchmarks.healthy import Text
from benchmarks.peers import Tool
from benchmarks.tables import Table


def changed_lines(healthy: str, got: str) -> int:
    """Return how many lines of a healthy text are not in the result, or are there otherwise."""
    if got == healthy:
        return 0
    before, after = healthy.split("\n"), got.split("\n")
    if len(before) == len(after):
        return sum(old != new for old, new in zip(before, after, strict=True))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return sum(max(last - first, 1) for kind, first, last, _, _ in matcher.get_opcodes() if kind != "equal")


def measure(
    texts: Iterable[Text], tools: Mapping[str, Tool], show: Callable[[str], object] = lambda line: None
) -> Table:
    """Return the lines changed by each tool, per million lines, for each source of texts.

    Args:
        texts: healthy texts, those of a source together.
        tools: what is measured, by name.
        show: told every text that fixtext changes.
    """
    table = Table(
        "Healthy text: lines changed per million lines", "lines per million", ["source", "lines", *tools], keys=1
    )
    total, every = 0, Counter[str]()
    for source, group in groupby(texts, key=lambda text: text.name.partition("/")[0]):
        lines, changed = 0, Counter[str]()
        for text in group:
            lines += text.text.count("\n") + 1
            for name, tool in tools.items():
                count = changed_lines(text.text, tool(text.text))
                changed[name] += count
                if count and name == "fixtext":
                    show(f"{text.name}: {count} lines")
        table.rows.append([source, lines, *(1e6 * changed[name] / lines for name in tools)])
        total += lines
        every += changed
    table.rows.append(["all", total, *(1e6 * every[name] / max(1, total) for name in tools)])
    return table
