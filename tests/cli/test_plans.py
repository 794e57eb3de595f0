"""Plans: applied to another copy, undone, and refused where they do not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Fixtext

TEXT = "a bad\r\n day 一bad bad\n"
HEALTHY = "a good\r\n day 一bon good\n"


@pytest.fixture(params=["json", "jsonl"])
def plan(request: pytest.FixtureRequest, fixtext: Fixtext, tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "other.txt").write_text("also bad")
    file = tmp_path / "plan.json"
    file.write_text(fixtext("--check", "--format", request.param, "a.txt", "other.txt").stdout)
    return file


def test_apply_and_undo(plan: Path, fixtext: Fixtext, tmp_path: Path) -> None:
    done = fixtext("--apply", plan, "-w", "a.txt")
    assert (done.exit_code, done.stdout) == (0, "a.txt: 3 repairs, 0 suspects\n")
    assert (tmp_path / "a.txt").read_bytes() == HEALTHY.encode()
    assert (tmp_path / "other.txt").read_text() == "also bad"  # in the plan, but not named
    assert fixtext("--apply", plan, "--check", "a.txt").exit_code == 0
    assert fixtext("--undo", plan, "-w", "a.txt").exit_code == 0
    assert (tmp_path / "a.txt").read_bytes() == TEXT.encode()
    assert fixtext("--undo", plan, "--check", "a.txt").exit_code == 0


def test_a_copy_under_another_name(plan: Path, fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_bytes(TEXT.encode())
    assert fixtext("--apply", plan, "copy.txt").stdout_bytes == HEALTHY.encode()
    assert fixtext("--apply", plan, "--diff", "copy.txt").exit_code == 1


def test_a_file_that_says_something_else(plan: Path, fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a god\n")
    done = fixtext("--apply", plan, "-w", "a.txt")
    assert done.exit_code == 2
    assert "a.txt: it does not say what the plan" in done.stderr
    assert (tmp_path / "a.txt").read_text() == "a god\n"
    done = fixtext("--apply", plan, "-w", "plan.json")
    assert done.exit_code == 2
    assert "says nothing about it" in done.stderr


def test_a_change_elsewhere_in_the_file_is_kept(plan: Path, fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((TEXT + "more\n").encode())
    assert fixtext("--apply", plan, "a.txt").stdout_bytes == (HEALTHY + "more\n").encode()


def test_bytes_that_are_not_utf8_come_back(fixtext: Fixtext, tmp_path: Path) -> None:
    from fixtext.cli.plans import Plan

    data = b"\xb0 bad \xb0"
    edit = {"rule": "r", "start": 2, "end": 5, "before": "bad", "after": "\udcff", "bits": 1, "channel": []}
    plan = tmp_path / "plan"
    plan.write_text(json.dumps({"version": 1, "path": "x", "sha256": "", "sha256_after": "", "edits": [edit]}))
    assert Plan.read(str(plan), alone=True)
    (tmp_path / "a").write_bytes(data)
    assert fixtext("--apply", plan, "-w", "a").exit_code == 0
    assert (tmp_path / "a").read_bytes() == b"\xb0 \xff \xb0"
    assert fixtext("--undo", plan, "-w", "a").exit_code == 0
    assert (tmp_path / "a").read_bytes() == data


VALID: dict[str, Any] = {"rule": "r", "start": 0, "end": 3, "before": "bad", "after": "x", "bits": 1, "channel": []}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"version": 2, "files": []}',
        '{"version": 1, "files": 3}',
        '{"version": 1, "files": [{}]}',
        "[" * 100_000,
        *(
            json.dumps({"version": 1, "path": "a", "sha256": "", "sha256_after": "", "edits": [{**VALID, **wrong}]})
            for wrong in (
                {"start": -1},
                {"start": 3},
                {"start": "0"},
                {"start": True},
                {"after": None},
                {"bits": "x"},
                {"before": 3},
                {"guesses": [1]},
            )
        ),
    ],
)
def test_what_is_no_plan(content: str, fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "plan").write_text(content)
    (tmp_path / "a").write_text("bad")
    done = fixtext("--apply", "plan", "-w", "a")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()[:1]
    assert line.startswith("fixtext: plan: it is no plan that --format json")
    assert (tmp_path / "a").read_text() == "bad"


def test_a_channel_that_is_not_known_is_no_matter(fixtext: Fixtext, tmp_path: Path) -> None:
    edit = {**VALID, "channel": [{"step": "os.system", "command": "touch owned"}]}
    plan = {"version": 1, "path": "a", "sha256": "", "sha256_after": "", "edits": [edit]}
    (tmp_path / "plan").write_text(json.dumps(plan))
    (tmp_path / "a").write_text("bad")
    done = fixtext("--apply", "plan", "--explain", "a")
    assert (done.stdout, done.exit_code) == ("x", 0)
    assert "as a plan says, as asked" in done.stderr
    assert not (tmp_path / "owned").exists()


def test_overlapping_repairs_are_refused(fixtext: Fixtext, tmp_path: Path) -> None:
    edits = [VALID, {**VALID, "start": 2, "end": 3, "before": "d"}]
    plan = {"version": 1, "path": "a", "sha256": "", "sha256_after": "", "edits": edits}
    (tmp_path / "plan").write_text(json.dumps(plan))
    (tmp_path / "a").write_text("bad")
    assert fixtext("--apply", "plan", "-w", "a").exit_code == 2


@pytest.mark.parametrize("options", [("--apply", "plan", "--undo", "plan"), ("--apply", "plan", "--git")])
def test_what_excludes_each_other(options: tuple[str, ...], fixtext: Fixtext) -> None:
    assert "exclude each other" in fixtext(*options, "a").stderr


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(parts=st.lists(st.sampled_from(["bad", "一bad", "x", "𠀀", "\n", "\r\n", "good"]), max_size=12))
def test_undo_is_the_way_back(parts: list[str], fixtext: Fixtext, tmp_path: Path) -> None:
    data = "".join(parts).encode()
    (tmp_path / "a").write_bytes(data)
    (tmp_path / "plan").write_text(fixtext("--format", "json", "a").stdout)
    if b"bad" not in data:
        return
    assert fixtext("--apply", "plan", "-w", "a").exit_code == 0
    assert b"bad" not in (tmp_path / "a").read_bytes()
    assert fixtext("--undo", "plan", "-w", "a").exit_code == 0
    assert (tmp_path / "a").read_bytes() == data


@pytest.mark.parametrize("options", [(), ("--keep-encoding",)])
def test_a_file_in_another_encoding(options: tuple[str, ...], fixtext: Fixtext, tmp_path: Path) -> None:
    data = "會議記錄：這是一個測試用的檔案，bad day。\r\n".encode("gb18030")
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "plan").write_text(fixtext("--encoding", "gb18030", *options, "--format", "json", "a.txt").stdout)
    assert fixtext("--apply", "plan", *options, "-w", "a.txt").exit_code == 0
    healthy = data.decode("gb18030").replace("bad", "good")
    assert (tmp_path / "a.txt").read_bytes() == healthy.encode("gb18030" if options else "utf-8")
    assert fixtext("--apply", "plan", *options, "--check", "a.txt").exit_code == 0
    assert fixtext("--undo", "plan", *options, "-w", "a.txt").exit_code == 0
    assert (tmp_path / "a.txt").read_bytes() == data


def test_what_more_than_a_plan_has_changed_is_not_undone(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"bad\r\n")
    (tmp_path / "plan").write_text(fixtext("--newline", "lf", "--format", "json", "a.txt").stdout)
    assert fixtext("--newline", "lf", "-w", "a.txt").exit_code == 0
    done = fixtext("--undo", "plan", "-w", "a.txt")
    assert done.exit_code == 2
    assert "more than repairs was changed" in done.stderr
    assert (tmp_path / "a.txt").read_bytes() == b"good\n"


def test_an_encoding_that_there_is_not(fixtext: Fixtext, tmp_path: Path) -> None:
    plan = {"version": 1, "path": "a", "sha256": "", "sha256_after": "", "edits": [VALID], "encoding": "zip\x1b"}
    (tmp_path / "plan").write_text(json.dumps(plan))
    (tmp_path / "a").write_text("bad")
    done = fixtext("--apply", "plan", "a")
    assert (done.exit_code, done.stderr) == (2, "fixtext: a: it is not in zip\\x1b, as the plan says\n")
