"""Islands between missing bytes are as long as they can be, and begin wherever a character of UTF-8 does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext import codepages
from fixtext.detectors.misdecoded.debris import is_debris
from fixtext.detectors.misdecoded.islands import ISLAND, ISLAND_BITS, SMALL, islands
from fixtext.detectors.misdecoded.plausible import plausibility

READERS = ["gb18030", "cp936", "cp950", "cp932", "cp949", "cp1252", "cp1251", "mac-roman"]
WORDS = st.sampled_from(
    ["中文", "网络设置正确", "café", "привет", "日本語の文字", " and ", "한국어", "\U0001f600", "1", "е"]
)


def longest(text: str, reader: str) -> int:
    """How many characters from the first on are UTF-8, one more tried at a time."""
    best = 0
    for length in range(1, min(len(text), ISLAND) + 1):
        try:
            data = codepages.encode(text[:length], reader)
        except UnicodeEncodeError:
            break
        try:
            data.decode()
        except UnicodeDecodeError:
            continue
        best = length
    return best


def expected(text: str, reader: str) -> list[tuple[int, int]]:
    """The stretches that are UTF-8, one after the other, that begin beyond ASCII."""
    found = []
    place = 0
    while place < len(text):
        length = longest(text[place:], reader) if text[place] > "\x7f" else 0
        if length:
            found.append((place, place + length))
        place += max(1, length)
    return found


@given(
    st.lists(WORDS, min_size=1, max_size=8), st.data(), st.sampled_from(READERS), st.sampled_from(["replace", "ignore"])
)
def test_islands_are_all_that_is_utf_8(words: list[str], data: st.DataObject, reader: str, errors: str) -> None:
    damaged = bytearray("".join(words).encode())
    for _ in range(data.draw(st.integers(0, 3))):
        if damaged:
            del damaged[data.draw(st.integers(0, len(damaged) - 1))]
    text = codepages.decode(bytes(damaged), reader, errors).replace("\n", " ")
    scorer = plausibility()
    found = [
        (island.start - 2, island.end - 2) for island in islands(f"a\n{text}\nb", 2, len(text) + 2, reader, scorer)
    ]
    whole = expected(text, reader)
    assert [span for span in found if span not in whole] == []
    # What is left out says nothing new, is what lost bytes became, or is short and saves little.
    for start, end in set(whole) - set(found):
        part = text[start:end]
        healthy = codepages.encode(part, reader).decode()
        saved = scorer.bits(part) - scorer.healthy_bits(healthy)
        assert healthy == part or is_debris(part) or (end - start < SMALL and saved < ISLAND_BITS)


@pytest.mark.parametrize("reader", READERS)
def test_a_page_writes_each_character_by_itself(reader: str) -> None:
    chars = [chr(code) for code in range(0x80, 0x10000) if codepages.reversible(chr(code), reader)]
    assert codepages.encode("".join(chars), reader) == b"".join(codepages.encode(char, reader) for char in chars)
