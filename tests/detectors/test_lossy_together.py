"""Lost bytes, many places at once: what is remembered or left out must not change what is found."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Config
from fixtext.detectors.lossy.brackets import MARKS, NOT_OWED, UNCLOSED, marks
from fixtext.detectors.lossy.choices import Fits
from fixtext.detectors.lossy.open_marks import LOST
from fixtext.detectors.lossy.places import Place, Weighed
from fixtext.detectors.lossy.runs import RUN, hits
from fixtext.detectors.lossy.swallowed import NO_HABITS, Habits, habits_of
from fixtext.detectors.lossy.weigh import Scales
from fixtext.language import default_model

PLACES = [
    # Inside a stretch two bytes are left, and what stands close is the same; how the lines go on decides.
    Place("指定", "的名 window handle", "的名 window handle", (0xE6, 0x96, None), swallows=False, following=b"\xe7"),
    Place("指定", "的名 文件说明", "的名 文件说明", (0xE6, 0x96, None), swallows=False, following=b"\xe7"),
    Place("由指定", "的名", "的名", (0xE6, 0x96, None), swallows=False, following=b"\xe7"),
    Place("打开", "件夹", "件夹", (0xE6, None, 0x87), swallows=False, following=b"\xe4"),
    Place("    # 返回", "x", "x = 1", (0xE5, 0x80, None), swallows=True, following=b"x"),
    Place("    # 返回", "x", f"x = {LOST}", (0xE5, 0x80, None), swallows=True, following=b"x"),
    Place("（见", "abc", "abc", (0xEF, 0xBC, None), swallows=True, following=b"a"),
    Place("见", "abc", "abc（）", (0xEF, 0xBC, None), swallows=True, following=b"a"),
]
CHAINS = [
    [PLACES[3], Place("", "开", "开", (0xE6, 0x96, None), swallows=False, following=b"\xe5")],
    [PLACES[0], Place("", "的", "的 name", (0xE6, 0x96, None), swallows=False, following=b"\xe7")],
    [PLACES[1], Place("", "的", "的", (0xE6, 0x96, None), swallows=False, following=b"\xe7")],
]


def scales() -> Scales:
    return Scales(default_model(), "hans", lambda: NO_HABITS, Fits())


def is_same(found: Weighed | None, other: Weighed | None) -> bool:
    if found is None or other is None:
        return found is other
    mine, theirs = (
        [*one.char.options, *(one.ascii.options if one.ascii else ()), ("", one.both_wrong)] for one in (found, other)
    )
    return [char for char, _ in mine] == [char for char, _ in theirs] and all(
        share == pytest.approx(other_share, abs=1e-5) for (_, share), (_, other_share) in zip(mine, theirs, strict=True)
    )


@given(st.lists(st.sampled_from(PLACES), max_size=12))
def test_places_that_are_weighed_together_are_weighed_as_alone(places: list[Place]) -> None:
    together = scales()
    for _ in range(2):  # what is remembered too
        for place, found in zip(places, together.weigh(places), strict=True):
            assert is_same(found, scales().weigh([place])[0])


@given(st.lists(st.sampled_from(CHAINS), max_size=6))
def test_chains_that_are_weighed_together_are_weighed_as_alone(chains: list[list[Place]]) -> None:
    for chain, found in zip(chains, scales().weigh_chains(chains), strict=True):
        assert all(map(is_same, found, scales().weigh_chains([chain])[0]))


def test_a_line_without_brackets_owes_none() -> None:
    assert marks("这是", "字符") == {mark: NOT_OWED if mark in "）】」』》〉”’］〕" else UNCLOSED for mark in MARKS}
    assert set(marks("这是", f"字{LOST}符").values()) == {NOT_OWED}
    assert marks("这（是", "字")["）"] < 0 < marks("这(a)是", "字")["）"]


@given(st.lists(st.text("\0中。，a ,\n", max_size=8), max_size=6))
def test_habits_are_those_of_each_stretch(texts: list[str]) -> None:
    alone: Counter[tuple[str, str, str]] = Counter()
    for text in texts:
        alone.update(counts(habits_of([text])))
    assert counts(habits_of(texts)) == alone


def counts(habits: Habits) -> Counter[tuple[str, str, str]]:
    return Counter(
        {
            (name, key, char): count
            for name, counted in zip(Habits._fields, habits, strict=True)
            for key, chars in counted.items()
            for char, count in chars.items()
        }
    )


@given(st.text("a?\ufffd中涓枃 ", max_size=12))
def test_hits_are_runs(text: str) -> None:
    ends = {match.end() for match in RUN.finditer(text)}
    for (start, end), _ in hits(text):
        assert end in ends
        assert start == 0 or text[start - 1] < "\x80" or text[start - 1] in "?\uff1a"


def test_a_line_that_was_read_wrongly_among_those_of_a_round_trip() -> None:
    swallowed = "# 自动化操\udce4\udcbd?x = 1\n"
    misread = "读取所有的数据文件".encode().decode("gb18030", "replace") + "\n"
    assert "\ufffd" in misread
    repaired = fixtext.repair(f"{swallowed}{misread}{swallowed}", Config(detectors=("lossy",))).text
    alone = fixtext.repair(swallowed, Config(detectors=("lossy",))).text
    assert repaired == f"{alone}读取所有的数据文件\n{alone}"
