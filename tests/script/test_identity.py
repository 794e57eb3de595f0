"""The engine gives what official OpenCC gives, on hostile text and on OpenCC's own test cases."""

from __future__ import annotations

import json

import numpy as np
import pytest

from fixtext.script import bulk, engines, islands
from fixtext.script.configs import CONFIGS
from fixtext.script.pairs import InnerPairs
from tests.script import recording
from tests.script.adversary import Adversary

RECORDED = recording.recorded()
CASES = [
    (config, text, expected)
    for text, expectations in json.loads(recording.CASES.read_text(encoding="utf-8"))
    for config, expected in expectations.items()
]


@pytest.mark.parametrize("config", CONFIGS)
def test_hostile_lines_convert_as_recorded(config: str) -> None:
    lines = recording.lines(config)
    assert recording.text_hash("\n".join(lines)) == RECORDED[config].inputs, "the generator has changed: record anew"
    engine = islands.engine(config)
    pairs = zip(lines, RECORDED[config].outputs, strict=True)
    wrong = [line for line, expected in pairs if recording.line_hash(engine.convert(line)) != expected]
    assert not wrong


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("chunk", [16, 300, bulk.CHUNK])
def test_arrays_convert_the_same_wherever_they_are_cut(
    config: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "CHUNK", chunk)
    text = "\n".join(recording.lines(config))
    converted = bulk.BulkEngine(islands.engine(config)).convert(text)
    assert recording.text_hash(converted) == RECORDED[config].whole
    assert converted == islands.engine(config).convert(text)


@pytest.mark.parametrize("config", CONFIGS)
def test_wrong_answers_of_the_tables_only_cost_time(config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # A chance hit in the table of triggers once joined two islands: 50 MB of real text found it. A chance hit in the
    # table of inner pairs once put a cut behind a description character: a million hostile lines found it.
    monkeypatch.setattr(bulk, "CHUNK", 300)
    text = "\n".join(Adversary(config, seed=1).lines(500))
    engine = islands.engine(config)
    expected = engine.convert(text)
    random = np.random.default_rng(0)
    arrays = bulk.BulkEngine(engine)
    arrays._triggers |= random.random(len(arrays._triggers)) < 0.2
    arrays._tags[:] = bulk._TAG + 1
    assert arrays.convert(text) == expected
    arrays._inner |= random.random(len(arrays._inner)) < 0.3
    arrays._inner_pairs = InnerPairs([], np.packbits(arrays._inner, bitorder="little").tobytes())
    assert arrays.convert(text) == expected
    monkeypatch.setattr(bulk, "DESCRIPTION_REACH", 64)  # as long as a sequence can be where no stage shrinks the text
    few = "\n".join(line for line in text.split("\n") if "\u2ff0" <= max(line, default="") <= "\u2fff" or len(line) < 9)
    assert arrays.convert(few) == engine.convert(few)


class _OnlyBehindDescriptions(InnerPairs):
    """Finds a cut nowhere but where there must be none: behind an ideographic description character."""

    def __missing__(self, pair: str) -> bool:
        return not "\u2ff0" <= pair[0] <= "\u2fff"


@pytest.mark.parametrize("before", ["", "\u2ff0"])
def test_no_cut_divides_a_description(before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The way to the cut behind one sequence once led to a cut inside the next; a million hostile lines found it.
    monkeypatch.setattr(bulk, "CHUNK", 100)
    engine = islands.engine("s2t")
    arrays = bulk.BulkEngine(engine)
    arrays._inner_pairs = _OnlyBehindDescriptions([], None)
    text = before + "\u8fd9" * 400 + "\u2ff0\u540e\u53f0\u540e\u53f0"
    assert arrays.convert(text) == engine.convert(text)


@pytest.mark.parametrize(("config", "text", "expected"), CASES)
def test_opencc_own_cases(config: str, text: str, expected: str) -> None:
    assert engines.convert(text, config) == expected


def test_there_are_all_of_opencc_own_cases() -> None:
    assert len(CASES) >= 543


@pytest.mark.parametrize("text", ["", "\0", "后\0", "a\0里面\0\0", "\ud800后台\udc00", "\U0010ffff", "\ufeff"])
def test_characters_that_other_libraries_choke_on(text: str) -> None:
    engine = islands.engine("s2twp")
    assert engine.convert(text) == bulk.BulkEngine(engine).convert(text)
    assert [char for char in engine.convert(text) if char < "一" or char > "龥"] == [
        char for char in text if char < "一" or char > "龥"
    ]
