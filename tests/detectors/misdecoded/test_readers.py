"""Which pages may have read a text by mistake, and which have bytes that no text has."""

from __future__ import annotations

import pytest

from fixtext.detectors.misdecoded.atoms import char_bytes
from fixtext.detectors.misdecoded.readers import may_have_read, written


def bytes_of(text: str, page: str) -> bytes:
    return b"".join(part for part in map(char_bytes(page).__getitem__, text) if part is not None)


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("\u1780\u17b6\u179a", "utf-16le"),  # Khmer: 0x17 is a control
        ("\u0416\u0437", "utf-16le"),
        ("\u1780\u17b6\u179a", "gb18030"),  # a digit behind each other byte
        ("\u0436\u0438\u0432\u0451\u043c \u0434\u0430\u043b\u044c\u0448\u0435", "utf-8"),
    ],
)
def test_bytes_that_no_text_has_were_not_misread(text: str, reader: str) -> None:
    assert not may_have_read(reader, text, bytes_of(text, reader))


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("\u6f22\u4f60", "utf-16le"),
        ("\u0365\u0368", "utf-8"),  # two words of GBK that are valid UTF-8
        ("\u1780", "gb18030"),
        ("\u6d63\u72b2", "gb18030"),
        ("\xc4\xe3", "cp1252"),
    ],
)
def test_what_may_have_been_misread(text: str, reader: str) -> None:
    assert may_have_read(reader, text, bytes_of(text, reader))


def test_only_pages_that_have_a_character_are_asked() -> None:
    assert {reader for reader, _, _ in written("\u1780\u17b6\u179a")} == {"gb18030", "utf-8", "utf-16le"}
    assert "cp1251" in {reader for reader, _, _ in written("a \u0416")}
