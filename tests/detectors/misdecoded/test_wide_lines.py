"""Lines that are UTF-16 as a whole: how they are known, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Channel
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.wide_lines import neighbours, places, sign
from fixtext.detectors.neighbours import Table
from fixtext.detectors.signs import Signs
from tests.detectors.misdecoded.test_tables import CONFIG, assert_restored, misread

UNCHANGED = [
    "plakátový/YKRN",
    "|lék|léčivo|opatření",
    "(subst)|cap|căpățână|cioc|clonț|gură|plisc",
    "innkirtlafræði|1",
    'П-П-П-П-Ч-Ч-Х-И-И-И-И-И-И"',
    "\xa0 \xa0 \xa0 \xa0 \xa0 \xa0@",
    "größteÄnderung_2",
    "[État]",
    "Zß0x4aÑ5c{q}",
]

REPAIRED: list[tuple[str, Channel]] = [
    ("显示服务器的版本号", misread("utf-16le", "mac-roman")),
    ("操作系统文件", misread("utf-16be", "cp866")),
    ("資料夾內的檔案", misread("utf-16be", "koi8-r")),
    ("使用者可以選擇", misread("utf-16le", "latin-1")),
    ("を表示します", misread("utf-16le", "cp866")),
    ("チャンネル", misread("utf-16le", "mac-roman")),
    ("데이터베이스", misread("utf-16be", "mac-roman")),
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_unchanged(text: str) -> None:
    assert not places(text, plausibility())
    assert fixtext.repair(text, CONFIG).text == text


@pytest.mark.parametrize(("healthy", "channel"), REPAIRED, ids=str)
def test_repaired(healthy: str, channel: Channel) -> None:
    assert_restored(healthy, channel)


def test_beside_other_lines() -> None:
    damaged = misread("utf-16be", "cp866").damage("操作系统文件")
    assert fixtext.repair(f"one line\n{damaged}\nand another", CONFIG).text == "one line\n操作系统文件\nand another"


@given(
    st.sampled_from([channel.damage(text) for text, channel in REPAIRED]),
    st.integers(0, 3),
    st.text("é a[", max_size=9),
)
def test_all_ways_of_looking_find_them(line: str, before: int, other: str) -> None:
    lines = ["x" * before, other, line, "0a"]
    text = "\n".join(lines)
    assert places(text, plausibility())
    assert not Signs([sign()]).are_absent(text)
    assert 2 in Table([neighbours()]).texts_with_places(lines)
