"""The pages about each kind of finding."""

from __future__ import annotations

import re

import pytest

from fixtext.cli.catalogue import RULES, all_pages
from fixtext.detectors.registry import BUILT_IN
from tests.cli.conftest import Fixtext

CODECS = {
    "GBK": "gbk",
    "KOI8-R": "koi8-r",
    "Mac Roman": "mac-roman",
    "UTF-8": "utf-8",
    "Windows-1251": "cp1251",
    "Windows-1252": "cp1252",
}
PAGES = list(all_pages())


def test_every_detector_has_a_page() -> None:
    assert {*BUILT_IN, "encoding", "script", "normalize"} == set(RULES)


@pytest.mark.parametrize(("spoken", "rule", "page"), PAGES, ids=[f"{page[0]}-{page[1]}" for page in PAGES])
def test_a_page_has_all_its_sections(spoken: str, rule: str, page: str) -> None:
    lines = page.splitlines()
    assert re.match(rf"# {rule}(: |：)", lines[0])
    headings = [line for line in lines if line.startswith("## ")]
    expected = {
        "en": ["What it looks like", "How it comes about", "What fixtext does", "What it leaves alone"],
        "zh": ["样子", "成因", "fixtext 的做法", "不会改动的内容"],
    }
    assert [heading[3:] for heading in headings] == expected[spoken]


@pytest.mark.parametrize("rule", RULES)
def test_both_languages_show_the_same_commands_and_examples(rule: str) -> None:
    pages = {spoken: page for spoken, name, page in PAGES if name == rule}
    commands = {
        spoken: re.findall(r"^    (fixtext .*)$", page, re.MULTILINE)
        + [line.split()[0] for line in re.findall(r"^    (.*)$", page, re.MULTILINE)]
        for spoken, page in pages.items()
    }
    assert commands["en"] == commands["zh"]


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("rule", ["misdecoded", "western"])
def test_the_examples_are_true(rule: str, spoken: str, fixtext: Fixtext) -> None:
    page = fixtext("--lang", spoken, "--about", rule).stdout
    form = r"^    (\S+) +(?:was|原文是) (\S+) +(\S+) (?:read as|被当作) (.+?)(?: 读取)?$"
    found = re.findall(form, page, re.MULTILINE)
    assert len(found) == 4
    for damaged, healthy, written, read in found:
        assert healthy.encode(CODECS[written]).decode(CODECS[read]) == damaged


def test_repairs_that_overlap_are_explained_together(fixtext: Fixtext) -> None:
    page = fixtext("--about", "misdecoded+lossy").stdout
    assert re.findall(r"^# (\w+):", page, re.MULTILINE) == ["misdecoded", "lossy"]


def test_an_unknown_rule(fixtext: Fixtext) -> None:
    done = fixtext("--about", "lossly")
    assert done.exit_code == 2
    assert "did you mean 'lossy'?" in done.stderr
