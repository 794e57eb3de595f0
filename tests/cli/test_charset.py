"""The command reads any encoding and writes what was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.charset.test_detection import FR, HANS, JA
from tests.cli.conftest import Fixtext

LINES = "今天天气很好，我们去公园。\r\n第二行也有一些字\r\n"


def test_any_encoding_comes_out_as_utf_8(fixtext: Fixtext) -> None:
    for codec in ("gbk", "utf-16-le", "utf-8"):
        assert fixtext("-", stdin=LINES.encode(codec)).stdout_bytes == LINES.encode()
    assert fixtext("-", stdin=JA.encode("cp932")).stdout_bytes == JA.encode()


def test_the_encoding_is_kept_if_asked(fixtext: Fixtext, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes((LINES + "bad\r\n").encode("gbk") + b"\xff\r\n")
    assert fixtext("--keep-encoding", file).stdout_bytes == (LINES + "good\r\n").encode("gbk") + b"\xff\r\n"
    assert fixtext("-w", "--keep-encoding", file).exit_code == 0
    assert file.read_bytes() == (LINES + "good\r\n").encode("gbk") + b"\xff\r\n"


def test_characters_with_several_places_stay_where_they_were(fixtext: Fixtext) -> None:
    # U+2252 stands at 81E0 and at 8790 in cp932.
    data = (JA + "\n").encode("cp932") + b"\x87\x90 and \x81\xe0 here\nbad\n"
    done = fixtext("--keep-encoding", "--encoding", "cp932", "-", stdin=data)
    assert done.stdout_bytes == data.replace(b"bad", b"good")


@pytest.mark.parametrize("codec", ["gbk", "big5", "cp1252", "utf-16-le"])
def test_output_encoding(fixtext: Fixtext, codec: str) -> None:
    text = "中文\n" if codec != "cp1252" else FR
    assert fixtext("--output-encoding", codec, "-", stdin=text.encode()).stdout_bytes == text.encode(codec)


def test_what_cannot_be_encoded_is_told_before_anything_is_written(fixtext: Fixtext) -> None:
    done = fixtext("--output-encoding", "latin-1", "-", stdin="é\n中文 中\n".encode())
    assert (done.exit_code, done.stdout_bytes) == (2, b"")
    assert "latin-1 lacks 2 of its characters: 中 U+4E2D (line 2), 文 U+6587 (line 2)" in done.stderr


def test_ends_of_lines_and_marks(fixtext: Fixtext) -> None:
    data = b"a\r\nb\nc\r"
    assert fixtext("-", stdin=data).stdout_bytes == data
    assert fixtext("--newline", "lf", "-", stdin=data).stdout_bytes == b"a\nb\nc\n"
    assert fixtext("--newline", "crlf", "-", stdin=data).stdout_bytes == b"a\r\nb\r\nc\r\n"
    assert fixtext("--bom", "add", "-", stdin=b"a").stdout_bytes == b"\xef\xbb\xbfa"
    assert fixtext("--bom", "add", "-", stdin=b"\xef\xbb\xbfa").stdout_bytes == b"\xef\xbb\xbfa"
    assert fixtext("--bom", "remove", "-", stdin="\ufeffa".encode("utf-16-le")).stdout_bytes == b"a"
    assert fixtext("--bom", "add", "-", stdin=b"").stdout_bytes == b""


def test_bytes_that_cannot_be_read(fixtext: Fixtext) -> None:
    data = HANS.encode() + b" \xff\n"
    kept = fixtext("--explain", "-", stdin=data)
    assert kept.stdout_bytes == data
    assert "not utf-8: FF; kept as it is" in kept.stderr
    assert fixtext("--errors", "replace", "-", stdin=data).stdout_bytes == (HANS + " \ufffd\n").encode()
    strict = fixtext("--errors", "strict", "-", stdin=data)
    assert (strict.exit_code, strict.stdout_bytes) == (2, b"")


def test_names_of_encodings(fixtext: Fixtext) -> None:
    assert fixtext("--encoding", "GB2312", "-", stdin=LINES.encode("gbk")).stdout_bytes == LINES.encode()
    done = fixtext("--encoding", "gkb", "-", stdin=b"")
    assert done.exit_code == 2
    assert "did you mean 'gbk'?" in done.stderr + done.stdout


def test_detect_as_a_table(fixtext: Fixtext, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(LINES.encode("gbk"))
    (tmp_path / "b.dat").write_bytes(bytes(range(256)) * 4)
    done = fixtext("--detect", "a.txt", "b.dat", "missing.txt")
    head, first, second = done.stdout.splitlines()
    assert head.split() == ["file", "encoding", "web", "lead", "newline", "bom", "unreadable", "next"]
    assert first.split()[:3] == ["a.txt", "gbk", "GBK"]
    assert second.endswith("it is binary data, not text")
    assert "missing.txt: there is no such file" in done.stderr
    assert done.exit_code == 2


def test_detect_as_json(fixtext: Fixtext) -> None:
    done = fixtext("--detect", "--format", "json", "-", stdin=LINES.encode("gbk"))
    [found] = json.loads(done.stdout)
    assert (found["encoding"], found["certain"], found["newline"], found["bom"]) == ("gbk", True, "crlf", 0)
    assert found["candidates"][0]["whatwg"] == "GBK"
    one, two = fixtext("--detect", "--format", "jsonl", "-", "-", stdin=b"").stdout.splitlines()
    assert json.loads(one) == json.loads(two)
    assert json.loads(one)["margin"] is None


def test_binary_files_fail_alone(fixtext: Fixtext) -> None:
    done = fixtext("-", stdin=bytes(range(256)) * 4)
    assert (done.exit_code, done.stdout_bytes) == (2, b"")
    assert "it is binary data, not text" in done.stderr


@pytest.mark.parametrize("keep", [(), ("--keep-encoding",)])
def test_plans_of_files_in_other_encodings(fixtext: Fixtext, tmp_path: Path, keep: tuple[str, ...]) -> None:
    data = (LINES + "bad\r\n").encode("gbk")
    for text in (data, LINES.encode("gbk"), HANS.encode() + b"\n" + FR.encode("latin-1")):
        file = tmp_path / "a.txt"
        file.write_bytes(text)
        plan = tmp_path / "plan"
        plan.write_bytes(fixtext(*keep, "--format", "json", "a.txt").stdout_bytes)
        healthy = fixtext(*keep, "a.txt").stdout_bytes
        if not json.loads(plan.read_text())["files"]:  # a healthy file that keeps its encoding
            assert healthy == text
            continue
        assert fixtext(*keep, "--apply", plan, "-w", "a.txt").exit_code == 0
        assert file.read_bytes() == healthy
        assert fixtext("--undo", plan, "-w", "a.txt").exit_code == 0
        assert file.read_bytes() == text
