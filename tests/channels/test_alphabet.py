"""Bytes, some of them unknown, read one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.channels.alphabet import ASCII, GBK_LEADS, GbkAlphabet, Pending

GBK = GbkAlphabet()


def read(data: list[bytes]) -> set[str]:
    """Return all texts that these bytes, each a set of values, may be."""
    states: set[tuple[str, Pending]] = {("", ())}
    for values in data:
        following: set[tuple[str, Pending]] = set()
        for text, pending in states:
            step = GBK.read(pending, values)
            following |= {(text + char, ()) for char in step.chars}
            if step.pending is not None:
                following.add((text, step.pending))
        states = following
    return {text for text, pending in states if not pending}


@given(st.text(st.characters(codec="gbk"), max_size=20))
def test_known_bytes_are_read_as_python_reads_them(text: str) -> None:
    assert read([bytes((byte,)) for byte in text.encode("gbk")]) == {text}


@given(st.text(st.characters(codec="gbk"), min_size=1, max_size=3), st.data())
def test_the_truth_is_among_what_an_unknown_byte_may_be(text: str, data: st.DataObject) -> None:
    known = [bytes((byte,)) for byte in text.encode("gbk")]
    at = data.draw(st.integers(0, len(known) - 1))
    lost = [*known[:at], bytes(range(256)), *known[at + 1 :]]
    assert text in read(lost)


def test_an_unknown_second_byte_gives_the_row_of_its_first() -> None:
    chars = GBK.read((b"\xb0",), bytes(range(0xA1, 0xFF))).chars
    assert len(chars) == 94
    assert all(char.encode("gbk")[0] == 0xB0 for char in chars)


def test_an_unknown_byte_between_characters_is_ascii_or_the_first_of_a_pair() -> None:
    step = GBK.read((), bytes(range(256)))
    assert step.chars == ASCII.decode()
    assert step.pending == (GBK_LEADS,)


@pytest.mark.parametrize("pair", ["aaa1", "a140", "d428", "d47f", "d4ff"])
def test_pairs_without_a_character_are_read_as_nothing(pair: str) -> None:
    lead, trail = bytes.fromhex(pair)
    step = GBK.read((bytes((lead,)),), bytes((trail,)))
    assert step == ("", None)


def test_encoding_what_gbk_lacks_gives_nothing() -> None:
    assert GBK.encode("們") == b"\x82\x83"
    assert GBK.encode("🙂") == b""
    assert GBK.encode("") == b""
