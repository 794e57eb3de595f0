"""A few misread words in a healthy line of code, markup or chat; and healthy lines that look a little like it."""

from __future__ import annotations

import pytest

import fixtext
from fixtext import Channel
from fixtext.channels import Decode, Encode, Within
from tests.proofs import prove

UNCHANGED = [
    '"cap\u5e3d": "kep1 mou2",',
    "\u788cling\tluk ling",
    "\u5973keeper\tneoi2 ki1 paa2",
    "pc\uce69\tncn",
    "press Alt + Page Up\ud0a4",
    "\u725bA and \u725bB",
    "\u6bdbmeime",
    "Ji\u5973",
    "\u9225\tcf",
    "'\u94ac\u2194\u9225;'",
    "use tar\u6216zip, A\u548cB, x\u662fy",
    "5\u6bdb or 20\u5143 for each",
    "Map \u0436\u0428 to it",
]

REPAIRED = [
    ("It\u2019s done, don\u2019t ask", "utf-8", "gb18030"),
    ('title: "The world\u2019s best",', "utf-8", "gb18030"),
    ("throw new Error('Aujourd\u2019hui');", "utf-8", "gb18030"),
    ("label: 'Fran\u00e7ais',", "utf-8", "gbk"),
    ("label: 'Espa\u00f1ol',", "utf-8", "gbk"),
    ("{ code: 'pt', label: 'Portugu\u00eas' },", "utf-8", "gbk"),
    ("{ code: 'pt', label: 'Portugu\u00eas' },", "utf-8", "cp949"),
    ("// el m\u00e9todo save", "utf-8", "cp949"),
    ('assert tr("save") == "Twitter-fr\u00e5ga"', "utf-8", "cp950"),
    ("see Hay\u0131r for details", "utf-8", "cp932"),
    ("ma\u00f1ana", "utf-8", "gbk"),
    ("Acci\u00f3n", "utf-8", "gbk"),
    ("# Voreinstellungen f\u00fcr Datum und Uhrzeit", "utf-8", "gb18030"),
    ("A\u00f1adir", "utf-8", "gbk"),
    ("- chave da sess\u00e3o", "utf-8", "cp949"),
    ("<h2>Nomm\u00e9</h2>", "utf-8", "cp932"),
    ("Czy mo\u017cesz to zrobi\u0107 w menu?", "utf-8", "gbk"),
    ("- [ ] IP c\u00edm", "utf-8", "gb18030"),
    ("| `--quiet` | zoeken\u2026 |", "utf-8", "cp866"),
    ("status VARCHAR(32) NOT NULL COMMENT 'done\u2026',", "utf-8", "ptcp154"),
]

BESIDE_SIGNS = [
    ("The Band \u2013 ", "Dr\u00e5ber", "", "utf-8", "cp1252"),
    ("It\u2019s called ", "za minut\u0119", "", "utf-8", "cp1252"),
    ("20 \u00b0C, ", "b\u0159ezen", "", "utf-8", "cp1252"),
    ("\u2022 ", "Aktiv\u00e9r adgangskode", "", "utf-8", "cp1250"),
    ("\u201c", "suche\u2026 d\u00e9j\u00e0", "\u201d", "utf-8", "cp437"),
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_unchanged(text: str) -> None:
    assert fixtext.repair(text).text is text


@pytest.mark.parametrize(("healthy", "source", "reader"), REPAIRED)
def test_repaired(healthy: str, source: str, reader: str) -> None:
    damaged = Channel((Encode(source), Decode(reader))).damage(healthy)
    repair = fixtext.repair(damaged)
    prove(damaged, repair)
    assert repair.text == healthy


@pytest.mark.parametrize(("before", "misread", "after", "source", "reader"), BESIDE_SIGNS)
def test_healthy_signs_beside_stay(before: str, misread: str, after: str, source: str, reader: str) -> None:
    healthy = before + misread + after
    inside = len(before), len(before + misread), Channel((Encode(source), Decode(reader)))
    damaged = Channel((Within((inside,)),)).damage(healthy)
    assert damaged.startswith(before) and damaged.endswith(after)
    repair = fixtext.repair(damaged)
    prove(damaged, repair)
    assert repair.text == healthy
