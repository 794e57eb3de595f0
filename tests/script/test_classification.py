"""Which script a line is in; lines and arrays agree."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.script import majority
from fixtext.script.bulk_classification import classify_arrays
from fixtext.script.classification import Run, Script, classify_lines
from fixtext.script.mixed import is_mixed

VERDICTS = {
    Script.SIMPLIFIED: ["这是简体中文", "日语里的「の」怎么读？", "他说：“後”是繁体的“后”", "연습这个句子说明一切问题"],
    Script.TRADITIONAL: ["這是繁體中文", "皇后與國王", "《紅樓夢》不是简"],
    Script.JAPANESE: ["これは日本語です", "鉄道", "日本の会社", "ﾃｽﾄ", "東京都知事選挙に出馬"],
    Script.KOREAN: ["한국어", "大韓民國은 民主共和國이다"],
    Script.NEUTRAL: ["今后", "佢哋嘅嘢", "中文", "那里", "abc", "", "写"],
}


@pytest.mark.parametrize(("script", "line"), [(script, line) for script, lines in VERDICTS.items() for line in lines])
def test_a_line_by_itself(script: Script, line: str) -> None:
    assert [run.script for run in classify_lines(line)] == ([script] if line else [])


def test_lines_that_do_not_tell_follow_their_neighbours() -> None:
    text = "后台\n这里\n\n今后\n這裡\n今后\nabc\nにほん\n国会\n這篇文章說明\n这篇文章说明\n国内\n"
    runs = list(classify_lines(text))
    assert [(text[run.start : run.end], run.script, run.segments) for run in runs] == [
        ("后台\n这里\n\n今后\n", Script.SIMPLIFIED, 3),
        ("這裡\n今后\nabc\n", Script.TRADITIONAL, 2),
        ("にほん\n国会\n", Script.JAPANESE, 2),
        ("這篇文章說明\n", Script.TRADITIONAL, 1),
        ("这篇文章说明\n国内\n", Script.SIMPLIFIED, 2),
    ]


def test_without_evidence_the_default_decides() -> None:
    assert list(classify_lines("中文\n", Script.JAPANESE)) == [Run(0, 3, Script.JAPANESE, 1)]
    assert list(classify_lines("中文\n")) == [Run(0, 3, Script.NEUTRAL, 1)]


_LINES = st.sampled_from([line for lines in VERDICTS.values() for line in lines])
_TEXTS = st.lists(
    st.one_of(_LINES, st.sampled_from(["\n", "\n\n", " ", "\ue000", "\r"]), st.text(max_size=5), st.just("这" * 300)),
).map("".join)


@given(text=_TEXTS, default=st.sampled_from([Script.NEUTRAL, Script.JAPANESE]))
def test_arrays_give_the_same_runs(text: str, default: Script) -> None:
    runs = list(classify_lines(text, default))
    assert list(classify_arrays(text, default)) == runs
    assert "".join(text[run.start : run.end] for run in runs) == text


@given(
    text=_TEXTS, most=st.sampled_from(["\n这是简体中文\n", "\n這是繁體中文\n", "今后\n", ""]), count=st.integers(0, 9)
)
def test_looking_at_the_odd_lines_only_gives_the_same_runs(text: str, most: str, count: int) -> None:
    text = most * count + text + most + text
    with mock.patch.object(majority, "_MOST", 0.01):
        runs = majority.majority_runs(text)
    if runs is not None:
        assert runs == [run._replace(segments=min(run.segments, 1)) for run in classify_lines(text)]


def test_a_text_of_many_kinds_is_not_looked_at_line_by_line() -> None:
    assert majority.majority_runs("这是简体中文\n這是繁體中文\n" * 99) is None
    assert majority.majority_runs("这是简体中文\n" * 99) is not None
    assert majority.majority_runs("这是简体中文\n" * 99 + "这" * 30_000 + "這") is None


def test_a_japanese_page_that_names_a_chinese_edition_is_japanese() -> None:
    text = "これは日本語の文書です\n- [简体中文 / 簡体字中国語] [ソース]\nつづき\n"
    assert [run.script for run in classify_lines(text)] == [Script.JAPANESE]


@pytest.mark.parametrize(
    "text",
    [
        "連云港的醫院",
        "以前去過那里，當時還是學生",
        "今后將開設網絡課程",
        "關于這個問題",
        "陽臺上有一朵云，遠處傳來車聲",
    ],
)
def test_pages_converted_character_by_character(text: str) -> None:
    assert is_mixed(text)


@pytest.mark.parametrize(
    "text",
    ["", "皇后大道", "公里數與里程", "這是正確的繁體中文，今後也是", "關於制度與系統的說明", "人云亦云", "英里與公里"],
)
def test_real_traditional(text: str) -> None:
    assert not is_mixed(text)
