"""The model file: what the loader refuses, and how it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtext.language import LanguageModel, ModelFileError, default_model
from fixtext.language.model import DATA
from fixtext.language.table import Table

WHOLE = Path(DATA).read_bytes()


def reading(path: Path, data: bytes) -> Table:
    file = path / "model.bin"
    file.write_bytes(data)
    return Table(file)


def test_a_copy_of_the_file_gives_the_same_bits(tmp_path: Path) -> None:
    model = LanguageModel(reading(tmp_path, WHOLE))
    assert model.bits("图书馆里的书") == default_model().bits("图书馆里的书")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a fixtext language model"),
        (b"short", "not a fixtext language model"),
        (b"PK\x03\x04" + bytes(1000), "not a fixtext language model"),
        (WHOLE[:-1], "bytes of a language model of"),
        (WHOLE[: len(WHOLE) // 2], "bytes of a language model of"),
        (WHOLE[:40], "bytes of a language model of"),
        (WHOLE + b"\0", "bytes of a language model of"),
        (WHOLE[:13] + b"\xff" + WHOLE[14:], "version 255"),
        (WHOLE[:60] + bytes([WHOLE[60] ^ 1]) + WHOLE[61:], "header of the language model is damaged"),
    ],
    ids=["empty", "short", "zip", "one byte less", "half", "header alone", "one byte more", "version", "flipped bit"],
)
def test_other_files_are_refused(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(ModelFileError, match=message) as caught:
        reading(tmp_path, data)
    assert str(tmp_path) in str(caught.value)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Table(tmp_path / "none.bin")


def test_probabilities_after_a_context_add_up_to_one_at_most() -> None:
    """Back-off must not give probability away twice: the identifiers after a context share at most 1 (+ rounding)."""
    table = default_model()._table
    size = len(table.cost1)
    for context in ("中国", "the", "あり", "ов", "图书", "。\n", "龘龘"):
        a, b = (table.character(char)[0] for char in context[-2:])
        total = sum(2.0 ** (-table.ngram(a, b, c) / 8) for c in range(1, size))
        assert 0.9 < total < 1.1


def test_the_file_is_small_enough() -> None:
    import zlib

    assert len(zlib.compress(WHOLE, 6)) <= 6_000_000
