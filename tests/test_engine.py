"""The engine with doubles for detectors: what it promises must hold whatever they propose."""

from __future__ import annotations

import itertools
import math
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Candidate, Channel, Config, Repair, Span, Suspect
from fixtext.detectors.protocol import Detector
from fixtext.engine import MAX_PASSES, DetectorError, run
from tests.doubles import Becomes, Rules, Says, channel
from tests.proofs import prove

CONFIG = Config(detectors=())


class TestHealthyText:
    @pytest.mark.parametrize("text", ["", "plain", "健康的文字", "\ud800 lone surrogate", "line\r\nline\n"])
    def test_the_same_object_comes_back(self, text: str) -> None:
        repair = run(text, [Rules({"damaged": "healthy"})], CONFIG)
        assert repair.text is text
        assert repair == Repair(text)

    def test_nothing_is_proposed_where_the_scan_finds_nothing(self) -> None:
        class Silent(Rules):
            def propose(self, *_: object) -> list[Candidate | Suspect]:
                raise AssertionError("propose was called")

        assert run("plain", [Silent({"damaged": "healthy"})], CONFIG).text == "plain"


class TestOnePass:
    def test_edits_are_in_coordinates_of_the_input(self) -> None:
        source = "a long b long c"
        repair = run(source, [Rules({"long": "l"})], CONFIG)
        assert repair.text == "a l b l c"
        assert [edit.span for edit in repair.edits] == [(2, 6), (9, 13)]
        prove(source, repair)

    def test_a_repair_may_take_text_away(self) -> None:
        repair = run("a(b)c(b)", [Rules({"(b)": ""})], CONFIG)
        assert repair.text == "ac"
        prove("a(b)c(b)", repair)

    def test_touching_repairs_are_both_made(self) -> None:
        repair = run("xyxy", [Rules({"x": "1", "y": "22"})], CONFIG)
        assert repair.text == "122122"
        assert len(repair.edits) == 4
        prove("xyxy", repair)

    def test_too_few_bits_make_a_suspect(self) -> None:
        repair = run("a bad b", [Rules({"bad": "good"}, bits=15.9)], CONFIG)
        assert repair.text == "a bad b"
        (suspect,) = repair.suspects
        assert suspect.span == (2, 5)
        assert suspect.reason == "a repair would save 15.9 bits, and 16.0 are required"
        assert suspect.candidates[0].text == "good"
        assert run("a bad b", [Rules({"bad": "good"}, bits=15.9)], replace(CONFIG, required_bits=15)).changed

    def test_findings_survive_pickling(self) -> None:
        repair = run("a bad b worse", [Rules({"bad": "good"}, guess=True), Rules({"worse": "?"}, bits=1)], CONFIG)
        assert repair.edits
        assert repair.suspects
        assert pickle.loads(pickle.dumps(repair)) == repair

    def test_channels_survive_serialisation(self) -> None:
        repair = run("aXYd", [Rules({"X": "y", "yY": "z", "zd": "dd"})], CONFIG)
        assert repair.text == "add"
        for edit in repair.edits:
            assert Channel.from_dict(edit.channel.to_dict()) == edit.channel


