"""Steps that lose something run forwards, are written to JSON and read back."""

from __future__ import annotations

import pytest

from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import CutEnd, DropPrivateUse, FillHoles, QuestionForReplacement


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (FillHoles(((1, "b"), (2, "c"))), "a\ufffd?d", "abcd"),
        (QuestionForReplacement(), "a\ufffd\ufffd", "a??"),
        (DropPrivateUse(), "\ue000a\uf8ff\U00100000", "a"),
        (CutEnd(2), b"abc", b"a"),
    ],
)
def test_step(step: Step, before: str | bytes, after: str | bytes) -> None:
    assert step.run(before) == after
    assert Channel.from_dict(Channel((step,)).to_dict()) == Channel((step,))
    with pytest.raises(TypeError):
        step.run(b"" if isinstance(before, str) else "")


def test_a_hole_must_be_there() -> None:
    with pytest.raises(UnicodeError):
        FillHoles(((0, "a"),)).run("b")
    with pytest.raises(UnicodeError):
        FillHoles(((5, "a"),)).run("\ufffd")


def test_no_more_is_cut_than_there_is() -> None:
    with pytest.raises(UnicodeError):
        CutEnd(4).run(b"abc")


@pytest.mark.parametrize(
    ("steps", "healthy", "damaged"),
    [
        ((Decode("cp936", "windows"),), "操作中\n", "\u93bf\u5d84\u7d94\u6d93?"),
        ((Decode("gb18030", "replace"),), "操作中\n", "\u93bf\u5d84\u7d94\u6d93\ufffd\n"),
        ((Decode("gbk", "replace"), QuestionForReplacement()), "一个\n", "\u6d93?\u6d93?\n"),
        ((Decode("cp936", "windows"), DropPrivateUse()), "规范", "\u7459\u52ee\u5bd6"),
        ((CutEnd(1), Decode("utf-8", "replace")), "中文", "中\ufffd"),
        ((Decode("cp1252", "drop-c1"),), "\u00cd", "\u00c3"),
        (
            (Decode("cp936", "windows"), Encode("cp936"), Decode("utf-8", "surrogateescape")),
            "操作中\n",
            "操作\udce4\udcb8?",
        ),
    ],
)
def test_ways_of_losing_bytes(steps: tuple[Step, ...], healthy: str, damaged: str) -> None:
    assert Channel((Encode("utf-8"), *steps)).damage(healthy) == damaged
