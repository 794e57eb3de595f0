"""Asking about each repair."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from fixtext.cli import patch
from tests.cli.conftest import Fixtext
from tests.conftest import ROOT


class Script:
    """A terminal at which the answers are known before."""

    def __init__(self, answers: str) -> None:
        self.answers = list(answers.split())
        self.shown = ""

    def ask(self, question: str) -> str | None:
        self.shown += question
        return self.answers.pop(0) if self.answers else None

    def tell(self, text: str) -> None:
        self.shown += text


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Script:
    script = Script("")
    monkeypatch.setattr(patch, "ControllingTerminal", lambda: script)
    return script


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("y y y", "good good good"),
        ("n y n", "bad good bad"),
        ("Y N Y", "good bad good"),
        ("a", "good good good"),
        ("n a", "bad good good"),
        ("y d", "good bad bad"),
        ("q", "bad bad bad"),
        ("y q", "good bad bad"),
        ("y", "good bad bad"),
        ("", "bad bad bad"),
        ("? x y n n", "good bad bad"),
        ("e best n e 第\\n一", "best bad 第\n一"),
        ("e bad y y", "bad good good"),
    ],
)
def test_answers(answers: str, expected: str, terminal: Script, fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("bad bad bad")
    terminal.answers = answers.split()
    assert fixtext("-p", "-w", "a.txt").exit_code == 0
    assert (tmp_path / "a.txt").read_text() == expected


def test_what_is_shown(terminal: Script, fixtext: Fixtext) -> None:
    terminal.answers = ["?", "y"]
    done = fixtext("-p", stdin=b"line\nvery \x1b[31mbad day\nnext")
    assert done.stdout == "line\nvery \x1b[31mgood day\nnext"
    assert terminal.shown.splitlines()[:5] == [
        "standard input:2:11",
        "- very \\x1b[31mbad day",
        "+ very \\x1b[31mgood day",
        "  glossed: good becomes bad",
        "Make this repair (1/1)? [y,n,a,d,e,q,?] y  make this repair",
    ]


def test_quitting_counts_for_all_files(terminal: Script, fixtext: Fixtext, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text("bad bad")
    terminal.answers = ["a", "y", "q"]
    assert fixtext("-p", "-w", "a", "b", "c").exit_code == 0
    assert [(tmp_path / name).read_text() for name in "abc"] == ["good good", "good bad", "bad bad"]


def test_nothing_to_ask_about(terminal: Script, fixtext: Fixtext) -> None:
    assert fixtext("-p", stdin=b"fine").stdout == "fine"
    assert terminal.shown == ""


def test_a_diff_of_what_was_chosen(terminal: Script, fixtext: Fixtext) -> None:
    terminal.answers = ["n", "y"]
    assert "+bad good" in fixtext("-p", "--diff", stdin=b"bad bad\n").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")
class TestRealTerminal:
    def test_questions_go_to_the_terminal_while_the_text_comes_through_a_pipe(self, plugin: Path) -> None:
        import pty

        read, write = os.pipe()
        out_read, out_write = os.pipe()
        child, terminal = pty.fork()
        if child == 0:
            os.dup2(read, 0)
            os.dup2(out_write, 1)
            os.close(write)
            path = os.pathsep.join([str(plugin), str(ROOT / "src")])
            environment = {**os.environ, "PYTHONPATH": path, "LC_ALL": "C.UTF-8", "TERM": "dumb"}
            os.execve(sys.executable, [sys.executable, "-m", "fixtext", "-p", "-d", "rot13"], environment)
        os.close(read)
        os.close(out_write)
        os.write(write, b"Gur dhvpx oebja sbk naq gur ynml qbt jvgu guvf.\n")
        os.close(write)
        shown = b""
        deadline = time.monotonic() + 30
        while b"Make this repair" not in shown and time.monotonic() < deadline:
            shown += os.read(terminal, 4096)
        os.write(terminal, b"y\n")
        text = b""
        while piece := os.read(out_read, 4096):
            text += piece
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        os.close(out_read)
        assert os.waitstatus_to_exitcode(status) == 0
        assert text == b"The quick brown fox and the lazy dog with this.\n"

    def test_without_a_terminal_it_is_wrong_usage(self, fixtext: Fixtext, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_arguments: object, **_options: object) -> None:
            raise OSError(6, "No such device or address")

        monkeypatch.setattr(patch, "open", refuse, raising=False)
        done = fixtext("-p", stdin=b"bad")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "there is no terminal to ask at" in done.stderr
