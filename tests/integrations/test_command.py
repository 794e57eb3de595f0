"""The command over the golden corpus, in every format: the texts and scores that the library and the engines give."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.conftest import Golden, told
from tests.records.corpus import lines


def fixtext(*words: str | Path) -> None:
    done = subprocess.run([sys.executable, "-m", "fixtext", "-q", "--field", "text", *words], check=False)
    assert done.returncode == 0


def write(golden: Golden, path: Path) -> None:
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(golden.records), path)
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, ["id", "text", "url"])
            writer.writeheader()
            writer.writerows(golden.records)
    else:
        shuffled = list(golden.records)
        random.Random(1).shuffle(shuffled)
        path.write_bytes(lines(shuffled))


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        return list(pq.read_table(path).to_pylist())
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        return [
            {name: value if name in ("text", "url") else json.loads(value) for name, value in row.items()}
            for row in rows
        ]
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_golden(golden: Golden, tmp_path: Path, name: str) -> None:
    if name == "a.parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    write(golden, tmp_path / name)
    fixtext(tmp_path / name, "-o", tmp_path / f"fixed-{name}")
    assert {row["id"]: row["text"] for row in read(tmp_path / f"fixed-{name}")} == golden.fixed
    fixtext(tmp_path / name, "-o", tmp_path / f"scored-{name}", "--score-only")
    names = [f"fixtext_{each}" for each in next(iter(golden.scores.values()))]
    rows = read(tmp_path / f"scored-{name}")
    assert {row["id"]: told({each: row[each] for each in names}) for row in rows} == golden.scores
