"""Completion, the man page, the version."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fixtext.cli.command import command
from tests.cli.conftest import Fixtext
from tests.conftest import RunPython


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_that_the_shell_understands(shell: str, fixtext: Fixtext, tmp_path: Path) -> None:
    done = fixtext("--completion", shell)
    assert done.exit_code == 0
    assert "_FIXTEXT_COMPLETE" in done.stdout
    if shutil.which(shell) is not None:
        (tmp_path / "script").write_text(done.stdout)
        assert subprocess.run([shell, "-n", tmp_path / "script"], check=False).returncode == 0


@pytest.mark.parametrize(
    ("begun", "expected"),
    [("--no-resp", {"--no-respect-gitignore"}), ("--about mis", {"misdecoded"}), ("-d los", {"lossy"})],
)
def test_bash_completes(begun: str, expected: set[str], run_python: RunPython) -> None:
    words = f"fixtext {begun}"
    variables = {"_FIXTEXT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = run_python("-m", "fixtext", **variables)
    assert {line.split(",")[1] for line in done.stdout.decode().split()} == expected


def test_the_man_page_names_every_option(fixtext: Fixtext) -> None:
    page = fixtext("--man").stdout
    for param in command.params:
        for name in param.opts if param.param_type_name == "option" else ():
            assert name.replace("-", r"\-") in page
    assert r"fixtext \-\-check docs/" in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_has_nothing_to_complain_about(fixtext: Fixtext) -> None:
    page = fixtext("--man").stdout_bytes
    done = subprocess.run(["groff", "-man", "-ww", "-Tutf8"], input=page, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    shown = re.sub(rb"\x1b\[[0-9;]*m|.\x08", b"", done.stdout).decode()
    assert "--exit-non-zero-on-fix" in shown


def test_the_version_names_plugins(plugin: Path, run_python: RunPython) -> None:
    done = run_python("-m", "fixtext", "--version", path=(plugin,))
    assert re.search(rb"^plug-ins: .*rot13 \(fixtext-rot13 [0-9.]+\)", done.stdout, re.MULTILINE)


def test_the_installed_command_and_the_module_are_one(run_python: RunPython) -> None:
    program = "import sys; sys.argv[0] = 'fixtext'; from fixtext.cli.command import main; main()"
    one, other = run_python("-c", program, "--help"), run_python("-m", "fixtext", "--help")
    assert one.stdout == other.stdout
    assert one.stdout.startswith(b"Usage: fixtext [OPTIONS] [FILE]..." + os.linesep.encode())
