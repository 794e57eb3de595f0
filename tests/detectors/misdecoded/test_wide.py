"""UTF-16 read in bytes, ISO-2022 and HZ with their escapes and without, and what is not that."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Channel
from tests.detectors.misdecoded.test_tables import CONFIG, assert_restored, misread

UNCHANGED = [
    "${USER_NAME} {HOST}: {BASE_DIRECTORY} {#APP_OPTION_NAMES}",
    r"\frac{ABCD1234}{a+b} {0xA1B2C3D4} {RFC1843;RFC1468}",
    '{"id": "{9F86D081-884C-7D65-9A2F-EAA0C55AD015}"}',
    "a\0b and one more",
    "\x1b$ is no escape by itself, \x1b(B neither",
    "#define MASK $B(0x41)",
    "f^Ao^B: \x01\x02\x03 controls in a row \x04\x05",
    "5 \u3016\u6ce8\u3017 \u5728\u672c\u4e66\u4e2d",
    "50\xb000\u203210\u2033 N, 0\xb00\u2032, 10\u20130 and 0\xd70\xd70",
    "r0\xa0r1 g0 b0 a0b0c0\xe9d0e0f0",
    "\xbb0a0b0c0d0e0f0\xab",
    "a0b0c0d0e0f0 \xe9t\xe9 W0X0Y0Z0",
    "\x01\x04\x02\x04\x03\x04 three fields",
    "x~{5Z~}y and ~{=Z~} by themselves",
    "\\def\\code#1#2#3#4{\\texttt{U+#1#2#3#4}}%",
]

REPAIRED: list[tuple[str, Channel]] = [
    ("The old parser reads one line.", misread("utf-16le", "latin-1")),
    ("The old parser reads one line.", misread("utf-16be", "cp437")),
    ("Il était une fois à l'école", misread("utf-16le", "cp1252")),
    ("Привет! Как дела?", misread("utf-16le", "gbk")),
    ("你们都来看一看吧", misread("utf-16be", "utf-16le")),
    ("Привет, как дела", misread("utf-16be", "utf-16le")),
    ("กระโดดขึ้นไป", misread("utf-16be", "utf-16le")),
    ("Εισαγωγή", misread("utf-16be", "utf-16le")),
    ("不知道这个文件上面写了什么", misread("utf-16le", "latin-1")),
    ("不知道这个文件\n上面写了什么", misread("utf-16be", "cp437")),
    ("これはファイルの名前です。", misread("utf-16le", "koi8-r")),
    ("오늘은 날씨가 아주 좋습니다.", misread("utf-16be", "mac-roman")),
    ("สวัสดีครับ วันนี้อากาศดี", misread("utf-16le", "cp1252")),
    ("これからは", misread("utf-16le", "cp1252")),
    ("ありがとう", misread("utf-16be", "cp437")),
    ("de l’école", misread("utf-16be", "ptcp154")),
    ("führt", misread("utf-16be", "cp1252")),
    ("είναι", misread("utf-16le", "koi8-r")),
    ("ОБЗОР", misread("utf-16be", "latin-1")),
    ("第 3.1.2 节“读取文件的各种方法”", misread("hz", "latin-1")),
    ("일반 사용자 만들기", misread("iso-2022-kr", "utf-16le")),
    ("に展開します", misread("utf-16le", "cp437")),
    ("ゆっくり歩いていこう", misread("utf-16le", "koi8-r")),
    ("犬《いぬ》を飼っている", misread("utf-16le", "cp1252")),
    ("猫《ねこ》が鳴いている", misread("utf-16be", "cp437")),
    ("はじめまして、どうぞよろしく", misread("utf-16be", "cp1251")),
    ("这是什么意思呢", misread("utf-16le", "cp437")),
    ("これは日本語です。", misread("iso-2022-jp", "latin-1")),
    ("名前は ABC で\n値は 12 です", misread("iso-2022-jp", "cp932")),
    ("（例）狐《きつね》", misread("iso-2022-jp-stripped", "latin-1")),
    ("한글은 아주 쉽습니다", misread("iso-2022-kr", "latin-1")),
    ("这里是北京的天气预报", misread("hz", "gbk")),
    ("这里是北京的天气预报", misread("hz-stripped", "latin-1")),
    ("これは日本語です。", misread("iso-2022-jp-stripped", "utf-16le")),
    ("这里是北京的天气预报", misread("hz", "utf-16le")),
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_unchanged(text: str) -> None:
    assert fixtext.repair(text, CONFIG).text == text


@pytest.mark.parametrize(("healthy", "channel"), REPAIRED, ids=str)
def test_repaired(healthy: str, channel: Channel) -> None:
    assert_restored(healthy, channel)


@pytest.mark.parametrize(
    ("healthy", "channel"), [case for case in REPAIRED[:7] if not str(case[1]).endswith("decode utf-16le")], ids=str
)
def test_lines_beside_it_stay(healthy: str, channel: Channel) -> None:
    before, after = "an ordinary line\n", "\n最后一行没有问题\n"
    damaged = before + channel.damage(healthy) + after
    assert fixtext.repair(damaged, CONFIG).text == before + healthy + after


def test_pages_that_fit_alike_are_reported() -> None:
    damaged = misread("utf-16le", "cp437").damage("Húngaro")
    repair = fixtext.repair(damaged, CONFIG)
    assert not repair.edits
    (suspect,) = repair.suspects
    assert "Húngaro" in [candidate.text for candidate in suspect.candidates]
