"""What every engine has to give: the texts and scores of the library, for one golden corpus."""

from __future__ import annotations

import importlib.util
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from fixtext import fix
from fixtext.records import score
from tests.conftest import ROOT
from tests.records.corpus import lines, records


class Golden(NamedTuple):
    """Records, and what has to come of each: by its ``id``, the healthy text and the score."""

    records: list[dict[str, Any]]
    fixed: dict[int, str]
    scores: dict[int, dict[str, Any]]

    def file(self, folder: Path, parts: int = 1) -> Path:
        """Write the records as JSON lines, in so many files, and return their folder."""
        folder.mkdir()
        for part in range(parts):
            (folder / f"{part}.jsonl").write_bytes(lines(self.records[part::parts]))
        return folder


@pytest.fixture(scope="session")
def golden() -> Golden:
    """Return the corpus, each text three times."""
    found = [
        {**record, "id": number, "url": f"https://example.org/{number}"} for number, record in enumerate(records() * 3)
    ]
    fixed = {record["text"]: fix(record["text"]) for record in found}
    scores = {record["text"]: told(asdict(score(record["text"]))) for record in found}
    assert sum(text != new for text, new in fixed.items()) >= 6
    return Golden(
        found,
        {record["id"]: fixed[record["text"]] for record in found},
        {record["id"]: scores[record["text"]] for record in found},
    )


def example(name: str) -> ModuleType:
    """Return one of the examples as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "examples" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(score: dict[str, Any]) -> dict[str, Any]:
    """Return a score as engines give it back: with a list for a tuple, and plain names."""
    named = {name.removeprefix("fixtext_"): value for name, value in score.items()}
    return {**named, "damage": list(named["damage"])}
