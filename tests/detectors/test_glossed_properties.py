"""What holds for every text and every page: proofs, nothing outside the edits, no exception, the way there and back."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import fixtext
from fixtext.channels import InsertGlosses, glossed_page
from fixtext.channels.alphabet import GbkAlphabet, Pending
from fixtext.channels.beam import search
from fixtext.detectors.glossed.lattice import TornLattice
from fixtext.language.readings import readings_of
from tests.detectors.glossed_pages import GLOSSES, ONLY, PAGE, folded
from tests.proofs import prove

WORDS = re.split(
    " ",
    "居民 醫院 縣里 醫療 專家 協議 學校 學生 當地 我們 在家門口 今天 昨天 開會 討論 問題 解決 老師 上課 時間 "
    "建設 環境 保護 發展 經濟 工作 現在 去年 活動 參加 鐵路 車站 旅客 天氣 很好 書記 文化 歷史 研究 技術",
)


def straddling(text: str) -> list[str]:
    """Return the characters whose two bytes belong to two neighbours somewhere in a text."""
    pairs = (left.encode("gbk")[1:] + right.encode("gbk")[:1] for left, right in pairwise(text))
    chars = {pair.decode("gbk", "ignore") for pair in pairs if len(pair) == 2}
    return sorted(char for char in chars if readings_of(char))


MORE = "開會討論問題學長師時間環護發經濟現動參鐵車氣書記歷術個們數冊"

few = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])

sentences = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), min_size=2, max_size=6), st.sampled_from("，。；：")),
    min_size=1,
    max_size=6,
).map(lambda parts: "".join("".join(words) + mark for words, mark in parts))

sites = st.builds(
    lambda chars, marks, lone, fold: glossed_page(
        GLOSSES | {char: readings_of(char)[0] for char in sorted(chars)}, marks=marks, lone=lone, fold=fold
    ),
    st.sets(st.sampled_from(MORE), max_size=12),
    st.sampled_from(["", "？", "，。", "：？，！", "，。？！：；、“”（）"]),
    st.sampled_from(["?", ""]),
    st.booleans(),
)

pages = st.builds(lambda text, site: site.damage(f"{PAGE}\n{text}很好\n{PAGE}\n"), sentences, sites)

pieces = st.lists(
    st.sampled_from(
        ["區(qū)", "?cè)", "(xiàn)", "?；", "??坡", "?", "(", "ā)", ")", "縣(xiàn)", "醫(yī)", "療(liáo) ", "”"]
    )
    | st.text(max_size=6)
    | st.sampled_from(WORDS),
    max_size=30,
).map("".join)


@given(pages)
@few
def test_every_repair_of_a_page_is_proved_and_settles(source: str) -> None:
    repair = fixtext.repair(source, ONLY)
    prove(source, repair)
    assert repair.changed
    assert fixtext.repair(repair.text, ONLY).text is repair.text


@given(pages)
@few
def test_nothing_outside_the_edits_is_touched(source: str) -> None:
    repair = fixtext.repair(source, ONLY)
    kept, position = [], 0
    for edit in repair.edits:
        kept.append(source[position : edit.span.start])
        position = edit.span.end
        assert all(mark not in edit.before for mark in "\n") or "\n" in edit.after
    kept.append(source[position:])
    parts, at = [], 0
    for part, edit in zip(kept, repair.edits, strict=False):
        parts += [part, edit.after]
        at += 1
    assert "".join([*parts, kept[at]]) == repair.text


@given(st.text(max_size=200) | pieces)
@settings(max_examples=150)
def test_any_text_is_looked_at_without_an_error(text: str) -> None:
    prove(text, fixtext.repair(text, ONLY))


@given(sentences, st.sets(st.sampled_from(MORE), max_size=12))
@few
def test_a_page_whose_glosses_never_straddle_comes_back_whole(text: str, chars: set[str]) -> None:
    glosses = GLOSSES | {char: readings_of(char)[0] for char in sorted(chars)}
    healthy = f"{PAGE}\n{text}\n{PAGE}\n"
    plain = healthy
    for char, gloss in glosses.items():
        plain = plain.replace(char, f"{char}({gloss})")
    source = glossed_page(glosses, marks="", fold=False).damage(healthy)
    if source == plain:
        assert fixtext.repair(source, ONLY).text == healthy


def nothing_vanishes(text: str, glosses: dict[str, str], marks: str) -> bool:
    """Whether the pairs of bytes that the site reads all have a character, or cannot be a pair."""
    pieces = [InsertGlosses(tuple(glosses.items())).run(text.encode("gbk"))]
    for mark in marks:
        pieces = [part for piece in pieces for part in piece.split(mark.encode("gbk"))]
    for piece in pieces:
        pending: Pending = ()
        for byte in piece:
            step = GbkAlphabet().read(pending, bytes((byte,)))
            if pending and not step.chars and 0x40 <= byte < 0xFF and byte != 0x7F:
                return False
            pending = step.pending or ()
    return True


class Knows:
    """A model that has read one text and nothing else."""

    def __init__(self, text: str) -> None:
        self.text = "  " + text

    def transition(self, before: str, char: str) -> float:
        return 0.1 if f"  {before}"[-2:] + char in self.text else 30.0

    def ranked(self, before: str, chars: str) -> list[tuple[float, str]]:
        return sorted((self.transition(before, char), char) for char in chars)


@given(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=5, unique=True).map("".join),
    st.sampled_from(["", "？", "，。；"]),
    st.booleans(),
    st.data(),
)
@settings(max_examples=200)
def test_the_truth_is_a_way_through_the_lattice(text: str, marks: str, fold: bool, data: st.DataObject) -> None:
    """With a model that knows the truth the search finds it, whatever the site did."""
    healthy = text + "。ABC"
    chars = data.draw(st.sets(st.sampled_from(straddling(healthy) or ["冊"]), min_size=1, max_size=3))
    glosses = {char: readings_of(char)[0] for char in sorted(chars)}
    site = glossed_page(glosses, marks=marks, fold=fold)
    assume(nothing_vanishes(healthy, glosses, marks))
    damaged = site.damage(healthy)
    lattice = TornLattice(damaged, glosses)
    found = search(lattice.arcs, len(damaged), GbkAlphabet(), Knows(healthy), margin=400.0)
    assert folded("".join(step.added for step in found[0].path())) == folded(healthy)


@given(pages)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_page_always_gives_the_same(source: str) -> None:
    assert fixtext.repair(source, ONLY) == fixtext.repair(source + "", ONLY)


def test_a_page_in_another_page_is_the_same_page() -> None:
    """What stands before and behind changes nothing, as long as it is healthy."""
    site = glossed_page(GLOSSES | {"冊": "cè"}, marks="")
    source = site.damage(f"{PAGE}讓我們在家門口就能看病。\n{PAGE}\n")
    other = "Quite another text, in English, (with brackets) and questions?\n" * 100
    alone, within = fixtext.repair(source, ONLY).text, fixtext.repair(other + source + other, ONLY).text
    assert folded(within) == folded(other + alone + other)
