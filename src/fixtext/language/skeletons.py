"""Words of 28 languages by what is left of them when their letters beyond ASCII are gone, and how frequent they are.

A *skeleton* is a word in small letters with U+FFFD for each letter beyond ASCII. `tools/build_skeletons.py` makes the
file from the running text that the model is learnt from: of the words that `words` knows those that were counted, by
language, and the commonest words of ASCII, which tell languages apart.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

HOLE = "\ufffd"

LONGEST = 5
"""Letters on either side of a hole by which words are compared."""

_CONTEXTS = ((1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (4, 4), (LONGEST, LONGEST))
_MOST = 200
"""Occurrences of a context that are looked at."""


class Way(NamedTuple):
    """One way to fill the holes of a skeleton.

    Attributes:
        letters: what stands in its holes; empty for words of ASCII. Small, but for a first letter that is a capital
            inside sentences too.
        counts: how often it was seen, by language.
    """

    letters: str
    counts: dict[str, float]


class Beside(NamedTuple):
    """What stands beside a word of one letter in a language: how often it was seen itself, before and behind what."""

    times: int
    behind: dict[str, int]
    before: dict[str, int]


class Skeletons:
    """The words, and how often they were seen.

    Attributes:
        sizes: words that were counted, by language.
        beside: what stands beside words of one letter, by language and letter.
    """

    def __init__(self, data: bytes) -> None:
        """Read the file: 60 ms, once in a process, for texts that have lost letters alone."""
        head, *lines = zlib.decompress(data).decode("utf-8").split("\n")
        self.sizes = {name: int(count) for name, count in (item.split("=") for item in head.split(" "))}
        self._names = list(self.sizes)
        self.beside: dict[str, dict[str, Beside]] = {}
        number = 0
        while lines[number]:
            letter, language, count, behind, before = lines[number].split("\t")
            sides = [_counts(side) for side in (behind, before)]
            self.beside.setdefault(language, {})[letter] = Beside(int(count), *sides)
            number += 1
        self._skeletons: list[str] = []
        self._ways: list[str] = []
        skeleton = ""
        for line in lines[number + 1 :]:
            rest, _, ways = line.partition("\t")
            skeleton = skeleton[: ord(rest[0]) - ord("0")] + rest[1:]
            self._skeletons.append(skeleton)
            self._ways.append(ways)
        self._joined: dict[str, tuple[str, str]] = {}

    def ways(self, skeleton: str) -> list[Way]:
        """Return the words that have a skeleton; for one without holes the word itself, if it is a common one."""
        place = bisect_left(self._skeletons, skeleton)
        if place == len(self._skeletons) or self._skeletons[place] != skeleton:
            return []
        holes = skeleton.count(HOLE)
        found = []
        for way in self._ways[place].split(" "):
            counts = way[holes:]
            seen = {
                self._names[ord(language) - ord("a")]: 2 ** ((ord(times) - ord("0")) / 2)
                for language, times in zip(counts[::2], counts[1::2], strict=True)
            }
            found.append(Way(way[:holes], seen))
        return found

    def alike(self, before: str, holes: int, behind: str, language: str) -> dict[str, float]:
        """Return what stands in some holes in other words of a language that are like one, by probability.

        Each longer context is mixed with what shorter ones say, as in Witten and Bell's estimate, each word once.

        Args:
            before: what of the skeleton stands before the holes.
            holes: how many there are side by side.
            behind: what stands behind them.
            language: the language.
        """
        skeletons, filled = self._words(language)
        before, behind, gap = f"\n{before}", f"{behind}\n", HOLE * holes
        whole = before + gap + behind
        found: dict[str, float] = {}
        asked = ""
        for left, right in _CONTEXTS:
            context = before[-left:] + gap + behind[:right]
            if context == asked:
                continue
            asked = context
            shift = len(before[-left:])
            seen: dict[str, int] = {}
            place, total = skeletons.find(context), 0
            while place >= 0 and total < _MOST:
                if not skeletons.startswith(whole, max(0, place + shift - len(before))):
                    letters = filled[place + shift : place + shift + holes]
                    seen[letters] = seen.get(letters, 0) + 1
                    total += 1
                place = skeletons.find(context, place + 1)
            if not total:
                break
            kinds = len(seen)
            found = {
                letters: (seen.get(letters, 0) + kinds * found.get(letters, 0.0)) / (total + kinds)
                for letters in {*found, *seen}
            }
        return found

    def _words(self, language: str) -> tuple[str, str]:
        """Return the skeletons of a language between line feeds, and the same with their letters in their places."""
        joined = self._joined.get(language)
        if joined is None:
            mark = chr(ord("a") + self._names.index(language))
            skeletons, words = [""], [""]
            for skeleton, ways in zip(self._skeletons, self._ways, strict=True):
                holes = skeleton.count(HOLE)
                if holes and mark in ways:
                    for way in ways.split(" "):
                        if mark in way[holes::2]:
                            letters = iter(way[:holes].lower())
                            skeletons.append(skeleton)
                            words.append("".join([next(letters) if char == HOLE else char for char in skeleton]))
            joined = self._joined[language] = "\n".join([*skeletons, ""]), "\n".join([*words, ""])
        return joined


def _counts(side: str) -> dict[str, int]:
    pairs = [item.rpartition("=") for item in side.split(" ")]
    return {word: int(count) for word, _, count in pairs}


@lru_cache(maxsize=1)
def default_skeletons() -> Skeletons:
    """Return those of the package, read once."""
    return Skeletons(resources.files("fixtext.language").joinpath("skeletons.bin").read_bytes())
