"""The examples run, and give what the library gives. Those of Spark and Ray are tested where these run already."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fixtext.records.texts import fix_texts
from tests.conftest import ROOT
from tests.integrations.conftest import Golden

EXAMPLES = ROOT / "examples"
ENVIRONMENT = {"HF_HUB_OFFLINE": "1"}


def needs(*modules: str) -> None:
    """Skip a test for which an engine is missing."""
    for module in modules:
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"{module} is not installed")


def run(name: str, *words: str | Path, folder: Path) -> str:
    """Run an example; return what it prints."""
    import os

    done = subprocess.run(
        [sys.executable, EXAMPLES / name, *words],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT, "HF_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(path: Path) -> dict[int, dict[str, Any]]:
    """Return the records of JSON lines by the number that their address ends in."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    found = map(json.loads, data.splitlines())
    return {int(each.get("metadata", each)["url"].rpartition("/")[2]): each for each in found}


def test_datasets(golden: Golden, tmp_path: Path) -> None:
    needs("datasets")
    source = golden.file(tmp_path / "in")
    run("huggingface_datasets.py", source / "0.jsonl", "out.jsonl", folder=tmp_path)
    kept = {number for number, score in golden.scores.items() if score["repairable"]}
    found = read(tmp_path / "out.jsonl")
    assert {number: record["text"] for number, record in found.items()} == {
        number: text for number, text in golden.fixed.items() if number in kept
    }


def test_datatrove(golden: Golden, tmp_path: Path) -> None:
    needs("datatrove", "regex")
    run("datatrove_slurm.py", golden.file(tmp_path / "in", 2), tmp_path / "out", folder=tmp_path)
    found = {}
    for file in (tmp_path / "out" / "healthy").glob("*.gz"):
        found.update(read(file))
    kept = {number for number, told in golden.scores.items() if told["damaged_share"] <= 0.5 and golden.fixed[number]}
    assert {number: record["text"] for number, record in found.items()} == {
        number: golden.fixed[number] for number in kept
    }
    assert list((tmp_path / "out" / "dropped").glob("*.gz"))


def test_frames(tmp_path: Path) -> None:
    needs("pandas", "polars", "pyarrow")
    (expected,) = fix_texts(["caf\u00c3\u00a9 au lait, tr\u00c3\u00a8s chaud"])
    assert expected == "caf\u00e9 au lait, tr\u00e8s chaud"
    assert run("frames.py", folder=tmp_path).count(expected) == 3
