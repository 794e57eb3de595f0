"""Misreadings one after the other, and what belongs to the line around a misread stretch."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Channel
from tests.detectors.misdecoded.test_tables import CONFIG, misread
from tests.proofs import prove

CHAINS: list[tuple[str, Channel]] = [
    # the second byte of the last character is ASCII to the later misreading
    ("자격이나 지불은 없습니다.", misread("johab", "koi8-r", "utf-8", "cp1253")),
    # what the line begins with could have been read in a page that lacks its end
    ("당신은 이 문장 전체를 문자열로 읽을 수 있습니다", misread("cp949", "cp1254", "utf-8", "cp1252")),
    # characters of four bytes, cut in two where the search begins and ends
    ("这个程序会报告两个文件有什么不同", misread("utf-8", "cp1252", "gb18030", "cp850")),
    ("当缓存中的键同时过期时会怎样", misread("gbk", "cp1253", "utf-8", "mac-roman")),
    # nearly all characters of four bytes, none of them plainer than what stands there, odd nowhere for long
    ("请在安装完成之后重新启动所有的服务", misread("utf-8", "latin-1", "gb18030", "mac-roman")),
    ("请在安装完成之后重新启动所有的服务", misread("gbk", "latin-1", "gb18030", "koi8-r")),
    # rows that Windows-950 keeps for private use and Big5-HKSCS knows
    ("安裝完成之後請重新啟動所有的服務", misread("cp950", "koi8-r", "big5-hkscs", "latin-1")),
    # letters of one row, for their UTF-8 begins with one byte
    ("安裝完成之後請重新啟動所有的服務", misread("cp950", "latin-1", "utf-8", "gbk")),
    ("설치가 끝나면 서비스를 다시 시작하십시오.", misread("cp949", "latin-1", "utf-8", "gb18030")),
]


@pytest.mark.parametrize(("healthy", "channel"), CHAINS, ids=str)
def test_chains(healthy: str, channel: Channel) -> None:
    damaged = channel.damage(healthy)
    repair = fixtext.repair(damaged, CONFIG)
    prove(damaged, repair)
    assert repair.text == healthy


@pytest.mark.parametrize(
    ("healthy", "channel"),
    [
        (
            "이 스트림을 사용해 응답을 청크 단위로 전송하거나, 전체 스트림을 문자열로 읽을 수 있습니다.",
            misread("cp949", "cp1254"),
        ),
        (
            "이 스트림을 사용해 응답을 청크 단위로 전송하거나, 전체 스트림을 문자열로 읽을 수 있습니다.",
            misread("cp949", "gbk"),
        ),
        ("🔴 클래스 안에서 Hooks를 부르지 마세요.", misread("utf-8", "latin-1")),
    ],
    ids=str,
)
def test_the_whole_line_is_put_back(healthy: str, channel: Channel) -> None:
    assert fixtext.repair(channel.damage(healthy), CONFIG).text == healthy


def test_nothing_is_made_of_characters_that_do_not_exist() -> None:
    damaged = misread("utf-8", "latin-1", "gb18030", "cp866").damage("从用户的观点看")
    text = fixtext.repair(damaged, CONFIG).text
    assert not any("\U00033480" <= char <= "\U0010ffff" and not "\U000e0100" <= char <= "\U000e01ef" for char in text)


WESTERN: list[tuple[str, Channel]] = [
    ("Bitte öffnen Sie die Datei für die Prüfung", misread("cp1252", "cp437")),
    ("Bitte öffnen Sie die Datei für die Prüfung", misread("cp1252", "cp866")),
    ("L'événement a été créé", misread("cp1252", "cp850")),
    ("L'événement a été créé", misread("mac-roman", "cp1252")),
    ("Geräteschlüssel", misread("cp1252", "cp437")),
    ("fichier déjà utilisé", misread("cp1252", "mac-roman")),
]


@pytest.mark.parametrize(("healthy", "channel"), WESTERN, ids=str)
def test_letters_inside_western_words(healthy: str, channel: Channel) -> None:
    assert fixtext.repair(channel.damage(healthy), CONFIG).text == healthy


@pytest.mark.parametrize("text", ["10 m²/s und 5 m³/h", "a·b, A→B, l’été, don’t, x±y", "kg·m²·s⁻² (5 °C)"])
def test_signs_that_belong_there(text: str) -> None:
    assert fixtext.repair(text, CONFIG).text == text


def test_a_healthy_word_between_misread_ones_stays() -> None:
    channel = misread("utf-8", "gbk")
    damaged = channel.damage("文件已经存储") + "，一切正常，" + channel.damage("文件存储已经失败")
    assert fixtext.repair(damaged, CONFIG).text == "文件已经存储，一切正常，文件存储已经失败"


@pytest.mark.parametrize("letters", ["äöü", "äöüß", "éèê", "ÅÄÖ", "ąćęł"])
def test_letters_of_one_language_are_not_looked_behind(letters: str) -> None:
    assert fixtext.fix(misread("utf-8", "cp1252").damage(letters)) == letters
