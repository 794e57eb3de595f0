"""The command run in this process, with a detector that is easy to set off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fixtext.cli import wording
from fixtext.cli.command import command
from fixtext.detectors import registry
from tests.doubles import Rules

Fixtext = Callable[..., Result]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak English, whatever the locale of the machine, before and after each test."""
    for variable in ("LANGUAGE", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    wording.choose("en")
    yield
    wording.choose("en")


@pytest.fixture
def fixtext(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fixtext:
    """Return a function that runs the command in ``tmp_path``, with a detector to which "bad" is a damaged "good"."""
    monkeypatch.setitem(registry._ready, "glossed", Rules({"bad": "good", "一bad": "一bon"}, name="glossed"))
    monkeypatch.chdir(tmp_path)
    for variable in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / ".git").mkdir()  # no configuration file above is looked for

    apart: dict[str, Any] = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}
    runner = CliRunner(**apart)  # click 8.1 has to be told to keep standard output and error apart

    def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
        return runner.invoke(command, list(map(str, arguments)), input=stdin, prog_name="fixtext")

    return run
