"""What the engine itself costs, apart from what its detectors cost: ``pytest benchmarks/test_engine_speed.py``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pytest_benchmark.fixture import BenchmarkFixture

from fixtext import Candidate, Config, Span, Suspect
from fixtext.cli.explain import explanation
from fixtext.engine import run
from tests.doubles import channel

CONFIG = Config(detectors=())
EDITS = 15_000
"""Edits in a megabyte of heavily glossed text."""

TEXT = "".join(f"{'文字' * 10}區(q{chr(97 + number % 20)}{chr(97 + number // 20 % 20)})" for number in range(EDITS))


class Prepared:
    """Proposes what it found before the clock started."""

    name = "prepared"
    summary = "Costs nothing"

    def __init__(self, text: str) -> None:
        self._text = text
        self._candidates = [
            Candidate(self.name, Span(*match.span()), "好字", channel("好字", match.group()), 30.0)
            for match in re.finditer(r"區\(q\w\w\)", text)
        ]
        self._spans = [candidate.span for candidate in self._candidates]

    def scan(self, text: str) -> Sequence[Span]:
        """Return the spans found before."""
        return self._spans if text is self._text else []

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Return the candidates made before."""
        return self._candidates


def test_edits(benchmark: BenchmarkFixture) -> None:
    """Prove, choose and apply 15,000 edits in one megabyte of UTF-8."""
    repair = benchmark(run, TEXT, [Prepared(TEXT)], CONFIG)
    assert len(repair.edits) == EDITS


def test_explanation(benchmark: BenchmarkFixture) -> None:
    """Tell 15,000 edits in words."""
    repair = run(TEXT, [Prepared(TEXT)], CONFIG)
    assert benchmark(lambda: sum(1 for _ in explanation(TEXT, repair))) == 2 * EDITS + 1


def test_healthy_line(benchmark: BenchmarkFixture) -> None:
    """Look at a line in which the scan finds nothing."""
    text = "健康的文字" * 8
    assert benchmark(run, text, [Prepared(TEXT)], CONFIG).text is text
