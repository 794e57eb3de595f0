"""Long stretches that are undone at once, what stands between missing bytes, and what no search may touch."""

from __future__ import annotations

import random

import pytest

import fixtext
from fixtext import codepages
from tests.detectors.misdecoded.test_tables import CONFIG, misread
from tests.proofs import prove

LINES = [
    "请确认您的网络设置是否正确，然后重新启动计算机",
    "我们明天早上八点在车站见面，请不要迟到",
    "这个函数返回一个新的列表，原来的列表没有改变",
    "如果文件已经存在，程序会先询问是否覆盖",
    "文件存储",
    "日本語の文字列を表示します、簡単です",
]


@pytest.mark.parametrize("pages", [("utf-8", "gb18030"), ("utf-8", "cp1252"), ("gbk", "latin-1"), ("cp932", "gbk")])
def test_a_long_text_is_undone_as_a_whole(pages: tuple[str, str]) -> None:
    lines = [f"{number}: {line}" for number, line in enumerate(LINES * 60)]
    lines = [line for line in lines if _survives(line, *pages)]
    damaged = "\n".join(misread(*pages).damage(line) for line in lines)
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert len(lines) >= 60
    assert repair.text == "\n".join(lines)


def _survives(line: str, source: str, reader: str) -> bool:
    try:
        damaged = misread(source, reader).damage(line)
        return codepages.decode(codepages.encode(damaged, reader), source) == line
    except UnicodeError:
        return False


def test_healthy_lines_inside_a_damaged_text_stay() -> None:
    channel = misread("koi8-r", "cp1251")
    healthy = "Сегодня хорошая погода, и мы пошли гулять в парк."
    lines = [healthy if number % 5 == 2 else channel.damage(healthy) for number in range(120)]
    assert fixtext.repair("\n".join(lines), CONFIG).text == "\n".join([healthy] * 120)


@pytest.mark.parametrize("pages", [("utf-8", "gb18030"), ("utf-8", "cp1252"), ("gbk", "latin-1"), ("cp932", "gbk")])
def test_damaged_and_healthy_lines_in_turn(pages: tuple[str, str]) -> None:
    healthy = [f"{number}: {line}" for number, line in enumerate(LINES * 80) if _survives(line, *pages)]
    chance = random.Random(1)
    damaged = [misread(*pages).damage(line) if chance.random() < 0.5 else line for line in healthy]
    repair = fixtext.repair("\n".join(damaged), CONFIG)
    prove("\n".join(damaged), repair)
    assert repair.text == "\n".join(healthy)


def test_the_few_lines_that_only_a_related_page_can_have_made_come_back_whole() -> None:
    lines = [LINES[number % 4] if number % 20 else "每篇文章初稿写完后，\u01f9" for number in range(200)]
    lines = [line for line in lines if _survives(line, "utf-8", "gb18030")]
    damaged = "\n".join(misread("utf-8", "gb18030").damage(line) for line in lines)
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert repair.text == "\n".join(lines)


def test_what_stands_between_missing_bytes_is_repaired() -> None:
    healthy = "\n".join(LINES * 40)
    damaged = codepages.decode(healthy.encode(), "gbk", "whatwg")
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert "然后重新" in repair.text
    assert "\ufffd" in repair.text
    assert sum(char in healthy for char in repair.text) > 0.5 * len(repair.text)


@pytest.mark.parametrize("text", ["\ufffd" * 3000, "锟斤拷" * 1000, "烫" * 3000, "?" * 3000, "ï¿½" * 1000])
def test_nothing_is_made_of_bytes_that_are_gone(text: str) -> None:
    assert not fixtext.repair(text, CONFIG).edits


def test_an_incident_quoted_proves_nothing_about_the_rest() -> None:
    text = "„Ä“, „Ö“ und „Ü“ sind Umlaute.\nWrite `cafÃ©` if the encoding is wrong, instead of `café`.\n"
    assert fixtext.repair(text, CONFIG).text == text
