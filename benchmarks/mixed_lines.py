"""Lines that are half healthy and half misread: where the border is found, and whether the healthy half stays.

    python -m benchmarks.mixed_lines [--corpus FOLDER] [--count N] [--languages zh-Hans,ja] [--detectors a,b]

A line is a healthy sentence with a part of it misread (its beginning, its end, or its middle, cut between words or
characters), or a healthy sentence of one language with a misread one of another behind it. What happened is a channel
with the step `within`, run forwards; a line counts if every byte survived. The corpus is a folder of healthy texts, one
folder a language; it is not part of this project.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import ftfy

import fixtext
from benchmarks.matrix_lines import EAST_ASIA, LANGUAGES, channels, damaged, sentences
from fixtext.channels import Channel, Within

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "exam" / "clean"
LEAST = 4
"""Characters that a misread part has at least; fewer are hard to tell from a foreign word for anybody."""


def cuts(sentence: str, language: str, chooser: random.Random) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and end of the parts of a sentence that are misread."""
    words = language not in (*EAST_ASIA, "th")
    places = [place for place in range(1, len(sentence)) if not words or sentence[place - 1] == " "]
    inner = [place for place in places if LEAST <= place <= len(sentence) - LEAST]
    if not inner:
        return
    half = min(inner, key=lambda place: abs(place - len(sentence) // 2))
    yield "beginning", 0, half
    yield "end", half, len(sentence)
    start = chooser.choice(inner)
    ends = [place for place in [*inner, len(sentence)] if place >= start + LEAST]
    if ends:
        yield "middle", start, chooser.choice(ends)


def lines(corpus: Path, language: str, count: int) -> Iterator[tuple[str, str, str]]:
    """Yield the kind of a line, the line as it was, and as it is."""
    chooser = random.Random(11)
    foreign = sentences(corpus, "es" if language == "de" else "de", 20, 60, count, seed=4)
    for index, sentence in enumerate(sentences(corpus, language, 12, 60, count, seed=4)):
        every = list(channels(language))
        for where, start, end in cuts(sentence, language, chooser):
            _, channel = chooser.choice(every)
            if damaged(sentence[start:end], channel) is not None:
                whole = Channel((Within(((start, end, channel),)),))
                yield where, sentence, whole.damage(sentence)
        if index < len(foreign):
            _, channel = chooser.choice(every)
            text = damaged(sentence, channel)
            if text is not None:
                yield "behind another language", f"{foreign[index]} ({sentence})", f"{foreign[index]} ({text})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--detectors", default="misdecoded,western")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    config = fixtext.Config(detectors=tuple(arguments.detectors.split(",")))
    totals: Counter[tuple[str, str, str]] = Counter()
    for language in arguments.languages.split(","):
        group = "East Asian" if language in EAST_ASIA else "other"
        for where, healthy, text in lines(arguments.corpus, language, arguments.count):
            got = fixtext.repair(text, config).text
            totals[group, where, "lines"] += 1
            totals[group, where, "exact"] += got == healthy
            totals[group, where, "wrong"] += got not in (healthy, text)
            totals[group, where, "ftfy"] += ftfy.fix_encoding(text) == healthy
            if arguments.show and got != healthy:
                print(f"    {language}, {where}: {text!r} -> {got!r}, not {healthy!r}")
    for group, where in dict.fromkeys(key[:2] for key in totals):
        count, exact, wrong, other = (totals[group, where, what] for what in ("lines", "exact", "wrong", "ftfy"))
        print(
            f"{group:10} {where:24} {count:5} lines  exact {exact / count:7.2%}  wrong {wrong:4}"
            f"  ftfy {other / count:7.2%}"
        )


if __name__ == "__main__":
    main()
