"""Memory between windows: nothing is asked for that a platform may lack, and numpy is not loaded for it."""

from __future__ import annotations

import pytest

from fixtext.files import memory
from tests.conftest import RunPython


def test_text_without_numpy_goes_without_it(run_python: RunPython) -> None:
    program = "import sys\nfrom fixtext.files.memory import settle\nsettle()\nassert 'numpy' not in sys.modules"
    assert run_python("-c", program).stderr == b""


def test_where_memory_cannot_be_given_back_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    asked: list[object] = []

    def lacking(name: object) -> object:
        asked.append(name)
        return object()  # a C library without it

    monkeypatch.setattr(ctypes, "CDLL", lacking)
    for _ in range(memory.WINDOWS):
        memory.settle()
    assert asked == [None]
