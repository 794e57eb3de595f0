"""Question marks that are told to be healthy all at once: no place in which bytes were lost is among them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fixtext import codepages
from fixtext.detectors.lossy import long_texts, question_marks
from fixtext.detectors.lossy.detector import LossyDetector
from fixtext.detectors.lossy.healthy_marks import possible
from fixtext.detectors.lossy.runs import hits
from fixtext.detectors.neighbours import BEHIND, Table

QUESTIONS = ["뭐라고요? 네", "정말입니까?\n", "“왜?” 하고", "你好嗎? ", "これは何ですか?」", "Правда? ", "où ça? Là"]
DAMAGED = [
    codepages.decode(healthy.encode(), page, habit)
    for healthy, page, habit in [
        ("안녕하세요", "cp949", "windows"),
        ("안녕하세요", "cp949", "replace"),
        ("오늘은 날씨가 좋습니다", "cp949", "whatwg"),
        ("你好，世界。今天天氣很好", "cp950", "windows"),
        ("你好吗？操作成功了", "cp936", "windows"),
        ("操作系", "gb18030", "replace"),
        ("日本語です", "cp932", "replace"),
        ("l\u2019\u201dété\u201d", "cp1252-strict", "replace"),
    ]
]
DAMAGED += [text.replace("\ufffd", "?") for text in DAMAGED[3:] if "\ufffd" in text]


def found_in(text: str) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return where characters beyond ASCII stand in front of marks."""
    return np.array([at for at in range(len(text) - 1) if text[at] > "\x7f" and text[at + 1] in "?\ufffd"], np.intp)


def kept(text: str) -> list[int]:
    """Return those that may have lost bytes."""
    codes = np.frombuffer((text + "\n" * BEHIND).encode("utf-32-le", "surrogatepass"), np.uint32)
    found: list[int] = possible(codes, found_in(text)).tolist()
    return found


def assert_nothing_is_lost(text: str) -> None:
    every = [at + 1 for at in found_in(text).tolist()]
    some = [at + 1 for at in kept(text)]
    assert hits(text, some) == hits(text, every)
    assert question_marks.spans(text, some) == question_marks.spans(text, every) == question_marks.spans(text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_healthy_questions_are_told(question: str) -> None:
    assert kept("A" + question) == []


@pytest.mark.parametrize("damaged", DAMAGED)
def test_damage_is_kept(damaged: str) -> None:
    text = f"A {damaged}\n"
    assert hits(text) or question_marks.spans(text)
    assert_nothing_is_lost(text)


def test_no_character_is_taken_for_a_healthy_one() -> None:
    text = "".join([f"{chr(code)}?\n{chr(code)}다?\n" for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xF900])
    every, some = found_in(text), np.array(kept(text), np.intp)
    healthy = np.setdiff1d(every, some)
    assert len(healthy) > 80_000
    assert hits(text, (healthy + 1).tolist()) == []
    assert question_marks.spans(text, (healthy + 1).tolist()) == []


pieces = st.one_of(
    st.sampled_from(QUESTIONS),
    st.sampled_from(DAMAGED),
    st.builds(
        lambda text, start, end: text[start:end], st.sampled_from(DAMAGED), st.integers(0, 9), st.integers(1, 12)
    ),
    st.text(alphabet="? a\n\ufffd\uff1a\u30fb한요多心入é中\u3000\udc80\ue000\U0001f600", max_size=6),
    st.text(alphabet=st.characters(min_codepoint=0x80, max_codepoint=0xD7A3), max_size=3),
)


@given(st.lists(pieces, max_size=12).map("".join))
@example("多有? " + "心人? ")
@example("왜?네\uff1a" + DAMAGED[4])
@example("한" * 30 + "? ")
def test_nothing_is_lost(text: str) -> None:
    assert_nothing_is_lost(text)


@given(st.lists(st.sampled_from(DAMAGED), max_size=3), st.integers(0, 700))
def test_long_texts_find_the_same(damaged: list[str], before: int) -> None:
    questions = "정말입니까? 그래요?\n" * 700
    at = before * 13
    text = questions[:at] + "\n".join(damaged) + "\n" + questions[at:]
    places = Table(long_texts.neighbours()).places(text)
    assert len(places[0]) < 200
    detector = LossyDetector()
    assert [*detector.scan_at(text, *places)] == [*detector.scan(text)]
