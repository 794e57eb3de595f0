"""Pinyin readings of Han characters, as dictionaries give them.

The table is that of pypinyin 0.55.0 (MIT), cut down to the characters of GBK; `tools/build_readings.py` makes it.
Every reading is there, so a character of several readings (行 háng, xíng) has several, and a Traditional character
has those of its Simplified form too (績 has jī, and jì from 绩).
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _by_reading() -> dict[str, tuple[str, str]]:
    """Return reading -> (characters that have it as their first, characters that have it as a further one)."""
    table = resources.files("fixtext.language").joinpath("readings.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return {reading: (first, further) for reading, first, further in rows}


@lru_cache(maxsize=4096)
def readings_of(char: str) -> tuple[str, ...]:
    """Return the readings of one character with their tone marks, such as ``("qū",)``; empty if there is none.

    A first reading stands before the further ones.
    """
    if not char:
        return ()  # nothing is part of every string of characters
    # A text names few characters: going through the 1,500 rows for each takes less than turning the table round.
    rows = _by_reading().items()
    first = tuple(reading for reading, chars in rows if char in chars[0])
    return first + tuple(reading for reading, chars in rows if char in chars[1])


def is_first_reading(char: str, reading: str) -> bool:
    """Whether dictionaries name this reading of the character first."""
    return bool(char) and char in _by_reading().get(reading, ("", ""))[0]


def chars_read(reading: str) -> str:
    """Return the characters that have this reading; empty if there is none."""
    return "".join(_by_reading().get(reading, ()))


def is_reading(syllable: str) -> bool:
    """Whether any character is read like this."""
    return syllable in _by_reading()
