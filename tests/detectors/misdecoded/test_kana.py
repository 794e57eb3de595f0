"""EUC-JP read as GBK: kana stay, the prolonged sound mark and the ideographs do not."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Channel, Config
from fixtext.channels import Decode, Encode
from fixtext.detectors import watch
from fixtext.detectors.misdecoded import suspicion
from fixtext.detectors.misdecoded.detector import MisdecodedDetector
from fixtext.detectors.misdecoded.kana import merged, strangers

CONFIG = Config(detectors=("misdecoded",))
CHANNEL = Channel((Encode("euc-jp"), Decode("gbk")))

SENTENCES = [
    "サーバーを再起動してください",
    "メニューのボタンを押すと、ウィンドウが開きます",
    "キーボードの設定を変更する",
    "プログラムが正常に終了しました",
    "この機能を使うには、管理者の権限が必要です",
    "「もう帰ろう」と彼は言った",
    "ホームページ",
    "ンをインストール",  # its bytes are UTF-8 too, of planes without characters
]

UNTOUCHED = [
    "\u3042\u306e\u5a18\u306f\u541e\u6c14\u306a\u4eba\u3060",  # a rare ideograph beside kana
    "\u30c7\u30fc\u30bf\u3016\u30b5\u30f3\u30d7\u30eb\u3017\u3092\u898b\u308b",  # brackets in pairs
    "\u70b9\u306f\u2248\u306e\u5de6\u306b\u3042\u308b",  # a sign of mathematics
    "\u65e5\u8bed\u7684\u201c\u306e\u201d\u76f8\u5f53\u4e8e\u201c\u7684\u201d\uff0c\u8fd9\u4e2a\u53e5\u5b50\u91cc\u6709\u5f88\u591a",
    "\u5979\u8bf4\u8fc7\u304b\u308f\u3044\u3044\u4e48\uff1f\u8ba4\u8bc6\u7684\u4eba\u90fd\u8fd9\u4e48\u8bf4",
]


@pytest.mark.parametrize("healthy", SENTENCES)
def test_japanese_lines_that_keep_their_kana(healthy: str) -> None:
    assert fixtext.repair(CHANNEL.damage(healthy), CONFIG).text == healthy


@pytest.mark.parametrize("text", [*SENTENCES, *UNTOUCHED])
def test_healthy_lines_beside_kana_stay(text: str) -> None:
    assert fixtext.fix(text) == text


@pytest.mark.parametrize("healthy", SENTENCES)
def test_healthy_lines_are_not_searched(healthy: str) -> None:
    assert strangers(healthy) == []
    assert strangers(CHANNEL.damage(healthy))


@pytest.mark.parametrize("healthy", SENTENCES)
def test_no_way_of_looking_loses_them(healthy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch._Account, "seen", 10**9)
    monkeypatch.setattr(suspicion, "SIEVED", 0)
    detectors = [MisdecodedDetector()]
    text = CHANNEL.damage(healthy)
    lines = ["plain"] * 9 + [text] + [healthy] * 9
    assert not watch.Watch(detectors).passes(text)
    assert 9 in watch.Watch(detectors).flagged(lines)
    assert 9 in watch.Watch(detectors).flagged(lines * 500)


@pytest.mark.parametrize("length", [400, 3_000, 40_000])
def test_a_single_mark_in_a_long_healthy_text(length: int) -> None:
    healthy = ("".join(f"{sentence}。\n" for sentence in SENTENCES) * (length // 100 + 1))[:length]
    line = "\nサーバーを再起動してください\n"
    damaged = f"{healthy}{CHANNEL.damage(line)}{healthy}"
    assert fixtext.repair(damaged, CONFIG).text == f"{healthy}{line}{healthy}"


def test_places_that_overlap_are_one() -> None:
    assert merged([(5, 6), (0, 1), (0, 3), (3, 4)]) == [(0, 3), (3, 4), (5, 6)]
