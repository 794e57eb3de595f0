"""Text made to be slow or to break something: repaired or left alone, provably, and only once."""

from __future__ import annotations

import pytest

import fixtext
from benchmarks.hostile import inputs
from fixtext import Config
from tests.proofs import prove

EVERY = Config(detectors=("encoded", "glossed", "lossy", "misdecoded", "western"))
TEXTS = dict(inputs(1000))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("config", [None, EVERY], ids=["default", "every"])
def test_hostile_text(name: str, config: Config | None) -> None:
    repair = fixtext.repair(TEXTS[name], config)
    prove(TEXTS[name], repair)
    assert fixtext.repair(repair.text, config).text == repair.text


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_bytes(name: str) -> None:
    data = TEXTS[name].encode("utf-8", "surrogatepass")
    for cut in (0, 1):
        repair = fixtext.repair_bytes(data[cut:])
        if not repair.edits:
            assert repair.text.encode(repair.encoding or "utf-8", "surrogateescape") == data[cut:]
