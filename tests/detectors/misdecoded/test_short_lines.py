"""Short lines by themselves: what shows in them, and what is not held against them."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Channel
from tests.detectors.misdecoded.test_tables import CONFIG, assert_restored, misread

UNCHANGED = [
    "décéléré, dégénéré, élévé",
    "мaма мылa рaму",  # with Latin letters in it
    "±x±, «a», °C°, “A”",
    "20 °C ±2 °C; 5 µm ×3",
    "围 为薇 维违 唯危 微巍 桅委 卫位",
    "只是 用来 兼容 其他 版本 的",
    "ㅇㅓㅂㅔㄴㅈㅕㅅㅡ ㅇㅐㄴㄷㅡㄱㅔㅇㅣㅁ",
    "{5D} {0} {RFC1843} {AB12}",
    "{USER_NAME} {HOST} {1a2b}, {3c4d}",
    "│ x │ y │",
]

REPAIRED: list[tuple[str, Channel]] = [
    # every second byte is ASCII
    ("設置新密碼", misread("cp950", "cp1252")),
    ("テキストボックス", misread("cp932", "cp850")),
    ("テキスト", misread("cp932", "cp1252")),
    ("二進位套件", misread("cp950", "cp866")),
    # kana are of one row by nature
    ("サブディレクトリ", misread("cp932", "gbk")),
    ("われています", misread("cp932", "gb18030")),
    # one byte of the euro sign in cp936, two in GB18030
    ("アップグレードの後から問題を取り扱う", misread("utf-8", "gb18030")),
    # kana are not written in a Chinese page
    ("をもとに書いた", misread("euc-jp", "cp1252")),
    ("色モデルは", misread("euc-jp", "latin-1")),
    # bytes that are UTF-8 of four scripts by chance
    ("もっと詳細な出力", misread("euc-jp", "cp1252")),
    # words of few syllables
    ("새 창을 이 탭 옆에 열 수 없음", misread("cp949", "gbk")),
    # no spaces around Latin words
    ("可以用tar或zip这样的程序来保存文件", misread("gbk", "latin-1")),
    ("范围是从a到z和从A到Z的字母", misread("gb18030", "cp1252")),
    # lines of frames beside letters
    ("这些规则较难创建", misread("gbk", "cp850")),
    # words in braces, each too short by itself
    ("在 一些 简单 的 应用环境, 可以 避免 使用 它.", misread("hz-stripped", "latin-1")),
    ("从任何页面跳转到 view 文档", misread("hz-stripped", "gbk")),
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_unchanged(text: str) -> None:
    assert fixtext.repair(text, CONFIG).text == text


@pytest.mark.parametrize(("healthy", "channel"), REPAIRED, ids=str)
def test_repaired(healthy: str, channel: Channel) -> None:
    assert_restored(healthy, channel)
