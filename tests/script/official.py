"""Asks a module `opencc` that lives in an environment of its own: three packages on PyPI share that name."""

from __future__ import annotations

import json
import os
import subprocess
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

_CONVERT = """
import json, sys, opencc
config, texts = json.load(sys.stdin)
converter = opencc.OpenCC(config)
json.dump([converter.convert(text) for text in texts], sys.stdout)
"""

_ADAPTER = """
import json, sys
from fixtext.script import convert
from fixtext.script.backends import backend
converter = backend("opencc")
answers = []
for config, text in json.load(sys.stdin):
    try:
        answers.append(converter.convert(text, config))
    except ValueError:
        answers.append(None)
json.dump(answers, sys.stdout)
"""


def environment(folder: Path, variable: str, requirement: str) -> Path:
    """Return an interpreter that has a package: the one that a variable names, or a new one.

    Skips the test if none can be made, or none is wanted: they take 15 seconds together, and a package registry.
    """
    if variable in os.environ:
        return Path(os.environ[variable])
    if os.environ.get("FIXTEXT_TEST_ENVIRONMENTS") == "0":
        pytest.skip(f"FIXTEXT_TEST_ENVIRONMENTS=0: {requirement} is not installed, and {variable} is not set")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = subprocess.run([python, "-m", "pip", "install", "--quiet", requirement], capture_output=True, text=True)
    if install.returncode:
        pytest.skip(f"cannot install {requirement}: {install.stderr.strip()}")
    return python


def convert_lines(python: Path, config: str, texts: list[str]) -> list[str]:
    """Return the conversions of texts by the module itself."""
    answers: list[str] = _ask(python, _CONVERT, (config, texts))
    return answers


def convert_by_adapter(python: Path, cases: Sequence[tuple[str, str]]) -> list[str | None]:
    """Return the conversions of (configuration, text) by our adapter; None if it does not have the configuration."""
    answers: list[str | None] = _ask(python, _ADAPTER, cases)
    return answers


def version(python: Path) -> str:
    """Return the version of the official module."""
    script = "import opencc; print(opencc.__version__)"
    return subprocess.run([python, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def _ask(python: Path, script: str, question: object) -> Any:
    result = subprocess.run(
        [python, "-c", script],
        input=json.dumps(question).encode("ascii"),
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    return json.loads(result.stdout)
