"""Double-byte text that lost bytes in a single-byte page: soft hyphens, A0 that became a space, what the page lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Channel
from fixtext.channels import Decode, Encode, Step
from fixtext.channels.space_steps import BlankNoBreakSpaces, DropSoftHyphens
from tests.proofs import prove

SOFT = (DropSoftHyphens(),)
BLANK = (BlankNoBreakSpaces(),)

REPAIRED: list[tuple[str, str, str, tuple[Step, ...]]] = [
    ("这个程序在压缩和解压缩时保留原文件的时间。", "gbk", "cp1252", SOFT),
    ("探测到一个非法操作，这通常意味着输入文件已经损坏。", "gbk", "latin-1", SOFT),
    ("今天我們在學校上課，老師教我們唱歌", "big5", "latin-1", SOFT),
    ("行政院長表示，將來會再檢討這個方案", "big5", "cp1252", SOFT),
    ("障害の範囲は非常に多く、大きく四つに分類されます。", "euc-jp", "latin-1", SOFT),
    ("家を出る時はみんなが玄関まで送ってくれました。", "cp932", "latin-1", SOFT),
    ("사용자는 화면에서 만나는 모든 글자를 고칠 수 있습니다", "cp949", "cp1252", SOFT),
    ("朝は九時頃に出かけたら、途中で友だちに会いました。", "cp932", "latin-1", BLANK),
]

UNCHANGED = [
    "Ångström, Österreich, façade, naïve, coöperate, Ærøskøbing",
    "RØDGRØD MED FLØDE, ÄPPLEN OCH PÄRON, ÇA VA",
    "àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ ÐÑÒÓÔÕÖ ØÙÚÛÜÝÞß",
    "¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿",
]


def thin(healthy: str, source: str, reader: str, more: tuple[Step, ...]) -> str:
    return Channel((Encode(source), Decode(reader), *more)).damage(healthy)


@pytest.mark.parametrize(("healthy", "source", "reader", "more"), REPAIRED)
def test_bytes_that_vanished_are_put_back(healthy: str, source: str, reader: str, more: tuple[Step, ...]) -> None:
    damaged = thin(healthy, source, reader, more)
    assert damaged != thin(healthy, source, reader, ())
    repair = fixtext.repair(damaged)
    prove(damaged, repair)
    assert repair.text == healthy
    assert any(edit.guesses for edit in repair.edits)


@pytest.mark.parametrize(("healthy", "source", "reader", "more"), REPAIRED)
def test_what_lost_nothing_is_not_guessed(healthy: str, source: str, reader: str, more: tuple[Step, ...]) -> None:
    repair = fixtext.repair(thin(healthy, source, reader, ()))
    assert repair.text == healthy
    assert not any(edit.guesses for edit in repair.edits)


@pytest.mark.parametrize("text", UNCHANGED)
def test_letters_of_western_languages_stay(text: str) -> None:
    assert fixtext.repair(text).text == text


def test_a_document_in_which_every_line_lost_a_byte() -> None:
    lines = [healthy for healthy, source, _, more in REPAIRED if source == "gbk" and more is SOFT] * 3
    damaged = "".join(f"{number}. {thin(line, 'gbk', 'cp1252', SOFT)}\n" for number, line in enumerate(lines))
    repair = fixtext.repair(damaged)
    prove(damaged, repair)
    assert repair.text == "".join(f"{number}. {line}\n" for number, line in enumerate(lines))


def test_holes_are_kept_if_that_is_asked_for() -> None:
    damaged = thin(*REPAIRED[0])
    sure = fixtext.repair(damaged, fixtext.Config(required_probability=1.0, holes="mark"))
    prove(damaged, sure)
    kept = fixtext.repair(damaged, fixtext.Config(required_probability=1.0, holes="keep"))
    prove(damaged, kept)
    assert "\ufffd" not in kept.text


@given(st.data())
def test_whatever_is_lost_the_rest_is_proved(data: st.DataObject) -> None:
    healthy, source, _, _ = data.draw(st.sampled_from(REPAIRED))
    raw = bytearray(healthy.encode(source))
    for place in sorted(data.draw(st.sets(st.integers(0, len(raw) - 1), max_size=4)), reverse=True):
        del raw[place]
    damaged = raw.decode("latin-1")
    prove(damaged, fixtext.repair(damaged))
