"""Zeros at every second place: what a short text is looked at for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.detectors.misdecoded.kana_rows import in_step, neighbours, sign
from fixtext.detectors.neighbours import Table
from fixtext.detectors.signs import Signs

FOUND = ["d0\u20390W0v0", "0d0\u20390W0v", "\u20390k0o0", "0k0o0\u2039", "x d0\xee0W0 y"]
NOT_FOUND = ["10\xb000\u203200\u2033", "0\xd70", "a0b0c0", "0\xe9 0 0", "\xe90 a0 b0", "d0\u20390 W0"]


@pytest.mark.parametrize("text", FOUND)
def test_found(text: str) -> None:
    assert in_step(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert not in_step(text)


@given(st.text(st.sampled_from("0019aB \n\x01\xe9\u2039\u4e00"), max_size=40), st.integers(0, 3))
def test_all_ways_of_looking_find_the_same_texts(text: str, before: int) -> None:
    found = bool(in_step(text))
    assert Signs([sign()]).are_absent(text) != found
    lines = ["x" * before, *text.split("\n"), "0a"]
    flagged = Table([neighbours()]).texts_with_places(lines)
    assert {index for index, line in enumerate(lines) if in_step(line)} <= {*flagged}
