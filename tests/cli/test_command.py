"""The command as people run it: a process of its own, real streams, exit status."""

from __future__ import annotations

import os
import platform
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import fixtext
from fixtext.detectors.registry import BUILT_IN
from tests.conftest import RunPython

POSIX = pytest.mark.skipif(os.name != "posix", reason="terminals, pipes and permissions as POSIX has them")

SECRET = "Gur dhvpx oebja sbk naq gur ynml qbt jvgu guvf."
HEALTHY = "The quick brown fox and the lazy dog with this."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain\n",
        "no newline at the end",
        "CRLF\r\nand LF\nand CR\r",
        "健康的文字，\u3000原樣。",
        "\ufeffwith a mark",
        "\x00\x1a control",
        "\u2028\x85",
    ],
)
def test_healthy_text_passes_byte_for_byte(text: str, tmp_path: Path, run_python: RunPython) -> None:
    data = text.encode()
    file = tmp_path / "in.txt"
    file.write_bytes(data)
    for arguments in ([file], ["-"], []):
        done = run_python("-m", "fixtext", *arguments, stdin=data)
        assert (done.returncode, done.stdout, done.stderr) == (0, data, b"")


def test_line_ends_around_a_repair_are_kept(plugin: Path, run_python: RunPython) -> None:
    data = f"a\r\n{SECRET}\nb\r\n\r\n{SECRET}".encode()
    done = run_python("-m", "fixtext", "-d", "rot13", stdin=data, path=(plugin,))
    assert done.stdout == f"a\r\n{HEALTHY}\nb\r\n\r\n{HEALTHY}".encode()


def test_the_encoding_of_the_console_does_not_matter(plugin: Path, run_python: RunPython) -> None:
    data = f"健康\n{SECRET} 們\n".encode()
    done = run_python(
        "-m", "fixtext", "--explain", "-d", "rot13", stdin=data, path=(plugin,), PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert done.returncode == 0
    assert done.stdout == f"健康\n{HEALTHY} 們\n".encode()
    assert rb"\u5011" in done.stderr


def test_a_wrong_console_name_does_not_break_the_reading(run_python: RunPython) -> None:
    done = run_python("-m", "fixtext", stdin="們".encode(), PYTHONUTF8="0", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stdout) == (0, "們".encode())


class TestUsage:
    def test_version(self, run_python: RunPython) -> None:
        done = run_python("-m", "fixtext", "--version")
        first, python, model, plugins = done.stdout.decode().splitlines()
        assert first == f"fixtext {fixtext.__version__}"
        assert python.startswith(f"Python {platform.python_version()} ")
        assert re.fullmatch(r"model sha256:[0-9a-f]{16} \(\d+\.\d MB\)", model)
        assert plugins.startswith("plug-ins: ")

    def test_help_has_examples(self, run_python: RunPython) -> None:
        done = run_python("-m", "fixtext", "--help")
        assert done.returncode == 0
        assert b"fixtext page.txt > healthy.txt" in done.stdout

    @pytest.mark.parametrize("arguments", [["--nonsense"], ["one", "two"], ["-d"]])
    def test_wrong_usage_is_status_2(self, arguments: list[str], run_python: RunPython) -> None:
        done = run_python("-m", "fixtext", *arguments)
        assert (done.returncode, done.stdout) == (2, b"")
        (line,) = done.stderr.decode().splitlines()
        assert line.startswith("fixtext: ")
        assert line.endswith("; see: fixtext --help")

    def test_an_unknown_detector_is_status_2(self, run_python: RunPython) -> None:
        done = run_python("-m", "fixtext", "-d", "glosed", stdin=b"text")
        assert (done.returncode, done.stdout) == (2, b"")
        names = ", ".join(sorted(BUILT_IN))
        assert (
            done.stderr.decode().strip()
            == f"fixtext: there is no detector 'glosed'; did you mean 'glossed'? there are: {names}"
        )

    @POSIX
    def test_a_terminal_gets_a_hint(self) -> None:
        import pty

        _, terminal = pty.openpty()
        done = subprocess.run(
            [sys.executable, "-m", "fixtext"], stdin=terminal, capture_output=True, check=False, timeout=60
        )
        assert done.returncode == 2
        assert b"name a file" in done.stderr


class TestUnreadable:
    def fails(self, run_python: RunPython, *arguments: str | Path, stdin: bytes = b"") -> str:
        done = run_python("-m", "fixtext", *arguments, stdin=stdin)
        assert (done.returncode, done.stdout) == (2, b"")
        (line,) = done.stderr.decode().splitlines()
        return line

    def test_no_such_file(self, tmp_path: Path, run_python: RunPython) -> None:
        file = tmp_path / "nowhere.txt"
        assert self.fails(run_python, file) == f"fixtext: {file}: there is no such file; check the name"

    def test_a_directory(self, tmp_path: Path, run_python: RunPython) -> None:
        assert self.fails(run_python, tmp_path) == f"fixtext: {tmp_path}: it is a directory; name a file in it"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
    def test_permission_denied(self, tmp_path: Path, run_python: RunPython) -> None:
        file = tmp_path / "secret.txt"
        file.touch(mode=0)
        assert self.fails(run_python, file) == f"fixtext: {file}: permission denied; check who may read it"

    def test_bytes_that_are_no_text(self, run_python: RunPython) -> None:
        line = self.fails(run_python, "-", stdin=bytes(range(256)))
        assert line == "fixtext: standard input: it is binary data, not text"

    def test_a_name_with_control_characters_is_shown_escaped(self, run_python: RunPython) -> None:
        assert self.fails(run_python, "red\x1b[31m") == ("fixtext: red\\x1b[31m: there is no such file; check the name")


@POSIX
class TestEnds:
    def test_a_reader_that_goes_away(self, tmp_path: Path) -> None:
        file = tmp_path / "big.txt"
        file.write_bytes(b"line\n" * 1_000_000)
        with subprocess.Popen(
            [sys.executable, "-m", "fixtext", file], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(1)
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 141

    def test_ctrl_c(self) -> None:
        program = (
            "import sys; sys.argv[1:] = ['-']\n"
            "from fixtext.cli.command import main\n"
            "print('ready', file=sys.stderr, flush=True)\n"
            "main()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stderr is not None
            assert process.stderr.readline() == b"ready\n"
            time.sleep(0.5)
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 130
            assert process.stderr.read() == b""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full to write to")
    def test_a_full_disk(self) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "fixtext"], input=b"x", stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert done.returncode == 2
        assert done.stderr == b"fixtext: standard output: it cannot be written: no space left on device\n"


BROKEN_PLUGIN = """
class Broken:
    name = "broken"
    summary = "Always fails"
    def scan(self, text):
        raise LookupError("the table is lost")
    def propose(self, text, spans, config):
        return []
"""


def test_a_failing_detector_is_one_line(tmp_path: Path, run_python: RunPython) -> None:
    (tmp_path / "broken.py").write_text(BROKEN_PLUGIN)
    metadata = tmp_path / "broken-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[fixtext.detectors]\nbroken = broken:Broken\nlost = nowhere:Lost\n")
    done = run_python("-m", "fixtext", "-d", "broken", stdin=b"text", path=(tmp_path,))
    assert (done.returncode, done.stdout) == (2, b"")
    assert (
        done.stderr.decode().strip()
        == "fixtext: the detector 'broken' failed: LookupError: the table is lost; nothing was written"
    )
    done = run_python("-m", "fixtext", "-d", "lost", stdin=b"text", path=(tmp_path,))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"the detector 'lost' of broken cannot be loaded: ModuleNotFoundError" in done.stderr
