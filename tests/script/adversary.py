"""Hostile text for script conversion: what real text never holds and an engine's shortcuts trip over.

Lines are built from the dictionaries of a configuration: phrases, halves of phrases, phrases that overlap by a
character, phrases of a later stage as their characters would have to stand in the input, separators of one
character, variation selectors, ideographic description sequences (whole, cut short, too deep, too long), characters
outside the BMP, compatibility ideographs, and plain noise.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator

from fixtext.script import tables
from fixtext.script.configs import CONFIGS

_SEPARATORS = ["", "", "", "，", " ", "a", "\u3000", "\ufe00", "\U000e0100", "\u200d", "1", "-", "\r", "あ", "가", "·"]


class Adversary:
    """Makes lines for one configuration; the same seed gives the same lines."""

    def __init__(self, config: str, seed: int = 0) -> None:
        self._random = random.Random(f"{config} {seed}")
        plan = CONFIGS[config]
        names = list(dict.fromkeys(name for levels in plan.stages for name in levels))
        if plan.segmentation and plan.segmentation not in names:
            names.append(plan.segmentation)
        entries = {name: tables.level(name).entries for name in names}
        # By dictionary, so that the small ones come as often as the large.
        self._phrases = [sorted(key for key in one if len(key) > 1) for one in entries.values()]
        self._phrases = [phrases for phrases in self._phrases if phrases]
        self._characters = [sorted(key for key in one if len(key) == 1) for one in entries.values()]
        self._characters = [characters for characters in self._characters if characters]
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for phrases in self._phrases:
            for phrase in phrases:
                self._by_start[phrase[0]].append(phrase)
        self._inverse: dict[str, list[str]] = defaultdict(list)
        for name in plan.stages[0]:
            for key, value in sorted(entries[name].items()):
                if value is not None and len(key) == len(value) == 1:
                    self._inverse[value].append(key)
        self._compatibility = sorted(tables.level(tables.COMPATIBILITY).entries)
        self._astral = [key for characters in self._characters for key in characters if ord(key) > 0xFFFF]
        self._pieces: list[tuple[Callable[[], str], int]] = [
            (self._phrase, 24),
            (self._part, 14),
            (self._overlap, 16),
            (self._before_first_stage, 20),
            (self._character, 14),
            (self._description, 4),
            (self._with_intruder, 4),
            (self._compatible, 3),
            (self._noise, 3),
        ]

    def lines(self, count: int) -> Iterator[str]:
        """Yield lines without newlines, of 1 to about 200 code points."""
        makers, weights = zip(*self._pieces, strict=True)
        for _ in range(count):
            pieces = self._random.choices(makers, weights, k=self._random.choice((1, 2, 3, 5, 8, 13)))
            joined = "".join(piece() + self._random.choice(_SEPARATORS) for piece in pieces)
            yield joined.replace("\n", "")

    def _phrase(self) -> str:
        return self._random.choice(self._random.choice(self._phrases or self._characters))

    def _part(self) -> str:
        phrase = self._phrase()
        start, end = sorted(self._random.choices(range(len(phrase) + 1), k=2))
        return phrase[start:end]

    def _overlap(self) -> str:
        """Phrases that share their last and first character; the last one may be cut."""
        text = self._phrase()
        for _ in range(self._random.randint(1, 3)):
            followers = self._by_start.get(text[-1])
            if not followers:
                break
            text += self._random.choice(followers)[1:]
        return text if self._random.random() < 0.7 else text[:-1]

    def _before_first_stage(self) -> str:
        """A phrase as the input would have to hold it for a later stage to meet it, as far as there is a way."""
        return "".join(self._random.choice([*self._inverse.get(char, []), char]) for char in self._phrase())

    def _character(self) -> str:
        return self._random.choice(self._random.choice(self._characters))

    def _description(self) -> str:
        """An ideographic description sequence, whole or not, with phrases among its operands."""
        kind = self._random.random()
        if kind < 0.5:
            operator = chr(self._random.randint(0x2FF0, 0x2FFF))
            return operator + self._random.choice((self._phrase, self._compatible, self._part, self._overlap))()
        if kind < 0.8:
            operators = "".join(chr(self._random.randint(0x2FF0, 0x2FFF)) for _ in range(self._random.randint(2, 5)))
            return operators + "".join(self._phrase() for _ in range(self._random.randint(1, 5)))
        if kind < 0.9:  # at and beyond the deepest nesting that is still one sequence
            depth = self._random.randint(14, 18)
            return "\u2ff0" * depth + "".join(self._phrase() for _ in range(6))
        # at and beyond the longest sequence
        return "\u2ff0\u2ffe" * 3 + "\u2ff2" * self._random.randint(20, 40) + "".join(self._phrase() for _ in range(30))

    def _with_intruder(self) -> str:
        """A phrase with a variation selector, a joiner or a newline's neighbour in it."""
        phrase = self._phrase()
        at = self._random.randint(0, len(phrase))
        return phrase[:at] + self._random.choice(_SEPARATORS) + phrase[at:]

    def _compatible(self) -> str:
        return self._random.choice(self._compatibility)

    def _noise(self) -> str:
        ranges: tuple[tuple[int, int], ...] = (
            (0x20, 0x7E),
            (0xA0, 0x24F),
            (0x2E80, 0x2FFF),
            (0x3000, 0x30FF),
            (0x3400, 0x4DBF),
        )
        ranges += (
            (0x4E00, 0x9FFF),
            (0xE000, 0xFFFD),
            (0x1F300, 0x1FAFF),
            (0x20000, 0x2FA1F),
            (0x30000, 0x3134A),
            (0xE0100, 0xE01EF),
        )
        first, last = self._random.choice(ranges)
        text = "".join(chr(self._random.randint(first, last)) for _ in range(self._random.randint(1, 4)))
        return text + (self._random.choice(self._astral) if self._astral and self._random.random() < 0.3 else "")
