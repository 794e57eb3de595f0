"""What holds for every text, what ftfy's plans become, and what is loaded when."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext
from fixtext import Channel, Config
from fixtext.channels import Decode, Encode
from fixtext.detectors.western import WesternDetector
from fixtext.detectors.western.places import PAGES, places
from fixtext.detectors.western.plans import answer
from tests.conftest import RunPython
from tests.proofs import prove

CONFIG = Config(detectors=("western",))

WESTERN = st.characters(min_codepoint=0x20, max_codepoint=0x17F)
DAMAGED = st.sampled_from(
    ["Ã©", "â€™", "Ã ", "Â ", "\x92", "√©", "├⌐", "Ã‚Â©", "Ð¿Ñ€", "вЂ™", "é", "’", " ", "a", "\n", "文", "�"]
)


@given(st.lists(DAMAGED, max_size=14).map("".join))
def test_any_mixture_comes_out_proved_and_settled(text: str) -> None:
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert fixtext.repair(repair.text, CONFIG).text == repair.text


@given(st.text(WESTERN, max_size=30))
def test_any_western_text_too(text: str) -> None:
    repair = fixtext.repair(text, CONFIG)
    prove(text, repair)
    assert fixtext.repair(repair.text, CONFIG).text == repair.text


@given(st.text(WESTERN, min_size=1, max_size=20), st.sampled_from(sorted(PAGES)))
def test_the_scan_misses_nothing_that_was_misread(healthy: str, page: str) -> None:
    if healthy.isascii():
        return
    try:
        damaged = Channel((Encode("utf-8"), Decode(page))).damage(healthy)
    except UnicodeError:
        return
    if any("\ue000" <= char <= "\uf8ff" for char in damaged):
        return  # what Windows has for bytes that a page leaves undefined; ftfy does not know it
    if any(ord(char) >= 0xA0 and char != "\xad" for char in healthy) and healthy.isprintable():
        assert list(places(damaged))


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Ã©tÃ©", "encode utf-8, decode latin-1"),
        ("itâ€™s", "encode utf-8, decode cp1252"),
        ("Ã©tÃ© â€”", "encode utf-8, decode cp1252"),
        ("l√©g√®re", "encode utf-8, decode mac-roman"),
        ("ÃƒÂ©tÃƒÂ©", "encode utf-8, decode latin-1, encode utf-8, decode cp1252"),
        ("they\x92re", "encode cp1252, decode latin-1"),
        ("voilÃ  oÃ¹", "encode utf-8, decode latin-1, write a space for every no-break space"),
        (
            "voilÃ oÃ¹",
            "encode utf-8, decode latin-1, write a space for every no-break space, write one space for several",
        ),
    ],
)
def test_a_plan_turned_round_leads_to_the_text(text: str, channel: str) -> None:
    found = answer(text)
    assert found is not None
    assert found.channel is not None
    assert found.channel.damage(found.text) == text
    if "one space" not in channel:
        assert str(found.channel) == channel
    assert Channel.from_dict(found.channel.to_dict()) == found.channel


@pytest.mark.parametrize("text", ["“Ã©tÃ©” – «Ã©tÃ©»", "â€œ like this â€�"])
def test_what_ftfy_does_not_tell_or_loses_has_no_channel(text: str) -> None:
    found = answer(text)
    assert found is not None
    assert found.channel is None


def test_what_ftfy_leaves_alone_has_no_answer() -> None:
    assert answer("déjà vu") is None


@pytest.mark.parametrize(
    "text",
    ["plain", "健康的文字，“引号”。", "D’été à l’Étoile — « où ? »", "Она сказала: «Ёлка» — её", "Ça va, Zoë ? ½ ±"],
)
def test_healthy_text_does_not_load_ftfy(text: str, run_python: RunPython) -> None:
    program = (
        "import sys, fixtext; text = sys.stdin.buffer.read().decode()\n"
        "config = fixtext.Config(detectors=('western',))\n"
        "assert fixtext.repair(text * 50, config).text == text * 50\n"
        "print([name for name in ('ftfy', 'numpy') if name in sys.modules])"
    )
    done = run_python("-c", program, stdin=text.encode())
    assert (done.stdout.strip(), done.stderr) == (b"[]", b"")


@pytest.mark.parametrize("unit", ["Ã© ", "Ã©a", "Ã©\n", "\x92 ", "Ã ", "├é", "é’"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    detector = WesternDetector()

    def seconds(count: int) -> float:
        text = unit * count
        start = time.process_time()
        list(detector.propose(text, detector.scan(text), CONFIG))
        return time.process_time() - start

    seconds(100)
    few, many = (min(seconds(count) for _ in range(3)) for count in (2_000, 20_000))
    assert many < 40 * max(few, 0.01)  # quadratic would be 100
