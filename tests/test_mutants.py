"""The suite notices what would make fixtext harmful: each mutant, broken on purpose in one line, turns tests red."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import fixtext
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

PACKAGE = Path(fixtext.__file__).parent

MUTANTS = {
    "the required bits halved": (
        "config.py",
        "required_bits: float = 16.0",
        "required_bits: float = 8.0",
        ("tests/test_engine.py", "tests/detectors/misdecoded/test_tables.py"),
    ),
    "the certificate skipped": (
        "engine.py",
        "if proof[1] if proof else holds(finding.channel, finding.text, observed):",
        "if True:",
        ("tests/test_engine.py",),
    ),
    "overlapping repairs both made": (
        "engine.py",
        "for candidate in arbitrate(candidates)]",
        "for candidate in sorted(candidates, key=lambda item: item.span)]",
        ("tests/test_engine.py",),
    ),
    "spans outside the text accepted": (
        "engine.py",
        "if not 0 <= start < end <= length:",
        "if False:",
        ("tests/test_engine.py",),
    ),
    "a gloss accepted on one occurrence": (
        "detectors/glossed/evidence.py",
        "    return Evidence(author - _site(contents, tokens, page, known, author - least), page)",
        "    return Evidence(99.0 if glosses else 0.0, page)",
        ("tests/detectors/test_glossed_evidence.py",),
    ),
    "nothing said against a misreading": (
        "detectors/misdecoded/detector.py",
        "yield repair if reason is None else Suspect(",
        "yield repair if True else Suspect(",
        ("tests/detectors/misdecoded/test_objections.py",),
    ),
    "any characters no rival": (
        "detectors/misdecoded/surroundings.py",
        "    if is_arbitrary(text, candidate, required_bits, scorer):",
        "    if False:",
        ("tests/detectors/misdecoded/test_listings.py",),
    ),
    "examples repaired": (
        "exemptions.py",
        "    if not spans:\n",
        "    if True:\n",
        ("tests/test_exemptions.py",),
    ),
}
"""Mutant -> module, the line, what it becomes, and the tests that must notice."""


def _run(folder: Path, tests: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_turns_tests_red(mutant: str, tmp_path: Path) -> None:
    module, line, broken, tests = MUTANTS[mutant]
    shutil.copytree(PACKAGE, tmp_path / "fixtext", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "fixtext" / module
    source = path.read_text(encoding="utf-8")
    assert source.count(line) == 1
    path.write_text(source.replace(line, broken), encoding="utf-8")
    done = _run(tmp_path, tests)
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
    assert "failed" in done.stdout


def test_a_copy_that_is_not_broken_passes(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "fixtext", ignore=shutil.ignore_patterns("__pycache__"))
    done = _run(tmp_path, ("tests/test_engine.py", "tests/test_exemptions.py"))
    assert done.returncode == 0, done.stdout[-2000:]