class TestSeveralPasses:
    def test_repairs_of_one_span_become_one_channel(self) -> None:
        repair = run("-aaa-", [Rules({"aaa": "bb"}, "outer"), Rules({"bb": "c"}, "inner", bits=30)], CONFIG)
        (edit,) = repair.edits
        assert repair.text == "-c-"
        assert edit.channel.steps == (Becomes("c", "bb"), Becomes("bb", "aaa"))
        assert edit.damage == "inner+outer"
        assert edit.bits == 50
        prove("-aaa-", repair)

    def test_a_repair_around_an_earlier_one_contains_it(self) -> None:
        source = "0 1 <lt> 2"
        repair = run(source, [Rules({"<lt>": "<"}), Rules({"1 < 2": "one < two"})], CONFIG)
        assert repair.text == "0 one < two"
        (edit,) = repair.edits
        assert (edit.before, edit.after) == ("1 <lt> 2", "one < two")
        assert str(edit.channel) == "one < two becomes 1 < 2, within characters 2..3: < becomes <lt>"
        assert Channel.from_dict(edit.channel.to_dict()) == edit.channel
        prove(source, repair)

    def test_a_repair_inside_an_earlier_one(self) -> None:
        source = "[wrapped]"
        repair = run(source, [Rules({"[wrapped]": "x bad y"}, guess=True), Rules({"bad": "fine"}, guess=True)], CONFIG)
        assert repair.text == "x fine y"
        (edit,) = repair.edits
        assert [guess.offset for guess in edit.guesses] == list(range(8))
        prove(source, repair)

    def test_a_repair_over_the_edge_of_an_earlier_one(self) -> None:
        source = "ab~cd"
        repair = run(source, [Rules({"~": "XY"}, guess=True), Rules({"Yc": "-"}, guess=True)], CONFIG)
        assert repair.text == "abX-d"
        (edit,) = repair.edits
        assert (edit.span, edit.after) == ((2, 4), "X-")
        prove(source, repair)

    def test_a_touching_repair_stays_apart(self) -> None:
        repair = run("ab", [Rules({"a": "x"}), Rules({"b": "y"}, bits=0.1)], CONFIG)
        assert repair.text == "xb"
        source = "abc"
        repair = run(
            source,
            [Rules({"b": "BB"}), Says(lambda text: [_candidate(text, 3, 4, "C")] if "BBc" in text else [])],
            CONFIG,
        )
        assert repair.text == "aBBC"
        assert [edit.span for edit in repair.edits] == [(1, 2), (2, 3)]
        prove(source, repair)

    def test_a_repair_across_a_deletion(self) -> None:
        repair = run("foo|bar foo", [Rules({"|": ""}), Rules({"foobar": "foo bar"})], CONFIG)
        assert repair.text == "foo bar foo"
        (edit,) = repair.edits
        assert edit.before == "foo|bar"
        prove("foo|bar foo", repair)

    def test_suspects_are_in_coordinates_of_the_input(self) -> None:
        def doubt(text: str) -> list[Candidate | Suspect]:
            at = text.index("odd")
            return [Suspect("doubt", Span(at, at + 3), "odd", (_candidate(text, at, at + 3, "even"),))]

        source = "long odd long"
        repair = run(source, [Rules({"long": "l"}), Says(doubt)], CONFIG)
        (suspect,) = repair.suspects
        assert suspect.span == (5, 8)
        assert suspect.candidates[0].span == (5, 8)
        prove(source, repair)

    def test_a_suspect_over_an_edit_covers_all_of_it(self) -> None:
        def doubt(text: str) -> list[Candidate | Suspect]:
            return [Suspect("doubt", Span(1, 3), "odd", (_candidate(text, 1, 3, "?"),))]

        repair = run("a_long_b", [Rules({"long": "l"}), Says(doubt)], CONFIG)
        (suspect,) = repair.suspects
        assert suspect == Suspect("doubt", Span(1, 6), "odd")

    def test_what_does_not_settle_is_left_alone(self) -> None:
        text = "ping"
        repair = run(text, [Rules({"ping": "pong", "pong": "ping"})], CONFIG)
        assert repair.text is text
        assert not repair.edits
        growing = run("a", [Rules({"a": "aa"})], CONFIG)
        assert growing.text == "a"
        assert growing.suspects[0].reason == f"the repairs proposed here did not settle in {MAX_PASSES} passes"

    def test_nested_damage_up_to_the_bound_is_repaired(self) -> None:
        layers = "abcdefgh"
        rules = Rules({outer: inner for inner, outer in itertools.pairwise(layers)})
        assert run("-h-", [rules], CONFIG).text == "-a-"


def _candidate(text: str, start: int, end: int, healthy: str, bits: float = 20.0) -> Candidate:
    return Candidate("test", Span(start, end), healthy, channel(healthy, text[start:end]), bits)


class TestArbitration:
    def test_the_most_bits_together_win(self) -> None:
        def propose(text: str) -> list[Candidate]:
            if text != "abcdef":
                return []
            return [
                _candidate(text, 0, 3, "1", 30),
                _candidate(text, 2, 4, "2", 50),
                _candidate(text, 3, 6, "3", 30),
            ]

        assert run("abcdef", [Says(propose)], CONFIG).text == "13"

    def test_one_strong_explanation_beats_two_weak_ones(self) -> None:
        def propose(text: str) -> list[Candidate]:
            if text != "abcd":
                return []
            return [_candidate(text, 0, 2, "1"), _candidate(text, 2, 4, "2"), _candidate(text, 1, 3, "-", 41)]

        assert run("abcd", [Says(propose)], CONFIG).text == "a-d"

    def test_on_a_tie_the_fewest_edits_win(self) -> None:
        def propose(text: str) -> list[Candidate]:
            if text != "abcd":
                return []
            return [_candidate(text, 0, 2, "1"), _candidate(text, 2, 4, "2"), _candidate(text, 0, 4, "-", 40)]

        assert run("abcd", [Says(propose)], CONFIG).text == "-"

    @given(st.permutations(range(6)))
    def test_the_order_of_proposals_does_not_count(self, order: list[int]) -> None:
        def propose(text: str) -> list[Candidate]:
            if text != "abcdef":
                return []
            spans = [(0, 2), (0, 2), (1, 3), (2, 4), (3, 6), (4, 6)]
            return [_candidate(text, *spans[index], str(index)) for index in order]

        assert run("abcdef", [Says(propose)], CONFIG).text == "035"

    @given(
        st.lists(
            st.tuples(st.integers(0, 9), st.integers(1, 4), st.integers(16, 40)),
            max_size=9,
        )
    )
    def test_no_choice_saves_more(self, proposals: list[tuple[int, int, int]]) -> None:
        text = "0123456789abcd"
        candidates = [
            _candidate(text, start, start + size, f"<{number}>", bits)
            for number, (start, size, bits) in enumerate(proposals)
        ]
        from fixtext.arbitration import arbitrate

        chosen = arbitrate(candidates)
        for left, right in itertools.pairwise(chosen):
            assert left.span.end <= right.span.start

        def best(rest: list[Candidate], position: int) -> float:
            options = [0.0]
            for index, candidate in enumerate(rest):
                if candidate.span.start >= position:
                    options.append(candidate.bits + best(rest[index + 1 :], candidate.span.end))
            return max(options)

        assert sum(item.bits for item in chosen) == best(sorted(candidates, key=lambda item: item.span), 0)


