"""The hooks in a real repository, run by pre-commit itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Fixtext
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

SAMPLE = ROOT / "samples" / "glossed" / "letter.in.txt"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what is here now, committed or not: pre-commit installs from repositories only."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path_factory.mktemp("source")
    for name in ("src", "pyproject.toml", "README.md", "LICENSE", "NOTICE", ".pre-commit-hooks.yaml"):
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all")
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "page.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "excluded.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "fine.txt").write_text("健康的文字\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0bad")
    (tmp_path / "fixtext.toml").write_text('exclude = ["excluded.txt"]\n')
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def try_repo(source: Path, repository: Path, home: Path, hook: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home)}
    environment.pop("PYTHONPATH", None)
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(source), hook, "--all-files", "--verbose"]
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    if "pip" in done.stdout + done.stderr and "No matching distribution" in done.stdout + done.stderr:
        pytest.skip("the packages that the hook needs cannot be installed here")
    return done


def test_the_hooks(source: Path, repository: Path, home: Path) -> None:
    pytest.importorskip("pre_commit")
    done = try_repo(source, repository, home, "fixtext-check")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "page.txt:" in done.stdout
    assert "excluded.txt" not in done.stdout
    assert git(repository, "status", "--porcelain") == ""

    done = try_repo(source, repository, home, "fixtext")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert git(repository, "status", "--porcelain").split() == ["M", "page.txt"]

    done = try_repo(source, repository, home, "fixtext")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_options_of_the_hooks_exist(fixtext: Fixtext) -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^- id: (.*)$", hooks, re.MULTILINE) == ["fixtext", "fixtext-check"]
    for entry in re.findall(r"^  entry: fixtext (.*)$", hooks, re.MULTILINE):
        assert fixtext(*entry.split(), "nowhere").stderr == (
            "fixtext: nowhere: there is no such file; check the name\n"
            "fixtext: nothing to repair; 0 repairs, 0 suspects; 0 files looked at; 1 failure\n"
        )
