"""What programs read: JSON, JSON lines, SARIF, GitHub; places in all of them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from fixtext import Channel, Edit, Repair, Span, Suspect
from fixtext.cli.documents import Document
from fixtext.cli.files.walking import Item
from fixtext.cli.formats.places import places
from fixtext.cli.formats.records import Findings
from fixtext.cli.outcome import Outcome
from tests.cli.conftest import Fixtext

TEXT = "一\r\n𠀀é bad\nfine\nbad"


class TestPlaces:
    def test_lines_columns_and_bytes(self) -> None:
        document = Document(TEXT.encode(), TEXT)
        found = places(document, [len(TEXT), 6, 0, 3, 6])
        assert found == {0: (1, 1, 0), 3: (2, 1, 5), 6: (2, 4, 12), len(TEXT): (4, 4, len(TEXT.encode()))}

    def test_bytes_that_are_not_utf8_count_too(self) -> None:
        data = b"a\xb0\xa1b"
        document = Document(data, data.decode("utf-8", "surrogateescape"))
        assert places(document, [3])[3] == (1, 4, 3)

    def test_another_encoding(self) -> None:
        assert places(Document("你好".encode("gbk"), "你好", "gbk"), [1])[1].byte == 2


def test_json(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "b.txt").write_text("fine")
    document = json.loads(fixtext("--check", "--format", "json", "a.txt", "b.txt", "c.txt").stdout)
    assert document["version"] == 1
    assert document["summary"] == {
        "files": 2,
        "changed": 1,
        "edits": 2,
        "suspects": 0,
        "skipped": 0,
        "failures": 1,
    }
    (file,) = document["files"]
    assert (file["path"], file["encoding"]) == ("a.txt", "utf-8")
    first, second = file["edits"]
    assert (first["line"], first["column"], first["end_column"], first["byte"]) == (2, 4, 7, 12)
    assert (first["before"], first["after"], first["rule"]) == ("bad", "good", "glossed")
    assert Channel.from_dict(first["channel"]).damage("good") == "bad"
    assert TEXT.encode()[second["byte"] : second["end_byte"]] == b"bad"


def test_json_without_a_mode_takes_the_place_of_the_text(fixtext: Fixtext) -> None:
    assert json.loads(fixtext("--format", "json", stdin=b"bad").stdout)["files"][0]["path"] == "standard input"


def test_jsonl(fixtext: Fixtext, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text("fine" if name == "b" else "bad")
    lines = fixtext("--check", "--format", "jsonl", "a", "b", "c").stdout.splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["a", "c"]


def test_sarif(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "two words 名.txt").write_bytes(TEXT.encode())
    log = json.loads(fixtext("--check", "--format", "sarif", ".").stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "glossed"
    first = run["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("glossed", 0, "warning")
    location = first["locations"][0]["physicalLocation"]
    assert unquote(location["artifactLocation"]["uri"]) == "two words 名.txt"
    assert location["region"]["startLine"] == 2
    replacement = first["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"]["text"] == "good"
    region = replacement["deletedRegion"]
    assert TEXT.encode()[region["byteOffset"] :][: region["byteLength"]] == b"bad"


def test_suspects_are_notes(tmp_path: Path, fixtext: Fixtext, monkeypatch: pytest.MonkeyPatch) -> None:
    from fixtext.detectors import registry
    from tests.doubles import Says

    monkeypatch.setitem(registry._ready, "glossed", Says(lambda text: [Suspect("glossed", Span(0, 2), "odd\x1b")]))
    done = fixtext("--check", "--format", "sarif", stdin=b"text")
    assert done.exit_code == 0
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert (result["level"], result["message"]["text"]) == ("note", "odd\\x1b")
    assert fixtext("--check", "--explain", stdin=b"text").stdout.splitlines()[0] == "standard input:1:1: te left alone"


def test_github(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "50%, a:b.txt").write_bytes(TEXT.encode())
    lines = fixtext("--check", "--format", "github", ".").stdout.splitlines()
    assert lines[0] == (
        "::warning file=50%25%2C a%3Ab.txt,line=2,endLine=2,col=4,endColumn=7,title=fixtext glossed"
        "::bad -> good: good becomes bad"
    )
    assert len(lines) == 2


def test_what_a_terminal_obeys_never_comes_out_raw(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "e\x1b]0;x\x07\u202e.txt").write_text("bad \x1b[31m\u202e bad\x9b\n")
    for form in ("text", "json", "jsonl", "sarif", "github"):
        done = fixtext("--check", "--explain", "--format", form, ".")
        assert done.exit_code == 1
        assert not set("\x1b\x07\x9b\u202e") & set(done.stdout + done.stderr)
    colored = fixtext("--diff", "--color", "always", ".").stdout.replace("\x1b[", "")
    assert not set("\x1b\x07\x9b\u202e") & set(colored)


def test_lone_surrogates_do_not_break_a_format(fixtext: Fixtext) -> None:
    repair = Repair("\udc80\ud800", (Edit("test", Span(0, 1), "x", "\udc80\ud800", Channel(()), 20.0),))
    outcome = Outcome(Item(None, "-"), Document(b"x", "x"), repair, b"\x80", "utf-8", None)
    findings = Findings()
    findings.add(outcome)
    assert json.loads(json.dumps(findings.record(outcome.summary())))["edits"][0]["after"] == "\udc80\ud800"


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": ""}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colors(
    arguments: tuple[str, ...],
    environment: dict[str, str],
    colored: bool,
    fixtext: Fixtext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for mode in ("--check", "--diff"):
        assert ("\x1b[" in fixtext(mode, "--explain", *arguments, stdin=b"bad").stdout) is colored
    assert ("\x1b[" in fixtext("--explain", *arguments, stdin=b"bad").stderr) is colored