class TestLyingDetectors:
    """Whatever a detector says, a text is never changed without a proof."""

    TEXT = "some text"

    def refused(self, *findings: Candidate | Suspect) -> Repair:
        repair = run(self.TEXT, [Says(lambda text: findings)], CONFIG)
        assert repair.text is self.TEXT
        assert not repair.edits
        prove(self.TEXT, repair)
        return repair

    def test_a_channel_that_leads_elsewhere(self) -> None:
        repair = self.refused(Candidate("lie", Span(0, 4), "SOME", channel("SOME", "none"), 99.0))
        assert repair.suspects[0].reason == "the repair proposed does not lead back to the text"

    def test_text_from_beyond_the_span(self) -> None:
        self.refused(Candidate("lie", Span(0, 4), "SOME TEXT", channel("SOME TEXT", "some text"), 99.0))

    def test_a_channel_that_cannot_happen(self) -> None:
        self.refused(Candidate("lie", Span(0, 4), "SOME", channel("OTHER", "some"), 99.0))

    def test_a_channel_with_a_bug(self) -> None:
        class Bug(Becomes):
            def run(self, data: str | bytes) -> str:
                raise ZeroDivisionError

        self.refused(Candidate("lie", Span(0, 4), "SOME", Channel((Bug("SOME", "some"),)), 99.0))

    def test_a_channel_that_ends_in_bytes(self) -> None:
        class Bytes(Becomes):
            def run(self, data: str | bytes) -> str:
                return b"some"  # type: ignore[return-value]

        self.refused(Candidate("lie", Span(0, 4), "SOME", Channel((Bytes("SOME", "some"),)), 99.0))

    def test_a_channel_that_cannot_be_hashed_is_proved_all_the_same(self) -> None:
        steps = Channel([Becomes("SOME", "some")])  # type: ignore[arg-type]
        self.refused(Candidate("lie", Span(0, 4), "OTHER", steps, 99.0))

    @pytest.mark.parametrize("span", [(-4, 0), (-1, 3), (7, 10), (20, 24), (4, 4), (4, 0)])
    def test_a_span_that_is_not_in_the_text(self, span: tuple[int, int]) -> None:
        before = self.TEXT[slice(*span)]
        self.refused(
            Candidate("lie", Span(*span), "SOME", channel("SOME", before), 99.0),
            Suspect("lie", Span(*span), "nowhere"),
        )

    @pytest.mark.parametrize("bits", [math.nan, math.inf, -math.inf, -99.0, 0.0, 15.0])
    def test_bits_that_do_not_pay(self, bits: float) -> None:
        self.refused(Candidate("lie", Span(0, 4), "SOME", channel("SOME", "some"), bits))

    def test_no_change_is_no_repair(self) -> None:
        assert self.refused(Candidate("lie", Span(0, 4), "some", Channel(()), 99.0)) == Repair(self.TEXT)

    def test_a_lie_does_not_stand_in_the_way_of_the_truth(self) -> None:
        def lie(text: str) -> list[Candidate]:
            return [Candidate("lie", Span(0, len(text)), "everything", channel("everything", "else"), 1e9)]

        assert run("a bad b", [Says(lie), Rules({"bad": "good"})], CONFIG).text == "a good b"


