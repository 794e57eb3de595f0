"""The list of code pages, their names and their byte classes."""

from __future__ import annotations

import codecs
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from fixtext.codepages import CODE_PAGES, UnknownCodePageError, chinese, code_page, japanese, leads_in_use, lookup
from fixtext.codepages.writings import FILE, STORED, packed, stored


def test_what_is_stored_of_pages_is_what_they_write() -> None:
    made = {"whatwg-big5": chinese.whatwg_big5().writing(), "euc-jp-ms": japanese.euc_jp_ms().writing()}
    assert {page: stored(page) for page in STORED} == made
    assert zlib.decompress(Path(FILE).read_bytes()) == zlib.decompress(packed(made))


def test_other_pages_are_worked_out() -> None:
    assert stored("cp950") is None


def test_names_are_lower_case_and_unique() -> None:
    assert len(set(CODE_PAGES)) == len(CODE_PAGES)
    assert all(name == name.lower() for name in CODE_PAGES)


@pytest.mark.parametrize("name", CODE_PAGES)
def test_every_page_describes_itself(name: str) -> None:
    page = code_page(name)
    assert page.name == name
    assert page.title
    assert page.python_name is None or codecs.lookup(page.python_name)
    assert bool(page.lead_bytes) == bool(page.trail_bytes)


@pytest.mark.parametrize("name", CODE_PAGES)
def test_every_page_is_found_by_its_own_names(name: str) -> None:
    page = code_page(name)
    assert lookup(name) == name
    assert lookup(name.upper().replace("-", "_")) == name
    if page.python_name:
        assert code_page(page.python_name).python_name is not None
    if page.whatwg_name:
        assert code_page(page.whatwg_name).family in (page.family, "euc")


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("GB2312", "gbk"),
        ("gb_2312-80", "gbk"),
        ("GB18030", "gb18030"),
        ("MS936", "cp936"),
        ("cp936", "cp936"),
        ("936", "cp936"),
        ("windows-31j", "cp932"),
        ("Shift-JIS", "shift_jis"),
        ("sjis", "shift_jis"),
        ("ks_c_5601-1987", "cp949"),
        ("UHC", "cp949"),
        ("Big5-HKSCS", "big5-hkscs"),
        ("windows-1252", "cp1252"),
        ("Windows 1252", "cp1252"),
        ("ISO-8859-1", "latin-1"),
        ("iso8859_15", "iso-8859-15"),
        ("IBM437", "cp437"),
        ("macintosh", "mac-roman"),
        ("utf8", "utf-8"),
        ("UTF-16", "utf-16le"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("csKOI8R", "koi8-r"),
        ("HZ-GB-2312", "hz"),
        ("latin2", "iso-8859-2"),
        ("65001", "utf-8"),
        ("cp28605", "iso-8859-15"),
        ("CP54936", "gb18030"),
    ],
)
def test_aliases(alias: str, name: str) -> None:
    assert lookup(alias) == name


# Labels of the WHATWG Encoding Standard, section 4.2, by the page that they name here.
WEB_LABELS = [
    ("utf-8", "unicode-1-1-utf-8 utf-8 utf8 unicode11utf8 unicode20utf8 x-unicode20utf8"),
    ("cp866", "866 cp866 csibm866 ibm866"),
    ("iso-8859-2", "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"),
    ("iso-8859-3", "csisolatin3 iso-ir-109 iso88593 iso_8859-3:1988 l3 latin3"),
    ("iso-8859-4", "csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4:1988 l4 latin4"),
    ("iso-8859-5", "csisolatincyrillic cyrillic iso-ir-144 iso88595 iso_8859-5:1988"),
    (
        "iso-8859-6",
        "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e "
        "iso-8859-6-i iso-ir-127 iso88596 iso_8859-6:1987",
    ),
    ("iso-8859-7", "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso88597 iso_8859-7:1987 sun_eu_greek"),
    (
        "iso-8859-8",
        "csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso88598 iso_8859-8:1988 "
        "visual csiso88598i iso-8859-8-i logical",
    ),
    ("iso-8859-10", "csisolatin6 iso-ir-157 iso885910 l6 latin6"),
    ("iso-8859-13", "iso885913"),
    ("iso-8859-14", "iso885914"),
    ("iso-8859-15", "csisolatin9 iso885915 iso_8859-15 l9"),
    ("iso-8859-16", "iso-8859-16"),
    ("koi8-r", "cskoi8r koi koi8 koi8_r"),
    ("koi8-u", "koi8-u koi8-ru"),
    ("mac-roman", "csmacintosh mac macintosh x-mac-roman"),
    ("cp874", "dos-874 windows-874"),
    ("cp1250", "x-cp1250 windows-1250"),
    ("cp1251", "x-cp1251"),
    ("cp1252", "windows-1252 x-cp1252"),
    ("latin-1", "cp819 csisolatin1 ibm819 iso-ir-100 iso88591 iso_8859-1:1987 l1 latin1"),
    ("ascii", "ansi_x3.4-1968 us-ascii"),
    ("iso-8859-9", "csisolatin5 iso-ir-148 iso88599 iso_8859-9:1989 l5 latin5"),
    ("cp1258", "x-cp1258"),
    ("mac-cyrillic", "x-mac-cyrillic x-mac-ukrainian"),
    ("gbk", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk"),
    ("big5", "cn-big5 csbig5 x-x-big5"),
    ("euc-jp", "cseucpkdfmtjapanese x-euc-jp"),
    ("shift_jis", "csshiftjis shift-jis sjis x-sjis"),
    ("cp932", "ms932 ms_kanji windows-31j"),
    ("cp949", "csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"),
    ("euc-kr", "cseuckr"),
    ("iso-2022-kr", "csiso2022kr"),
    ("utf-16le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16"),
    ("utf-16be", "unicodefffe"),
]


@pytest.mark.parametrize(("name", "labels"), WEB_LABELS)
def test_labels_of_the_web(name: str, labels: str) -> None:
    assert {lookup(label) for label in labels.split()} == {name}


@pytest.mark.parametrize(
    ("wrong", "near"), [("gkb", "gbk"), ("widows-1252", "cp1252"), ("shift-jsi", "shift_jis"), ("koi8r-r", "koi8-r")]
)
def test_an_unknown_name_suggests_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(UnknownCodePageError, match=f"did you mean '{near}'"):
        lookup(wrong)


@pytest.mark.parametrize("wrong", ["", "\0", "???", "no such thing at all"])
def test_an_unknown_name_is_a_value_error_and_a_lookup_error(wrong: str) -> None:
    with pytest.raises(ValueError, match="unknown code page"):
        code_page(wrong)
    with pytest.raises(LookupError):
        code_page(wrong)


def test_byte_classes_hold_what_is_in_use() -> None:
    for name in CODE_PAGES:
        assert leads_in_use(name) <= code_page(name).lead_bytes, name
    assert min(code_page("cp936").lead_bytes) == 0x81
    assert max(code_page("cp936").lead_bytes) == 0xFE
    assert 0x7F not in code_page("cp936").trail_bytes
    assert len(code_page("cp932").lead_bytes) == 60


def test_importing_the_package_builds_nothing_and_loads_no_numpy() -> None:
    program = (
        "import sys, fixtext.codepages; "
        "print([m for m in sys.modules if m.startswith('fixtext.codepages.') or m in ('numpy', 'ftfy')])"
    )
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "[]"
