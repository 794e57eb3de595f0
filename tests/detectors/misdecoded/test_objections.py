"""Healthy text that a model of prose finds odd stays; damage that looks a little like it is repaired."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Candidate, Channel, Config, Span
from fixtext.channels import Decode, Encode
from fixtext.detectors.misdecoded.objections import objection

ONLY = Config(detectors=("misdecoded",))

HEALTHY = [
    '.SH "KULLANICI VE GRUP KİMLİĞİ BİTLERİ"\nDosyanın grup kimliği.',
    '.SH "SINIRLI SİLME BAYRAĞI VEYA YAPIŞKAN BİT"\nSınırlı silme bayrağı.',
    "7. öncelik:\n\\fIdğş1\\fR | \\fIdğş2\\fR\n\\fIdğş1\\fR boş veya 0 ise \\fIdğş2\\fR",
    "проверава да ли је ДАТОТЕКА х86 кФриБСД\nпроверава да ли је ДАТОТЕКА х86 кНетБСД\n",
    r'bmp:"A-Za-zªµºÀ-ÖØ-öø-ˁˆ-ˑˠ-ˤˬˮͰ-ʹͶͷͺ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-Ֆ"',
    "ħĩīĭįıĳĵķĸĺļľŀłńņňŉŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž",
    "ǟǡǣǥǧǩǫǭǯǰǳǵǹǻǽǿ",
    "██╔════╝██╔════╝██╔══██╗██╔══██╗\n█████╗  █████╗  ███████║██████╔╝\n██╔══╝  ██╔══╝  ██╔══██║██╔═══╝",
    "fonts \\fIDĞŞ1\\fR ve \\fIDĞŞ2\\fR belirtilirse",
    'astral:"Titlecase_Letter",bmp:"ǅǈǋǲᾈ-ᾏᾘ-ᾟᾨ-ᾯᾼῌῼ"},{name',
    "     \\-6      5200 кБ    2500 кБ      1600 кБ    842000\n     \\-7      6100 кБ    2900 кБ      1850 кБ",
    "áäčďéěíĺľňóôŕřšťúůýž",
    "áéíóöőúüű ąćęłńóśźż ăâîșțşţ çğıöşüâîû",
    "àâæçéèêëîïôœùûüÿ",
    "äöüß ÄÖÜ",
    "áéíñóúü",
    "åäöæø",
    "ZAŻÓŁĆ GĘŚLĄ JAŹŃ",
    "ÁRVÍZTŰRŐ TÜKÖRFÚRÓGÉP",
]


@pytest.mark.parametrize("text", HEALTHY)
def test_it_stays(text: str) -> None:
    assert fixtext.repair(text, ONLY).text is text


@pytest.mark.parametrize(
    ("healthy", "source", "reader"),
    [
        ("我们明天上午八点在车站见面", "gbk", "cp437"),
        ("我们明天上午八点在车站见面", "gbk", "cp1254"),
        ("Завтра утром встретимся на вокзале", "koi8-r", "cp1251"),
        ("Завтра утром встретимся на вокзале", "utf-8", "cp1251"),
        ("Yarın sabah istasyonda görüşürüz, değil mi?", "utf-8", "cp1252"),
        ("Żółw się ślimaczy, gęś gęga, jeż chrząka", "utf-8", "cp1250"),
    ],
)
def test_damage_is_repaired_all_the_same(healthy: str, source: str, reader: str) -> None:
    damaged = Channel((Encode(source), Decode(reader))).damage(healthy)
    assert fixtext.repair(damaged, ONLY).text == healthy


def _why(text: str, span: tuple[int, int], healthy: str, bits: float = 30.0) -> str | None:
    candidate = Candidate("misdecoded", Span(*span), healthy, Channel(()), bits)
    return objection(text, candidate, 16.0)


def test_each_reason() -> None:
    assert "no characters" in str(_why("abc", (0, 3), "\U00081444"))
    assert "inside its words" in str(_why("abc", (0, 3), "侠課ｪ尭課俄ﾂ峨"))
    assert _why("abc", (0, 3), "今日はﾃｽﾄの日、明日もﾃｽﾄの日") is None
    assert "drawn" in str(_why("══╗══╝", (0, 6), "屯"))
    assert "table" in str(_why("ǡǣǥǧǩǫ", (2, 4), "ラ"))
    assert "again and again" in str(_why("кБ 1 кБ 2 кБ", (0, 12), "帳 1 帳 2 帳"))
    assert "one language" in str(_why("KİMLİĞİ", (1, 7), "ÝMLÝÐÝ"))
    assert "inside words" in str(_why("кФриБСД", (2, 5), "聑"))


def test_much_evidence_outweighs_words_of_one_language() -> None:
    assert _why("idõvel", (2, 3), "ő", bits=64.0) is None
    assert _why("prİf", (2, 3), "é") is None
