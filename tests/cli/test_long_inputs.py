"""Long inputs: the same bytes whatever the processes and pipes, right places, and files whole or untouched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from fixtext.cli import documents, run
from fixtext.cli.files import atomic
from fixtext.detectors import registry
from fixtext.files import workers
from fixtext.findings import Suspect
from tests.cli.conftest import Fixtext
from tests.conftest import ROOT
from tests.doubles import Says

SIZE = 1024
LINES = ["a fine day\n", "一个好日子\n"] * 400
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"}


@pytest.fixture(autouse=True)
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "SIZE", SIZE)
    monkeypatch.setattr(documents, "SIZE", SIZE)


def write(folder: Path, *bad: int, name: str = "long.txt", newline: str = "\n") -> bytes:
    """Write a file in which some lines are bad."""
    lines = list(LINES)
    for number in bad:
        lines[number] = "a bad day\n"
    data = "".join(lines).replace("\n", newline).encode()
    (folder / name).write_bytes(data)
    return data


def good(data: bytes) -> bytes:
    return data.replace(b"bad", b"good")


@pytest.fixture(params=["1", "3"])
def jobs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return how many processes do the work, which then start at once."""
    monkeypatch.setattr(workers, "PAYS", 0)
    if request.param != "1" and os.name != "posix":
        pytest.skip("the detector of these tests is known to forked processes only")
    return str(request.param)


class TestModes:
    @pytest.mark.parametrize("bad", [(), (0,), (799,), (3, 400, 401, 402)])
    def test_standard_output(self, bad: tuple[int, ...], jobs: str, fixtext: Fixtext, tmp_path: Path) -> None:
        data = write(tmp_path, *bad)
        assert fixtext("-j", jobs, "long.txt").stdout_bytes == good(data)
        assert fixtext("-j", jobs, stdin=data).stdout_bytes == good(data)
        assert fixtext("-j", jobs, "--chunk-size", "7", stdin=data).stdout_bytes == good(data)
        assert fixtext("-j", jobs, "-o", "out.txt", "long.txt").exit_code == 0
        assert (tmp_path / "out.txt").read_bytes() == good(data)

    def test_check(self, jobs: str, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, 5, 500)
        write(tmp_path, name="fine.txt")
        (tmp_path / "short.txt").write_text("bad")
        done = fixtext("--check", "-j", jobs, ".")
        assert done.exit_code == 1
        assert done.stdout.splitlines() == ["./long.txt: 2 repairs, 0 suspects", "./short.txt: 1 repair, 0 suspects"]
        assert "2 files would be repaired; 3 repairs, 0 suspects; 3 files looked at" in done.stderr

    def test_write(self, jobs: str, fixtext: Fixtext, tmp_path: Path) -> None:
        data = write(tmp_path, 0, 500)
        fine = write(tmp_path, name="fine.txt")
        before = (tmp_path / "fine.txt").stat()
        assert fixtext("-w", "--backup", "-j", jobs, "long.txt", "fine.txt").exit_code == 0
        assert (tmp_path / "long.txt").read_bytes() == good(data)
        assert (tmp_path / "long.txt.bak").read_bytes() == data
        assert (tmp_path / "fine.txt").read_bytes() == fine
        assert (tmp_path / "fine.txt").stat().st_ino == before.st_ino  # not written at all
        assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "fine.txt", "long.txt", "long.txt.bak"]

    def test_diff_reads_all_of_it(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, 500)
        done = fixtext("--diff", "long.txt")
        assert "@@ -498,7 +498,7 @@" in done.stdout

    def test_diff_finds_what_the_others_find(
        self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def lengths(found: list[int]) -> Callable[[str], list[Suspect]]:
            def note(text: str) -> list[Suspect]:
                found.append(len(text))
                return []

            return note

        write(tmp_path, 500)
        plain: list[int] = []
        others: list[int] = []
        for found, arguments in ((plain, ("-j", "1")), (others, ("--diff",))):
            monkeypatch.setitem(registry._ready, "glossed", Says(lengths(found)))
            fixtext(*arguments, "long.txt")
        assert others == plain
        assert len(plain) > 1


class TestPlaces:
    def test_explain(self, jobs: str, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, 0, 500, 799)
        done = fixtext("-j", jobs, "--explain", "long.txt")
        places = [line.split(":")[0] for line in done.stderr.splitlines() if "->" in line]
        assert places == [f"line {number}, column 3" for number in (1, 501, 800)]
        assert done.stderr.endswith("3 repairs, 0 suspects\n")

    @pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "github"])
    def test_formats(
        self, form: str, jobs: str, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, 0, 3, 500, 799)
        long = fixtext("--check", "-j", jobs, "--format", form, "long.txt")
        monkeypatch.setattr(run, "SIZE", 1 << 20)
        assert fixtext("--check", "--format", form, "long.txt").stdout == long.stdout
        assert long.exit_code == 1

    def test_a_report(self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, 0, 3, 500, 799)
        fixtext("--check", "--report", "long.html", "long.txt")
        monkeypatch.setattr(run, "SIZE", 1 << 20)
        fixtext("--check", "--report", "short.html", "long.txt")
        assert (tmp_path / "long.html").read_text() == (tmp_path / "short.html").read_text()

    def test_a_line_without_an_end(self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "line.txt").write_text("一 fine day, " * 400 + "bad" + "一 fine day, " * 400)
        long = fixtext("--check", "--format", "json", "line.txt")
        monkeypatch.setattr(run, "SIZE", 1 << 20)
        assert fixtext("--check", "--format", "json", "line.txt").stdout == long.stdout
        assert json.loads(long.stdout)["files"][0]["edits"][0]["column"] == 400 * 12 + 1

    def test_a_plan_leads_there_and_back(self, fixtext: Fixtext, tmp_path: Path) -> None:
        data = write(tmp_path, 1, 500)
        plan = fixtext("--check", "--format", "json", "long.txt").stdout
        (tmp_path / "plan.json").write_text(plan)
        record = json.loads(plan)["files"][0]
        assert (record["sha256"], record["sha256_after"]) == (sha256(data).hexdigest(), sha256(good(data)).hexdigest())
        assert fixtext("--apply", "plan.json", "-w", "long.txt").exit_code == 0
        assert (tmp_path / "long.txt").read_bytes() == good(data)
        assert fixtext("--undo", "plan.json", "-w", "long.txt").exit_code == 0
        assert (tmp_path / "long.txt").read_bytes() == data


