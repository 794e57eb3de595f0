"""Speed of whole processes: the command beside those of peers, started in turn on the same files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.speed import Ratio, ratio
from benchmarks.tables import Table

COMMANDS = {
    "fixtext": [sys.executable, "-c", "from fixtext.cli.command import main; main()", "-j", "1"],
    "ftfy": [sys.executable, "-c", "from ftfy.cli import main; main()"],
    "plsfix": [
        sys.executable,
        "-c",
        "import sys, plsfix; sys.stdout.write(plsfix.fix_text(open(sys.argv[1], encoding='utf-8', newline='').read()))",
    ],
    "cat": ["cat"],
}
"""What is started, with the name of a file behind it. plsfix has no command: this is the shortest there could be."""

SHORTER = {"ftfy": 25}
"""Peers that are given the first part of the file only, that many times shorter: of 50 MB, ftfy's start is then 5 % of
what it takes."""

_LAUNCHER = """
import json, os, resource, subprocess, sys, time
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as they are after an installation
start = time.perf_counter()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit, status]))
"""


class Run(NamedTuple):
    """What a process took.

    Attributes:
        wall: seconds from its start to its end.
        processor: seconds of processor time.
        resident: bytes of memory at most; of the largest process, where there are several.
    """

    wall: float
    processor: float
    resident: int


def run(command: Sequence[str]) -> Run:
    """Run a command without its output.

    A small process stands between, or the memory of this one would count as that of the command: Linux hands the
    largest resident size on when a process starts another.

    Raises:
        RuntimeError: it failed.
    """
    told = subprocess.run([sys.executable, "-c", _LAUNCHER, *command], check=True, capture_output=True).stdout
    wall, processor, resident, status = json.loads(told)
    if status not in (0, 1):
        raise RuntimeError(f"status {status} of {' '.join(command)}")
    return Run(wall, processor, resident)


def whole(files: Mapping[str, Path], parts: Mapping[tuple[str, int], Path], peers: Sequence[str], rounds: int) -> Table:
    """Return megabytes a second of processor time of each command, and how fixtext compares.

    Args:
        files: name of a text -> the file.
        parts: the same, and how many times shorter -> the first part of the file.
        peers: names of `COMMANDS`.
        rounds: how often each is started on each file, in turn.
    """
    names = ["fixtext", *peers]
    columns = ["text", *names, *(f"fixtext / {peer}" for peer in peers), "resident, MB"]
    table = Table("Whole processes: median of the rounds", "MB a second", columns, keys=1)
    for name, file in files.items():
        speeds: dict[str, list[float]] = {tool: [] for tool in names}
        resident = 0.0
        for _ in range(rounds):
            for tool in names:
                path = parts.get((name, SHORTER.get(tool, 1)), file)
                took = run([*COMMANDS[tool], str(path)])
                speeds[tool].append(path.stat().st_size / 1e6 / took.processor)
                if tool == "fixtext":
                    resident = max(resident, took.resident / 1e6)
        medians = [sorted(found)[len(found) // 2] for found in speeds.values()]
        ratios = [str(ratio(speeds["fixtext"], speeds[peer])) for peer in peers]
        table.rows.append([name, *medians, *ratios, resident])
    return table


def workers(files: Mapping[str, Path], counts: Sequence[int], rounds: int) -> Table:
    """Return by how much several processes are faster than one, by the clock."""
    columns = ["input", "MB", "-j 1, seconds", *(f"-j {count} / -j 1" for count in counts)]
    table = Table("Several processes, by the clock: ratios of speeds, median of the rounds", "times", columns, keys=1)
    base = COMMANDS["fixtext"][:-2]
    for name, path in files.items():
        options = ["--check"] if path.is_dir() else []
        took: dict[int, list[float]] = {count: [] for count in (1, *counts)}
        for _ in range(rounds):
            for count, found in took.items():
                found.append(1 / run([*base, "-j", str(count), *options, str(path)]).wall)
        size = sum(file.stat().st_size for file in path.rglob("*")) if path.is_dir() else path.stat().st_size
        first = 1 / sorted(took[1])[len(took[1]) // 2]
        table.rows.append([name, size / 1e6, first, *(str(ratio(took[count], took[1])) for count in counts)])
    return table


class Growth(NamedTuple):
    """What files of growing size took.

    Attributes:
        table: the figures.
        series: name of a text -> (megabytes, seconds, megabytes resident) for each size.
    """

    table: Table
    series: dict[str, list[tuple[float, float, float]]]


def growth(files: Mapping[str, Sequence[Path]], rounds: int) -> Growth:
    """Return how processor time and memory grow with the size of the file."""
    table = Table(
        "Time and memory by the size of the file, -j 1: best of the rounds",
        "seconds",
        ["text", "MB", "seconds", "MB a second", "resident, MB"],
        keys=2,
    )
    series: dict[str, list[tuple[float, float, float]]] = {}
    for name, paths in files.items():
        for path in paths:
            size = path.stat().st_size / 1e6
            took = [run([*COMMANDS["fixtext"], str(path)]) for _ in range(rounds if size < 500 else 1)]
            seconds = min(one.processor for one in took)
            resident = max(one.resident for one in took) / 1e6
            table.rows.append([name, f"{size:,.0f}", seconds, size / seconds, resident])
            series.setdefault(name, []).append((size, seconds, resident))
    return Growth(table, series)


def plot(series: Mapping[str, Sequence[tuple[float, float, float]]], path: Path) -> None:
    """Draw time and memory by size; needs matplotlib (the extra ``plot``)."""
    import matplotlib

    matplotlib.use("agg")
    matplotlib.rcParams["svg.hashsalt"] = "fixtext"
    from matplotlib import pyplot

    figure, (times, memory) = pyplot.subplots(1, 2, figsize=(9, 3.6))
    for name, points in series.items():
        sizes = [size for size, _, _ in points]
        times.loglog(sizes, [seconds for _, seconds, _ in points], "o-", label=name)
        memory.semilogx(sizes, [resident for _, _, resident in points], "o-", label=name)
    times.set_title("processor time, -j 1")
    times.set_ylabel("seconds")
    memory.set_title("resident memory at most")
    memory.set_ylabel("MB")
    memory.set_ylim(bottom=0)
    for axes in (times, memory):
        axes.set_xlabel("MB of text")
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    pyplot.close(figure)


__all__ = ["COMMANDS", "Growth", "Ratio", "growth", "plot", "run", "whole", "workers"]
