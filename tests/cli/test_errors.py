"""What goes wrong: one line each, that says where, what, and what to do."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fixtext.cli import streams
from fixtext.cli.errors import Unwritable
from fixtext.cli.files import atomic, reading
from fixtext.detectors import registry
from tests.cli.conftest import Fixtext
from tests.conftest import ROOT, RunPython
from tests.doubles import Rules, Says


def only_line(text: str) -> str:
    (line,) = text.splitlines()
    return line


class TestReading:
    @pytest.mark.parametrize("name", ["nowhere", "a\0b", "file/below", "x" * 300])
    def test_what_is_not_there(self, name: str, fixtext: Fixtext, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("text")
        (tmp_path / "list").write_bytes(name.encode())
        done = fixtext(name) if "\0" not in name else fixtext("--check", "--files-from", "list")
        assert done.exit_code == 2
        assert done.stdout == ""

    def test_a_directory(self, fixtext: Fixtext, tmp_path: Path) -> None:
        assert only_line(fixtext(tmp_path).stderr) == f"fixtext: {tmp_path}: it is a directory; name a file in it"

    @pytest.mark.parametrize(
        ("error", "message"),
        [
            (PermissionError(13, "Permission denied"), "permission denied; check who may read it"),
            (OSError(5, "Input/output error"), "it cannot be read: input/output error"),
            (OSError(99, "Cannot Assign"), "it cannot be read: cannot assign"),
        ],
    )
    def test_what_the_system_refuses(
        self, error: OSError, message: str, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_arguments: object) -> int:
            raise error

        monkeypatch.setattr(os, "open", refuse)
        assert only_line(fixtext("a.txt").stderr) == f"fixtext: a.txt: {message}"

    def test_reading_fails_half_way(self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a.txt").write_text("text")

        def refuse(*_arguments: object) -> bytes:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(reading, "_drained", refuse)
        assert "a.txt: it cannot be read: input/output error" in fixtext("a.txt").stderr

    def test_a_pipe_longer_than_one_reading(self, fixtext: Fixtext, tmp_path: Path) -> None:
        if sys.platform == "win32":
            pytest.skip("Windows has no named pipes in the file system")
        os.mkfifo(tmp_path / "pipe")
        text = b"line\n" * 100_000
        with subprocess.Popen(["sh", "-c", "cat > pipe"], cwd=tmp_path, stdin=subprocess.PIPE) as writer:
            assert writer.stdin is not None
            done_reading = subprocess.Popen(
                [sys.executable, "-m", "fixtext", "pipe"],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
                stdout=subprocess.PIPE,
            )
            writer.stdin.write(text)
            writer.stdin.close()
            out, _ = done_reading.communicate(timeout=60)
        assert out == text

    def test_standard_input_is_closed(self, run_python: RunPython) -> None:
        program = "import sys; sys.stdin = None; sys.argv = ['fixtext']; from fixtext.cli.command import main; main()"
        done = run_python("-c", program)
        assert (done.returncode, done.stderr) == (2, b"fixtext: standard input: it is closed; name a file\n")

    def test_a_configuration_that_cannot_be_read(
        self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from fixtext.cli.settings import discovery

        def refuse(*_arguments: object) -> io.BytesIO:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(discovery, "open", refuse, raising=False)
        assert "fixtext.toml: it cannot be read: permission denied" in only_line(fixtext(stdin=b"x").stderr)

    def test_a_plan_that_is_not_there(self, fixtext: Fixtext) -> None:
        assert only_line(fixtext("--apply", "plan", "a").stderr) == (
            "fixtext: plan: there is no such file; check the name"
        )


class TestWriting:
    def test_standard_output_is_closed(self, run_python: RunPython) -> None:
        program = (
            "import sys; sys.stdout = None; sys.argv = ['fixtext', '-']; from fixtext.cli.command import main; main()"
        )
        done = run_python("-c", program, stdin=b"x")
        assert (done.returncode, done.stderr) == (2, b"fixtext: standard output: it is closed\n")

    @pytest.mark.parametrize("arguments", [["-o", "nowhere/out"], ["--report", "nowhere/out"]])
    def test_a_folder_that_is_not_there(self, arguments: list[str], fixtext: Fixtext) -> None:
        done = fixtext(*arguments, stdin=b"bad")
        assert done.exit_code == 2
        assert only_line(done.stderr) == "fixtext: nowhere/out: it cannot be written: no such file or directory"

    @pytest.mark.parametrize(("number", "told"), [(28, "no space left on device"), (30, "read-only file system")])
    def test_the_file_stays_when_writing_fails(
        self, number: int, told: str, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a.txt").write_text("bad")

        def refuse(*_arguments: object) -> int:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", refuse)
        done = fixtext("-w", "a.txt")
        assert done.exit_code == 2
        assert done.stderr.splitlines()[0] == f"fixtext: a.txt: it cannot be written: {told}"
        assert (tmp_path / "a.txt").read_text() == "bad"
        assert [path.name for path in tmp_path.iterdir() if path.name != ".git"] == ["a.txt"]

    def test_a_backup_that_cannot_be_written_stops_the_writing(
        self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a.txt").write_text("bad")

        def refuse(*_arguments: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", refuse)
        assert "a.txt.bak: it cannot be written: no space" in fixtext("-w", "--backup", "a.txt").stderr
        assert (tmp_path / "a.txt").read_text() == "bad"

    def test_a_file_that_goes_while_it_is_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "a.txt"
        file.write_text("bad")
        _, known = reading.read_file(str(file), "a.txt")
        fsync = os.fsync

        def remove(handle: int) -> None:
            fsync(handle)
            file.unlink(missing_ok=True)

        monkeypatch.setattr(os, "fsync", remove)
        with pytest.raises(Unwritable, match="it is gone; nothing was written"):
            atomic.replace_file(str(file), "a.txt", b"good", known)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full to write to")
    def test_a_device_that_is_full(self, fixtext: Fixtext) -> None:
        assert "no space left on device" in fixtext("-o", "/dev/full", stdin=b"text").stderr

    def test_ctrl_c_while_a_file_is_written(
        self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a.txt").write_text("bad")

        def interrupt(*_arguments: object) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        done = fixtext("-w", "a.txt")
        assert (done.exit_code, done.stderr) == (130, "")
        assert (tmp_path / "a.txt").read_text() == "bad"
        assert [path.name for path in tmp_path.iterdir() if path.name != ".git"] == ["a.txt"]

    def test_a_reader_that_goes_away(self, fixtext: Fixtext, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_data: bytes) -> None:
            raise BrokenPipeError

        monkeypatch.setattr(streams, "write", refuse)
        monkeypatch.setattr(streams, "abandon_output", lambda: None)
        assert fixtext(stdin=b"text").exit_code == 141


class TestDetectors:
    def test_one_file_that_fails_does_not_stop_the_others(
        self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(text: str) -> list[object]:
            if "poison" in text:
                raise LookupError("lost")
            return []

        monkeypatch.setitem(registry._ready, "glossed", Says(fail))  # type: ignore[arg-type]
        for name in ("a.txt", "b.txt", "c.txt"):
            (tmp_path / name).write_text("poison" if name == "b.txt" else "fine")
        done = fixtext("--check", "a.txt", "b.txt", "c.txt")
        assert done.exit_code == 2
        assert done.stderr.splitlines() == [
            "fixtext: b.txt: the detector 'says' failed: LookupError: lost; nothing was written",
            "fixtext: nothing to repair; 0 repairs, 0 suspects; 2 files looked at; 1 failure",
        ]

    def test_only_confident_repairs(self, fixtext: Fixtext, monkeypatch: pytest.MonkeyPatch) -> None:
        guessing = Rules({"bad": "good"}, name="glossed", guess=True)
        monkeypatch.setitem(registry._ready, "glossed", guessing)
        monkeypatch.setitem(registry._ready, "sure", Rules({"wrong": "right"}, name="sure"))
        options = ("-d", "glossed", "-d", "sure", "--confident", "--explain")
        done = fixtext(*options, stdin=b"bad wrong")
        assert done.stdout == "bad right"
        assert "only confident ones are asked for" in done.stderr
        assert fixtext("--check", "-d", "glossed", "--confident", stdin=b"bad").exit_code == 0
        assert fixtext("--check", *options, stdin=b"wrong").exit_code == 1


class TestHistory:
    def test_git_needs_a_file(self, fixtext: Fixtext) -> None:
        assert "--git needs the name of a FILE" in fixtext("--git", stdin=b"x").stderr

    def test_no_history(self, fixtext: Fixtext, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("text")
        done = fixtext("--git", "a.txt")
        assert done.exit_code == 2
        assert re.fullmatch(r"fixtext: a\.txt: it has no history: .*; leave --git out", only_line(done.stderr))

    def test_a_history(self, fixtext: Fixtext, tmp_path: Path) -> None:
        (tmp_path / ".git").rmdir()
        git = ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org"]
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
        (tmp_path / "a.txt").write_text("text\n")
        subprocess.run(["git", "add", "a.txt"], cwd=tmp_path, check=True)
        subprocess.run([*git, "commit", "-q", "-m", "first"], cwd=tmp_path, check=True)
        (tmp_path / "a.txt").write_text("text, bad\n")
        assert fixtext("--git", "a.txt").stdout == "text, good\n"


def test_several_files_from_a_list_and_standard_input(fixtext: Fixtext) -> None:
    done = fixtext("--check", "--files-from", "-", "-")
    assert "standard input is either a list of files or a text" in done.stderr
    assert "--show-settings shows those of one FILE" in fixtext("--show-settings", "a", "b").stderr
