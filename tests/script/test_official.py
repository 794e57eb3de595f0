"""The same, against the packages themselves, each in an environment of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixtext.script import islands
from fixtext.script.configs import CONFIGS
from tests.script import official, recording
from tests.script.adversary import Adversary

OFFICIAL = ("FIXTEXT_OPENCC_PYTHON", "opencc==1.4.2")
REIMPLEMENTED = ("FIXTEXT_OPENCC_REIMPLEMENTED_PYTHON", "opencc-python-reimplemented==0.1.7")
CASES = [
    ((config, text), expected)
    for text, expectations in json.loads(recording.CASES.read_text(encoding="utf-8"))
    for config, expected in expectations.items()
]


@pytest.fixture(scope="session")
def opencc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return official.environment(tmp_path_factory.mktemp("opencc"), *OFFICIAL)


@pytest.fixture(scope="session")
def reimplemented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return official.environment(tmp_path_factory.mktemp("reimplemented"), *REIMPLEMENTED)


@pytest.mark.parametrize("config", CONFIGS)
def test_new_hostile_lines(config: str, opencc: Path) -> None:
    lines = list(Adversary(config, seed=2).lines(3_000))
    engine = islands.engine(config)
    expected = official.convert_lines(opencc, config, lines)
    assert [engine.convert(line) for line in lines] == expected


def test_adapter_of_the_official_package(opencc: Path) -> None:
    questions = [question for question, _ in CASES]
    assert official.convert_by_adapter(opencc, questions) == [expected for _, expected in CASES]


def test_adapter_loses_nothing_that_the_official_package_cannot_take(opencc: Path) -> None:
    answers = official.convert_by_adapter(opencc, [("s2tw", "后台\0里面"), ("s2tw", "\ud800里面")])
    assert answers == ["後臺\0裡面", "\ud800裡面"]


def test_adapter_of_opencc_python_reimplemented(reimplemented: Path) -> None:
    answers = official.convert_by_adapter(reimplemented, [question for question, _ in CASES])
    missing = {config for ((config, _), _), answer in zip(CASES, answers, strict=True) if answer is None}
    assert missing == set(CONFIGS) - {"hk2s", "s2hk", "s2t", "s2tw", "s2twp", "t2hk", "t2s", "t2tw", "tw2s", "tw2sp"}
    had = [answer == expected for (_, expected), answer in zip(CASES, answers, strict=True) if answer is not None]
    # Its dictionaries are years older; docs/script.md says so with this figure.
    assert (sum(had), len(had)) == (227, 495)
