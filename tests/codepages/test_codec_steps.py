"""Encode and Decode as steps of a channel."""

from __future__ import annotations

import pytest

from fixtext.channels import Channel, Decode, Encode


def test_steps_in_words() -> None:
    assert str(Encode("utf-8")) == "encode utf-8"
    assert str(Decode("gbk")) == "decode gbk"
    assert str(Decode("cp936", "windows")) == "decode cp936 (windows)"


def test_a_misreading() -> None:
    channel = Channel((Encode("utf-8"), Decode("gbk")))
    assert channel.damage("你好") == "浣犲ソ"
    assert str(channel) == "encode utf-8, decode gbk"


def test_a_round_trip_through_an_editor() -> None:
    channel = Channel((Encode("utf-8"), Decode("cp936", "windows"), Encode("cp936"), Decode("utf-8", "whatwg")))
    assert channel.damage('请输入"名称"') == '请输\ufffd?名称"'


def test_channels_can_be_stored() -> None:
    channel = Channel((Encode("utf-8", "replace"), Decode("cp936", "windows")))
    assert Channel.from_dict(channel.to_dict()) == channel


def test_steps_take_what_they_take() -> None:
    with pytest.raises(TypeError, match="takes text"):
        Encode("utf-8").run(b"bytes")
    with pytest.raises(TypeError, match="takes bytes"):
        Decode("utf-8").run("text")
    with pytest.raises(UnicodeDecodeError):
        Decode("gbk").run(b"\x93\n")
