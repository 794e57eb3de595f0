"""Loads the compiled dictionaries and pairs of a configuration (see tools/build_script_tables.py)."""

from __future__ import annotations

import os
from functools import lru_cache
from operator import add

from fixtext.script.configs import CONFIGS
from fixtext.script.matching import Level, Stage

_DATA = os.path.join(os.path.dirname(__file__), "data")  # noqa: PTH118, PTH120 - pathlib costs 9 ms at start-up
COMPATIBILITY = "CJK_Compatibility_Ideographs"


def _read(name: str) -> str:
    with open(os.path.join(_DATA, name), encoding="utf-8", newline="\n") as file:  # noqa: PTH118, PTH123
        return file.read()


@lru_cache(maxsize=None)
def _blocks(name: str) -> tuple[str, str, str]:
    keys, values, plain = _read(f"{name}.txt").removesuffix("\n").split("\n\n")
    return keys, values, plain


@lru_cache(maxsize=None)
def level(name: str) -> Level:
    """Load one dictionary."""
    keys, values, plain = _blocks(name)
    entries: dict[str, str | None] = dict.fromkeys(plain.split("\n")) if plain else {}
    entries.update(zip(keys.split("\n"), values.split("\n"), strict=True))
    return Level(entries)


@lru_cache(maxsize=None)
def stage(levels: tuple[str, ...]) -> Stage:
    """Load one stage."""
    return Stage([level(name) for name in levels])


@lru_cache(maxsize=None)
def compatibility() -> dict[int, str]:
    """Return what OpenCC puts for compatibility ideographs before anything else, by code point."""
    return stage((COMPATIBILITY,)).characters


class Tables:
    """All that the conversion of one configuration needs.

    Attributes:
        stages: the chain, for `matching.convert`.
        segmentation: the dictionary that cuts the text beforehand.
        characters: the whole chain for characters that stand alone, by code point; without the specials.
        specials: characters that do not become exactly one character.
    """

    __slots__ = ("_names", "_pairs", "characters", "segmentation", "specials", "stages")

    def __init__(self, config: str) -> None:
        plan = CONFIGS[config]
        self._names = {name for name in (*plan.stages[0], plan.segmentation) if name is not None}
        self.stages = [stage(levels) for levels in plan.stages]
        self.segmentation = level(plan.segmentation) if plan.segmentation is not None else None
        triggers, later_inner, self.specials = _read(f"{config}.pairs.txt").split("\n")[:3]
        self._pairs = triggers, later_inner
        special_codes = set(map(ord, self.specials))
        codes = {code for one in self.stages for code in one.characters} - special_codes
        source = target = "".join(map(chr, codes))
        for one in self.stages:
            target = target.translate(one.characters)
        self.characters = str.maketrans(source, target)

    def triggers(self) -> list[str]:
        """Return the pairs of which one stands in every phrase whose conversion is its own."""
        pairs = self._pairs[0]
        return [pairs[index : index + 2] for index in range(0, len(pairs), 2)]

    def inner_texts(self) -> list[str]:
        """Return texts whose pairs of neighbours are the inner pairs, but for those with a newline."""
        pairs = self._pairs[1]
        later = "\n".join(pairs[index : index + 2] for index in range(0, len(pairs), 2))
        texts = [later]
        for name in sorted(self._names):
            keys, _, plain = _blocks(name)
            texts += (keys, plain)
        return texts

    def inner(self) -> set[str]:
        """Return the pairs between which no cut may be made."""
        found: set[str] = set()
        for text in self.inner_texts():
            found.update(map(add, text, text[1:]))
        return found
