"""Memory between windows: nothing is asked for that a platform may lack, and numpy is not loaded for it."""

from __future__ import annotations

import pytest

from fixtext.files import memory
from tests.conftest import RunPython

MB = 1_000_000


@pytest.fixture(autouse=True)
def _new(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("windows", 0), ("level", 0), ("is_trimmed", False)):
        monkeypatch.setattr(memory._Counted, name, value)


def test_text_without_numpy_goes_without_it(run_python: RunPython) -> None:
    program = (
        "import sys\n"
        "from fixtext.files.memory import WINDOWS, settle\n"
        "for _ in range(WINDOWS): settle()\n"
        "assert 'numpy' not in sys.modules"
    )
    assert run_python("-c", program).stderr == b""


@pytest.mark.parametrize(
    ("sizes", "trims"),
    [
        ([50, 51, 52, 50], 0),
        ([50, 52, 54, 51, 54], 2),
        ([50, 70, 70, 71, 70], 1),  # what is left then is in use
        ([50, 70, 52, 54], 2),
        ([50, 70, 70, 71, 75, 70], 2),
    ],
)
def test_what_has_become_free_is_given_back(sizes: list[int], trims: int, monkeypatch: pytest.MonkeyPatch) -> None:
    left, given = iter(sizes), []
    monkeypatch.setattr(memory, "_resident", lambda: next(left) * MB)
    monkeypatch.setattr(memory, "_trim", lambda: given.append(True))
    for _ in range(memory.WINDOWS * len(sizes)):
        memory.settle()
    assert len(given) == trims


def test_where_memory_cannot_be_given_back_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    sizes = iter((50, 60, 60))
    monkeypatch.setattr(memory, "_resident", lambda: next(sizes) * MB)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())  # a C library without it
    for _ in range(memory.WINDOWS * 3):
        memory.settle()


def test_where_nobody_tells_how_much_there_is_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking() -> int:
        raise FileNotFoundError

    monkeypatch.setattr(memory, "_resident", lacking)
    monkeypatch.setattr(memory, "_trim", lambda: pytest.fail("it was not known"))
    for _ in range(memory.WINDOWS * 2):
        memory.settle()
