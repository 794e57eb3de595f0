"""Speed of library calls: the same texts through each tool in turn, so that whatever else the machine does hits all."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.peers import Tool
from benchmarks.tables import Table

PATIENCE = 2.0
"""Seconds that a tool may take for a text; else it is given a tenth of it in the next round."""


class Ratio(NamedTuple):
    """How many times as fast one tool is as another, in rounds in which both did the same.

    Attributes:
        median: of the rounds.
        least: the smallest of them.
        most: the largest of them.
    """

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{_told(self.median)} ({_told(self.least)}-{_told(self.most)})"


def _told(number: float) -> str:
    return f"{number:,.0f}" if number >= 20 else f"{number:.1f}" if number >= 2 else f"{number:.2f}"


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """Return the ratio of two speeds, measured alternately."""
    found = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    return Ratio(statistics.median(found), found[0], found[-1])


def calls(named: Iterator[tuple[str, str]], tools: Mapping[str, Tool], rounds: int) -> Table:
    """Return megabytes of UTF-8 a second of processor time of each tool, and how fixtext compares.

    Args:
        named: names and texts.
        tools: what is measured.
        rounds: how often each is called with each text, in turn.
    """
    others = [name for name in tools if name != "fixtext"]
    columns = ["text", "decode", *tools, *(f"fixtext / {name}" for name in others)]
    table = Table("Whole texts, one call each: best of the rounds", "MB a second", columns, keys=1)
    for name, text in named:
        speeds = _in_turn(text, {"decode": _decode, **tools}, rounds)
        ratios = [str(ratio(speeds["fixtext"], speeds[peer])) for peer in others]
        table.rows.append([name, *(max(speeds[tool]) for tool in ("decode", *tools)), *ratios])
    return table


def lines(named: Iterator[tuple[str, str]], tools: Mapping[str, Tool], rounds: int) -> Table:
    """Return microseconds a line of each tool, called with one line of 30 to 50 characters at a time."""
    others = [name for name in tools if name != "fixtext"]
    columns = ["lines", *tools, *(f"{name} / fixtext" for name in others)]
    table = Table("Lines of 30 to 50 characters, one call each: best of the rounds", "microseconds", columns, keys=1)
    for name, text in named:
        chosen = [line for line in text.splitlines() if 30 <= len(line) <= 50][:2000]
        if not chosen:
            continue
        seconds: dict[str, list[float]] = {tool: [] for tool in tools}
        for _ in range(rounds):
            for tool, run in tools.items():
                start = time.process_time()
                for line in chosen:
                    run(line)
                seconds[tool].append(time.process_time() - start)
        ratios = [str(ratio(seconds[peer], seconds["fixtext"])) for peer in others]
        best = [min(found) / len(chosen) * 1e6 for found in seconds.values()]
        table.rows.append([name, *best, *ratios])
    return table


def _decode(text: str) -> str:
    return text


def _in_turn(text: str, tools: Mapping[str, Tool], rounds: int) -> dict[str, list[float]]:
    """Return the speeds of tools in each round. The first call of all is not counted: it loads what is needed."""
    pieces = {tool: (text, text.encode()) for tool in tools}
    speeds: dict[str, list[float]] = {tool: [] for tool in tools}
    for number in range(rounds + 1):
        for tool, run in tools.items():
            piece, data = pieces[tool]
            work: Callable[[], object] = partial(data.decode, "utf-8") if tool == "decode" else partial(run, piece)
            start = time.process_time()
            work()
            seconds = max(1e-9, time.process_time() - start)
            if number:
                speeds[tool].append(len(data) / 1e6 / seconds)
            if seconds > PATIENCE and len(piece) > 20_000:
                shorter = piece[: len(piece) // 10]
                pieces[tool] = shorter, shorter.encode()
    return speeds


def machine() -> str:
    """Return what the figures were measured on: processor, cores, Python."""
    info = Path("/proc/cpuinfo")
    told = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in told if line.startswith("model name")]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{names[0] if names else platform.machine()}, {cores()} cores, {python}"


def cores() -> int:
    """Return how many cores the machine has."""
    return os.cpu_count() or 1
