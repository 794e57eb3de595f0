"""Healthy characters with what stands around them, for the network to learn from.

Ends of stretches of Chinese are what gets lost; characters inside of them teach it the language. Texts count with
narrow punctuation too, as in `places`.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .documents import HAN, Document
from .places import NARROW, broken_lines

PER_PACKAGE = 60_000
"""Examples of a package, chosen at random."""
INSIDE = 0.3
"""Share of the characters inside stretches. Without them and without narrow punctuation 87.5 % of the first guesses are
right, with both 88.7 % (5,999 lost characters of packages that nothing was learned from)."""
NARROW_SHARE = 0.5
"""Share of the places of texts with narrow punctuation."""

_LONGEST = 400
"""Characters of a line; longer ones are data."""
_AROUND = 80
_INSIDE = re.compile("(?<=[\u4e00-\u9fff])[\u3001-\u9fff\uff00-\uffef](?=[\u3001-\u9fff\uff00-\uffef])")


class Example(NamedTuple):
    """A character, and the line around it.

    Attributes:
        left: the line in front of it.
        char: the character.
        behind: the character behind it.
        rest: the line behind that one, with `open_marks.LOST` for what other places would lose.
        ends: whether a stretch of Chinese ends with it.
    """

    left: str
    char: str
    behind: str
    rest: str
    ends: bool


def examples(texts: Iterable[Document]) -> list[Example]:
    """Return the examples of all texts, each once."""
    found: defaultdict[str, list[Example]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    chance = random.Random(1)
    for package, text, _ in texts:
        of_package = found[package]
        for example, share in _examples(text):
            key = example.left[-9:] + example.char, example.behind + example.rest[:6]
            if key not in seen and chance.random() < share:
                seen.add(key)
                of_package.append(example)
    chosen = []
    for _, of_package in sorted(found.items()):
        chance.shuffle(of_package)
        chosen += of_package[:PER_PACKAGE]
    return chosen


def _examples(text: str) -> Iterable[tuple[Example, float]]:
    """Yield the examples of a text, each with the share of its kind that counts."""
    narrow = text.translate(NARROW)
    for written, share in ((text, 1.0), (narrow, NARROW_SHARE if narrow != text else 0.0)):
        for odd in (True, False) if share else ():
            for left, swallowed, _, rest in broken_lines(written, odd=odd):
                if not "\u0800" <= left[-1] <= "\uffff":  # not three bytes of UTF-8
                    continue
                yield Example(left[-_AROUND - 1 : -1], left[-1], swallowed, rest[:_AROUND], ends=True), share
    for line in text.split("\n"):
        if len(line) <= _LONGEST and HAN.search(line):
            for match in _INSIDE.finditer(line):
                start = match.start()
                left, rest = line[max(0, start - _AROUND) : start], line[start + 2 : start + 2 + _AROUND]
                yield Example(left, match[0], line[start + 1], rest, ends=False), INSIDE