class TestFailingDetectors:
    def test_the_detector_is_named_and_the_cause_kept(self) -> None:
        def fail(text: str) -> list[Candidate]:
            raise KeyError("lost")

        with pytest.raises(DetectorError, match=r"^the detector 'broken' failed: KeyError: 'lost'$") as caught:
            run("text", [Says(fail, name="broken")], CONFIG)
        assert isinstance(caught.value.__cause__, KeyError)
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)

    def test_a_failing_scan(self) -> None:
        class Blind(Rules):
            def scan(self, text: str) -> list[Span]:
                raise ValueError("no eyes")

        with pytest.raises(DetectorError, match="'rules' failed: ValueError: no eyes"):
            run("text", [Blind({})], CONFIG)

    @pytest.mark.parametrize("finding", [None, "text", (0, 4, "SOME")])
    def test_something_that_is_no_finding(self, finding: object) -> None:
        with pytest.raises(DetectorError, match="neither a Candidate nor a Suspect"):
            run("text", [Says(lambda text: [finding])], CONFIG)  # type: ignore[list-item]

    def test_an_interrupt_is_not_turned_into_a_failure(self) -> None:
        def interrupt(text: str) -> list[Candidate]:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run("text", [Says(interrupt)], CONFIG)


WORDS = st.text("abc", min_size=1, max_size=3)
RULES = st.builds(
    Rules,
    st.dictionaries(WORDS, st.text("abcd", max_size=2), min_size=1, max_size=4),
    name=st.sampled_from(["one", "two"]),
    bits=st.sampled_from([5.0, 20.0, 30.0]),
    guess=st.booleans(),
)


@given(st.text("abcd", max_size=12), st.lists(RULES, max_size=3))
def test_every_repair_is_proved_undone_and_final(text: str, rules: list[Detector]) -> None:
    repair = run(text, rules, CONFIG)
    prove(text, repair)
    again = run(repair.text, rules, CONFIG)
    assert again.text is repair.text
    for edit in repair.edits:
        assert Channel.from_dict(edit.channel.to_dict()) == edit.channel


def test_threads_give_the_same_answers() -> None:
    rules = [Rules({"aa": "b", "bb": "c", "cc": "d"})]
    texts = ["a" * length for length in range(200)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: run(text, rules, CONFIG), texts)) == [
            run(text, rules, CONFIG) for text in texts
        ]


class TestArguments:
    @pytest.mark.parametrize("function", [fixtext.fix, fixtext.repair])
    def test_bytes_belong_to_repair_bytes(self, function: object) -> None:
        for data in (b"bytes", bytearray(b"bytes"), memoryview(b"bytes")):
            with pytest.raises(TypeError, match=r"give bytes to fixtext\.repair_bytes"):
                function(data)  # type: ignore[operator]
        with pytest.raises(TypeError, match="take str, not NoneType"):
            function(None)  # type: ignore[operator]

    def test_str_belongs_to_repair(self) -> None:
        with pytest.raises(TypeError, match=r"give str to fixtext\.repair"):
            fixtext.repair_bytes("text")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="takes bytes, not int"):
            fixtext.repair_bytes(5)  # type: ignore[arg-type]

    def test_bytes_are_read_as_utf8_with_their_mark(self) -> None:
        data = "\ufeff一行\r\n".encode()
        assert fixtext.repair_bytes(data, CONFIG).text == "\ufeff一行\r\n"
        assert fixtext.repair_bytes(memoryview(data), CONFIG).text == "\ufeff一行\r\n"
        assert fixtext.repair_bytes(b"ok \xff", CONFIG).text == "ok \udcff"

    def test_config_refuses_what_it_cannot_mean(self) -> None:
        for bits in (0, -1, math.nan):
            with pytest.raises(ValueError, match="positive number"):
                Config(required_bits=bits)
        for names in ("glossed", ["glossed"], (1,)):
            with pytest.raises(TypeError, match="tuple of names"):
                Config(detectors=names)  # type: ignore[arg-type]


class TestTextThatIsDamagedThroughout:
    """Where repairs take up a good part of a long text, other detectors see what is left."""

    class Counting(Says):
        """Counts the passes in which it is asked, and remembers the last text."""

        def __init__(self) -> None:
            super().__init__(self._nothing, name="counting")
            self.texts: list[str] = []

        def _nothing(self, text: str) -> list[Candidate | Suspect]:
            self.texts.append(text)
            return []

    @pytest.mark.parametrize(("words", "passes"), [(1000, 1), (10, 2)])
    def test_others_are_asked_when_it_is_repaired(self, words: int, passes: int) -> None:
        text = "damaged " * words + "plain " * 4000
        counting = self.Counting()
        repair = run(text, [Rules({"damaged": "healthy"}), counting], CONFIG)
        prove(text, repair)
        assert repair.text == "healthy " * words + "plain " * 4000
        assert len(counting.texts) == passes
        assert counting.texts[-1] == repair.text
