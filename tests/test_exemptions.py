"""Opt-outs and examples: what an author exempts from repair stays, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Config
from fixtext.engine import run
from fixtext.exemptions import EXAMPLE_BITS, examples, markers, merged, touches
from tests.conftest import RunPython
from tests.doubles import Rules
from tests.proofs import prove

CONFIG = Config(detectors=())
BAD = [Rules({"bad": "good"}, bits=30.0)]
CERTAIN = [Rules({"bad": "good"}, bits=Config().required_bits + EXAMPLE_BITS)]


@pytest.mark.parametrize(
    "text",
    [
        "bad  # fixtext: ignore",
        "<!-- fixtext: ignore --> bad",
        "bad /* fixtext:ignore */",
        "% fixtext: off\nbad\nbad\n% fixtext: on\n",
        "// fixtext: off\nbad",
        "fixtext: off bad\nand bad fixtext: on\n",
    ],
)
def test_what_a_marker_exempts_is_neither_repaired_nor_reported(text: str) -> None:
    repair = run(text, CERTAIN, CONFIG)
    assert repair.text is text
    assert not repair.suspects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bad\nbad # fixtext: ignore\nbad", "good\nbad # fixtext: ignore\ngood"),
        ("bad\n# fixtext: off\nbad\n# fixtext: on\nbad", "good\n# fixtext: off\nbad\n# fixtext: on\ngood"),
        ("bad # fixtext: offside", "good # fixtext: offside"),
        ("bad # fixtext: on", "good # fixtext: on"),
        ("# fixtext: off\n# fixtext: ignore\nbad", "# fixtext: off\n# fixtext: ignore\nbad"),
    ],
)
def test_the_rest_of_a_file_with_markers_is_repaired(text: str, expected: str) -> None:
    repair = run(text, BAD, CONFIG)
    assert repair.text == expected
    prove(text, repair)


EXAMPLES = [
    "It shows `bad` instead.",
    "It shows ``bad ` here`` instead.",
    "Before:\n```\nthis is bad\n```\nAfter.",
    "~~~ text\nbad",
    "It shows::\n\n    bad\n\nand so on",
    "這樣的：\n\n\tbad\n\n\tbad\n",
    "<p>He wrote <code class='x'>bad</code>.</p>",
    "<PRE>\nbad\n</PRE>",
    "<q>bad</q>",
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_reported_and_left_alone(text: str) -> None:
    repair = run(text, BAD, CONFIG)
    assert repair.text is text
    assert {suspect.reason for suspect in repair.suspects} == {"shown as an example, as it seems"}
    assert all(suspect.candidates for suspect in repair.suspects)


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_repaired_where_the_same_damage_is_elsewhere(text: str) -> None:
    damaged = f"bad\n\n{text}"
    assert run(damaged, BAD, CONFIG).text == damaged.replace("bad", "good")


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_repaired_on_overwhelming_evidence_and_by_choice(text: str) -> None:
    assert run(text, CERTAIN, CONFIG).text == text.replace("bad", "good")
    assert run(text, BAD, Config(detectors=(), quote_aware=False)).text == text.replace("bad", "good")


@pytest.mark.parametrize(
    "text",
    [
        "a ` bad",
        "a `b\n\nbad` c",
        "a ` b `` bad",
        "def f(x):\n    bad",
        "<code>x</code> bad <code>y</code>",
        "</pre> bad <pre>",
        "<quote>bad</quote>",
        "Title:\n\nbad",
    ],
)
def test_what_is_no_example_is_repaired(text: str) -> None:
    assert run(text, BAD, CONFIG).text == text.replace("bad", "good")


def test_other_damage_elsewhere_says_nothing_of_an_example() -> None:
    other = Rules({"worse": "better"}, name="other")
    repair = run("worse, `bad`", [*BAD, other], CONFIG)
    assert repair.text == "better, `bad`"


def test_a_repair_that_takes_a_delimiter_of_a_code_span_is_none() -> None:
    sure = [Rules({"bad`": "good"}, bits=Config().required_bits + 2 * EXAMPLE_BITS)]
    text = "It shows `bad` instead."
    assert run(text, sure, CONFIG).text is text


def test_each_code_span_of_an_indented_section_is_an_example() -> None:
    some = [Rules({"bad": "good"}, bits=CONFIG.required_bits + 1.5 * EXAMPLE_BITS)]
    one, two = "Explained:\n\n    `bad` is shown.\n", "Explained:\n\n    `bad` is shown.\n\n    So is `bad`.\n"
    assert run(one, some, CONFIG).text == one.replace("bad", "good")
    assert run(two, some, CONFIG).text is two


def test_a_real_example_stays() -> None:
    text = "GBK 讀作 UTF-8 的話，`ÄãºÃ` 就出來了。"
    assert fixtext.fix(text) is text


@given(st.text(alphabet="`~<>/codepr \n:\tx", max_size=60))
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    for spans in (examples(text), markers(text)):
        assert spans == merged(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=8), st.integers(0, 30), st.integers(1, 9))
def test_touching_means_a_character_in_common(ranges: list[tuple[int, int]], start: int, length: int) -> None:
    spans = merged((begin, begin + size) for begin, size in ranges)
    within = {place for span in spans for place in range(*span)}
    assert touches((start, start + length), spans) == bool(within & {*range(start, start + length)})


def test_the_command_can_be_told_to_repair_examples(tmp_path: Path, run_python: RunPython) -> None:
    file = tmp_path / "page.md"
    file.write_text("It shows `ÄãºÃ` there.\n", encoding="utf-8")
    kept = run_python("-m", "fixtext", "--isolated", str(file))
    mended = run_python("-m", "fixtext", "--isolated", "--no-quote-aware", str(file))
    assert (kept.returncode, kept.stdout) == (0, file.read_bytes())
    assert (mended.returncode, mended.stdout.decode()) == (0, "It shows `你好` there.\n")
