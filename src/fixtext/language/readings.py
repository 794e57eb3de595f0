"""Pinyin readings of Han characters, as dictionaries give them.

The table is that of pypinyin 0.55.0 (MIT), cut down to the characters of GBK; `tools/build_readings.py` makes it.
Every reading is there, so a character of several readings (行 háng, xíng) has several.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _by_reading() -> dict[str, str]:
    table = resources.files("fixtext.language").joinpath("readings.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return {reading: chars for reading, chars in rows}


@lru_cache(maxsize=1)
def _by_char() -> dict[str, tuple[str, ...]]:
    readings: dict[str, tuple[str, ...]] = {}
    for reading, chars in _by_reading().items():
        for char in chars:
            readings[char] = (*readings.get(char, ()), reading)
    return readings


def readings_of(char: str) -> tuple[str, ...]:
    """Return the readings of one character with their tone marks, such as ``("qū",)``; empty if there is none."""
    return _by_char().get(char, ())


def chars_read(reading: str) -> str:
    """Return the characters that have this reading, in code point order; empty if there is none."""
    return _by_reading().get(reading, "")


def is_reading(syllable: str) -> bool:
    """Whether any character is read like this."""
    return syllable in _by_reading()
