"""ISO-2022-JP and HZ without their escape bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.codepages import decode, encode


@pytest.mark.parametrize(
    ("page", "data", "text"),
    [
        ("iso-2022-jp-stripped", b"$B$3$s$K$A$O(B", "こんにちは"),
        ("iso-2022-jp-stripped", b"$B$3$s", "こん"),
        ("iso-2022-jp-stripped", b"Re: $B2q5D(B (5$)", "Re: 会議 (5$)"),
        ("iso-2022-jp-stripped", b"$@4A;z(J!", "漢字!"),
        ("iso-2022-jp-stripped", b"$B0l(Ba$BFs(Bb\n$B;0", "一a二b\n三"),
        ("iso-2022-jp-stripped", b"plain (B) text, $5", "plain (B) text, $5"),
        ("hz-stripped", b"{VPND}", "中文"),
        ("hz-stripped", b"a {VPND} b {}", "a 中文 b {}"),
        ("hz-stripped", b"{VPND\n{JT}", "中文\n试"),
        ("hz", b"~{VPND~} ~~", "中文 ~"),
        ("hz-stripped", b"~", "~"),
    ],
)
def test_reading(page: str, data: bytes, text: str) -> None:
    assert decode(data, page) == text


@pytest.mark.parametrize(
    ("page", "text", "data"),
    [
        ("iso-2022-jp-stripped", "こんにちは", b"$B$3$s$K$A$O(B"),
        ("hz-stripped", "中文 ok", b"{VPND} ok"),
    ],
)
def test_writing(page: str, text: str, data: bytes) -> None:
    assert encode(text, page) == data


@given(st.text("こんにちは世界漢字 abc.\n", max_size=30))
def test_japanese_comes_back(text: str) -> None:
    assert decode(encode(text, "iso-2022-jp-stripped"), "iso-2022-jp-stripped") == text


@given(st.text("中文乱码恢复 abc.", max_size=30))
def test_chinese_comes_back(text: str) -> None:
    assert decode(encode(text, "hz-stripped"), "hz-stripped") == text
