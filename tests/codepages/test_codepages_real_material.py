"""The Windows habit on real damage: UTF-8 read as cp936 and written back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixtext.channels import Channel, Decode, Encode

MATERIAL = Path(__file__).parents[2] / "../shared/exam/mojibake/roundtrip.jsonl"
ROUND_TRIP = Channel((Encode("utf-8"), Decode("cp936", "windows"), Encode("cp936"), Decode("utf-8", "whatwg")))


@pytest.mark.skipif(not MATERIAL.exists(), reason="the collection of real damage is not here")
def test_every_line_comes_out_as_it_was_found() -> None:
    lines = [json.loads(line) for line in MATERIAL.read_text(encoding="utf-8").splitlines()]
    different = [line for line in lines if ROUND_TRIP.damage(line["expected"]) != line["damaged"]]
    assert len(lines) > 3000
    assert different == []
