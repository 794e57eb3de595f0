"""``--line-buffered``: a line is written as soon as it is complete."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Fixtext
from tests.conftest import ROOT

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"}
HEALTHY = "早上我们去公园散步，看见很多老人在打太极拳。\n"
MISREAD = HEALTHY.encode("gb18030").decode("latin-1").replace("\n", "") + "\n"


def test_each_line_comes_at_once() -> None:
    command = [sys.executable, "-m", "fixtext", "--line-buffered"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in (HEALTHY, MISREAD, "plain\n", MISREAD):
            process.stdin.write(line.encode())
            process.stdin.flush()
            assert process.stdout.readline().decode() == (line if line == "plain\n" else HEALTHY)
        process.stdin.write(b"the end")
        process.stdin.close()
        assert process.stdout.read() == b"the end"
        assert process.wait(30) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals in the standard library")
@pytest.mark.parametrize("options", [[], ["--no-line-buffered"]])
def test_it_is_the_default_on_a_terminal(options: list[str]) -> None:
    import pty
    import select

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fixtext", *options]
    with subprocess.Popen(command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=theirs) as process:
        os.close(theirs)
        assert process.stdin is not None
        process.stdin.write(MISREAD.encode())
        process.stdin.flush()
        if options:
            assert not select.select([ours], [], [], 2)[0]
            process.stdin.close()
        assert os.read(ours, 4096).decode().replace("\r", "") == HEALTHY
        process.stdin.close()
        assert process.wait(30) == 0
    os.close(ours)


def test_places_and_counts(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("fine\nbad 一bad\n\nbad")
    done = fixtext("--line-buffered", "--explain", "--exit-non-zero-on-fix", "log.txt")
    assert done.exit_code == 1
    assert done.stdout == "fine\ngood 一bon\n\ngood"
    assert [line.split(":")[0] for line in done.stderr.splitlines() if "->" in line] == [
        "line 2, column 1",
        "line 2, column 5",
        "line 4, column 1",
    ]
    assert done.stderr.endswith("3 repairs, 0 suspects\n")


def test_marks_and_encodings(fixtext: Fixtext) -> None:
    assert fixtext("--line-buffered", "--bom", "remove", stdin=b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n").stdout_bytes == (
        b"a\n\xef\xbb\xbfb\n"
    )
    assert fixtext("--line-buffered", stdin="\ufeff好\nbad\n".encode("utf-16-le")).stdout == "\ufeff好\ngood\n"
    assert fixtext("--line-buffered", "--newline", "crlf", stdin=b"a\nb").stdout_bytes == b"a\r\nb"


@pytest.mark.parametrize("option", ["--check", "--format=json", "-o=x", "--patch"])
def test_what_it_does_not_go_with(option: str, fixtext: Fixtext) -> None:
    done = fixtext("--line-buffered", *option.split("="), stdin=b"x")
    assert done.exit_code == 2


def test_a_file_that_is_not_read_by_lines(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "wide.txt").write_bytes("\ufeff好\n".encode("utf-16-le"))
    assert "it is in utf-16le, which is not read line by line" in fixtext("--line-buffered", "wide.txt").stderr
