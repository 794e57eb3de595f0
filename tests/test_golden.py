"""Whole documents: what stands in samples/, and the documents the project began with.

``samples/<damage>/<name>.in.txt`` must give ``<name>.out.txt``, byte for byte. ``pytest --update-golden`` writes the
latter from what comes out now; read the difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import fixtext
from fixtext import Channel
from tests.conftest import ROOT
from tests.proofs import prove

SAMPLES = sorted((ROOT / "samples").glob("*/*.in.txt"))
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))


def repaired(data: bytes) -> str:
    """Repair a document and check what every repair promises."""
    source = data.decode("utf-8")
    repair = fixtext.repair_bytes(data)
    prove(source, repair)
    for edit in repair.edits:
        assert Channel.from_dict(edit.channel.to_dict()) == edit.channel
    assert fixtext.fix(repair.text) is repair.text
    return repair.text


def test_there_are_samples() -> None:
    assert SAMPLES


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name[:-7]}")
def test_sample(sample: Path, pytestconfig: pytest.Config) -> None:
    golden = sample.with_name(sample.name.replace(".in.txt", ".out.txt"))
    result = repaired(sample.read_bytes()).encode()
    if pytestconfig.getoption("--update-golden"):
        golden.write_bytes(result)
    assert result.decode() == golden.read_bytes().decode()


@pytest.mark.skipif(not SEEDS, reason="the documents the project began with are not beside this checkout")
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_seed(seed: Path) -> None:
    data = seed.read_bytes()
    assert repaired(data) != data.decode("utf-8")
