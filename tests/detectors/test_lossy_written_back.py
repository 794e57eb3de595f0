"""Round trips through cp932: what Windows read as a middle dot came back as 81 45."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixtext
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.lossy.dots import back_of_written, back_with_dots
from fixtext.detectors.lossy.sites import GONE, KEPT, LOST
from tests.proofs import prove, stays

STEPS = (Encode("utf-8"), Decode("cp932", "windows"), Encode("cp932", "windows"))
BYTES = Channel((*STEPS, Decode("utf-8", "surrogateescape")))
MARKS = Channel((*STEPS, Decode("utf-8", "replace")))

HEALTHY = [
    "画像を受け取りました、EasyOCRで解析します",
    "設定は、Eメールで送られます。\n次に、EUの規則を読んでください。\n",
    "丁E、チE、ァE、めE、ぁE",
    "一、EXCELの使い方\n二、EMAILの設定\n",
    "クラスメEとは書きません。",
    "这里有戁E和勁E两个字",
    'label = "\u30c1E\u3001Edge"',
    "\u2701E",
]

REPORT = """# 作業報告

**ステータス**: 完了

設定ファイルの読み込み処理を変更しました。
ディレクトリが存在しない場合は、自動的に作成されます。
- データの形式を指定する
- `config.json` の値を確認してください。

const message = "保存に失敗しました。";
<span>起動</span>

"""

DAMAGED = [
    REPORT,
    "設定ファイルを読み込みます。\nエラーの場合は、ログを確認してください。\n\n終わり\n\n",
    "- データの保存先を指定する\n- 結果を表示する\n- 処理を終了する\n\n",
]


EXAMPLES = [
    "UTF-8 が Shift_JIS として保存されると、保存しました、E のようになります",
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_stay(text: str) -> None:
    assert fixtext.fix(text) == text


@pytest.mark.parametrize("text", HEALTHY)
def test_what_must_not_change(text: str) -> None:
    stays(text)
    assert fixtext.repair_bytes(text.encode()).text == text


@pytest.mark.parametrize("healthy", DAMAGED)
def test_files_come_back(healthy: str) -> None:
    source = BYTES.damage(healthy)
    assert isinstance(source, str)
    assert source != healthy
    repaired = fixtext.repair_bytes(source.encode("utf-8", "surrogateescape"))
    assert repaired.text == healthy
    prove(source, repaired)
    assert fixtext.repair(repaired.text).text == healthy


def test_a_long_file_comes_back() -> None:
    source = BYTES.damage(REPORT * 40)
    assert isinstance(source, str)
    assert fixtext.repair(source).text == REPORT * 40


def test_marks_in_place_of_bytes_come_back_too() -> None:
    healthy = "設定ファイルを読み込みます。\n- ディレクトリを指定する\n- キャッシュを削除する\n\n"
    source = MARKS.damage(healthy)
    assert isinstance(source, str)
    assert "\ufffd" in source
    repaired = fixtext.repair(source)
    assert repaired.text == healthy
    prove(source, repaired)


def test_what_was_added_later_stays() -> None:
    added = "追加した行です。これは壊れていない行なので、そのまま残ります。\n"
    source = BYTES.damage(REPORT)
    assert isinstance(source, str)
    assert fixtext.repair(source + added).text == REPORT + added


def test_what_cannot_be_told_is_a_hole() -> None:
    source = BYTES.damage(REPORT + "**作成日時**: 2026-01-06\n\n")
    assert isinstance(source, str)
    assert fixtext.repair(source).text == REPORT + "**作\ufffd日時**: 2026-01-06\n\n"


@pytest.mark.parametrize(
    ("written", "back"),
    [
        ("\u52c1E", "\udce5\udc8b?"),
        ("\u30c1E\u30bf", "\udce3\udc83?\u30bf"),
        ("\u30c1EE\u30bf", "\udce3\udc83?E\u30bf"),
        ("\u30c1E\u3042\ufffd\ufffd", None),
        ("\u30c1E\udc81E\u30bf", f"\udce3\udc83{LOST}{GONE * 3}\u30bf"),
        ("\u30c1E\udc82\udca3\u30bf", f"\udce3\udc83{LOST * 2}\udc82\udca3\u30bf"),
        ("\u30c1E\ufffd\ufffd\u30bf", f"\udce3\udc83{LOST * 2}{KEPT * 2}\u30bf"),
        ("\u30bf", "\u30bf"),
    ],
)
def test_runs_are_written_back(written: str, back: str | None) -> None:
    found = back_of_written(written)
    text = "".join([part.text for part in found])
    assert sum(part.size for part in found) == len(written)
    if back is None:
        assert not all(part.text for part in found)
    else:
        assert text == back


def test_signs_that_have_two_places_are_read_in_the_right_one() -> None:
    seen = "。金".encode().decode("cp932")
    assert seen[-1] == "\u2261"
    assert back_with_dots(f"{seen}\u7e3a\u30fb") == "。金\udce3\udc81?"


WORDS = [
    "設定",
    "ファイル",
    "を",
    "は",
    "です。",
    "\n",
    " ",
    "(",
    ")",
    "データ",
    "完了",
    "。\n",
    "：",
    "x",
    "!",
    "処理",
    "「",
    "」",
    "🐛",
    "E",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=30).map("".join), st.sampled_from([BYTES, MARKS]))
def test_every_repair_is_proved_and_settles(healthy: str, channel: Channel) -> None:
    source = channel.damage(healthy)
    assert isinstance(source, str)
    repaired = fixtext.repair(source)
    prove(source, repaired)
    assert fixtext.repair(repaired.text).text == repaired.text
