"""The scan of long texts skips most glosses, and finds the same stretches."""

from __future__ import annotations

import random

import pytest

from fixtext.detectors.glossed.detector import GAP, GlossedDetector
from fixtext.detectors.glossed.long_texts import neighbours, stretches_at
from fixtext.detectors.neighbours import Table

PIECES = ("區(qū)", "(qū )", "é)", "ā b", "qūn)", "ǎabc)", "ǎabcd)", "cè))", "éé)é)", "們?cè)诩议T口", "。\n")
"""Glosses, and what looks like one."""


@pytest.mark.parametrize("seed", range(40))
def test_the_stretches_are_those_of_all_glosses(seed: int) -> None:
    chance = random.Random(seed)
    parts = [
        "字" * chance.choice([10, 800, GAP - 5, GAP - 1, GAP, GAP + 1, 2 * GAP]) if chance.random() < 0.3 else piece
        for piece in chance.choices(PIECES, k=chance.randint(1, 60))
    ]
    text = "".join(parts)
    (found,) = Table(neighbours()).places(text)
    assert stretches_at(text, found, GAP) == GlossedDetector().scan(text)
