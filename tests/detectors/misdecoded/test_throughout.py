"""Text that was UTF-8 throughout: when that is certain, and what is then not sought any more."""

from __future__ import annotations

import pytest

import fixtext
from fixtext.channels import Channel, Decode, Encode
from fixtext.detectors.misdecoded.search import Search
from fixtext.detectors.misdecoded.throughout import misread_once, utf8_throughout
from tests.detectors.misdecoded.test_tables import CONFIG, misread
from tests.proofs import prove

CHINESE = "请确认您的网络设置是否正确，然后重新启动计算机。\n我们明天早上八点在车站见面，请不要迟到。\n" * 6
FRENCH = "Le résultat est enregistré à côté de l'entrée, où il a été créé.\n" * 6
LOSSY = Channel((Encode("utf-8"), Decode("gb18030", "replace")))


@pytest.mark.parametrize(
    ("text", "reader"),
    [(CHINESE, "cp1252"), (CHINESE, "latin-1"), (FRENCH, "cp1252"), (FRENCH, "gbk"), (FRENCH, "cp949")],
)
def test_text_that_was_misread_throughout_is_known(text: str, reader: str) -> None:
    damaged = misread("utf-8", reader).damage(text)
    assert utf8_throughout(damaged) == misread_once(damaged) == (("utf-8", reader),)


def test_holes_leave_it_known() -> None:
    damaged = "\n".join(map(LOSSY.damage, CHINESE.split("\n")))
    assert "\ufffd" in damaged
    assert misread_once(damaged) in {(("utf-8", "gbk"),), (("utf-8", "cp936"),)}


@pytest.mark.parametrize(
    "text",
    [
        CHINESE,
        FRENCH,
        CHINESE.replace("，", "\ufffd"),
        misread("utf-8", "gb18030").damage("文件存储") * 40 + CHINESE,
        "caf\xc3\xa9 cr\xc3\xa8me",
    ],
)
def test_healthy_text_and_text_misread_in_parts_or_too_short_are_not(text: str) -> None:
    assert utf8_throughout(text) is None
    assert misread_once(text) is None


def test_what_was_misread_twice_is_not_taken_for_misread_once() -> None:
    once = misread("utf-8", "cp1252").damage(FRENCH)
    damaged = misread("utf-8", "cp1252").damage(once)
    assert utf8_throughout(damaged) is not None
    assert misread_once(damaged) is None
    assert misread_once(once) is not None
    assert fixtext.repair(damaged, CONFIG).text == FRENCH


@pytest.mark.parametrize("reader", ["gbk", "cp1252"])
def test_it_is_repaired_without_any_search(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = misread("utf-8", reader).damage(FRENCH)

    def search(*_: object) -> None:
        raise AssertionError("searched")

    monkeypatch.setattr(Search, "explain", search)
    repair = fixtext.repair(damaged, CONFIG)
    assert repair.text == FRENCH
    prove(damaged, repair)
