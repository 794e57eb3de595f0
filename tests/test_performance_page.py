"""The page about performance: sections that are not measured stay, plots are drawn of what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import speed_inputs
from benchmarks.performance import Measured, Plan, write
from benchmarks.processes import plot, run
from benchmarks.speed import ratio
from benchmarks.tables import Table

PLAN = Plan(Path(), ("ftfy",), 1_000_000, 50, 1000, 3)


def measured(part: str, value: float) -> Measured:
    found = Measured(PLAN)
    found.tables[part] = Table("Title", "MB", ["text", "fixtext"], 1, [["one", value]])
    return found


def test_sections_are_kept(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    write(page, measured("calls", 1.0))
    page.write_text(page.read_text() + "\n## Goals\nNot met.\n")
    write(page, measured("processes", 2.0))
    write(page, measured("calls", 3.0))
    headings = [line for line in page.read_text().splitlines() if line.startswith("## ")]
    assert headings == ["## Whole processes", "## Library calls", "## Goals"]
    assert "| one | 2.0 |" in page.read_text()
    assert "| one | 3.0 |" in page.read_text()
    assert "| one | 1.0 |" not in page.read_text()
    assert page.read_text().endswith("Not met.\n")


def test_a_ratio_with_its_spread() -> None:
    assert str(ratio([100.0, 300.0, 200.0], [10.0, 10.0, 10.0])) == "20 (10.0-30)"


def test_inputs_are_always_the_same(tmp_path: Path) -> None:
    speed_inputs.write(tmp_path / "a.txt", "字ab", 1003)
    assert (tmp_path / "a.txt").read_text() == "字ab" * 200 + "字"
    speed_inputs.write_many(tmp_path / "many", "字" * 9000, 5, 4096)
    sizes = [file.stat().st_size for file in (tmp_path / "many").iterdir()]
    assert len(sizes) == 5
    assert all(4090 < size <= 4096 for size in sizes)  # whole characters


def test_memory_is_that_of_the_command() -> None:
    ballast = bytearray(200 << 20)  # of this process
    ballast[:] = b"x" * len(ballast)
    assert run(["true"]).resident < 100 << 20
    with pytest.raises(RuntimeError, match="status 2"):
        run(["sh", "-c", "exit 2"])


def test_a_plot(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    plot({"en": [(1.0, 0.1, 20.0), (10.0, 0.2, 21.0)]}, tmp_path / "plot.svg")
    assert "<svg" in (tmp_path / "plot.svg").read_text()
