"""What two bytes would be elsewhere: looked up for many places, the same as read one by one."""

from __future__ import annotations

import numpy as np
import pytest

from fixtext.channels import Channel, Decode, Encode
from fixtext.detectors.misdecoded.exchange import gains
from fixtext.detectors.misdecoded.prospects import prospects
from fixtext.detectors.misdecoded.single_gains import PAIRS
from fixtext.detectors.misdecoded.suspicion import suspicious
from fixtext.detectors.misdecoded.wide_places import EXCHANGE_BITS

AROUND = "前面有一句普通的话，这里没有什么可看的。\n" * 20
"""What makes a line a part of a longer text."""

HEALTHY = [
    "遵大路兮，掺执子之袪兮，无我恶兮，不寁故也。",
    "琴瑟在御，莫不静好。知子之来之，杂佩以赠之。",
    "嗰個係邊個嚟㗎？佢喺度做乜嘢？",
    "瘢痕を結んだりして、数千条の互に怒つて切り合ふ溝のやう",
    "だけです。――」と漁夫はいいました。",
]

MISREAD = [
    ("gb18030", "cp950", "中国人民大学图书馆"),
    ("cp950", "gb18030", "中華民國文化部"),
    ("euc-jp", "gb18030", "日本語の文字"),
    ("cp932", "gb18030", "日本語の文字"),
    ("cp949", "gb18030", "대한민국 서울"),
    ("koi8-r", "gb18030", "привет всем"),
    ("cp1251", "cp949", "Москва слезам"),
    ("utf-8", "gb18030", "你好世界"),
    ("utf-8", "cp932", "今日は天気"),
]


def _prospects_in_a_longer_text(line: str) -> list[bool]:
    places = [(start + len(AROUND), end + len(AROUND)) for start, end in suspicious(line)]
    return list(prospects(f"{AROUND}{line}\n{AROUND}", places))


@pytest.mark.parametrize("text", HEALTHY)
def test_healthy_lines_of_a_longer_text_are_not_searched(text: str) -> None:
    assert not any(_prospects_in_a_longer_text(text))


@pytest.mark.parametrize(("source", "reader", "healthy"), MISREAD)
def test_misread_lines_of_a_longer_text_are(source: str, reader: str, healthy: str) -> None:
    damaged = Channel((Encode(source), Decode(reader, "surrogateescape"))).damage(healthy)
    assert any(_prospects_in_a_longer_text(damaged))


@pytest.mark.parametrize(("source", "reader", "healthy"), MISREAD[:7])
def test_the_misreading_gains_what_it_has_to(source: str, reader: str, healthy: str) -> None:
    damaged = Channel((Encode(source), Decode(reader))).damage(healthy)
    found = gains(damaged, [(1, 3)])
    assert found.shape == (1, len(PAIRS))
    assert found[0, PAIRS.index((source, reader))] >= EXCHANGE_BITS


def test_each_place_is_weighed_by_itself() -> None:
    damaged = Channel((Encode("gb18030"), Decode("cp950"))).damage("中国人民大学")
    text = f"{damaged}{AROUND}{damaged}"
    places = [(0, 2), (len(damaged) + 30, len(damaged) + 32), (len(text) - 3, len(text))]
    together = gains(text, places)
    for row, place in zip(together, places, strict=True):
        assert np.array_equal(row, gains(text, [place])[0])
