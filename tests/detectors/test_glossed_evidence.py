"""What the detector ``glossed`` weighs before it touches a page, and what it does with half of it."""

from __future__ import annotations

import itertools
import re

import pytest

import fixtext
from fixtext import Config, Suspect
from fixtext.detectors.glossed import GlossedDetector
from fixtext.detectors.glossed.contents import Lines
from fixtext.detectors.glossed.evidence import weigh
from fixtext.detectors.glossed.pages import Block, block_of
from fixtext.detectors.glossed.tokens import aligned_glosses
from fixtext.findings import Span
from tests.detectors.glossed_pages import GLOSSES, ONLY, damaged, folded, healthy, repaired

PLAIN = damaged("今天的天氣很好")
"""A page with 24 glosses and nothing torn."""


def bits(text: str) -> float:
    """Return what the glosses of a text, weighed as one page, speak for a site."""
    return weigh(Lines(text).contents(Span(0, len(text))), aligned_glosses(text).tokens, {}).bits


def test_the_page_is_shown_by_its_glosses_alone() -> None:
    assert bits(PLAIN) > 60.0
    assert folded(repaired(PLAIN)) == folded(healthy("今天的天氣很好"))


def test_each_gloss_speaks_for_the_page() -> None:
    """More occurrences of the same glosses are more evidence, fewer are less."""
    line = "縣(xiàn)里的醫(yī)院和學校都在鎮上。\n"
    weights = [bits(line * count) for count in range(1, 6)]
    assert weights == sorted(weights)
    assert weights[0] < Config().required_bits


@pytest.mark.parametrize("kept", range(len(GLOSSES)))
def test_one_character_glossed_once_is_never_enough(kept: int) -> None:
    char, gloss = list(GLOSSES.items())[kept]
    text = healthy("今天的天氣很好").replace(char, f"{char}({gloss})", 1)
    assert repaired(text) is text


def test_one_character_glossed_once_where_it_is_the_only_one() -> None:
    text = "縣(xiàn)城的東邊有一座橋，橋下的河水很清，夏天常有孩子在河邊玩。\n"
    assert repaired(text) is text
    assert bits(text) < Config().required_bits / 2


def test_a_page_costs_something_before_anything_is_seen() -> None:
    """Two glosses in a line of their own do not pay for a page."""
    text = "縣(xiàn)醫(yī)院的專家每月到鎮上來兩次，居民看病不用再跑遠路。\n"
    assert repaired(text) is text
    (suspect,) = fixtext.repair(text, ONLY).suspects
    assert "too few to be sure" in suspect.reason


def test_all_or_nothing() -> None:
    """Every occurrence left bare speaks against the page; half of them left bare, nothing is done."""
    weights = [bits(PLAIN.replace("(yī)", "", bare)) for bare in range(6)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] - weights[5] > 5 * 12.0
    turn = itertools.count()
    text = re.sub(
        "[縣醫療協]",
        lambda match: match.group() + f"({GLOSSES[match.group()]})" * (next(turn) % 2),
        healthy("今天的天氣很好"),
    )
    assert text.count("(") == 13
    assert repaired(text) is text


def test_one_reading_a_character() -> None:
    """A site knows one reading for a character; an author who gives two explains them."""
    line = "學校的校長(zhǎng)很高，校長(zhǎng)的頭髮也很長(zhǎng)。"
    other = line.replace("zhǎng)。", "cháng)。")
    assert bits(line * 3) - bits(other * 3) > 2 * 12.0


def test_characters_that_are_not_traditional_speak_against_a_site() -> None:
    glossed = PLAIN.replace("院", "院(yuàn)")
    assert bits(PLAIN) - bits(glossed) > 4 * 12.0


def test_simplified_characters_speak_against_a_site() -> None:
    assert bits(PLAIN) - bits(PLAIN + "这些设备让我们说话时会发现问题。\n") > 4.0 * 6


def test_readings_that_no_dictionary_gives_are_no_glosses() -> None:
    assert aligned_glosses("縣(yī)醫(xiàn)療(liáo)").tokens == [("療", "liáo")]