class TestBytes:
    def test_line_ends_and_marks(self, jobs: str, fixtext: Fixtext, tmp_path: Path) -> None:
        data = b"\xef\xbb\xbf" + write(tmp_path, 5, newline="\r\n").removesuffix(b"\r\n")
        assert fixtext("-j", jobs, stdin=data).stdout_bytes == good(data)
        assert fixtext("-j", jobs, "--newline", "lf", stdin=data).stdout_bytes == good(data).replace(b"\r\n", b"\n")
        assert fixtext("-j", jobs, "--bom", "remove", stdin=data).stdout_bytes == good(data)[3:]
        assert fixtext("-j", jobs, "--bom", "add", stdin=data[3:]).stdout_bytes == good(data)

    def test_an_encoding_is_kept_in_place(self, jobs: str, fixtext: Fixtext, tmp_path: Path) -> None:
        text = write(tmp_path, 5, 500).decode()
        (tmp_path / "long.txt").write_bytes(text.encode("gbk"))
        assert fixtext("-j", jobs, "long.txt").stdout_bytes == good(text.encode())
        assert fixtext("-j", jobs, "-w", "long.txt").exit_code == 0
        assert (tmp_path / "long.txt").read_bytes() == good(text.encode("gbk"))

    def test_an_encoding_that_lacks_a_character(self, jobs: str, fixtext: Fixtext, tmp_path: Path) -> None:
        lines = list(LINES)
        lines[500] = "\u0e01\n"
        (tmp_path / "long.txt").write_text("".join(lines))
        done = fixtext("-j", jobs, "-o", "out.txt", "--output-encoding", "gbk", "long.txt")
        assert done.exit_code == 2
        first, last = (int(word) for word in done.stderr.split("lines ")[1].split(":")[0].split(" to "))
        assert first <= 501 <= last
        assert "gbk lacks 1 of its characters: \u0e01 U+0E01; nothing was written" in done.stderr
        assert not (tmp_path / "out.txt").exists()

    def test_binary_data(self, fixtext: Fixtext, tmp_path: Path) -> None:
        (tmp_path / "binary").write_bytes(bytes(range(256)) * 100)
        done = fixtext("binary")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "binary: it is binary data, not text" in done.stderr
        assert fixtext("--check", "binary").exit_code == 0

    @pytest.mark.skipif(os.name != "posix", reason="named pipes as POSIX has them")
    def test_a_named_pipe(self, fixtext: Fixtext, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        data = write(tmp_path, 5)
        with subprocess.Popen("cat long.txt > pipe", shell=True, cwd=tmp_path):
            assert fixtext("pipe").stdout_bytes == good(data)


def poison(text: str) -> list[object]:
    if "poison" in text:
        raise LookupError("lost")
    return []


class TestFailures:
    @pytest.fixture
    def poisoned(self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return a file on which the detector fails in the middle."""
        monkeypatch.setitem(registry._ready, "glossed", Says(poison))  # type: ignore[arg-type]
        lines = list(LINES)
        lines[500] = "poison\n"
        (tmp_path / "long.txt").write_text("".join(lines))
        return tmp_path / "long.txt"

    @pytest.mark.parametrize("arguments", [("--check",), ("-w",), ("-o", "out.txt"), ()])
    def test_a_detector_fails(
        self, arguments: tuple[str, ...], jobs: str, poisoned: Path, fixtext: Fixtext, tmp_path: Path
    ) -> None:
        before = poisoned.read_bytes()
        done = fixtext(*arguments, "-j", jobs, "long.txt")
        assert done.exit_code == 2
        line = done.stderr.splitlines()[0]
        assert line.startswith("fixtext: long.txt: lines ")
        first, last = (int(word) for word in line.split("lines ")[1].split(":")[0].split(" to "))
        assert first <= 501 <= last <= first + 200
        assert "the detector 'says' failed: LookupError: lost" in line
        assert poisoned.read_bytes() == before
        assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "long.txt"]

    def test_the_other_files_are_worked_on(self, jobs: str, poisoned: Path, fixtext: Fixtext, tmp_path: Path) -> None:
        for name in ("a.txt", "z.txt"):
            (tmp_path / name).write_bytes(poisoned.read_bytes().replace(b"poison", b"fine"))
        done = fixtext("--check", "-j", jobs, ".")
        assert "nothing to repair; 0 repairs, 0 suspects; 2 files looked at; 1 failure" in done.stderr

    def test_the_disk_is_full(self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        data = write(tmp_path, 5)

        def refuse(*_arguments: object) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(atomic, "_write_all", refuse)
        done = fixtext("-w", "long.txt")
        assert "long.txt: it cannot be written: no space left on device" in done.stderr
        assert (tmp_path / "long.txt").read_bytes() == data
        assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "long.txt"]

    def test_it_changes_while_it_is_read(
        self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, 5)

        def grow(text: str) -> list[object]:
            with (tmp_path / "long.txt").open("ab") as file:
                file.write(b"more\n")
            return []

        monkeypatch.setitem(registry._ready, "glossed", Says(grow))  # type: ignore[arg-type]
        assert "it changed while it was read" in fixtext("--check", "long.txt").stderr

    def test_a_process_that_dies(self, fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if os.name != "posix":
            pytest.skip("signals as POSIX has them")

        def die(text: str) -> list[object]:
            if "poison" in text:
                os.kill(os.getpid(), signal.SIGKILL)
            return []

        monkeypatch.setitem(registry._ready, "glossed", Says(die))  # type: ignore[arg-type]
        monkeypatch.setattr(workers, "PAYS", 0)
        (tmp_path / "long.txt").write_text("".join(LINES) + "poison\n")
        done = fixtext("--check", "-j", "2", "long.txt")
        assert done.exit_code == 2
        assert "long.txt: " in done.stderr
        assert "the process that worked on it died (-9)" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_an_interruption_leaves_nothing(number: signal.Signals, status: int, method: str, tmp_path: Path) -> None:
    program = f"""
import multiprocessing, sys, time
from fixtext.cli import jobs, run
from fixtext.files import workers

run.SIZE = 1024
workers.PAYS = 0

if __name__ == "__main__":
    multiprocessing.set_start_method("{method}")
    sys.argv = ["fixtext", "-w", "-j", "2", "--normalize", "width", "long.txt"]
    from fixtext.cli.command import main
    main()
"""
    (tmp_path / "program.py").write_text(program)
    text = "ＡＢＣ\n" * 2_000_000
    (tmp_path / "long.txt").write_text(text)
    with subprocess.Popen(
        [sys.executable, "program.py"], cwd=tmp_path, env=ENVIRONMENT, start_new_session=True, stderr=subprocess.PIPE
    ) as process:
        until = time.monotonic() + 60
        while not list(tmp_path.glob(".*fixtext-tmp")) and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(process.pid, number)
        assert process.wait(60) == status
        assert process.stderr is not None
        assert process.stderr.read() == b""
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.killpg(process.pid, 0)
            time.sleep(0.1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["long.txt", "program.py"]
    assert (tmp_path / "long.txt").read_text() == text


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_both_ways_to_start_processes(method: str, tmp_path: Path) -> None:
    if os.name != "posix" and method == "fork":
        pytest.skip("there is no fork")
    program = f"""
import multiprocessing, sys
from fixtext.cli import run
from fixtext.files import workers

run.SIZE = 1 << 16
workers.PAYS = 0

if __name__ == "__main__":
    multiprocessing.set_start_method("{method}")
    sys.argv = ["fixtext", *sys.argv[1:]]
    from fixtext.cli.command import main
    main()
"""
    (tmp_path / "program.py").write_text(program)
    damaged = "早上我们去公园散步，看见很多老人在打太极拳。\n".encode("gb18030").decode("latin-1") * 3000
    (tmp_path / "long.txt").write_text(damaged)
    outputs = set()
    for arguments in (("-j", "1"), ("-j", "2"), ("-j", "4", "--chunk-size", "4K")):
        command = [sys.executable, "program.py", *arguments, "long.txt"]
        done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=True)
        assert done.stderr == b""
        outputs.add(done.stdout)
    assert outputs == {"早上我们去公园散步，看见很多老人在打太极拳。\n".encode() * 3000}


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_goes_away(jobs: str, tmp_path: Path) -> None:
    program = """
import sys
from fixtext.cli import run
from fixtext.files import workers

run.SIZE = 1 << 16
workers.PAYS = 0

if __name__ == "__main__":
    from fixtext.cli.command import main
    main()
"""
    (tmp_path / "program.py").write_text(program)
    (tmp_path / "long.txt").write_text("a fine day\n" * 1_000_000)
    command = [sys.executable, "program.py", "-j", jobs, "long.txt"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(5) == b"a fin"
        process.stdout.close()
        assert process.wait(60) == 141
        assert process.stderr.read() == b""
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.killpg(process.pid, 0)
            time.sleep(0.1)


def test_many_files_over_processes(jobs: str, fixtext: Fixtext, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text("a bad day\n" if number % 50 == 7 else "a fine day\n")
    (tmp_path / "binary").write_bytes(b"\0" * 100)
    done = fixtext("--check", "-j", jobs, ".", "nowhere")
    assert done.exit_code == 2
    assert done.stdout.splitlines() == [f"./{number:03}.txt: 1 repair, 0 suspects" for number in range(7, 300, 50)]
    assert "300 files looked at; 1 binary file skipped; 1 failure" in done.stderr
    assert fixtext("-w", "-q", "-j", jobs, ".").exit_code == 0
    assert {file.read_text() for file in tmp_path.glob("*.txt")} == {"a fine day\n", "a good day\n"}
