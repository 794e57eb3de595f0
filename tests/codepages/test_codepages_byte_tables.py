"""The tables behind the byte lattice."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.codepages import (
    CODE_PAGES,
    begins_character,
    chars_by_lead,
    chars_by_trail,
    code_page,
    decode,
    encode,
    fitting,
    leads_in_use,
    single_bytes,
)

DOUBLE_BYTE = [name for name in CODE_PAGES if code_page(name).lead_bytes]


@pytest.mark.parametrize("page", DOUBLE_BYTE)
def test_rows_and_columns_hold_the_same_characters(page: str) -> None:
    leads, trails = code_page(page).lead_bytes, code_page(page).trail_bytes
    rows = sorted("".join(chars_by_lead(page, lead) for lead in leads))
    columns = sorted("".join(chars_by_trail(page, trail) for trail in trails))
    assert rows == columns
    assert len(rows) > 4000


@pytest.mark.parametrize("page", DOUBLE_BYTE)
def test_a_row_holds_what_its_pairs_decode_to(page: str) -> None:
    lead = 0xB0
    expected = ""
    for trail in sorted(code_page(page).trail_bytes):
        char = decode(bytes((lead, trail)), page, "ignore") if lead in leads_in_use(page) else ""
        expected += char if len(char) == 1 and encode(char, page, "ignore") == bytes((lead, trail)) else ""
    assert chars_by_lead(page, lead) == expected


def test_counts() -> None:
    assert len(chars_by_lead("gbk", 0xB0)) == 190
    assert len(chars_by_trail("cp936", 0xA1)) == 126
    assert len(fitting((None, None), "gbk")) == 21791
    assert chars_by_lead("gbk", 0x41) == ""
    assert chars_by_lead("cp1252", 0xB0) == ""
    assert chars_by_lead("GB2312", 0xB0) == chars_by_lead("gbk", 0xB0)


def test_single_bytes_and_beginnings() -> None:
    assert single_bytes("cp936")[0x80] == "\u20ac"
    assert 0x80 not in single_bytes("gbk")
    assert len(single_bytes("cp1252")) == 256
    assert 0xB1 in begins_character("cp932") and 0x81 in begins_character("cp932")
    assert 0x80 not in begins_character("gbk")


@pytest.mark.parametrize(
    ("page", "pattern", "some", "count"),
    [
        ("utf-8", (0xE4, 0xBD, None), "你作", 64),
        ("utf-8", (0xE4, None, 0x9C), "作", 64),
        ("utf-8", (None, 0xBD, 0x9C), "作", 13),
        ("utf-8", (0xE6, None, None), "操", 4096),
        ("utf-8", (None, None), "éЖ", None),
        ("utf-8", (None,), "a", 128),
        ("utf-8", (0xF0, 0x9F, 0x98, None), "😀", 64),
        ("utf-8", (0xE4, 0xBD), "", 0),
        ("utf-8", (0xEE, 0x80, None), "", 0),
        ("gbk", (0xC4, None), "你", 190),
        ("gbk", (None, 0xE3), "你", 112),
        ("gb18030", (0x81, 0x39, None, 0x30), "", None),
        ("gb18030", (0x94, 0x39, 0xDA, None), "💩", 10),
        ("cp932", (None,), "ｱA", None),
        ("euc-jp", (0x8F, 0xB0, None), "丂", 94),
        ("euc-jp", (0x8F, 0xA2, 0xB7), "", 0),  # a tilde, which is written in one byte
        ("utf-16le", (0x60, None), "你", None),
        ("utf-16be", (0x4F, 0x60), "你", 1),
        ("cp1252", (0x80,), "€", 1),
        ("cp1253", (0xAA,), "", 0),
    ],
)
def test_fitting(page: str, pattern: tuple[int | None, ...], some: str, count: int | None) -> None:
    found = fitting(pattern, page)
    assert set(some) <= set(found)
    assert len(set(found)) == len(found)
    if count is not None:
        assert len(found) == count


@given(st.characters(), st.sampled_from(["utf-8", "gb18030", "gbk", "cp932", "euc-jp", "cp949", "cp950"]), st.data())
def test_a_character_fits_its_own_bytes_with_any_one_lost(char: str, page: str, data: st.DataObject) -> None:
    if unicodedata.category(char) in ("Cn", "Co", "Cs"):
        return
    encoded = encode(char, page, "ignore")
    if not encoded or decode(encoded, page) != char:
        return
    lost = data.draw(st.integers(0, len(encoded) - 1))
    pattern = [None if place == lost else byte for place, byte in enumerate(encoded)]
    assert char in fitting(pattern, page)
    assert all(
        unicodedata.category(other) not in ("Cn", "Co", "Cs") and len(encode(other, page, "ignore")) == len(encoded)
        for other in fitting(pattern, page)[:20]
    )


def test_many_unknown_bytes_are_as_a_few() -> None:
    everything = fitting((None, None, None), "utf-8")
    assert set(fitting((0xE4, 0xBD, None), "utf-8")) <= set(everything)
    assert list(everything) == sorted(everything)
