"""Files are replaced whole or not at all, and keep what they were."""

from __future__ import annotations

import os
import random
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fixtext.cli.errors import Unreadable, Unwritable
from fixtext.cli.files import TEMPORARY, atomic, reading
from tests.cli.conftest import Fixtext
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files as POSIX has them")

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def test_mode_and_links(fixtext: Fixtext, tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_text("bad")
    target.chmod(0o751)
    (tmp_path / "soft.txt").symlink_to("target.txt")
    os.link(target, tmp_path / "hard.txt")
    assert fixtext("-w", "soft.txt").exit_code == 0
    assert target.read_text() == "good"
    assert stat.S_IMODE(target.stat().st_mode) == 0o751
    assert (tmp_path / "soft.txt").is_symlink()
    assert (tmp_path / "hard.txt").read_text() == "bad"  # as docs/command.md says


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser may give a file to another user"
)
def test_the_owner_is_kept(fixtext: Fixtext, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("bad")
    os.chown(file, 1234, 4321)
    assert fixtext("-w", "a.txt").exit_code == 0
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)


def test_extended_attributes_are_kept(fixtext: Fixtext, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("bad")
    try:
        os.setxattr(file, "user.origin", b"archive")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    assert fixtext("-w", "a.txt").exit_code == 0
    assert os.getxattr(file, "user.origin") == b"archive"


def test_a_read_only_file_is_left(fixtext: Fixtext, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("bad")
    file.chmod(0o444)
    done = fixtext("-w", "a.txt")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0].startswith("fixtext: a.txt: it is read-only; change its permissions")
    assert file.read_text() == "bad"


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("bad")
    _, known = reading.read_file(str(file), "a.txt")
    file.write_text("somebody else's work")
    with pytest.raises(Unwritable, match="it changed while it was repaired"):
        atomic.replace_file(str(file), "a.txt", b"good", known)
    assert file.read_text() == "somebody else's work"
    file.unlink()
    with pytest.raises(Unwritable, match="it is gone"):
        atomic.replace_file(str(file), "a.txt", b"good", known)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("bad")
    read = os.read

    def read_and_change(handle: int, count: int) -> bytes:
        data = read(handle, count)
        file.write_text("other")
        return data

    monkeypatch.setattr(os, "read", read_and_change)
    with pytest.raises(Unreadable, match="it changed while it was read"):
        reading.read_file(str(file), "a.txt")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("ＡＢ" * 4000)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run(
        [sys.executable, "-B", "-m", "fixtext", "-w", "--normalize", "width", file],
        preexec_fn=limit,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert f"fixtext: {file}: it cannot be written: file too large" in done.stderr.decode()
    assert file.read_text() == "ＡＢ" * 4000
    assert list(tmp_path.iterdir()) == [file]


def test_sigterm_leaves_nothing_behind(tmp_path: Path) -> None:
    program = (
        "import os, sys, time\n"
        "fsync = os.fsync\n"
        "def slow(handle):\n"
        "    print('writing', flush=True)\n"
        "    time.sleep(60)\n"
        "os.fsync = slow\n"
        "sys.argv = ['fixtext', '-w', '-q', '--normalize', 'width', 'a.txt']\n"
        "from fixtext.cli.command import main\n"
        "main()"
    )
    (tmp_path / "a.txt").write_text("Ａ")
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        assert len(list(tmp_path.iterdir())) == 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 143
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "Ａ"


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    """Kill the command at random moments while it writes a tree: each file is the old one or the new one."""
    old, new = "ＡＢＣ\n" * 1_000, "ABC\n" * 1_000
    files = [tmp_path / f"{number:02}.txt" for number in range(25)]
    chance = random.Random(7)
    command = [sys.executable, "-m", "fixtext", "-w", "-q", "--normalize", "width", str(tmp_path)]
    for file in files:
        file.write_text(old)
    start = time.monotonic()
    subprocess.run(command, env=ENVIRONMENT, check=True)
    whole = time.monotonic() - start
    caught = torn = 0
    for _ in range(200):
        for file in files:
            if file.read_text() != old:
                file.write_text(old)
        process = subprocess.Popen(command, env=ENVIRONMENT)
        try:
            process.wait(chance.uniform(0, whole))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        states = [file.read_text() for file in files]
        torn += sum(state not in (old, new) for state in states)
        caught += 0 < states.count(new) < len(files)
        for leftover in tmp_path.glob(f".*{TEMPORARY}"):
            leftover.unlink()
    assert torn == 0
    assert caught > 20  # the kills fell into the writing, so the test could have failed
