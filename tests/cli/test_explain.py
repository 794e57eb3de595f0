"""What --explain says, to the letter."""

from __future__ import annotations

import time

import pytest

from fixtext import Channel, Config, Edit, Guess, Repair, Span, Suspect
from fixtext.cli.explain import explanation
from fixtext.cli.printable import printable
from fixtext.engine import run
from tests.doubles import Rules, channel


def explain(source: str, repair: Repair) -> list[str]:
    return "".join(explanation(source, repair)).splitlines()


def test_an_edit_and_a_suspect() -> None:
    source = "一\r\n二三bad\n\nodd"
    guess = Guess(0, "好", 0.9, (("壞", 0.08), ("\u202e", 0.02)))
    edit = Edit("test", Span(5, 8), "bad", "好", channel("好", "bad"), 21.25, (guess,))
    suspect = Suspect("other", Span(10, 13), "nobody knows")
    assert explain(source, Repair("一\r\n二三好\n\nodd", (edit,), (suspect,))) == [
        "line 2, column 3: bad -> 好",
        "    test: 好 becomes bad; saves 21.2 bits",
        "    好 (好 guessed, 0.90; then 壞 0.08, \\u202e 0.02)",
        "line 4, column 1: odd left alone",
        "    other: nobody knows",
    ]


def test_a_guess_without_runners_up_is_shown_in_its_word() -> None:
    edit = Edit("test", Span(0, 3), "bad", "操作", channel("操作", "bad"), 21.0, (Guess(1, "作", 0.97),))
    assert explain("bad", Repair("操作", (edit,)))[2] == "    操作 (作 guessed, 0.97)"


def test_nothing_to_tell() -> None:
    assert explain("text", Repair("text")) == []


def test_a_weak_candidate_is_shown() -> None:
    lines = explain("a bad b", run("a bad b", [Rules({"bad": "good"}, bits=2.5)], Config(detectors=())))
    assert lines[0] == "line 1, column 3: bad left alone"
    assert lines[2] == "    perhaps: good (2.5 bits)"


def test_a_span_that_goes_over_lines_stays_on_one() -> None:
    edit = Edit("test", Span(0, 4), "a\r\nb", "", Channel(()), 20.0)
    assert explain("a\r\nb", Repair("", (edit,)))[0] == r"line 1, column 1: a\r\nb -> (nothing)"


def test_a_long_span_is_cut_in_the_middle() -> None:
    edit = Edit("test", Span(0, 1000), "a" * 500 + "b" * 500, "c", Channel(()), 20.0)
    assert explain(edit.before, Repair("c", (edit,)))[0] == f"line 1, column 1: {'a' * 60} [880 more] {'b' * 60} -> c"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("們?cè)诩议T口", "們?cè)诩议T口"),
        ("\u3000\u00a0", "\u3000\u00a0"),
        ("\x1b[31m\x07", r"\x1b[31m\x07"),
        ("\u202e\u2066\u200f", r"\u202e\u2066\u200f"),
        ("\ufffd\ufeff", "\ufffd\\ufeff"),
        ("\ue000\ud800\u2028\x85", r"\ue000\ud800\u2028\x85"),
        ("\U000e0041\U0010fffd", r"\U000e0041\U0010fffd"),
        ("e\u0301 नमस्ते", "e\u0301 नमस्ते"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("separator", ["\n", " "])
def test_time_grows_no_faster_than_the_edits(separator: str) -> None:
    rules = [Rules({"bad": "good"})]

    def seconds(count: int) -> float:
        source = ("text " * 12 + "bad" + separator) * count
        repair = run(source, rules, Config(detectors=()))
        assert len(repair.edits) == count
        start = time.perf_counter()
        assert len(explain(source, repair)) == 2 * count
        return time.perf_counter() - start

    few = min(seconds(1_500) for _ in range(3))
    assert min(seconds(15_000) for _ in range(2)) < few * 40  # quadratic would be 100