def test_the_required_bits_are_required() -> None:
    """The page is repaired up to the bits that it saves, and not one bit beyond."""
    text = "縣(xiàn)里的醫(yī)院和縣(xiàn)里的學校都在鎮上，醫(yī)生很多。\n" * 2
    edits = fixtext.repair(text, ONLY).edits
    saved = edits[0].bits
    assert len(edits) == 8
    assert fixtext.repair(text, Config(("glossed",), saved - 0.5)).text != text
    assert fixtext.repair(text, Config(("glossed",), saved + 0.5)).text is text


TORN = "讓我們?cè)诩议T口就能看病"


@pytest.mark.parametrize(
    "text",
    [
        f"他問：「{TORN}」是什麼意思？",
        f"He asked what “{TORN}” should mean.",
        f"The page said `{TORN}`, and nobody understood it.",
        f"A page came out of a conversion like this:\n\n    {TORN}\n\nWhat it said was another thing.\n",
    ],
)
def test_a_torn_place_that_is_quoted_is_reported_and_left_alone(text: str) -> None:
    """It is beyond doubt how it came about, but whoever writes about such damage quotes it."""
    repair = fixtext.repair(text, ONLY)
    assert repair.text is text
    suspect = repair.suspects[0]
    assert "not a glossed page" in suspect.reason or "shown as an example" in suspect.reason
    assert suspect.candidates


@pytest.mark.parametrize(("torn", "healthy"), [(TORN, "讓我們在家門口就能看病"), ("煤炭?jī)?chǔ)量", "煤炭儲量")])
def test_a_torn_place_that_is_not_quoted_may_stand_alone(torn: str, healthy: str) -> None:
    assert repaired(torn) == healthy


def test_a_torn_place_on_a_page_saves_bits_by_itself() -> None:
    source = damaged("讓我們在家門口就能看病", {"冊": "cè"})
    assert repaired(source) != source
    edits = {edit.after: edit for edit in fixtext.repair(source, ONLY).edits}
    assert edits["們在家門"].before == "們?cè)诩议T"
    assert str(edits["們在家門"].channel) == "encode gbk, insert 冊(cè), read gbk"


def test_a_torn_place_that_nothing_explains_is_reported() -> None:
    """The page is glossed, but no bytes around this bracket make a character that is read like it."""
    source = PLAIN.replace("今天", "今天abc?cè)，xyz")
    detector = GlossedDetector()
    found = list(detector.propose(source, detector.scan(source), Config()))
    (suspect,) = [finding for finding in found if isinstance(finding, Suspect)]
    assert source[suspect.span.start :].startswith("?cè)")
    assert "no healthy text found" in suspect.reason
    assert "abc?cè)，xyz" in repaired(source)


def test_a_character_of_two_known_bytes_is_no_guess_and_a_lost_one_is() -> None:
    source = damaged("失業人口的比重為17.9%左右", {"貫": "guàn"})
    repair = fixtext.repair(source, ONLY)
    (edit,) = [edit for edit in repair.edits if edit.guesses]
    digit = edit.guesses[-1]
    assert digit.char.isdecimal()
    assert 0.0 < digit.probability < 1.0
    assert f"重為{digit.char}7.9%" in repair.text


def test_several_pages_in_one_file_are_weighed_apart() -> None:
    """A textbook behind a glossed page is none of its business."""
    textbook = "第(dì)一(yī)課(kè) 我(wǒ)的(de)學(xué)校(xiào)和(hé)老(lǎo)師(shī)\n" * 4
    text = PLAIN + "中間是一段沒有注音的文字，說的是別的事情。\n" * 250 + textbook
    assert folded(repaired(text)) == folded(healthy("今天的天氣很好") + text[len(PLAIN) :])


def test_blocks_of_the_same_text_are_the_same_block() -> None:
    """What was settled in one is remembered by its text, however it was parted."""
    block = block_of(PLAIN)
    assert block.parts
    assert block == Block(PLAIN, ()) and hash(block) == hash(Block(PLAIN, ()))
    assert block != Block(PLAIN + "\n", block.parts)
