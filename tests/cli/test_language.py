"""The languages of the command: everything is translated, and the right one is chosen."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import fixtext as package
from fixtext.cli import wording
from fixtext.cli.foreign import told
from tests.cli.conftest import Fixtext
from tests.conftest import ROOT, RunPython

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def chinese() -> Iterator[None]:
    wording.choose("zh")
    yield
    wording.choose(None)


def test_nothing_is_untranslated(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import build_catalogues

    assert len(build_catalogues.messages()) > 100
    assert build_catalogues.faults("zh") == []
    sys.modules.pop("build_catalogues")


REASONING = ("listings.py", "objections.py", "surroundings.py", "roundtrip.py")
"""Files whose functions return reasons."""


def reasons() -> list[str]:
    """Return every reason for a suspect in the floors below, an example where it has fields."""
    folder = Path(package.__file__).parent
    found: list[str] = []
    files = [path for name in ("detectors", "charset") for path in sorted((folder / name).rglob("*.py"))]
    for file in (folder / "engine.py", folder / "exemptions.py", *files):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            found += map(_example, _given(node, file.name))
    return sorted({reason for reason in found if " " in reason and not reason.startswith("{")})


def _given(node: ast.AST, name: str) -> list[ast.expr]:
    """Return what may be a reason in a piece of syntax of a file."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
        "Suspect",
        "_suspect",
    ):
        return node.args
    if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["reason"]:
        return [node.value]
    if isinstance(node, ast.Return) and node.value is not None and name in REASONING:
        return [node.value]
    return []


def _example(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        return "".join(map(str, parts))
    return ""


@pytest.mark.parametrize("reason", reasons())
def test_reasons_of_suspects_are_translated(reason: str, chinese: None) -> None:
    advice = "add it to SENTENCES in cli/foreign.py, then run tools/build_catalogues.py"
    assert HAN.search(told(reason)), f"{advice}: {reason}"


def test_what_is_not_known_stays(chinese: None) -> None:
    assert told("a plug-in's own reason") == "a plug-in's own reason"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:zh_CN:en"}, "zh"),
        ({"LANG": "C", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "zhx"}, "en"),
    ],
)
def test_the_language_of_the_locale(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    wording.choose(None)
    assert wording.spoken() == expected


def test_explain_and_errors_in_chinese(fixtext: Fixtext, tmp_path: Path) -> None:
    done = fixtext("--lang", "zh", "--explain", stdin=b"a bad day")
    assert (
        done.stderr
        == "第 1 行第 3 列: bad -> good\n    glossed：good becomes bad；节省 20.0 比特\n1 处修复，0 处可疑\n"
    )
    assert fixtext("--lang", "zh", "nowhere").stderr == "fixtext: nowhere: 没有这个文件；请检查名称\n"
    (tmp_path / "fixtext.toml").write_text('lang = "zh"\n')
    assert fixtext("nowhere").stderr == "fixtext: nowhere: 没有这个文件；请检查名称\n"
    assert "no such file" in fixtext("--lang", "en", "nowhere").stderr


def test_the_report_in_chinese(fixtext: Fixtext, tmp_path: Path) -> None:
    fixtext("--lang", "zh", "--report", "out.html", stdin=b"bad")
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert '<html lang="zh">' in page
    text = re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    english = set(re.findall(r"[a-z]{3,}", text)) - {"fixtext", "glossed", "goo", "good", "becomes", "bad"}
    assert not english


@pytest.mark.parametrize(
    "arguments",
    [["--nonsense"], ["--holes", "x"], ["--min-probability", "3"], ["a", "b"], ["--format"], ["-d", "glosed"]],
)
def test_wrong_usage_in_chinese(arguments: list[str], run_python: RunPython) -> None:
    for language, options in (("zh_CN.UTF-8", []), ("C", ["--lang", "zh"])):
        done = run_python("-m", "fixtext", *options, *arguments, stdin=b"x", LC_ALL=language, PYTHONIOENCODING="utf-8")
        assert done.returncode == 2
        (line,) = done.stderr.decode().splitlines()
        assert HAN.search(line)


def headings(text: str) -> list[int]:
    return [len(line) - len(line.lstrip("#")) for line in text.splitlines() if re.match("#+ ", line)]


def commands(text: str) -> list[str]:
    """Return what is to be typed: code without comments, and code within the lines."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```|^((?: {4}[^\n]*\n)+)", text, re.MULTILINE | re.DOTALL)
    lines = [line for pair in blocks for block in pair for line in block.splitlines()]
    return [re.sub(r"(^|\s{2,})#.*", "", line).strip() for line in lines if not line.strip().startswith("#")]


def test_the_readme_is_the_same_in_both_languages() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    assert headings(english) == headings(chinese)
    assert commands(english) == commands(chinese)
    other = {"README.md", "README.zh-CN.md"}
    links = [set(re.findall(r"\]\(([^)]*)\)", text)) - other for text in (english, chinese)]
    assert links[0] == links[1]
    rows = [len([line for line in text.splitlines() if line.startswith("|")]) for text in (english, chinese)]
    assert rows[0] == rows[1]
