"""Korean and Traditional Chinese in UTF-8, read in pages of Windows that show one mark for two bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fixtext
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from tests.proofs import prove, stays

BROWSER = Channel((Encode("utf-8"), Decode("cp949", "whatwg")))
JAVA = Channel((Encode("utf-8"), Decode("cp949", "replace")))
WINDOWS = Channel((Encode("utf-8"), Decode("cp949", "windows")))
TAIWAN = Channel((Encode("utf-8"), Decode("cp950", "windows")))

HEALTHY = [
    "뭐라고요? 정말?한글",
    "안녕하세요?반갑습니다?",
    "이것은?저것은?그것은?",
    "정말 그렇습니까?? 네?",
    "什麼?真的?",
    "你好嗎?我很好?中文?",
    "這是\ufffd\ufffd嗎?",
    "한\ufffd글\ufffd",
    "\ufffd안녕\ufffd",
    "가?나?다?라?마?바?사?",
]


def comes_back(healthy: str, channel: Channel) -> None:
    damaged = channel.damage(healthy)
    assert isinstance(damaged, str)
    repaired = fixtext.repair(damaged)
    assert repaired.text == healthy
    prove(damaged, repaired)


EXAMPLES = [
    "If UTF-8 is read as EUC-KR, it says \ufffd\ub348\ub01e\ufffd\uc10f\uaf6d\ufffd\ufffd",
    "If UTF-8 is read as EUC-KR, it says ?\ub348\ub01e?\uc10f\uaf6d??",
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_stay(text: str) -> None:
    assert fixtext.fix(text) == text


@pytest.mark.parametrize("text", HEALTHY)
def test_what_must_not_change(text: str) -> None:
    stays(text)


@pytest.mark.parametrize("healthy", ["안녕하세요", "HTML 시작하기"])
@pytest.mark.parametrize("channel", [BROWSER, JAVA, WINDOWS], ids=["browser", "java", "windows"])
def test_short_ones_come_back(healthy: str, channel: Channel) -> None:
    comes_back(healthy, channel)


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("\ufffd\ub348\ub01e\ufffd\uc10f\uaf6d\ufffd\ufffd", "안녕하세요"),
        ("?\ub348\ub01e?\uc10f\uaf6d??", "안녕하세요"),
    ],
)
def test_as_it_is_known(damaged: str, expected: str) -> None:
    assert fixtext.fix(damaged) == expected


@pytest.mark.parametrize(
    ("channel", "healthy"),
    [
        (BROWSER, "사용자 정보를 가져올 수 없습니다."),
        (JAVA, "사용자 정보를 가져올 수 없습니다."),
        (JAVA, "파일을 찾을 수 없습니다"),
        (JAVA, "// 로그인 처리"),
        (TAIWAN, "繁體中文"),
    ],
)
def test_sentences_come_back(channel: Channel, healthy: str) -> None:
    comes_back(healthy, channel)


def test_what_cannot_be_told_is_a_hole() -> None:
    damaged = WINDOWS.damage("파일을 찾을 수 없습니다")
    assert isinstance(damaged, str)
    assert fixtext.fix(damaged) == "파일\ufffd 찾을 \ufffd 없습니다"


WORDS = ["사용자", "는", " ", "파일", "을", "하세요", ".", "?", "\n", "정보", "x", "中", "안녕", "文", "\ufffd"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=20).map("".join),
    st.sampled_from([BROWSER, JAVA, WINDOWS, TAIWAN]),
)
def test_every_repair_is_proved_and_settles(healthy: str, channel: Channel) -> None:
    damaged = channel.damage(healthy)
    assert isinstance(damaged, str)
    repaired = fixtext.repair(damaged)
    prove(damaged, repaired)
    assert fixtext.repair(repaired.text).text == repaired.text
