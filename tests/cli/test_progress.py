"""The bar: when it appears, what it says, and that it goes away."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fixtext.cli.progress import Bar
from tests.conftest import ROOT


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_shown_within_a_second() -> None:
    clock, stream = Clock(), io.StringIO()
    bar = Bar(stream, 1000, clock)
    clock.now += 0.9
    bar.advance(500, 3)
    bar.clear()
    assert stream.getvalue() == ""


def test_what_is_shown() -> None:
    clock, stream = Clock(), io.StringIO()
    bar = Bar(stream, 4_000_000, clock)
    clock.now += 2
    bar.advance(1_000_000, 3)
    assert stream.getvalue() == (
        "\r\x1b[K[######..................] 25%  1.0 MB of 4.0 MB  500.0 kB/s  0:06 left  3 repairs"
    )
    clock.now += 0.05
    bar.advance(1_000_000, 4)
    assert stream.getvalue().count("\r") == 1  # not more often than ten times a second
    bar.clear()
    bar.clear()
    assert stream.getvalue().endswith("3 repairs\r\x1b[K")


@pytest.mark.parametrize("total", [0, 10])
def test_more_than_was_expected(total: int) -> None:
    clock, stream = Clock(), io.StringIO()
    bar = Bar(stream, total, clock)
    clock.now += 2
    bar.advance(20, 0)
    assert "100%" in stream.getvalue()


SLOW = """
import time, sys
from fixtext.cli import work
original = work.read
def slow(item):
    time.sleep(0.3)
    return original(item)
work.read = slow
sys.argv = ["fixtext", "--check", ".", "7.txt"]
from fixtext.cli.command import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")
@pytest.mark.parametrize("terminal", [True, False])
def test_it_is_for_terminals(terminal: bool, tmp_path: Path) -> None:
    import pty

    for number in range(7):
        (tmp_path / f"{number}.txt").write_text("fine\n" * 100)
    ours, theirs = pty.openpty() if terminal else os.pipe()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"}
    done = subprocess.Popen([sys.executable, "-c", SLOW], cwd=tmp_path, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the other end of a terminal was closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert done.wait(30) == 2
    assert (b"% " in shown and b" left" in shown) is terminal
    # the line about the failure stands by itself, and nothing of the bar is left behind it
    assert b"fixtext: 7.txt: there is no such file" in (shown.replace(b"\r\x1b[K", b"\n") if terminal else shown)
    assert b"#" not in shown.rsplit(b"\x1b[K", 1)[-1]
