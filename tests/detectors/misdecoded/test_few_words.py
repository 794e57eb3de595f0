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
    ("[\u4e2d\u6587](./liesmich.md)", "gbk", "big5"),
    ("status VARCHAR(32) NOT NULL COMMENT 'done\u2026',", "utf-8", "ptcp154"),
]

BESIDE_SIGNS = [
    ("The Band \u2013 ", "Dr\u00e5ber", "", "utf-8", "cp1252"),
    ("It\u2019s called ", "za minut\u0119", "", "utf-8", "cp1252"),
    ("20 \u00b0C, ", "b\u0159ezen", "", "utf-8", "cp1252"),
    ("\u2022 ", "Aktiv\u00e9r adgangskode", "", "utf-8", "cp1250"),
    ("\u00a9 2019 ", "D\u00e9but de la pr\u00e9vente", "", "cp850", "cp1252"),
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


HEALTHY_WORDS = [
    "L'\u00c9cole, l'\u00c8ve, d'\u00c9tat, \u00c0 la carte, \u00cale-de-France, \u00d4ter",
    "na h\u00c9ireann, an t\u00das\u00e1ideoir, h\u00c1ise, \u00c8irigh, \u00ccosa Cr\u00ecosd",
    "BoLeVaRd DiFfErEnT, camelCas\u00c9, nb\u00c9l\u00e9ments, statut\u00c9tendu",
    "p\u00f5rand, v\u00f5tme, t\u00f5rge, p\u00e4rand, v\u00e4lja",
    "plan\u00fd, vlastn\u011b, svobodn\u00fd, prost\u011b, nutn\u011b",
    "daggers\u2021 and stars\u2020, 5\u2030, sin\u02c6cos, a\u00b8b",
    "r\\n\u0161t \\n\u0160t \\t\u00c9t\u00e9 \\n\u00cen plus",
    "L\u00b7L, paral\u00b7lel, ser\u2019a, all\u2019, oblast\u2019, Kazan\u2019",
    "min\u2264max, low\u2265high, a\u00b1b, x\u00f7y, \u0192(x), \u0192low",
    "Publicar\u2026 eliminar\u2026 \u00abalias\u00bb, in\u00b2, dal\u00b2",
    "Ch\u00e2teau d\u2019If, Z\u00fcrich\u00ae, M\u00f6tley Cr\u00fce\u2122",
    "Ti\u1ebfng Vi\u1ec7t, \u00d4ng \u00c2u C\u01a1, \u0110\u00f4ng \u00c1",
    "ka\u0161\u010dk\u00fd, \u0160kod\u00e1k, \u017dofka",
]

LEGACY = [
    ("// l'\u00e9criture d'un fichier de calibration.", "cp1252", "mac-roman"),
    ("## Trennzeichen f\u00fcr CSV Export", "cp1252", "mac-roman"),
    ("x = 3;  // R\u00e8gles", "cp1252", "mac-roman"),
    ("    // TODO: Contenu affect\u00e9", "cp1252", "mac-roman"),
    ("### Tilf\u00f8j", "cp1252", "mac-roman"),
    ("- [ ] Configura\u00e7\u00e3o", "cp1252", "mac-roman"),
    ("# M\u00e4rz", "mac-roman", "cp1252"),
    ('"name": "approuv\u00e9"', "mac-roman", "cp1252"),
    ("// T\u00e4glich abschlie\u00dfen", "cp850", "cp1252"),
    ("- [ ] sesi\u00f3n", "cp850", "cp1252"),
    ('return isNew ? "Gr\u00f6\u00dfe" : "Open";', "cp1252", "cp437"),
    ("<li>Gebruiker maakt inhoud priv\u00e9</li>", "cp1252", "cp850"),
]


@pytest.mark.parametrize("text", HEALTHY_WORDS)
def test_words_that_look_misread_stay(text: str) -> None:
    assert fixtext.repair(text).text is text
    for word in text.split():
        assert fixtext.repair(f"// {word}").text == f"// {word}"


@pytest.mark.parametrize(("healthy", "source", "reader"), LEGACY)
def test_a_known_word_is_told_by_one_letter(healthy: str, source: str, reader: str) -> None:
    test_repaired(healthy, source, reader)


@pytest.mark.parametrize("damaged", ["\u2022 mot de passe partag\u00c8", "Ger\u0160te \u2014 the notes"])
def test_signs_by_themselves_are_no_letters_of_the_words_beside_them(damaged: str) -> None:
    repaired = fixtext.fix(damaged)
    assert [char for char in repaired if char in "\u2022\u2014"] == [char for char in damaged if char in "\u2022\u2014"]
