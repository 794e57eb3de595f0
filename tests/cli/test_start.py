"""A check of healthy text starts fast: what it does not need is not loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import RunPython

NEVER = (
    *("numpy", "ftfy", "opencc", "importlib.metadata", "pathspec", "tomllib", "tomli", "json", "hashlib"),
    *("importlib.resources", "fixtext.channels.codec_steps", "fixtext.composition"),
)


@pytest.mark.parametrize("text", ["plain text\n", "健康的文字，原樣。\n"])
@pytest.mark.parametrize("mode", [["--check"], ["--diff"], ["-w"], []])
def test_what_healthy_text_does_not_load(text: str, mode: list[str], tmp_path: Path, run_python: RunPython) -> None:
    (tmp_path / "a.txt").write_text(text * 100)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'fixtext-user'\ndependencies = ['fixtext']\n")
    program = (
        f"import sys; sys.argv = ['fixtext', *{mode!r}, 'a.txt']; from fixtext.cli.command import _status\n"
        f"assert _status() == 0\nprint([name for name in {NEVER!r} if name in sys.modules], file=sys.stderr)"
    )
    done = run_python("-c", program, folder=tmp_path)
    assert (done.returncode, done.stderr.decode().strip()) == (0, "[]")


def test_a_misspelt_step_is_still_an_error(run_python: RunPython) -> None:
    program = "from fixtext import Channel\nChannel.from_dict([{'step': 'nonsense'}])"
    assert b"ValueError: unknown channel step 'nonsense'" in run_python("-c", program).stderr


@pytest.mark.parametrize("step", ["encode", "insert-glosses", "asked", "within"])
def test_a_channel_is_read_without_anything_loaded_before(step: str, run_python: RunPython) -> None:
    program = f"from fixtext import Channel\nChannel.from_dict([{{'step': {step!r}}}])"
    assert b"unknown channel step" not in run_python("-c", program).stderr
