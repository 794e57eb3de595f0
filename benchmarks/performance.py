"""All that is measured about speed, and the page that tells it: docs/performance.md."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection, Iterator
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
        table.notes.append(f"{plan.rounds} rounds; load average {os.getloadavg()[0]:.1f} at the end.")
        self.tables[part] = table
        yield table

    def _texts(self, size: int, among: Collection[str] = ()) -> Iterator[tuple[str, str]]:
        """Yield the texts that are asked for, only some of them if others make no sense for what is measured."""
        wanted = self.plan.names or among
        chosen = [name for name in wanted if name in among] if among else wanted
        if chosen or not wanted:
            yield from speed_inputs.texts(self.plan.cache, size, chosen)

    def _processes(self, folder: Path) -> Table:
        plan = self.plan
        size = plan.megabytes * 1_000_000
        files: dict[str, Path] = {}
        parts: dict[tuple[str, int], Path] = {}
        for name, text in self._texts(speed_inputs.VARIED, speed_inputs.HEALTHY):
            files[name] = folder / f"{len(files)}.txt"
            speed_inputs.write(files[name], text, size)
            for times in {processes.SHORTER.get(peer, 1) for peer in plan.peers} - {1}:
                parts[name, times] = folder / f"{len(files)}-{times}.txt"
                speed_inputs.write(parts[name, times], text, size // times)
        return processes.whole(files, parts, plan.peers, plan.rounds)

    def _workers(self, folder: Path) -> Table:
        texts = dict(self._texts(speed_inputs.VARIED, ("zh-Hans",)))
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
        for name, text in self._texts(speed_inputs.VARIED, GROWING):
            for megabytes in (1, 10, 100, 1000):
                if megabytes <= self.plan.largest:
                    path = folder / f"{name}-{megabytes}.txt"
                    speed_inputs.write(path, text, megabytes * 1_000_000)
                    files.setdefault(name, []).append(path)
        found = processes.growth(files, self.plan.rounds)
        self.series = found.series
        return found.table


BEGINNING = """# Performance

Written by `python -m benchmarks speed --page docs/performance.md`, each section in one run, on {machine}.
Times are processor times, so that what else the machine does matters little; where several processes are compared it is
the clock. Ratios are medians of rounds in which the tools took turns, with the least and the most in brackets. MB are
10^6 bytes of UTF-8.

The texts are made by `benchmarks/speed_inputs.py` of packages with pinned versions (`python -m benchmarks fetch`):
Debian's manuals and guides, with their markup, and source code; the damaged ones of the healthy ones. They are the same
bytes wherever they are made. Longer files repeat them after {varied} MB, or after what there is.
"""

TOLD = {
    "processes": """## Whole processes
The command with one process, from its start to its end, on files of {megabytes} MB that are written to standard output.
plsfix has no command: the shortest program that reads a file, calls it and writes stands for it. ftfy gets the
first 25th of the file.
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

    Sections of a page that is there already stay if they are not measured now, as do those that somebody has written.
    """
    plan = measured.plan
    values = {
        "machine": speed.machine(),
        "varied": speed_inputs.VARIED // 1_000_000,
        "megabytes": plan.megabytes,
        "largest": f"{plan.largest:,}",
        "size": f"{plan.size / 1e6:g}",
        "cores": speed.cores(),
    }
    known = _sections(page)
    for name, told in TOLD.items():
        if name in measured.tables:
            section = told.format(**values)
            heading = section.partition("\n")[0]
            known[heading] = f"{section}\n{measured.tables[name].markdown()}"
    ours = [told.format(**values).partition("\n")[0] for told in TOLD.values()]
    others = [heading for heading in known if heading not in ours]
    if measured.series:
        processes.plot(measured.series, page.with_suffix(".svg"))
    parts = [BEGINNING.format(**values), *(known[heading] for heading in (*ours, *others) if heading in known)]
    page.write_text("\n".join(part.strip("\n") + "\n" for part in parts), encoding="utf-8")


def _sections(page: Path) -> dict[str, str]:
    """Return the sections of a page by their headings, in order."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    found = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {section.partition("\n")[0]: section for section in found}
