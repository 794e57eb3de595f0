"""Loads the compiled dictionaries and pairs of a configuration (see tools/build_script_tables.py)."""

from __future__ import annotations

import os
from functools import cache

from fixtext.script.configs import CONFIGS
from fixtext.script.matching import Level, Stage

_DATA = os.path.join(os.path.dirname(__file__), "data")  # noqa: PTH118, PTH120 - pathlib costs 9 ms at start-up
COMPATIBILITY = "CJK_Compatibility_Ideographs"
PACKED = "STPhrases"
"""The dictionary whose inner pairs are stored as a table of bits: to list them takes 15 ms."""


def _read(name: str) -> str:
    with open(os.path.join(_DATA, name), encoding="utf-8", newline="\n") as file:  # noqa: PTH118, PTH123
        return file.read()


@cache
def level(name: str) -> Level:
    """Load one dictionary."""
    keys, values, plain = _read(f"{name}.txt").removesuffix("\n").split("\n\n")
    changed = dict(zip(keys.split("\n"), values.split("\n"), strict=True))
    return Level(changed, plain.split("\n") if plain else ())


@cache
def stage(levels: tuple[str, ...]) -> Stage:
    """Load one stage."""
    return Stage([level(name) for name in levels])


@cache
def compatibility() -> dict[int, str]:
    """Return what OpenCC puts for compatibility ideographs before anything else, by code point."""
    return stage((COMPATIBILITY,)).characters


def evidence() -> tuple[str, str]:
    """Return the characters that only Simplified text holds, and those that only Traditional text holds."""
    simplified, traditional = _read("evidence.txt").split("\n")[:2]
    return simplified, traditional


class Tables:
    """All that the conversion of one configuration needs.

    Attributes:
        stages: the chain, for `matching.convert`.
        segmentation: the dictionary that cuts the text beforehand.
        characters: the whole chain for characters that stand alone, by code point; without the specials.
        specials: characters that do not become exactly one character.
        remnants: conversions that hold a character which only text in the source script should hold; no other
            conversion gives one.
    """

    __slots__ = ("_names", "_pairs", "characters", "remnants", "segmentation", "specials", "stages")

    def __init__(self, config: str) -> None:
        """Load a configuration of OpenCC's."""
        plan = CONFIGS[config]
        self._names = sorted({*plan.stages[0], plan.segmentation or plan.stages[0][0]})
        self.stages = [stage(levels) for levels in plan.stages]
        self.segmentation = level(plan.segmentation) if plan.segmentation is not None else None
        triggers, later_inner, self.specials, remnants = _read(f"{config}.pairs.txt").split("\n")[:4]
        self.remnants = remnants.split()
        self._pairs = triggers, later_inner
        special_codes = set(map(ord, self.specials))
        codes = {code for one in self.stages for code in one.characters} - special_codes
        source = target = "".join(map(chr, codes))
        for one in self.stages:
            target = target.translate(one.characters)
        self.characters = str.maketrans(source, target)

    def triggers(self) -> list[str]:
        """Return the pairs of which one stands in every phrase whose conversion is its own."""
        return _split(self._pairs[0])

    def inner(self) -> tuple[list[str], bytes | None]:
        """Return the pairs between which no cut may be made: a list, and a table of `pairs.pack` for the rest."""
        listed = _split(self._pairs[1])
        table: bytes | None = None
        for name in self._names:
            if name == PACKED:
                with open(os.path.join(_DATA, f"{name}.inner"), "rb") as file:  # noqa: PTH118, PTH123
                    table = file.read()
            else:
                listed += (key[at : at + 2] for key in level(name).entries for at in range(len(key) - 1))
        return listed, table


def _split(pairs: str) -> list[str]:
    return [pairs[index : index + 2] for index in range(0, len(pairs), 2)]
