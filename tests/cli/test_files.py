"""Which files are looked at."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from fixtext.cli.errors import Failure
from fixtext.cli.files.walking import Selection, files
from tests.cli.conftest import Fixtext


def tree(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("bad\n")


def named(stdout: str) -> set[str]:
    return {line.rsplit(": ", 1)[0] for line in stdout.splitlines()}


def test_gitignore_means_what_it_means_to_git(fixtext: Fixtext, tmp_path: Path) -> None:
    tree(
        tmp_path,
        *(
            "a.txt",
            "b.log",
            "keep.log",
            "build/x.txt",
            "sub/build/y.txt",
            "sub/a.txt",
            "sub/only.txt",
            "sub/deep/t.tmp",
        ),
        *("sub/deep/q/t.txt", "docs/build.txt", ".hidden/a.txt", "node_modules/p/index.js", "sub/new.bak"),
    )
    (tmp_path / ".gitignore").write_text("*.log\n!keep.log\nbuild/\n/a.txt\nnode_modules\n**/q\n\\#x\n")
    (tmp_path / "sub" / ".gitignore").write_text("only.txt\n*.tmp\n!/a.txt\n")
    (tmp_path / ".git").rmdir()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("*.bak\n")
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", "-z"], cwd=tmp_path, capture_output=True, check=True
    )
    expected = {f"./{name}" for name in listed.stdout.decode().split("\0") if name}
    # the files .gitignore say nothing bad, so --check does not name them
    expected -= {"./.gitignore", "./sub/.gitignore"}
    assert len(expected) == 4
    assert named(fixtext("--check", ".").stdout) == expected
    assert len(named(fixtext("--check", "--no-respect-gitignore", ".").stdout)) == 13


def test_a_folder_that_git_ignores_can_be_named(fixtext: Fixtext, tmp_path: Path) -> None:
    tree(tmp_path, "build/x.txt")
    (tmp_path / ".gitignore").write_text("build/\n")
    assert fixtext("--check", ".").exit_code == 0
    assert named(fixtext("--check", "build").stdout) == {"build/x.txt"}
    assert named(fixtext("--check", "build/x.txt").stdout) == {"build/x.txt"}


def test_include_and_exclude(fixtext: Fixtext, tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "a.md", "docs/b.md", "docs/old/c.md")
    assert named(fixtext("--check", "--include", "*.md", ".").stdout) == {"./a.md", "./docs/b.md", "./docs/old/c.md"}
    assert named(fixtext("--check", "--include", "*.md", "--exclude", "old/", ".").stdout) == {"./a.md", "./docs/b.md"}
    assert named(fixtext("--check", "--exclude", "/docs", ".").stdout) == {"./a.txt", "./a.md"}
    assert named(fixtext("--check", "--exclude", "*.md", "a.md").stdout) == {"a.md"}
    assert named(fixtext("--check", "--exclude", "*.md", "--force-exclude", "a.md", "a.txt").stdout) == {"a.txt"}


def test_globs_hold_for_a_folder_elsewhere(fixtext: Fixtext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "here/x", "there/a.txt", "there/b.md", "there/old/c.txt")
    monkeypatch.chdir(tmp_path / "here")
    assert named(fixtext("--check", "--exclude", "old/", "--include", "*.txt", "../there").stdout) == {"../there/a.txt"}
    assert named(fixtext("--check", "--exclude", "/a.txt", "../there").stdout) == {
        "../there/b.md",
        "../there/old/c.txt",
    }
    (tmp_path / "here" / ".git").mkdir()
    (tmp_path / "here" / "fixtext.toml").write_text('exclude = ["*"]')
    assert len(named(fixtext("--check", "../there").stdout)) == 3  # what a configuration says is about its own folder


def test_binary_files_are_skipped_and_counted(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"bad\0bad")
    tree(tmp_path, "a.txt")
    done = fixtext("--check", ".")
    assert named(done.stdout) == {"./a.txt"}
    assert done.stderr.endswith("1 file looked at; 1 binary file skipped\n")


def test_version_control_and_own_temporary_files_are_never_searched(fixtext: Fixtext, tmp_path: Path) -> None:
    tree(tmp_path, ".git/a.txt", "x/.svn/b.txt", "x/.a.txt.1-0.fixtext-tmp")
    assert fixtext("--check", ".").exit_code == 0


def test_links_to_folders_are_not_followed_and_files_come_once(fixtext: Fixtext, tmp_path: Path) -> None:
    tree(tmp_path, "real/a.txt")
    (tmp_path / "real" / "loop").symlink_to("..")
    done = fixtext("--check", "real", "real/a.txt", "./real/a.txt")
    assert done.stdout.splitlines() == ["real/a.txt: 1 repair, 0 suspects"]


@pytest.mark.parametrize("from_stdin", [True, False])
def test_names_from_a_list(from_stdin: bool, fixtext: Fixtext, tmp_path: Path) -> None:
    names = ["-w", "two words", "new\nline", "b.txt"]
    for name in names:
        (tmp_path / name).write_text("bad")
    listed = b"".join(name.encode() + b"\0" for name in names)
    (tmp_path / "list").write_bytes(listed)
    done = fixtext("-w", "--files-from", "-" if from_stdin else "list", stdin=listed)
    assert done.exit_code == 0, done.stderr
    assert all((tmp_path / name).read_text() == "good" for name in names)
    assert "new\\nline: 1 repair" in done.stdout


def test_a_list_separated_by_newlines_is_refused(fixtext: Fixtext) -> None:
    done = fixtext("--check", "--files-from", "-", stdin=b"a.txt\nb.txt\n")
    assert done.exit_code == 2
    assert "git ls-files -z" in done.stderr


def test_an_empty_list_is_nothing_to_do(fixtext: Fixtext) -> None:
    assert fixtext("--check", "--files-from", "-").exit_code == 0


def test_a_name_that_is_not_utf8(fixtext: Fixtext, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xb0\xa1.txt")
    try:
        (tmp_path / name).write_text("bad")
    except OSError:
        pytest.skip("the file system takes names in UTF-8 only")
    done = fixtext("-w", ".")
    assert done.exit_code == 0
    assert "./\\udcb0\\udca1.txt: 1 repair" in done.stdout
    assert (tmp_path / name).read_text() == "good"
    assert fixtext("--diff", "--files-from", "-", stdin=os.fsencode(name)).exit_code == 0


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="permissions as POSIX has them; the superuser may search everything"
)
def test_a_folder_without_permission(fixtext: Fixtext, tmp_path: Path) -> None:
    tree(tmp_path, "closed/a.txt", "open/b.txt")
    (tmp_path / "closed").chmod(0)
    done = fixtext("--check", ".")
    assert done.exit_code == 2
    assert "fixtext: ./closed: permission denied; check who may read it" in done.stderr
    assert named(done.stdout) == {"./open/b.txt"}
    (tmp_path / "closed").chmod(0o700)


def test_a_folder_that_cannot_be_searched_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "closed/a.txt", "open/b.txt")
    scandir = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    failures: list[Failure] = []
    found = [item.name for item in files([str(tmp_path)], Selection(), failures.append)]
    assert found == [str(tmp_path / "open/b.txt")]
    assert [failure.message for failure in failures] == ["permission denied; check who may read it"]
