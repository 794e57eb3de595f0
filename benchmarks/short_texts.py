"""What a line costs: one call each, and many at once, beside other tools.

    python -m benchmarks.short_texts [--corpus FOLDER] [--count N]

The corpus is a folder of healthy texts, one folder a language; it is not part of this project. Lines are drawn at
random, each once. Those on which everything was loaded and learnt are others than those that are measured. Times are
those of the processor, the best of three rounds but for "first", in which no line has been seen; microseconds a line.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ftfy
import plsfix

import fixtext

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "exam" / "clean"
LIKE_THESE = (
    "普通的一句话，里面没有什么特别的东西，也没有什么需要修复的地方，就是四十个字而已。",
    "a plain line of English, forty characters",
)


def each(run: Callable[[str], str]) -> Callable[[Sequence[str]], object]:
    return lambda lines: [run(line) for line in lines]


TOOLS: dict[str, Callable[[Sequence[str]], object]] = {
    "fix": each(fixtext.fix),
    "fix_many": fixtext.fix_many,
    "plsfix": each(plsfix.fix_text),
    "ftfy": each(ftfy.fix_text),
}
SLOW = ("ftfy",)
"""Tools that are given a tenth of the lines."""


def microseconds(run: Callable[[Sequence[str]], object], lines: Sequence[str], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        run(lines)
        best = min(best, time.process_time() - start)
    return 1e6 * best / max(1, len(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--count", type=int, default=2000)
    arguments = parser.parse_args()
    texts = {}
    for path in sorted(arguments.corpus.glob("*/*")):
        if path.parent.name == "hard":  # quotes damage
            continue
        lines = sorted({line for line in path.read_text("utf-8", "replace").split("\n") if line.strip()})
        random.Random(3).shuffle(lines)
        texts[f"{path.parent.name}/{path.name}"] = lines
        for line in lines[arguments.count : 2 * arguments.count]:
            fixtext.fix(line)
    fixtext.fix_many(LIKE_THESE * 500_000)  # from now on with numpy
    columns = ("first", *TOOLS)
    print(f"{'microseconds a line':34} {'length':>6} " + " ".join(f"{name:>9}" for name in columns))
    for line in LIKE_THESE:
        print(f"{'a line like ' + line[:8]:34} {len(line):6} {'':>9} " + _row([line] * 2000))
    for name, lines in texts.items():
        chosen = lines[: arguments.count]
        first = microseconds(TOOLS["fix"], chosen, 1)
        length = sum(map(len, chosen)) // max(1, len(chosen))
        print(f"{name:34} {length:6} {first:9.2f} " + _row(chosen), flush=True)


def _row(lines: Sequence[str]) -> str:
    times = (
        microseconds(run, lines[: len(lines) // 10] if tool in SLOW else lines, 1 if tool in SLOW else 3)
        for tool, run in TOOLS.items()
    )
    return " ".join(f"{found:9.2f}" for found in times)


if __name__ == "__main__":
    main()
