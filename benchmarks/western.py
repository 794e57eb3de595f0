"""Western misreadings: what `western` repairs, alone and with `misdecoded`, ftfy beside it, and what it must not touch.

    python -m benchmarks.western [--corpus FOLDER] [--count N] [--languages fr,de]

Three tables: UTF-8 read in single-byte pages with nothing lost; the same with bytes that vanished or became spaces;
other pages misread, where neither has anything to repair. The corpus is a folder of healthy texts, one folder a
language; it is not part of this project.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import ftfy

import fixtext
from benchmarks.matrix_lines import EAST_ASIA, LANGUAGES, channels, damaged, sentences
from fixtext.channels import Channel, Decode, Encode
from fixtext.channels.space_steps import BlankNoBreakSpaces, DropSoftHyphens, SqueezeSpaces

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "exam" / "clean"
LENGTHS = ((4, 11), (12, 60))
SINGLE_BYTE = ("latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp437", "cp850", "mac-roman")
DETECTORS = {
    "western": fixtext.Config(detectors=("western",)),
    "misdecoded": fixtext.Config(detectors=("misdecoded",)),
    "both": fixtext.Config(detectors=("misdecoded", "western")),
}
_READ = (Encode("utf-8"), Decode("cp1252"))
ALTERED = {
    "C1 vanished": Channel((Encode("utf-8"), Decode("cp1252", "drop-c1"))),
    "A0 a space": Channel((*_READ, BlankNoBreakSpaces())),
    "AD vanished": Channel((*_READ, DropSoftHyphens())),
    "A0 a space, squeezed": Channel((*_READ, BlankNoBreakSpaces(), SqueezeSpaces())),
}

Totals = Counter[tuple[str, str, str]]


def measure(text: str, healthy: str, row: str, totals: Totals, show: bool) -> None:
    totals[row, "", "lines"] += 1
    repaired = {name: fixtext.repair(text, config).text for name, config in DETECTORS.items()}
    repaired["ftfy"] = ftfy.fix_encoding(text)
    for name, got in repaired.items():
        totals[row, name, "exact"] += got == healthy
        totals[row, name, "wrong"] += got not in (healthy, text)
    if show and repaired["western"] not in (healthy, text):
        print(f"    {row}: {text!r} -> {repaired['western']!r}, not {healthy!r}")


def single_byte(language: str) -> Iterator[tuple[str, Channel]]:
    for name, channel in channels(language):
        source, reader = name.split(" as ")
        if reader in SINGLE_BYTE and (source == "utf-8" or name == "cp1252 as latin-1"):
            yield f"utf-8 as {reader}" if source == "utf-8" else name, channel


def others(language: str) -> Iterator[tuple[str, Channel]]:
    for name, channel in channels(language):
        if not name.startswith("utf-8") and name != "cp1252 as latin-1":
            yield f"other pages, {language}", channel


def run(corpus: Path, languages: list[str], count: int, show: bool) -> Totals:
    totals: Totals = Counter()
    for language in languages:
        for low, high in LENGTHS:
            for sentence in sentences(corpus, language, low, high, count):
                if language not in EAST_ASIA:
                    for name, channel in single_byte(language):
                        text = damaged(sentence, channel)
                        if text is not None:
                            measure(text, sentence, name, totals, show)
                for name, channel in ALTERED.items():
                    text = channel.damage(sentence)
                    if text != Channel(_READ).damage(sentence):
                        measure(text, sentence, f"{name}, {language}", totals, show)
                for name, channel in others(language):
                    text = damaged(sentence, channel)
                    if text is not None:
                        measure(text, sentence, name, totals, show)
    return totals


def report(totals: Totals) -> None:
    rows = sorted({row for row, _, _ in totals})
    names = (*DETECTORS, "ftfy")
    print(f"{'exact / wrong':32} {'lines':>6} " + " ".join(f"{name:>13}" for name in names))
    for row in rows:
        cells = " ".join(f"{totals[row, name, 'exact']:6} /{totals[row, name, 'wrong']:5}" for name in names)
        print(f"{row:32} {totals[row, '', 'lines']:6} {cells}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    report(run(arguments.corpus, arguments.languages.split(","), arguments.count, arguments.show))


if __name__ == "__main__":
    main()
