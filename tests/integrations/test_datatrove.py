"""datatrove, with its local executor and two tasks."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.conftest import Golden, told

pytest.importorskip("datatrove", reason="datatrove is not installed")
pytest.importorskip("regex", reason="regex is not installed, which datatrove's formatters import")
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter

from fixtext.integrations.datatrove import FixtextFilter, FixtextFormatter

pytestmark = pytest.mark.filterwarnings("default")


def run(tmp_path: Path, golden: Golden, *steps: Any) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """Run steps over the records in two tasks; return what was written by ``id``, and the statistics by step."""
    source = golden.file(tmp_path / "in", parts=2)
    executor = LocalPipelineExecutor(
        pipeline=[JsonlReader(str(source)), *steps, JsonlWriter(str(tmp_path / "out"))],
        tasks=2,
        workers=2,
        start_method="spawn",
        logging_dir=str(tmp_path / "log"),
    )
    executor.run()
    found = {}
    for file in (tmp_path / "out").glob("*.gz"):
        for line in gzip.decompress(file.read_bytes()).splitlines():
            record = json.loads(line)
            found[int(record["metadata"]["url"].rpartition("/")[2])] = record
    steps_told = json.loads((tmp_path / "log" / "stats.json").read_text(encoding="utf-8"))
    return found, {step["name"]: step["stats"] for step in steps_told}


def test_formatter(tmp_path: Path, golden: Golden) -> None:
    found, stats = run(tmp_path, golden, FixtextFormatter(edits=True, batch_size=7))
    assert {number: found[number]["text"] if number in found else "" for number in golden.fixed} == golden.fixed
    (ours,) = (told for name, told in stats.items() if "fixtext" in name)
    changed = [record for record in golden.records if golden.fixed[record["id"]] != record["text"]]
    assert ours["changed"] == len(changed)
    for number, record in found.items():
        edits = record["metadata"]["fixtext_edits"]
        assert bool(edits) == (golden.fixed[number] != golden.records[number]["text"])


def test_filter(tmp_path: Path, golden: Golden) -> None:
    keeps = FixtextFilter(
        damage=("glossed",),
        max_damaged_share=0.8,
        max_guessed=0,
        repairable=True,
        exclusion_writer=JsonlWriter(str(tmp_path / "dropped")),
    )
    found, stats = run(tmp_path, golden, keeps)
    expected = {
        number
        for number, score in golden.scores.items()
        if "glossed" not in score["damage"]
        and score["damaged_share"] <= 0.8
        and not score["guessed"]
        and score["repairable"]
        and golden.fixed[number]
    }
    assert 0 < len(expected) < len(golden.records)
    assert set(found) == expected
    for number, record in found.items():
        scored = {name: value for name, value in record["metadata"].items() if name.startswith("fixtext_")}
        assert told(scored) == golden.scores[number]
    (ours,) = (told for name, told in stats.items() if "fixtext" in name)
    glossed = sum("glossed" in score["damage"] for score in golden.scores.values())
    assert (ours["forwarded"], ours["dropped_glossed"]) == (len(expected), glossed)
    assert list((tmp_path / "dropped").glob("*.gz"))
