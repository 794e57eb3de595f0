"""What is worth a search and what is not: both tables are looked into place by place."""

from __future__ import annotations

import pytest

from fixtext.channels import Channel, Decode, Encode
from fixtext.detectors.misdecoded.in_place import saved
from fixtext.detectors.misdecoded.one_place import holds
from fixtext.detectors.misdecoded.prospects import are_promising, promising
from fixtext.detectors.misdecoded.single_gains import encoded
from fixtext.detectors.misdecoded.suspicion import noteworthy, suspicious

HEALTHY = [
    "函数式组件在渲染过程中不会创建组件实例。",
    "所有的属性都遵循着单向绑定原则。",
    "邻接矩阵所占的空间更多，稠密图除外。",
    "在深度过大时可能栈溢出。",
    "これは、登録された関数の省略記法です。",
    "예를 들어, 금색 잎사귀가 달린 헬멧입니다.",
]
"""Rare characters, syllables and signs that stand where they belong."""

MISREAD = [
    ("utf-8", "gb18030", "你好，世界很大"),
    ("utf-8", "cp1252", "café Zürich"),
    ("utf-8", "cp949", "我们在家"),
    ("gb18030", "cp950", "中国人民大学"),
    ("cp950", "gb18030", "中華民國文化"),
    ("euc-jp", "gb18030", "日本語の文字"),
    ("cp932", "gb18030", "日本語の文字"),
    ("cp949", "gb18030", "대한민국 서울"),
    ("koi8-r", "gb18030", "привет всем читателям"),
    ("gb18030", "latin-1", "你好世界"),
]


@pytest.mark.parametrize("text", HEALTHY)
def test_nothing_can_come_of_healthy_places(text: str) -> None:
    assert promising(text, suspicious(text)) == []
    assert noteworthy(text) == []


@pytest.mark.parametrize(("source", "reader", "healthy"), MISREAD)
def test_places_of_misread_text_are_promising(source: str, reader: str, healthy: str) -> None:
    text = Channel((Encode(source), Decode(reader, "surrogateescape"))).damage(healthy)
    assert noteworthy(text)
    assert noteworthy(f"Und davor steht etwas: {text}")
    assert noteworthy(f"前面有一句普通的话，{text}，后面还有一句普通的话。")


def test_what_cannot_pay_for_its_borders_is_not_searched() -> None:
    text = Channel((Encode("koi8-r"), Decode("gb18030"))).damage("привет всем")
    assert noteworthy(f"前面有一句普通的话，{text}，后面还有一句普通的话。") == []


@pytest.mark.parametrize(
    "text",
    [
        "Чтобы открыть «настройки», нажмите кнопку.",
        "ЛАТИНСКИЕ БУКВЫ СПИСКА",
        "Werte werden standardmäßig geprüft.",
        "최신 펌웨어가 USB 스틱에 있는지 확인하세요.",
    ],
)
def test_letters_where_they_belong_do_not_pay_for_a_misreading(text: str) -> None:
    assert noteworthy(text) == []


@pytest.mark.parametrize(
    ("source", "reader", "healthy"),
    [
        ("koi8-r", "cp1251", "нажмите кнопку"),
        ("cp1251", "koi8-r", "Выбор буквы"),
        ("cp1253", "cp1251", "καλημέρα σας"),
        ("utf-8", "cp1251", "été"),
        ("utf-8", "mac-roman", "à la fin"),
    ],
)
def test_misread_letters_do(source: str, reader: str, healthy: str) -> None:
    text = Channel((Encode(source), Decode(reader))).damage(healthy)
    assert noteworthy(f"- {text}!")


def test_letters_in_words_of_ascii_pay_together() -> None:
    assert noteworthy(Channel((Encode("utf-8"), Decode("gbk"))).damage("Öffne als Nä"))


def test_more_may_be_asked_of_a_place() -> None:
    text = Channel((Encode("utf-8"), Decode("gb18030"))).damage("你好世界")
    places = suspicious(text)
    assert promising(text, places, more=5.0)
    assert promising(text, places, more=1000.0) == []


def test_a_text_is_damaged_all_over_if_most_of_its_places_are_promising() -> None:
    damaged = Channel((Encode("utf-8"), Decode("gb18030"))).damage("你好世界") * 40
    healthy = "".join(HEALTHY) * 40
    assert are_promising(damaged, [start for start, _ in suspicious(damaged)])
    assert not are_promising(healthy, [index for index, char in enumerate(healthy) if char in "渲绑栈"])


def test_a_long_stretch_is_not_looked_into() -> None:
    assert holds("普通的文字" * 40, 0, 150, more=1000.0)


def test_a_page_that_reads_what_it_does_not_write_saves_nothing() -> None:
    # WHATWG's Big5 reads 99 6D as U+8054 and never writes it: no border of the two texts is one of both.
    assert saved("\u51a6", "", 0, 1, "whatwg-big5", "cp932") == float("-inf")


def test_pages_that_python_does_not_have_are_asked_too() -> None:
    assert encoded("\u4f60", "whatwg-big5") == b"\xa7\x41"
    assert encoded("\u0416", "cp949") == "\u0416".encode("cp949")
    assert encoded("\uac00", "euc-jp-ms") == b""
