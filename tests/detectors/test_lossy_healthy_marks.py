"""Marks of healthy text are told at a look, and none of those behind which anything would be found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtext.channels import Channel, Decode, Encode
from fixtext.channels.loss_steps import QuestionForReplacement
from fixtext.detectors.lossy import question_marks
from fixtext.detectors.lossy.healthy_marks import possible
from fixtext.detectors.lossy.readings import READINGS
from fixtext.detectors.lossy.runs import hits
from fixtext.detectors.neighbours import BEHIND

HEALTHY = [
    "어떻게 하면 됩니까? 모릅니다.",
    "“왜 그래요?” 하고 물었다",
    "(정말?)",
    "Как дела? Что?",
    "どう する?\n",
    "ある?」",
]
PLAIN = "이것은 보통의 문장입니다. " * 4

_ODD = "가나차하홍涛澶浣犲擃歆갸ㅋ„é\xbf\u2019\uff1a\u30fb\uff71\uff82д\ue000\udce4\U0001f600"
ALPHABET = f"{_ODD}?? a\n\ufffd"


def _left(text: str) -> tuple[list[int], list[int]]:
    """Return the places in front of marks of a text, and those of them that may have lost bytes."""
    places = [at for at in range(len(text) - 1) if text[at] > "\x7f" and text[at + 1] in "?\ufffd"]
    codes = np.array([*map(ord, text), *[10] * BEHIND], np.uint32)
    return places, possible(codes, np.array(places, np.intp)).tolist() if places else []


def _found(text: str, marks: list[int]) -> list[object]:
    return [*question_marks.spans(text, marks), *hits(text, marks)]


@pytest.mark.parametrize("text", HEALTHY)
def test_marks_of_healthy_text_are_left_out(text: str) -> None:
    places, left = _left(PLAIN + text)
    assert places
    assert not left


@pytest.mark.parametrize("page", sorted(READINGS))
@pytest.mark.parametrize("line", ["어떻게 하면 됩니까", "怎麼會這樣呢", "你好，世界", "これは何ですか"])
def test_marks_of_damage_stay(line: str, page: str) -> None:
    damaged = Channel((Encode("utf-8"), Decode(page, "replace"), QuestionForReplacement())).damage(line)
    assert isinstance(damaged, str)
    text = f"{PLAIN}{damaged}\n{PLAIN}"
    places, left = _left(text)
    assert _found(text, [at + 1 for at in left]) == _found(text, [at + 1 for at in places])
    assert left or not _found(text, [at + 1 for at in places])


@settings(max_examples=500)
@given(st.text(alphabet=ALPHABET, max_size=40))
def test_nothing_is_found_at_what_is_left_out(part: str) -> None:
    text = f"{PLAIN}{part}\n{PLAIN}"
    places, left = _left(text)
    assert _found(text, [at + 1 for at in left]) == _found(text, [at + 1 for at in places])
    assert question_marks.spans(text, [at + 1 for at in left]) == question_marks.spans(text)


def test_every_character_that_may_begin_is_kept() -> None:
    for char in map(chr, [*range(0x80, 0xD800), *range(0xF900, 0xFFFE)]):
        for text in (f"{PLAIN}{char}?", f"{PLAIN}{char}가??", f"{PLAIN}{char}다?{char}"):
            places, left = _left(text)
            if not left:
                assert not _found(text, [at + 1 for at in places]), (char, text)
