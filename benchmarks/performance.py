"""All that is measured about speed, and the page that tells it: docs/performance.md."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import processes, speed, speed_inputs
from benchmarks.peers import tools
from benchmarks.tables import Table

GROWING = ("zh-Hans", "en")
"""Texts of which files from 1 MB to the largest are made."""

SMALL_FILES, SMALL = 1000, 4096


class Plan(NamedTuple):
    """What is to be measured.

    Attributes:
        cache: where the healthy texts are.
        peers: names of other tools.
        size: bytes of the texts of library calls.
        megabytes: size of the files of whole processes.
        largest: megabytes of the largest file.
        rounds: how often all is measured.
        names: texts to take, empty for all.
    """

    cache: Path
    peers: tuple[str, ...]
    size: int
    megabytes: int
    largest: int
    rounds: int
    names: tuple[str, ...] = ()


class Measured:
    """Measures, and keeps the tables."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tables: dict[str, Table] = {}
        self.series: dict[str, list[tuple[float, float, float]]] = {}

    def measure(self, part: str, folder: Path | None) -> Iterator[Table]:
        """Measure a part, and yield its table.

        Args:
            part: ``calls``, ``lines``, ``processes``, ``workers`` or ``growth``.
            folder: where files are made, None for the system's; they are deleted afterwards.
        """
        plan = self.plan
        if part == "calls":
            table = speed.calls(self._texts(plan.size), tools(",".join(plan.peers)), plan.rounds)
        elif part == "lines":
            table = speed.lines(self._texts(plan.size), tools(",".join(plan.peers)), plan.rounds)
        else:
            with tempfile.TemporaryDirectory(dir=folder) as made:
                table = getattr(self, f"_{part}")(Path(made))
        self.tables[part] = table
        yield table

    def _texts(self, size: int) -> Iterator[tuple[str, str]]:
        for name, text in speed_inputs.texts(self.plan.cache, size):
            if not self.plan.names or name in self.plan.names:
                yield name, text

    def _processes(self, folder: Path) -> Table:
        plan = self.plan
        size = plan.megabytes * 1_000_000
        files: dict[str, Path] = {}
        parts: dict[tuple[str, int], Path] = {}
        for name, text in self._texts(speed_inputs.VARIED):
            if name not in speed_inputs.HEALTHY:
                continue
            files[name] = folder / f"{len(files)}.txt"
            speed_inputs.write(files[name], text, size)
            for times in {processes.SHORTER.get(peer, 1) for peer in plan.peers} - {1}:
                parts[name, times] = folder / f"{len(files)}-{times}.txt"
                speed_inputs.write(parts[name, times], text, size // times)
        return processes.whole(files, parts, plan.peers, plan.rounds)

    def _workers(self, folder: Path) -> Table:
        texts = dict(self._texts(speed_inputs.VARIED))
        files: dict[str, Path] = {}
        for name, megabytes in (("zh-Hans", 1), ("zh-Hans", 16), ("zh-Hans", self.plan.largest)):
            if name in texts:
                files[f"{name}, {megabytes:,} MB"] = folder / f"{megabytes}.txt"
                speed_inputs.write(folder / f"{megabytes}.txt", texts[name], megabytes * 1_000_000)
        if "zh-Hans" in texts:
            files[f"{SMALL_FILES:,} files of 4 KB"] = folder / "small"
            speed_inputs.write_many(folder / "small", texts["zh-Hans"], SMALL_FILES, SMALL)
        return processes.workers(files, (2,), self.plan.rounds)

    def _growth(self, folder: Path) -> Table:
        files: dict[str, list[Path]] = {}
        for name, text in self._texts(speed_inputs.VARIED):
            if name not in GROWING:
                continue
            for megabytes in (1, 10, 100, 1000):
                if megabytes <= self.plan.largest:
                    path = folder / f"{name}-{megabytes}.txt"
                    speed_inputs.write(path, text, megabytes * 1_000_000)
                    files.setdefault(name, []).append(path)
        found = processes.growth(files, self.plan.rounds)
        self.series = found.series
        return found.table


BEGINNING = """# Performance

Written by `python -m benchmarks speed --page docs/performance.md`, all in one run, on {machine}.
Times are processor times, so that what else the machine does matters little; where several processes are compared it is
the clock. Ratios are medians of {rounds} rounds in which the tools took turns, with the least and the most in brackets.
MB are 10^6 bytes of UTF-8.

The texts are made by `benchmarks/speed_inputs.py` of packages with pinned versions (`python -m benchmarks fetch`):
Debian's manuals and guides, with their markup, and source code; the damaged ones of the healthy ones. They are the same
bytes wherever they are made. Longer files repeat them after {varied} MB, or after what there is.
"""

TOLD = {
    "processes": """## Whole processes
The command with one process, from its start to its end, on files of {megabytes} MB that are written to standard output.
plsfix has no command: the shortest program that reads a file, calls it and writes stands for it. ftfy gets a tenth of the
file.
""",
    "growth": """## From 1 MB to {largest} MB
![Time and memory by the size of the file](performance.svg)
""",
    "workers": """## Several processes
By the clock, on all cores that the machine has ({cores}). They start only once half a second of work is left to do.
""",
    "calls": """## Library calls
`fixtext.fix` with texts of {size} MB, all detectors that are on by default. `decode` is `bytes.decode("utf-8")`.
""",
    "lines": """## Short strings
""",
}


def write(page: Path, measured: Measured) -> None:
    """Write the page, and the plot beside it.

    What stands behind the line ``<!-- by hand -->`` of a page that is there already is kept.
    """
    plan = measured.plan
    values = {
        "machine": speed.machine(),
        "rounds": plan.rounds,
        "varied": speed_inputs.VARIED // 1_000_000,
        "megabytes": plan.megabytes,
        "largest": f"{plan.largest:,}",
        "size": f"{plan.size / 1e6:g}",
        "cores": speed.cores(),
    }
    parts = [BEGINNING.format(**values)]
    for name, told in TOLD.items():
        if name in measured.tables:
            parts.append(told.format(**values) + "\n" + measured.tables[name].markdown())
    if measured.series:
        processes.plot(measured.series, page.with_suffix(".svg"))
    parts.append(_by_hand(page))
    page.write_text("\n".join(filter(None, parts)), encoding="utf-8")


_MARK = "<!-- by hand -->\n"


def _by_hand(page: Path) -> str:
    if not page.exists():
        return ""
    _, mark, kept = page.read_text(encoding="utf-8").partition(_MARK)
    return mark + kept
