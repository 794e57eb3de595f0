"""What becomes of the text: every mode, what it writes, and its exit status."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fixtext.cli.formats.diff import unified
from tests.cli.conftest import Fixtext


def write(folder: Path, **files: str) -> list[Path]:
    paths = []
    for name, text in files.items():
        path = folder / f"{name}.txt"
        path.write_bytes(text.encode())
        paths.append(path)
    return paths


class TestNoMode:
    def test_a_file_goes_to_standard_output(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="a bad day\n")
        done = fixtext("a.txt")
        assert (done.exit_code, done.stdout, done.stderr) == (0, "a good day\n", "")
        assert (tmp_path / "a.txt").read_text() == "a bad day\n"

    def test_several_files_are_wrong_usage(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad", b="bad")
        done = fixtext("a.txt", "b.txt")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "several files need --write, --check or --diff" in done.stderr

    @pytest.mark.parametrize("redirect", [">", ">>"])
    @pytest.mark.skipif(os.name != "posix", reason="a shell as POSIX has it")
    def test_output_into_the_input_is_refused(self, redirect: str, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("text\n")
        command = f"'{sys.executable}' -m fixtext a.txt {redirect} a.txt"
        environment = {**os.environ, "PYTHONPATH": str(Path("src").resolve())}
        done = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert done.returncode == 2
        assert b"input and output are the same file" in done.stderr
        if redirect == ">>":
            assert (tmp_path / "a.txt").read_text() == "text\n"

    def test_a_word_that_is_a_command_elsewhere_is_a_file(self, fixtext: Fixtext, tmp_path: Path) -> None:
        for name in ("help", "check", "-w"):
            (tmp_path / name).write_text(name)
            assert fixtext("--", name).stdout == name


class TestOutput:
    def test_it_is_written_and_standard_output_stays_empty(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        done = fixtext("a.txt", "-o", "out.txt")
        assert (done.exit_code, done.stdout) == (0, "")
        assert (tmp_path / "out.txt").read_text() == "good"

    def test_healthy_text_is_written_too(self, fixtext: Fixtext, tmp_path: Path) -> None:
        assert fixtext("-o", "out.txt", stdin=b"fine").exit_code == 0
        assert (tmp_path / "out.txt").read_text() == "fine"

    @pytest.mark.parametrize("other", ["a.txt", "./a.txt", "link.txt"])
    def test_the_input_is_refused(self, other: str, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        (tmp_path / "link.txt").symlink_to("a.txt")
        done = fixtext("a.txt", "-o", other)
        assert done.exit_code == 2
        assert "the same file" in done.stderr
        assert (tmp_path / "a.txt").read_text() == "bad"

    def test_a_device_is_written_through(self, fixtext: Fixtext) -> None:
        assert fixtext("-o", "/dev/null", stdin=b"bad").exit_code == 0


class TestWrite:
    def test_files_and_directories(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        (tmp_path / "in" / "ner").mkdir(parents=True)
        write(tmp_path / "in" / "ner", b="very bad", c="fine")
        done = fixtext("-w", "a.txt", "in")
        assert done.exit_code == 0
        assert (tmp_path / "a.txt").read_text() == "good"
        assert (tmp_path / "in/ner/b.txt").read_text() == "very good"
        assert done.stdout == "a.txt: 1 repair, 0 suspects\nin/ner/b.txt: 1 repair, 0 suspects\n"
        assert done.stderr == "fixtext: 2 files repaired; 2 repairs, 0 suspects; 3 files looked at\n"

    def test_what_does_not_change_is_not_written(self, fixtext: Fixtext, tmp_path: Path) -> None:
        (path,) = write(tmp_path, a="fine")
        before = path.stat()
        assert fixtext("-w", "a.txt").exit_code == 0
        after = path.stat()
        assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)

    def test_standard_input_is_wrong_usage(self, fixtext: Fixtext) -> None:
        assert fixtext("-w", stdin=b"bad").exit_code == 2

    def test_a_run_after_it_finds_nothing(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        assert fixtext("--check", "a.txt").exit_code == 1
        assert fixtext("-w", "a.txt").exit_code == 0
        assert fixtext("--check", "a.txt").exit_code == 0

    @pytest.mark.parametrize(("option", "name"), [("--backup", "a.txt.bak"), ("--backup=.orig", "a.txt.orig")])
    def test_a_backup(self, option: str, name: str, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad", b="fine")
        assert fixtext("-w", option, "a.txt", "b.txt").exit_code == 0
        assert (tmp_path / name).read_text() == "bad"
        assert len(list(tmp_path.glob("b.txt*"))) == 1

    def test_a_backup_is_not_looked_at_beside_its_file(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        assert fixtext("-w", "--backup", ".").exit_code == 0
        assert fixtext("--check", ".").exit_code == 0
        assert fixtext("--check", "a.txt.bak").exit_code == 1
        (tmp_path / "a.txt").unlink()
        assert fixtext("--check", ".").exit_code == 1

    def test_a_backup_is_never_written_over(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        (tmp_path / "a.txt.bak").write_text("precious")
        done = fixtext("-w", "--backup", "a.txt")
        assert done.exit_code == 2
        assert "fixtext: a.txt.bak: there is such a backup already" in done.stderr
        assert (tmp_path / "a.txt").read_text() == "bad"
        assert (tmp_path / "a.txt.bak").read_text() == "precious"

    @pytest.mark.parametrize("suffix", ["", "/x"])
    def test_a_suffix_that_leads_elsewhere(self, suffix: str, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        assert fixtext("-w", f"--backup={suffix}", "a.txt").exit_code == 2

    def test_a_backup_without_write(self, fixtext: Fixtext) -> None:
        assert fixtext("--check", "--backup", stdin=b"").exit_code == 2


class TestCheckAndDiff:
    def test_check_names_the_files(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad bad", b="fine")
        done = fixtext("--check", ".")
        assert done.exit_code == 1
        assert done.stdout == "./a.txt: 2 repairs, 0 suspects\n"
        assert (tmp_path / "a.txt").read_text() == "bad bad"

    def test_check_of_standard_input(self, fixtext: Fixtext) -> None:
        done = fixtext("--check", "--stdin-filename", "page.txt", stdin=b"bad")
        assert (done.exit_code, done.stdout) == (1, "page.txt: 1 repair, 0 suspects\n")
        assert fixtext("--check", stdin=b"fine").exit_code == 0

    def test_quiet_says_it_with_the_status_alone(self, fixtext: Fixtext) -> None:
        done = fixtext("--check", "-q", stdin=b"bad")
        assert (done.exit_code, done.stdout, done.stderr) == (1, "", "")

    def test_asked_for_changes_count(self, fixtext: Fixtext) -> None:
        done = fixtext("--check", "--normalize", "width", stdin="ＡＢＣ".encode())
        assert done.exit_code == 1
        assert fixtext("--diff", "--script", "s2t", stdin="里面".encode()).stdout.splitlines()[3:5] == [
            "-里面",
            "\\ No newline at end of file",
        ]

    def test_exit_non_zero_on_fix(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        assert fixtext("--exit-non-zero-on-fix", "-w", "a.txt").exit_code == 1
        assert fixtext("--exit-non-zero-on-fix", "-w", "a.txt").exit_code == 0
        assert fixtext("--exit-non-zero-on-fix", stdin=b"bad").exit_code == 1

    @pytest.mark.parametrize(
        "arguments",
        [
            ("-w", "--check"),
            ("-w", "--diff"),
            ("-w", "-o", "x"),
            ("--check", "-o", "x"),
            ("--diff", "--format", "json"),
        ],
    )
    def test_what_excludes_each_other(self, arguments: tuple[str, ...], fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad")
        assert fixtext(*arguments, "a.txt").exit_code == 2
        assert (tmp_path / "a.txt").read_text() == "bad"

    def test_errors_outrank_findings(self, fixtext: Fixtext, tmp_path: Path) -> None:
        write(tmp_path, a="bad", c="bad")
        done = fixtext("--check", "a.txt", "b.txt", "c.txt")
        assert done.exit_code == 2
        assert done.stdout.splitlines() == ["a.txt: 1 repair, 0 suspects", "c.txt: 1 repair, 0 suspects"]
        assert done.stderr.splitlines()[0] == "fixtext: b.txt: there is no such file; check the name"

    @pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif", "github"])
    def test_the_format_never_changes_the_status(self, form: str, fixtext: Fixtext) -> None:
        assert fixtext("--check", "--format", form, stdin=b"bad").exit_code == 1
        assert fixtext("--check", "--format", form, stdin=b"fine").exit_code == 0
        assert fixtext("--format", form, stdin=b"bad").exit_code == 0
        assert fixtext("--check", "--format", form, "nowhere.txt").exit_code == 2


TEXTS = [
    ("bad", "good"),
    ("bad\n", "good\n"),
    ("bad\r\nmore\r\n", "good\r\nmore\r\n"),
    ("".join(f"line {n}\n" for n in range(30)).replace("line 7\n", "bad\n").replace("line 25", "bad"), None),
    ("a\rbad\rc\n", "a\rgood\rc\n"),
    ("bad\nb\nc\nd\ne\nf\ng\nh\nbad", None),
    ("一\n二\nbad\x0c\u2028bad\n", None),
    ("bad\n" * 12, None),
]


@pytest.mark.skipif(shutil.which("patch") is None, reason="the program patch is not installed")
class TestPatch:
    @pytest.mark.parametrize(("before", "after"), TEXTS)
    @pytest.mark.parametrize("name", ["a.txt", "two words.txt", "名.txt"])
    def test_patch_applies_the_diff(self, before: str, after: str | None, name: str, fixtext: Fixtext) -> None:
        path = Path(name)
        path.write_bytes(before.encode())
        diff = fixtext("--diff", name)
        assert diff.exit_code == 1
        done = subprocess.run(["patch", "-p0", "--binary"], input=diff.stdout_bytes, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout
        expected = before.replace("bad", "good") if after is None else after
        assert path.read_bytes() == expected.encode()

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (b"a\nb\nc\n", b"a\nc\n"),
            (b"a\nb", b"a\nb\n"),
            (b"a\nb\n", b"a\nb"),
            (b"", b"new\n"),
            (b"gone\n", b""),
            (b"1\n2\n3\n4\n5\n6\n7\n8\n9\n", b"1\n2\nx\ny\n3\n4\n5\n6\n7\n8\n"),
            (b"\xff\xfe\n1\n", b"\xe4\n1\n2\n"),
        ],
    )
    def test_lines_that_come_and_go(self, before: bytes, after: bytes, tmp_path: Path) -> None:
        path = tmp_path / "a"
        path.write_bytes(before)
        diff = b"".join(unified(b"a", before, after))
        done = subprocess.run(["patch", "-p0", "--binary"], input=diff, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, (done.stdout, diff)
        assert (path.read_bytes() if path.exists() else b"") == after

    def test_a_name_with_a_newline_is_quoted(self) -> None:
        assert next(unified(b"a\nb", b"1", b"2")) == b'--- "a\\012b"\n'


class TestEncodings:
    def test_check_says_that_the_encoding_would_change(self, fixtext: Fixtext, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes("會議記錄：這是一個測試用的檔案\n".encode("gb18030"))
        done = fixtext("--check", "--encoding", "gb18030", "--output-encoding", "utf-8", "a.txt")
        assert (done.exit_code, done.stdout) == (1, "a.txt: 0 repairs, 0 suspects; gb18030 -> utf-8\n")

    @pytest.mark.parametrize("options", [(), ("--encoding", "gb18030"), ("--keep-encoding",)])
    def test_files_keep_their_encoding_in_place(
        self, options: tuple[str, ...], fixtext: Fixtext, tmp_path: Path
    ) -> None:
        text = "會議記錄：這是一個測試用的檔案，內容很長，所以編碼是清楚的。\n" * 5
        (tmp_path / "a.txt").write_bytes(text.encode("gb18030"))
        (tmp_path / "b.txt").write_bytes((text + "bad\n").encode("gb18030"))
        assert fixtext("--check", *options, "a.txt").exit_code == 0
        assert fixtext("-w", *options, ".").exit_code == 0
        assert (tmp_path / "a.txt").read_bytes() == text.encode("gb18030")
        assert (tmp_path / "b.txt").read_bytes() == (text + "good\n").encode("gb18030")
        assert fixtext(*options[:2] if options[:1] == ("--encoding",) else (), "a.txt").stdout == text

    def test_what_is_no_text_is_left_alone(self, fixtext: Fixtext, tmp_path: Path) -> None:
        files = {
            "tiny.bin": b"\x89\xfe\x90\x13",
            "random.bin": bytes(random.Random(1).randrange(1, 256) for _ in range(20_000)),
            "latin.bin": bytes(
                random.Random(2).choice([10, 32, *range(65, 91), *range(160, 256)]) for _ in range(3000)
            ),
        }
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
        assert fixtext("-w", ".").exit_code == 0
        assert fixtext("--check", *files).exit_code == 0
        for name, data in files.items():
            assert (tmp_path / name).read_bytes() == data

    def test_check_says_that_line_ends_would_change(self, fixtext: Fixtext) -> None:
        done = fixtext("--check", "--newline", "lf", stdin=b"a\r\n")
        assert (done.exit_code, done.stdout) == (
            1,
            "standard input: 0 repairs, 0 suspects; line ends or byte order mark\n",
        )
