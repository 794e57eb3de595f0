"""The compiled tables: small, and what the engine takes for granted holds."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from fixtext.script import matching, tables
from fixtext.script.configs import CONFIGS
from fixtext.script.islands import DESCRIPTION_REACH
from fixtext.script.pairs import InnerPairs, pack

DATA = Path(tables.__file__).parent / "data"


def test_size_in_the_wheel() -> None:
    assert sum(len(zlib.compress(file.read_bytes())) for file in DATA.iterdir()) < 2_000_000


def test_the_licence_of_the_dictionaries_is_with_them() -> None:
    assert "Apache License" in Path(DATA, "LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("config", CONFIGS)
def test_triggers_are_inner(config: str) -> None:
    loaded = tables.Tables(config)
    inner = InnerPairs(*loaded.inner())
    assert all(inner[pair] for pair in loaded.triggers())


def test_a_table_of_pairs_never_forgets_one() -> None:
    pairs = ["后台", "里面", "\U00020000\U0002ffff", "  "]
    packed = InnerPairs([], pack(pairs))
    assert all(packed[pair] for pair in pairs)
    assert not packed["今后"]
    listed = InnerPairs(pairs, None)
    assert [listed[pair] for pair in (*pairs, "今后")] == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("⿰木目", 3),
        ("⿰木目林", 3),
        ("⿲彳王亍", 4),
        ("⿱⿰木木⿰木木", 7),
        ("⿾木", 2),
        ("⿰木", 0),
        ("⿰", 0),
        ("木", 1),
        ("⿰" * 15 + "木" * 16, 31),
        ("⿰" * 16 + "木" * 17, 0),  # OpenCC looks 16 levels deep
        ("⿲" * 5 + "⿱" * 10 + "木" * 21, 36),
    ],
)
def test_ideographic_description_sequences(text: str, length: int) -> None:
    assert matching.description_length(text, 0) == length


def test_no_sequence_is_longer_than_the_engine_looks() -> None:
    assert DESCRIPTION_REACH >= matching.MAX_DESCRIPTION_LENGTH
    wide = "⿲" + "⿲木木木" * 3
    assert matching.description_length(wide, 0) == len(wide)
    # A full ternary tree of four levels has 121 characters, more than OpenCC takes.
    tree = "木"
    for _ in range(4):
        tree = "⿲" + tree * 3
    assert matching.description_length(tree, 0) == 0


@pytest.mark.parametrize(
    "config", [config for config in CONFIGS if config.startswith("s2") or config in ("t2s", "tw2sp")]
)
def test_conversion_takes_all_evidence_of_the_source_away(config: str) -> None:
    from fixtext.script.engines import convert

    source = set(tables.evidence()[not config.startswith("s2")])
    loaded = tables.Tables(config)
    for levels in CONFIGS[config].stages:
        for name in levels:
            for key in tables.level(name).entries:
                converted = convert(key, config)
                assert not source & set(converted) or any(remnant in converted for remnant in loaded.remnants)
