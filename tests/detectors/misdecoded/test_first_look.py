"""The short cuts of the first look say what the long way says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.detectors.misdecoded.atoms import MALFORMED, Reading, char_bytes, read_back
from fixtext.detectors.misdecoded.byte_costs import byte_costs
from fixtext.detectors.misdecoded.costs import costs_of
from fixtext.detectors.misdecoded.first_look import SINGLE, best_stretch, tried_in_vain
from fixtext.detectors.misdecoded.in_place import saved_by
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.two_bytes import GROUPS, gaining

COSTS = costs_of(plausibility())
LETTERS = "".join(map(chr, range(0x410, 0x450))) + "αβγδεζηθλμπρστω «»,.-é§°"
SOURCES = ("utf-8", "gbk", "cp950", "cp932", "cp949", "euc-jp", "cp1252", "cp1253", "koi8-r")
READERS = ("cp1251", "koi8-r", "cp1252", "gbk", "cp932", "cp949", "utf-8")


def reading_of(text: str, source: str, reader: str) -> Reading | None:
    parts = [part for part in map(char_bytes(reader).__getitem__, text) if part is not None]
    return read_back(text, parts, b"".join(parts), source) if len(parts) == len(text) else None


def stretches(reading: Reading) -> Iterator[float]:
    """What each stretch without malformed bytes gains, summed up anew."""
    atoms = list(reading.atoms())
    for first in range(len(atoms)):
        for last in range(first, len(atoms)):
            healthy = reading.healthy[atoms[first][2] : atoms[last][3]]
            if MALFORMED.search(healthy):
                break
            observed = reading.observed[atoms[first][0] : atoms[last][1]]
            yield sum(map(COSTS.__getitem__, observed)) - sum(map(COSTS.__getitem__, healthy))


@given(st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(SOURCES), st.sampled_from(READERS))
def test_the_best_stretch_is_the_best_of_all(text: str, source: str, reader: str) -> None:
    reading = reading_of(text, source, reader)
    if reading is None:
        return
    bad = reading.malformed()
    expected = 0.0 if 2 * bad > 3 * len(reading.healthy) // 2 else max(0.0, *stretches(reading), 0.0)
    found = best_stretch(reading, bad, list(map(COSTS.__getitem__, text)), COSTS)
    assert found == pytest.approx(expected)


@given(st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(("gbk", "cp932", "cp949", "utf-8")))
def test_what_is_tried_in_vain_gains_nothing(text: str, reader: str) -> None:
    readings = [reading_of(text, page, reader) for group in SINGLE for page in group]
    if None in readings or not tried_in_vain(text, reader, COSTS):
        return
    for reading in readings:
        assert reading is not None
        assert max(0.0, *stretches(reading), 0.0) == 0.0


def test_letters_of_cyrillic_are_tried_in_vain_in_pages_of_east_asia() -> None:
    # Windows-1252, -1253 and -874 lack some of the bytes; the second page of the groups has them, or lacks them too.
    assert len(SINGLE) <= tried_in_vain("привет", "gbk", COSTS) <= sum(map(len, SINGLE))


@given(st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(sum(SINGLE, ())), st.sampled_from(READERS))
def test_costs_of_bytes_say_what_the_text_read_back_says(text: str, source: str, reader: str) -> None:
    reading = reading_of(text, source, reader)
    if reading is None:
        return
    table, alone = byte_costs(source, COSTS), list(map(COSTS.__getitem__, text))
    bits, unknown = table.of(b"".join(reading.parts))
    assert unknown == reading.malformed()
    sound = [char for char in reading.healthy if not MALFORMED.match(char)]
    assert bits == pytest.approx(sum(map(COSTS.__getitem__, sound)))
    if 2 * unknown <= 3 * len(reading.healthy) // 2:
        expected = best_stretch(reading, unknown, alone, COSTS)
        assert table.best_stretch(reading.parts, alone) == pytest.approx(expected)


@given(st.text(LETTERS + "a1@", min_size=1, max_size=12), st.sampled_from((*READERS, "gb18030", "euc-jp", "mac-roman")))
def test_where_no_neighbours_gain_no_stretch_does(text: str, reader: str) -> None:
    parts = list(map(char_bytes(reader).__getitem__, text))
    if None in parts or text.isascii():
        return
    may = gaining(text, b"".join(filter(None, parts)), reader, COSTS)
    for number, (page, *_) in enumerate(GROUPS):
        reading = None if number in may else reading_of(text, page, reader)
        if reading is not None:
            assert max(0.0, *stretches(reading), 0.0) == 0.0


def test_letters_beside_signs_of_a_misreading_gain_by_their_neighbours() -> None:
    number = [page for page, *_ in GROUPS].index("gbk")
    healthy = "你好吗"
    observed = healthy.encode("gbk").decode("cp1252")
    assert number in gaining(observed, observed.encode("cp1252"), "cp1252", COSTS)
    assert number not in gaining("déjà vu", "déjà vu".encode("cp1252"), "cp1252", COSTS)


def test_a_reading_without_borders_saves_nothing() -> None:
    # A character that its page writes in fewer bytes than it was read from.
    broken = Reading("ж\u4f60", "\u0416", [b"\xd6", b"\xc4\xe3"], "cp932")
    assert not list(broken.atoms())
    assert saved_by(broken, broken.observed, 0, 0, 1) == float("-inf")
