"""Windows: together they are all of the input, and only its own bytes say where they end."""

from __future__ import annotations

import io
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.files.sources import FileSource, PipeSource
from fixtext.files.windows import Cutter, Window

LINES = st.lists(
    st.one_of(
        st.text("ab \n", max_size=30),
        st.text("一二，。\U0001f600", max_size=60),
        st.sampled_from(["\r\n", "\n\n", "\r", "x" * 200, "字" * 100]),
    ),
    max_size=30,
).map("".join)


def windows(data: bytes, size: int = 128, block: int = 1 << 18, **cutter: int) -> list[Window]:
    source = PipeSource(io.BytesIO(data).read, block)
    return list(Cutter(size, **cutter).windows(source))  # type: ignore[arg-type]


@given(LINES.map(str.encode), st.sampled_from([1, 7, 64, 1 << 20]))
def test_they_are_all_of_it(data: bytes, block: int) -> None:
    found = windows(data)
    assert found[0].start == 0
    assert found[-1].end == len(data)
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(one.before <= one.start <= one.end <= one.after for one in found)
    assert all(one.start < one.end for one in found) or not data
    assert windows(data, block=block) == found
    for window in found:  # UTF-8 is never cut within a character
        for part in (data[window.before : window.start], data[window.start : window.end], data[: window.after]):
            part.decode()


@given(LINES.map(str.encode))
def test_a_file_is_cut_as_a_pipe_is(data: bytes) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.close(writer)
    handle = os.memfd_create("text") if hasattr(os, "memfd_create") else pytest.skip("no files in memory")
    try:
        os.write(handle, data)
        assert list(Cutter(128).windows(FileSource(handle))) == windows(data)
    finally:
        os.close(handle)


@given(LINES.map(str.encode), LINES.map(str.encode))
def test_a_border_does_not_depend_on_what_stands_before(first: bytes, other: bytes) -> None:
    data = b"x\n" * 200
    one = {window.end for window in windows(first[:128].ljust(128, b".") + data)}
    two = {window.end for window in windows(other[:128].ljust(128, b"!") + data)}
    assert {end for end in one if end > 256} == {end for end in two if end > 256}


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        (b"one\ntwo\n" * 200, b"\n"),
        (b"one\r\ntwo\r\n" * 200, b"\n"),
        (b"word word, word. " * 100, b" ,."),
        (b"cr only\rcr only\r" * 100, b"\r "),
        ("字字，字字。".encode("gbk") * 200 + b"\n", None),
    ],
    ids=["lf", "crlf", "spaces", "cr", "gbk"],
)
def test_where_they_end(lines: bytes, rest: bytes | None) -> None:
    found = windows(lines, 1024)
    if rest is None:
        assert len(found) == 1  # nobody can tell where its characters begin
    else:
        assert len(found) > 1
        assert {lines[window.end - 1] for window in found[:-1]} <= set(rest)


def test_an_empty_line_is_preferred() -> None:
    data = b"a word\n" * 587 + b"\n" + b"a word\n" * 900
    assert windows(data, 4096)[0].end == 587 * 7 + 1  # and not at 4102


@pytest.mark.parametrize(
    ("page", "unit", "big"), [("utf-16-le", 2, False), ("utf-16-be", 2, True), ("utf-32-le", 4, 0)]
)
def test_wide_units_stay_whole(page: str, unit: int, big: bool) -> None:
    for text in ("健康的\u0a0a\u000a文字\n" * 100, "\U0001f600" * 500, "字" * 500):
        data = text.encode(page)
        found = windows(data, 256, unit=unit, big_endian=big)
        assert len(found) > 3
        assert "".join(data[window.start : window.end].decode(page) for window in found) == text


def test_what_was_released_is_gone(tmp_path: Path) -> None:
    source = PipeSource(io.BytesIO(b"0123456789").read, 3)
    assert source.at(2, 6) == b"2345"
    source.release(4)
    assert source.at(4, 99) == b"456789"
    with pytest.raises(ValueError, match="are gone"):
        source.at(3, 6)


@pytest.mark.parametrize("size", [0, 63, 130])
def test_sizes_that_make_no_sense(size: int) -> None:
    with pytest.raises(ValueError, match="multiple of 4"):
        Cutter(size)
