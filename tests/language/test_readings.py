"""The table of readings: what any dictionary says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.language.readings import chars_read, is_first_reading, is_reading, readings_of


@pytest.mark.parametrize(
    ("char", "readings"),
    [
        ("區", {"qū", "ōu"}),
        ("冊", {"cè"}),
        ("醫", {"yī"}),
        ("長", {"cháng", "zhǎng"}),
        ("行", {"háng", "xíng"}),
        ("績", {"jī", "jì"}),  # a Traditional character also has the readings of its Simplified form
        ("們", {"men"}),  # the neutral tone has no mark
        ("綠", {"lǜ", "lù"}),
        ("区", {"qū", "ōu"}),
    ],
)
def test_readings_are_those_of_dictionaries(char: str, readings: set[str]) -> None:
    assert readings <= set(readings_of(char))
    assert is_first_reading(char, readings_of(char)[0])
    assert all(char in chars_read(reading) and is_reading(reading) for reading in readings)


def test_first_readings_stand_first() -> None:
    assert readings_of("醫")[0] == "yī"
    assert not is_first_reading("區", "ōu")
    assert is_first_reading("區", "qū")


@pytest.mark.parametrize("char", ["", "A", "，", "ā", "🙂", "か"])
def test_what_is_no_han_character_has_none(char: str) -> None:
    assert readings_of(char) == ()


@pytest.mark.parametrize("syllable", ["", "yi1", "Yī", "xyz", "yī ", "html"])
def test_what_is_no_syllable_reads_nothing(syllable: str) -> None:
    assert not is_reading(syllable)
    assert chars_read(syllable) == ""


@given(st.characters(codec="gbk"))
def test_the_table_reads_the_same_in_both_directions(char: str) -> None:
    readings = readings_of(char)
    assert len(set(readings)) == len(readings)
    assert all(char in chars_read(reading) for reading in readings)


def test_every_common_character_of_gb2312_has_a_reading() -> None:
    rows = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    chars = [row.decode("gb2312", "ignore") for row in rows]
    assert [char for char in chars if char and not readings_of(char)] == []


def test_all_characters_of_the_table_are_in_gbk() -> None:
    syllables = {reading for char in "區冊醫長行績們綠" for reading in readings_of(char)}
    for syllable in syllables:
        chars_read(syllable).encode("gbk")
