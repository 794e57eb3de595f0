"""This repository passes its own check, with its own configuration."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT, RunPython


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="what git ignores is not known outside a work tree")
def test_our_own_files_are_clean(run_python: RunPython) -> None:
    done = run_python("-m", "fixtext", "--check", ".", folder=ROOT)
    assert (done.returncode, done.stdout.decode()) == (0, "")
