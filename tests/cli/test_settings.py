"""Configuration files: which one counts, what may stand in it, what beats what."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Fixtext

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@pytest.mark.parametrize(
    ("name", "head"), [("fixtext.toml", ""), ("pyproject.toml", "[project]\nname = 'x'\n[tool.fixtext]\n")]
)
def test_both_files_are_read(name: str, head: str, fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / name).write_text(head + 'normalize = ["width"]\n')
    assert fixtext(stdin="ＡＢ bad".encode()).stdout == "AB good"
    assert fixtext("--isolated", stdin="ＡＢ bad".encode()).stdout == "ＡＢ good"
    assert fixtext("--normalize", "nfc", stdin="ＡＢ".encode()).stdout == "ＡＢ"


def test_the_nearest_file_counts(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "fixtext.toml").write_text('normalize = ["width"]\n')
    (tmp_path / "sub" / "deeper").mkdir(parents=True)
    (tmp_path / "sub" / "pyproject.toml").write_text("[tool.fixtext]\n")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pyproject.toml").write_text("[project]\nname = 'fixtext-like'\n")
    for name in ("a.txt", "sub/deeper/a.txt", "other/a.txt"):
        (tmp_path / name).write_text("Ａ")
    done = fixtext("--check", ".")
    assert done.stdout.splitlines() == ["./a.txt: 1 repair, 0 suspects", "./other/a.txt: 1 repair, 0 suspects"]


def test_our_own_file_goes_before_the_shared_one(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.fixtext]\nnormalize = ['width']\n")
    (tmp_path / "fixtext.toml").write_text("")
    assert fixtext(stdin="Ａ".encode()).stdout == "Ａ"


def test_the_search_ends_at_the_work_tree(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "fixtext.toml").write_text('normalize = ["width"]\n')
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "a.txt").write_text("Ａ")
    assert fixtext("repo/a.txt").stdout == "Ａ"


def test_overrides_by_glob(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "fixtext.toml").write_text(
        '[[overrides]]\nfiles = ["*.md", "!b.md"]\nnormalize = ["width"]\n'
        '[[overrides]]\nfiles = ["docs/"]\nnormalize = ["nfc"]\n'
    )
    (tmp_path / "docs").mkdir()
    for name in ("a.md", "b.md", "a.txt", "docs/a.md"):
        (tmp_path / name).write_text("Ａ")
    assert fixtext("--check", ".").stdout == "./a.md: 1 repair, 0 suspects\n"
    assert fixtext("--stdin-filename", "new.md", stdin="Ａ".encode()).stdout == "A"


def test_what_counts_for_the_run(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "fixtext.toml").write_text(
        'exclude = ["old/"]\nformat = "github"\nexit-non-zero-on-fix = true\nrespect-gitignore = false\n'
    )
    (tmp_path / "old").mkdir()
    for name in ("old/a.txt", "a.txt"):
        (tmp_path / name).write_text("bad")
    done = fixtext("-w", ".")
    assert done.exit_code == 1
    assert done.stdout.startswith("::warning file=a.txt,line=1,")
    assert (tmp_path / "old/a.txt").read_text() == "bad"
    assert fixtext("--format", "text", "--check", "old/a.txt").stdout.startswith("old/a.txt: 1 repair")


WRONG = [
    ("detector = ['lossy']", "unknown key 'detector'; did you mean 'detectors'?"),
    ("min_probability = 1", "unknown key 'min_probability'; did you mean 'min-probability'?"),
    ("nonsense = 1", "unknown key 'nonsense'; there are: exit-non-zero-on-fix, detectors, holes"),
    ("write = true", "unknown key 'write'; "),
    ("git = true", "unknown key 'git'; "),
    ("holes = 'sometimes'", "'holes': 'sometimes' is not one of"),
    ("holes = true", "'holes' has to be a string or a number"),
    ("confident = 'yes'", "'confident' has to be true or false"),
    ("detectors = 'lossy'", "'detectors' has to be a list of strings"),
    ("detectors = [1]", "'detectors' has to be a list of strings"),
    ("min-probability = 2", "'min-probability': 2"),
    ("normalize = ['nothing']", "'normalize': "),
    ("script = 'klingon'", "'script': "),
    ("overrides = 1", "overrides has to be an array of tables: [[overrides]]"),
    ("[[overrides]]\nholes = 'keep'", "overrides[0].files has to be a list of globs"),
    ("[[overrides]]\nfiles = ['a']\nhole = 'keep'", "unknown key 'overrides[0].hole'; did you mean 'holes'?"),
    ("[[overrides]]\nfiles = ['a']\nexclude = ['a']", "'overrides[0].exclude' counts for the whole run"),
    ("a = ", "it is not valid TOML: "),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_a_wrong_file_is_one_line(content: str, message: str, fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "fixtext.toml").write_text(content)
    done = fixtext(stdin=b"text")
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"fixtext: {tmp_path / 'fixtext.toml'}: {message}")


def test_an_unknown_detector_is_named(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "fixtext.toml").write_text("detectors = ['os']")
    done = fixtext(stdin=b"text")
    assert "there is no detector 'os'" in str(done.exception)


def test_a_dictionary_is_looked_for_beside_the_file(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "words.txt").write_text("里面\t里頭\n")
    (tmp_path / "sub" / "fixtext.toml").write_text('script = "s2t"\ndictionaries = ["words.txt"]\n')
    (tmp_path / "sub" / "a.txt").write_text("里面")
    assert fixtext("sub/a.txt").stdout == "里頭"


def test_show_settings_is_toml_and_says_where_from(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "fixtext.toml").write_text(
        "holes = 'keep'\nexclude = ['a\"b']\n[[overrides]]\nfiles=['*.md']\nscript='s2t'"
    )
    done = fixtext("--show-settings", "-d", "lossy", "a.md")
    assert done.exit_code == 0
    assert tomllib.loads(done.stdout)["exclude"] == ['a"b']
    lines = done.stdout.splitlines()
    assert lines[0] == f"# {tmp_path / 'fixtext.toml'}"
    for line in (
        'detectors = ["lossy"]  # option',
        'holes = "keep"  # configuration',
        'script = "s2t"  # configuration',
        "min-probability = 0.5  # default",
    ):
        assert line in lines
    assert "# script =  # default" in fixtext("--show-settings", "--isolated").stdout.splitlines()
