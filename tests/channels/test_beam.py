"""The search along a lattice, with small lattices and models whose best text can be worked out by hand."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from fixtext.channels.alphabet import GBK_LEADS, GbkAlphabet
from fixtext.channels.beam import Arc, ArcsOf, Hypothesis, search

GBK = GbkAlphabet()


class Model(ABC):
    """What the search asks of a model, by single characters."""

    @abstractmethod
    def transition(self, before: str, char: str) -> float:
        """Return the bits of a character."""

    def ranked(self, before: str, chars: str) -> list[tuple[float, str]]:
        return sorted((self.transition(before, char), char) for char in chars)


class Likes(Model):
    """A model to which some pairs of neighbours cost 1 bit and everything else 10."""

    def __init__(self, *pairs: str) -> None:
        self.pairs = pairs

    def transition(self, before: str, char: str) -> float:
        return 1.0 if before[-1:] + char in self.pairs else 10.0


class Weighs(Model):
    """A model in which each character costs what a table says, 20 bits by default, whatever stands before it."""

    def __init__(self, **bits: float) -> None:
        self.bits = bits

    def transition(self, before: str, char: str) -> float:
        return self.bits.get(char, 20.0)


def lattice(arcs: dict[int, list[Arc]]) -> ArcsOf:
    """Return a lattice that offers the same arcs in and out of step."""

    def of(node: int, in_step: bool, byte: bytes) -> Sequence[Arc]:
        return arcs.get(node, [])

    return of


def known(text: str) -> tuple[bytes, ...]:
    return tuple(bytes((byte,)) for byte in text.encode("gbk"))


def text_of(found: Sequence[Hypothesis]) -> str:
    return "".join(step.added for step in found[0].path())


def test_the_cheapest_way_wins() -> None:
    arcs = lattice({0: [Arc(1, char="甲"), Arc(1, char="乙", bits=1.0)], 1: [Arc(2, char="丙")]})
    found = search(arcs, 2, GBK, Likes("乙丙"))
    assert text_of(found) == "乙丙"
    assert found[0].bits == 1.0 + 10.0 + 1.0


def test_the_cost_of_the_channel_counts() -> None:
    arcs = lattice({0: [Arc(1, char="甲"), Arc(1, char="乙", bits=30.0)], 1: [Arc(2, char="丙")]})
    assert text_of(search(arcs, 2, GBK, Likes("乙丙"))) == "甲丙"


def test_what_stands_before_counts() -> None:
    arcs = lattice({0: [Arc(1, char="甲"), Arc(1, char="乙")]})
    assert text_of(search(arcs, 1, GBK, Likes("丁乙"), before="丁")) == "乙"
    assert text_of(search(arcs, 1, GBK, Likes("丁甲"), before="丁")) == "甲"


def test_an_unknown_byte_becomes_the_likeliest_character() -> None:
    arcs = lattice({0: [Arc(1, (b"\x82", bytes(range(0x80, 0xFF))))]})
    found = search(arcs, 1, GBK, Weighs(們=2.0))
    assert text_of(found) == "們"
    (choices,) = found[0].choices
    assert "們" in choices
    assert len(choices) > 100


def test_known_bytes_are_no_choice() -> None:
    found = search(lattice({0: [Arc(1, known("們"))]}), 1, GBK, Weighs())
    assert found[0].choices == ("",)


def test_what_must_stand_before_narrows_the_byte_held_back() -> None:
    # an unknown lead byte, and an arc that says it was 82
    arcs = lattice({0: [Arc(1, (GBK_LEADS,))], 1: [Arc(2, (b"\x83",), after=b"\x82")]})
    assert text_of(search(arcs, 2, GBK, Weighs())) == "們"
    arcs = lattice({0: [Arc(1, (b"\x83",))], 1: [Arc(2, (b"\x83",), after=b"\x82")]})
    assert search(arcs, 2, GBK, Weighs()) == []


def test_what_must_stand_before_may_be_a_whole_character() -> None:
    arcs = {0: [Arc(1, char="們")], 1: [Arc(2, after="們".encode("gbk"))]}
    assert text_of(search(lattice(arcs), 2, GBK, Weighs())) == "們"
    arcs[1] = [Arc(2, after="在".encode("gbk"))]
    assert search(lattice(arcs), 2, GBK, Weighs()) == []


def test_a_text_that_ends_within_a_character_is_none() -> None:
    assert search(lattice({0: [Arc(1, (b"\x82",))]}), 1, GBK, Weighs()) == []


def test_a_lattice_without_a_way_has_no_text() -> None:
    assert search(lattice({}), 1, GBK, Weighs()) == []
    assert search(lattice({0: [Arc(1, char="甲")]}), 3, GBK, Weighs()) == []


def test_it_stops_where_it_is_settled() -> None:
    arcs = lattice({node: [Arc(node + 1, char="甲")] for node in range(10)})
    found = search(arcs, 10, GBK, Weighs(), settled=lambda node: node >= 3)
    assert found[0].node == 3


def test_it_only_tries_what_is_likely() -> None:
    arcs = lattice({0: [Arc(1, (b"\x82", bytes(range(0x80, 0xFF))))]})
    assert text_of(search(arcs, 1, GBK, Weighs(們=2.0), likely=lambda chars: chars.replace("們", ""))) != "們"


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.integers(0, 9)), min_size=1, max_size=3),
        min_size=1,
        max_size=4,
    ),
    st.sets(st.text("甲乙丙丁", min_size=2, max_size=2)),
)
def test_a_wide_beam_finds_what_trying_everything_finds(columns: list[list[tuple[str, int]]], liked: set[str]) -> None:
    model = Likes(*liked)
    arcs = {
        node: [Arc(node + 1, char=char, bits=float(bits)) for char, bits in column]
        for node, column in enumerate(columns)
    }

    def cost(way: tuple[tuple[str, int], ...]) -> float:
        text = "".join(char for char, _ in way)
        return sum(bits for _, bits in way) + sum(model.transition(text[:at], text[at]) for at in range(len(text)))

    best = min(map(cost, itertools.product(*columns)))
    assert search(lattice(arcs), len(columns), GBK, model, margin=1e9)[0].bits == best


@given(st.text(st.characters(codec="gbk"), min_size=1, max_size=12), st.data())
def test_the_ways_of_a_lattice_fit_its_known_bytes(text: str, data: st.DataObject) -> None:
    arcs: dict[int, list[Arc]] = {}
    bytes_of = text.encode("gbk")
    lost = data.draw(st.sets(st.integers(0, len(bytes_of) - 1), max_size=2))
    for node, byte in enumerate(bytes_of):
        values = bytes(range(0x40, 0xFF)) if node in lost else bytes((byte,))
        arcs[node] = [Arc(node + 1, (values,))]
    for found in search(lattice(arcs), len(bytes_of), GBK, Weighs()):
        again = text_of([found]).encode("gbk")
        assert all(again[at] == byte for at, byte in enumerate(bytes_of) if at not in lost)
