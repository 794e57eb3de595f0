"""Exact line rates of the whole matrix of misreadings, ftfy beside us.

    python -m benchmarks.damage_matrix [--corpus FOLDER] [--count N] [--chains] [--mixed] [--languages zh-Hans,ja]

A line counts if every byte survived the misreading. The corpus is a folder of healthy texts, one folder a language; it
is not part of this project. Printed are, per cell, lines and exact rates at 4-11 and at 12-60 code points.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

import ftfy

import fixtext
from benchmarks.matrix_lines import EAST_ASIA, LANGUAGES, channels, damaged, sentences
from fixtext.channels import Channel

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "exam" / "clean"
LENGTHS = ((4, 11), (12, 60))
_CONFIG = fixtext.Config(detectors=("misdecoded",))

Totals = Counter[tuple[str, str, int, str]]


def measure(text: str, healthy: str, key: tuple[str, str, int], totals: Totals, show: bool) -> None:
    got = fixtext.repair(text, _CONFIG).text
    totals[key[0], key[1], key[2], "lines"] += 1
    totals[key[0], key[1], key[2], "ours"] += got == healthy
    totals[key[0], key[1], key[2], "wrong"] += got not in (healthy, text)
    totals[key[0], key[1], key[2], "ftfy"] += ftfy.fix_encoding(text) == healthy
    if show and got != healthy:
        print(f"    {key[1]}: {text!r} -> {got!r}, not {healthy!r}")


def matrix(corpus: Path, languages: list[str], count: int, show: bool) -> Totals:
    totals: Totals = Counter()
    for language in languages:
        for low, high in LENGTHS:
            for sentence in sentences(corpus, language, low, high, count):
                for name, channel in channels(language, every=True):
                    text = damaged(sentence, channel)
                    if text is not None:
                        measure(text, sentence, (language, name, low), totals, show)
    return totals


def chains(corpus: Path, languages: list[str], count: int, show: bool) -> Totals:
    """Two misreadings one after the other, drawn at random from those that lose nothing."""
    totals: Totals = Counter()
    for language in languages:
        every = [channel for _, channel in channels(language)]
        chooser = random.Random(7)
        for sentence in sentences(corpus, language, 12, 60, count, seed=2):
            first, second = chooser.choice(every), chooser.choice(every)
            both = Channel((*first.steps, *second.steps))
            text = damaged(sentence, both)
            pages = [step.code_page for step in both.steps]  # type: ignore[attr-defined]
            if text is not None and pages[1] != pages[2] and text != damaged(sentence, first):
                measure(text, sentence, (language, "two misreadings", 12), totals, show)
    return totals


def mixed(corpus: Path, languages: list[str], count: int, show: bool) -> Totals:
    """A healthy sentence and a misread one in one line, in either order."""
    totals: Totals = Counter()
    for language in languages:
        lines = sentences(corpus, language, 8, 40, 2 * count, seed=3)
        for index, (healthy, sentence) in enumerate(zip(lines[::2], lines[1::2], strict=False)):
            for name, channel in channels(language):
                text = damaged(sentence, channel)
                if text is None:
                    continue
                parts = [healthy, text] if index % 2 else [text, healthy]
                whole = [healthy, sentence] if index % 2 else [sentence, healthy]
                measure(" ".join(parts), " ".join(whole), (language, f"mixed: {name}", 8), totals, show)
    return totals


def report(totals: Totals) -> None:
    sums: Counter[tuple[str, int, str]] = Counter()
    for language, name, low in dict.fromkeys(key[:3] for key in totals):
        lines, ours, wrong, other = (totals[language, name, low, what] for what in ("lines", "ours", "wrong", "ftfy"))
        print(
            f"{language:8} {name:32} {low:3}+ {lines:5} lines  exact {ours / lines:7.2%}  wrong {wrong:4}"
            f"  ftfy {other / lines:7.2%}"
        )
        group = "East Asian" if language in EAST_ASIA else "other"
        for what, number in (("lines", lines), ("ours", ours), ("wrong", wrong), ("ftfy", other)):
            sums[group, low, what] += number
    for group, low in dict.fromkeys(key[:2] for key in sums):
        lines, ours, wrong, other = (sums[group, low, what] for what in ("lines", "ours", "wrong", "ftfy"))
        print(f"TOTAL {group} {low}+: {lines} lines, exact {ours / lines:.2%}, wrong {wrong}, ftfy {other / lines:.2%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--chains", action="store_true")
    parser.add_argument("--mixed", action="store_true")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    run = chains if arguments.chains else mixed if arguments.mixed else matrix
    report(run(arguments.corpus, arguments.languages.split(","), arguments.count, arguments.show))


if __name__ == "__main__":
    main()
