"""Signs that cp932 has in two places: text that was UTF-8 has them from the second one."""

from __future__ import annotations

import pytest

import fixtext
from fixtext.codepages.second_cells import OF_UTF8, SECOND_CELLS
from tests.proofs import prove


@pytest.mark.parametrize("healthy", ["税金。金額を確認しますあ", "これは。金額ですあ", "現金。年金。税金。あ"])
def test_gold_comes_back(healthy: str) -> None:
    damaged = healthy.encode().decode("cp932")
    assert "\u2261" in damaged
    repaired = fixtext.repair(damaged)
    assert repaired.text == healthy
    prove(damaged, repaired)


def test_both_cells_are_read_the_same() -> None:
    for char, second in SECOND_CELLS.items():
        assert second.decode("cp932") == char
        assert char.encode("cp932") != second


def test_the_first_cells_of_some_are_no_utf8() -> None:
    for char in OF_UTF8:
        lead = char.encode("cp932")[1]
        assert 0xDA <= lead <= 0xDF  # the first byte of two, which text of East Asia hardly has
