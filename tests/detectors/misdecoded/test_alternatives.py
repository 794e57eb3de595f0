"""Patterns over classes find the same behind a set of what their alternatives begin with."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.detectors.misdecoded import suspicion
from fixtext.detectors.misdecoded.alternatives import among, led

PATTERNS = [suspicion.SUSPECT, suspicion._DOUBTFUL, suspicion._AMONG_ASCII]
WIDE = ".aAcmpr"


def places(pattern: re.Pattern[str], classes: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(classes)]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(classes=st.text(alphabet=suspicion.LETTERS, max_size=30))
def test_the_same_is_found(pattern: re.Pattern[str], classes: str) -> None:
    assert places(led(pattern.pattern), classes) == places(pattern, classes)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(classes=st.text(alphabet=WIDE, max_size=30))
def test_what_cannot_match_is_left_out(pattern: re.Pattern[str], classes: str) -> None:
    fewer = among(pattern.pattern, WIDE)
    assert len(fewer) < len(pattern.pattern)
    assert places(led(fewer), classes) == places(pattern, classes)


def test_no_alternative_that_a_text_can_match_is_left_out() -> None:
    for pattern in PATTERNS:
        assert among(pattern.pattern, suspicion.LETTERS) == pattern.pattern


def test_alternatives_begin_with_something() -> None:
    with pytest.raises(ValueError, match="begins with neither"):
        led("r|.?r")
