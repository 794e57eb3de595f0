"""Damage: healthy sentences go through forward channels; what each tool makes of them is compared with the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from benchmarks.matrix_lines import channels, sentences
from benchmarks.peers import Tool
from benchmarks.tables import Table
from fixtext.channels import Channel, Decode, Encode
from fixtext.channels.loss_steps import QuestionForReplacement

LENGTHS = ((4, 11), (12, 60))
LOSSY = {
    "utf-8 as gb18030, U+FFFD": Channel((Encode("utf-8"), Decode("gb18030", "replace"))),
    "utf-8 as gbk, ?": Channel((Encode("utf-8"), Decode("gbk", "replace"), QuestionForReplacement())),
    "utf-8 as cp936, Windows": Channel((Encode("utf-8"), Decode("cp936", "windows"))),
    "utf-8 as cp932, U+FFFD": Channel((Encode("utf-8"), Decode("cp932", "replace"))),
    "utf-8 as cp949, U+FFFD": Channel((Encode("utf-8"), Decode("cp949", "replace"))),
    "utf-8 as cp1252, C1 dropped": Channel((Encode("utf-8"), Decode("cp1252", "drop-c1"))),
}
EAST_ASIAN = ("zh-Hans", "zh-Hant", "ja", "ko")


class Case(NamedTuple):
    """A damaged line: kind of damage, language, length, share of characters lost in per cent, the two texts."""

    damage: str
    language: str
    length: str
    loss: str
    damaged: str
    healthy: str


def verdict(damaged: str, got: str, healthy: str) -> str:
    """Return exact, unchanged, closer or worse, by Levenshtein distance in code points; a tie is worse."""
    if got == healthy:
        return "exact"
    if got == damaged:
        return "unchanged"
    before, after = Levenshtein.distance(damaged, healthy), Levenshtein.distance(got, healthy)
    return "closer" if after < before else "worse"


def cases(corpus: Path, languages: Sequence[str], count: int) -> Iterator[Case]:
    """Yield damaged lines: every pair of code pages of a language, and the ways of losing bytes.

    Args:
        corpus: a folder of healthy texts, one folder a language.
        languages: which of them.
        count: sentences a language and length.
    """
    for language in languages:
        for low, high in LENGTHS:
            for sentence in sentences(corpus, language, low, high, count):
                every = [(name, channel, False) for name, channel in channels(language)]
                if language in EAST_ASIAN:
                    every += [(name, channel, True) for name, channel in LOSSY.items()]
                for name, channel, loses in every:
                    case = _case(name, channel, loses, language, f"{low}-{high}", sentence)
                    if case is not None:
                        yield case


def _case(name: str, channel: Channel, loses: bool, language: str, length: str, sentence: str) -> Case | None:
    try:
        damaged = channel.damage(sentence)
    except UnicodeError:
        return None
    if damaged == sentence:
        return None
    holes = sum(map(damaged.count, "\ufffd?")) - sum(map(sentence.count, "\ufffd?"))
    if not loses:
        return None if holes else Case(name, language, length, "0", damaged, sentence)
    share = 100 * holes / len(sentence)
    loss = "0" if holes <= 0 else "to 5" if share <= 5 else "to 20" if share <= 20 else "over 20"
    return Case(name, language, length, loss, damaged, sentence)


def measure(found: Iterator[Case], tools: Mapping[str, Tool]) -> Table:
    """Return for each damage, language, length and loss the share of exact lines of each tool, and fixtext's worse."""
    scores: dict[tuple[str, str, str, str], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for case in found:
        for name, tool in tools.items():
            outcome = verdict(case.damaged, tool(case.damaged), case.healthy)
            group = "East Asian" if case.language in EAST_ASIAN else "other"
            for key in (case[:4], ("all", group, case.length, case.loss)):
                scores[key][name][outcome] += 1
    columns = ["damage", "language", "length", "loss %", "lines", *tools, "closer", "worse"]
    table = Table("Damaged lines restored exactly, per cent", "per cent", columns, keys=4)
    for key, by_tool in sorted(scores.items()):
        own = by_tool["fixtext"]
        shares = [100 * by_tool[name]["exact"] / by_tool[name].total() for name in tools]
        table.rows.append([*key, own.total(), *shares, own["closer"], own["worse"]])
    return table
