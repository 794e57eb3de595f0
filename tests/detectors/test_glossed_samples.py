"""The sample pages: what they hold, and how much of them comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

import fixtext
from fixtext import Channel
from fixtext.channels import InsertGlosses, ReadPieces
from tests.conftest import ROOT
from tests.detectors.glossed_pages import ONLY, folded

SAMPLES = ROOT / "samples" / "glossed"
NAMES = sorted(path.name.removesuffix(".healthy.txt") for path in SAMPLES.glob("*.healthy.txt"))

KNOWN = {
    "coal-town": [
        ("工人陳立國說", "工人陳立協"),  # two pairs vanished in a row
        ("陳立國并不擔心。他的", "陳立不撃。四"),  # two in a row and a third soon after
        ("他笑著說", "甩之說"),  # two pairs vanished in three characters
    ],
    "college": [("教師540人", "教師040人")],  # any digit fits
    "lake-rules": [("，自2012年", "，2012年")],  # a vanished pair and an eaten digit side by side
    "letter": [
        ("排著,窗臺", "排之前臺"),  # two pairs vanished in a row
        ("她說", "所說"),  # a vanished pair, and 所說 is a word too
        ("經過那里。”<", "經過那里!?"),  # a byte that is not shown right behind another torn stretch
        ("車站,不是", "車站;是"),  # a vanished pair that nothing calls for
    ],
    "old-street": [("聽不見了。」<", "聽不見了!?")],  # a byte that is not shown, and 」 at the end of a quotation
    "printing": [("單獨的印", "單獨的小")],  # one byte of two is lost, and several words fit
    "stars": [
        ("地球。恒星為", "地球:阈菫?wèi)"),  # a byte that is not shown, and glosses that hide how odd the rest is
        ("壽命可達", "壽蒙達"),  # a byte that is not shown, and a vanished pair
        ("數據傳回", "數據流回"),  # a vanished pair, and several words fit
    ],
    "typhoon": [
        ("220公里", "120公里"),  # any digit fits
        ("中午起停航。", "中午起。和。"),  # two lone bytes around one character
    ],
    "valves": [
        ("供熱", "公後"),  # two pairs vanished in three characters
        ("電話:0571", "電話,0571"),  # of a mark only the first byte is known
    ],
}
"""Page -> (what it said, what comes out instead), in the order of the page: all that does not come back.

docs/damage/glossed.md tells the reasons. Whoever makes the detector better shortens this list.
"""


def read(name: str, part: str) -> str:
    return (SAMPLES / f"{name}.{part}").read_bytes().decode("utf-8")


def site(name: str) -> Channel:
    return Channel.from_dict(json.loads(read(name, "channel.json")))


@pytest.mark.parametrize("name", NAMES)
def test_the_damaged_page_is_what_its_site_makes_of_the_healthy_one(name: str) -> None:
    assert site(name).damage(read(name, "healthy.txt")) == read(name, "in.txt")


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_back_is_the_healthy_page_but_for_what_is_known(name: str) -> None:
    text, healthy = folded(fixtext.repair(read(name, "in.txt"), ONLY).text), folded(read(name, "healthy.txt"))
    position = 0
    for said, came in KNOWN.get(name, []):
        position = text.index(folded(came), position)
        text = text[:position] + folded(said) + text[position + len(came) :]
    assert text == healthy


def test_what_is_known_is_little() -> None:
    wrong = sum(len(said) for places in KNOWN.values() for said, _ in places)
    assert wrong < 0.02 * sum(len(read(name, "healthy.txt")) for name in NAMES)


def test_healthy_pages_stay_as_they_are() -> None:
    for name in NAMES:
        text = read(name, "healthy.txt")
        assert fixtext.repair(text, ONLY).text is text


def happened(name: str) -> Counter[str]:
    """Count what a site did to its page, byte by byte and without the detector."""
    text, (encode, insert, pieces, *fold) = read(name, "healthy.txt"), site(name).steps
    assert isinstance(insert, InsertGlosses)
    assert isinstance(pieces, ReadPieces)
    counts = Counter({"a gloss set": 1, "folded": len(fold), "Traditional from the start": "裡" in text})
    data, starts = encode.run(text), {0}
    assert isinstance(data, bytes)
    for end, _ in enumerate(text):
        starts.add(len(text[:end].encode("gbk")))
    for char, gloss in insert.glosses:
        at = data.find(char.encode("gbk"))
        while at >= 0:
            counts["aligned" if at in starts else "straddling"] += 1
            counts["with a space"] += gloss.endswith(" ")
            at = data.find(char.encode("gbk"), at + 2)
    parts = [insert.run(data)]
    for mark in pieces.marks:
        parts = [part for longer in parts for part in longer.split(mark.encode("gbk"))]
    for part in parts:
        count_reading(part, pieces.lone, counts)
    return counts


def count_reading(part: bytes, lone: str, counts: Counter[str]) -> None:
    position = 0
    while position < len(part):
        pair = part[position : position + 2]
        if pair[0] < 0x81:
            counts["the byte 80"] += pair[0] == 0x80
            position += 1
            continue
        if len(pair) == 1:
            counts["a lone byte shown" if lone else "a lone byte not shown"] += 1
        elif pair[1] < 0x40:
            counts["eaten digit" if pair[1:].isdigit() else f"eaten {chr(pair[1])}"] += 1
        elif not pair.decode("gbk", "ignore") or pair.decode("gbk", "replace")[0] == "\ufffd":
            counts["vanished"] += 1
        position += 2


def test_everything_that_such_sites_do_is_there_three_times() -> None:
    total = sum((happened(name) for name in NAMES), Counter())
    assert len(NAMES) >= 8
    for event in (
        *("aligned", "straddling", "with a space", "folded", "Traditional from the start"),
        *("a lone byte shown", "a lone byte not shown", "vanished", "the byte 80"),
        *("eaten digit", "eaten <", "eaten ("),
    ):
        assert total[event] >= 3 - (event == "Traditional from the start"), event


def test_letters_are_shown_bare() -> None:
    bare = sum(edit.after[:1] not in edit.before and edit.before[-1:].isascii() for edit in edits())
    assert bare >= 3


def edits() -> list[fixtext.Edit]:
    return [edit for name in NAMES for edit in fixtext.repair(read(name, "in.txt"), ONLY).edits]


def test_the_tool_writes_the_same_pages() -> None:
    before = {path.name: path.read_bytes() for path in SAMPLES.glob("*.in.txt")}
    done = subprocess.run([sys.executable, ROOT / "tools" / "build_samples.py"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in SAMPLES.glob("*.in.txt")} == before
