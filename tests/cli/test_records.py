"""Records on the command line: what is asked for, what is told, and the status."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from fixtext.detectors.registry import UnknownDetectorError
from tests.cli.conftest import Fixtext
from tests.conftest import RunPython
from tests.records.corpus import READ_AS_LATIN, ZH

RECORDS = b'{"text": "bad"}\n{"text": "fine"}\n'
REJECTED = b'{"text": 1}\n'


@pytest.fixture(autouse=True)
def folder(fixtext: Fixtext, tmp_path: Path) -> Path:
    """Write two shards."""
    (tmp_path / "a.jsonl").write_bytes(RECORDS)
    (tmp_path / "b.jsonl").write_bytes(RECORDS + REJECTED)
    return tmp_path


def test_one_file(fixtext: Fixtext, folder: Path) -> None:
    done = fixtext("--field", "text", "a.jsonl", "-o", "out.jsonl")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (folder / "out.jsonl").read_bytes() == RECORDS.replace(b"bad", b"good")
    assert "2 records in 1 file: 1 with repairs" in done.stderr
    assert "repairs: glossed 1" in done.stderr


def test_a_pipe(run_python: RunPython) -> None:
    arguments = ["-m", "fixtext", "--field", "text", "--records", "jsonl", "-q"]
    line = json.dumps({"text": READ_AS_LATIN}).encode()
    done = run_python(*arguments, stdin=line + b"\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"text": ZH}
    done = run_python(*arguments, stdin=b"{}\n")
    assert done.returncode == 2
    assert b"line 1 is rejected" in done.stderr
    done = run_python(*arguments, "--rejects", os.devnull, stdin=b"{}\n")
    assert done.returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="there is no /dev/null")
def test_what_is_no_file_is_not_replaced(fixtext: Fixtext, folder: Path) -> None:
    (folder / "null").symlink_to("/dev/null")
    assert fixtext("--field", "text", "a.jsonl", "-o", "null").exit_code == 0
    assert not Path("/dev/null").is_file()
    assert (folder / "null").is_symlink()


def test_shards_with_rejects_and_a_log(fixtext: Fixtext, folder: Path) -> None:
    words = ["--field", "text", "*.jsonl", "-o", "out/", "--rejects", "bad.jsonl", "--log", "log", "-j", "1"]
    done = fixtext(*words)
    assert done.exit_code == 1
    assert (folder / "out" / "b.jsonl").read_bytes() == RECORDS.replace(b"bad", b"good")
    (rejected,) = map(json.loads, (folder / "bad.jsonl").read_text().splitlines())
    assert (rejected["source"], rejected["line"], rejected["kind"]) == ("b.jsonl", 3, "wrong-type")
    told = list(map(json.loads, (folder / "log").read_text().splitlines()))
    assert [(each["shard"], each["status"], each["records"]) for each in told] == [
        ("a.jsonl", "done", 2),
        ("b.jsonl", "done", 3),
    ]
    assert told[1]["edits"] == {"glossed": 1}
    assert told[1]["rejected"] == {"wrong-type": 1}
    assert (told[0]["bytes_read"], told[0]["bytes_written"]) == (len(RECORDS), len(RECORDS) + 1)
    again = fixtext(*words)
    assert again.exit_code == 1
    assert "2 files were complete already" in again.stderr
    assert (folder / "bad.jsonl").read_text().count("\n") == 1
    assert fixtext(*words, "--again").stderr == done.stderr


def test_scores_and_edits(fixtext: Fixtext, folder: Path) -> None:
    assert fixtext("--field", "text", "a.jsonl", "-o", "out.jsonl", "--score-only", "--edits").exit_code == 0
    first, second = map(json.loads, (folder / "out.jsonl").read_text().splitlines())
    assert (first["text"], first["fixtext_damage"], first["fixtext_damaged_share"]) == ("bad", ["glossed"], 1.0)
    assert first["fixtext_edits"][0]["after"] == "good"
    assert (second["fixtext_damage"], second["fixtext_edits"]) == ([], [])


def test_choices_of_repair_hold(fixtext: Fixtext, folder: Path) -> None:
    (folder / "fixtext.toml").write_text('detectors = ["misdecoded"]\n')
    assert fixtext("--field", "text", "a.jsonl", "-o", "out.jsonl").exit_code == 0
    assert (folder / "out.jsonl").read_bytes() == RECORDS
    done = fixtext("--field", "text", "-d", "nonsense", "a.jsonl", "-o", "x.jsonl")
    assert isinstance(done.exception, UnknownDetectorError)
    assert not (folder / "x.jsonl").exists()


def test_a_report(fixtext: Fixtext, folder: Path) -> None:
    done = fixtext("--field", "text", "*.jsonl", "-o", "out/", "--report", "report.html", "--again")
    assert done.exit_code == 1
    page = (folder / "report.html").read_text()
    assert page.count("good") >= 2
    assert "a.jsonl:1 text" in page


def test_a_failure_outranks_what_is_rejected_and_ends_nothing(fixtext: Fixtext, folder: Path) -> None:
    (folder / "aa.jsonl.gz").write_bytes(b"no gzip")
    done = fixtext("--field", "text", "aa.jsonl.gz", "a.jsonl", "b.jsonl", "-o", "out/")
    assert done.exit_code == 2
    assert "fixtext: aa.jsonl.gz: it cannot be read to its end" in done.stderr
    assert (folder / "out" / "b.jsonl").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--score-only", "a.jsonl"], "--score-only goes with --field"),
        (["--edits", "a.jsonl"], "--edits goes with --field"),
        (["--field", "text", "--check", "a.jsonl"], "--field and --check exclude each other"),
        (["--field", "text", "--encoding", "gbk", "a.jsonl"], "--field and --encoding exclude each other"),
        (["--field", "text", "--format", "json", "a.jsonl"], "--field and --format exclude each other"),
        (["--field", "..", "a.jsonl", "-o", "b"], "is no path"),
        (["--field", "text", "a.txt"], "its name does not tell the format"),
        (["--field", "text", "*.jsonl"], "need a folder"),
        (["--field", "text", "a.jsonl", "-o", "a.jsonl"], "is an input"),
        (["--field", "text", "nothing.jsonl", "-o", "b.jsonl"], "No such file"),
        (["--field", "text", "a.jsonl", "--max-record-bytes", "much", "-o", "x.jsonl"], "such as 64M"),
    ],
)
def test_wrong_usage(fixtext: Fixtext, words: list[str], message: str) -> None:
    done = fixtext(*words)
    assert done.exit_code == 2
    assert message in done.stderr + str(done.output)


def test_limits(fixtext: Fixtext, folder: Path) -> None:
    words = ["--field", "text", "a.jsonl", "-o", "out.jsonl", "--max-record-bytes", "15"]
    assert fixtext(*words).exit_code == 1
    assert (folder / "out.jsonl").read_bytes() == b'{"text": "good"}\n'


def test_status_of_repairs(fixtext: Fixtext) -> None:
    assert fixtext("--field", "text", "a.jsonl", "-o", "x.jsonl", "--exit-non-zero-on-fix").exit_code == 1


def test_jsonl_needs_nothing_that_is_not_installed(run_python: RunPython, folder: Path) -> None:
    hide = "import sys; sys.modules.update(dict.fromkeys(['pyarrow', 'orjson']))\n"
    program = hide + "from fixtext.cli.command import main; sys.argv[0] = 'fixtext'; main()"
    done = run_python("-c", program, "--field", "text", "a.jsonl", "-o", "x.jsonl.gz", folder=folder)
    assert done.returncode == 0, done.stderr
    done = run_python("-c", program, "--field", "text", "a.jsonl", "-o", "x.jsonl.zst", folder=folder)
    assert b"pip install 'fixtext[records]'" in done.stderr
