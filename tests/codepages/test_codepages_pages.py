"""The list of code pages, their names and their byte classes."""

from __future__ import annotations

import codecs
import subprocess
import sys

import pytest

from fixtext.codepages import CODE_PAGES, UnknownCodePageError, code_page, leads_in_use, lookup


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
