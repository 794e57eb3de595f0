"""Lines one by one: each as soon as it is complete, with what came before it as evidence."""

from __future__ import annotations

import io

import pytest

from fixtext import Config
from fixtext.files.lines import CONTEXT, complete, repair_lines

MISREAD = "早上我们去公园散步，看见很多老人在打太极拳。".encode("gb18030").decode("latin-1") + "\n"
HEALTHY = "早上我们去公园散步，看见很多老人在打太极拳。\n"


def texts(data: bytes) -> list[str]:
    return [piece.repair.text for _, piece in repair_lines(complete(io.BytesIO(data).readline), Config())]


def test_lines_are_repaired_one_by_one() -> None:
    assert texts((HEALTHY + MISREAD * 3 + "plain").encode()) == [HEALTHY] * 4 + ["plain"]


def test_a_line_does_not_wait_for_the_next() -> None:
    asked = 0

    def read_line(_most: int) -> bytes:
        nonlocal asked
        asked += 1
        return MISREAD.encode() if asked < 5 else b""

    for number, (line, piece) in enumerate(repair_lines(complete(read_line), Config()), 1):
        assert asked == number
        assert (line, piece.repair.text) == (MISREAD.encode(), HEALTHY)


def test_another_encoding_is_found_out_on_the_way() -> None:
    data = b"plain\n" + HEALTHY.encode("gbk") * 3
    assert texts(data) == ["plain\n", *[HEALTHY] * 3]


def test_markers_count() -> None:
    data = ("# fixtext: off\n" + HEALTHY * 300 + MISREAD + "# fixtext: on\n" + MISREAD).encode()
    assert len(HEALTHY.encode()) * 300 > CONTEXT
    assert texts(data)[-3:] == [MISREAD, "# fixtext: on\n", HEALTHY]


@pytest.mark.parametrize("most", [1, 10, 1000])
@pytest.mark.parametrize("text", ["", "\n", "a\n\nb", "word, word; word word" * 20, "字" * 100 + "\n", "x"])
def test_lines_are_all_of_it(text: str, most: int) -> None:
    parts = list(complete(io.BytesIO(text.encode()).readline, most))
    assert b"".join(parts).decode() == text
    for part in parts:
        part.decode()
