"""Glossed pages: speed with and without damage, beside ftfy, and what the whole command takes.

    python benchmarks/glossed.py [--megabytes N] [--rounds N]

Pages are made from the healthy sentences of samples/glossed, shuffled, each page with a gloss set of its own: no two
are alike. The detector settles the same block of text once; "repeated" shows what that is worth where pages return.
Megabytes are those of UTF-8; the time is the best of the rounds, on one core.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import ftfy

import fixtext
from fixtext import Config
from fixtext.channels import glossed_page
from fixtext.detectors.glossed.contents import traditional
from fixtext.detectors.glossed.mending import mend
from fixtext.detectors.glossed.page_model import page_model
from fixtext.detectors.glossed.pages import block_of
from fixtext.detectors.glossed.settling import settle
from fixtext.language.readings import readings_of

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "samples" / "glossed").glob("*.healthy.txt"))
CONFIG = Config(detectors=("glossed",))
PAGE = 800
"""Code points of a page; those measured have 300 to 2,700."""

MARKS = ("？；，。", "，。？！：；、“”（）", "？！：；，", *[""] * 9)
STRANGERS = 2
"""Marks that sites cut out, and characters of a gloss set that the page does not have. Real pages (25 of them, 32 KB)
have 28,700 glosses a megabyte in step, 380 torn by a gloss and 160 by a mark; these have 22,000, 400 and 270."""


def sentences() -> list[str]:
    """Return the sentences of all sample pages."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SAMPLES)
    return re.findall(r"[^。\n<>]{6,}。", text)


def pages(characters: int, seed: int = 0) -> Iterator[str]:
    """Yield healthy pages, as many characters together."""
    chance = random.Random(seed)
    known, made = sentences(), 0
    while made < characters:
        chance.shuffle(known)
        page, lines = "", iter(known)
        while len(page) < PAGE:
            page += next(lines) + next(lines) + "\n"
        made += len(page)
        yield page


def glossed(healthy: str, chance: random.Random) -> str:
    """Return a page as some site leaves it."""
    chars = sorted({char for char in healthy if char in traditional() and readings_of(char)})
    # Most torn places come from characters that the page does not have.
    others = [char for char in "冊數績軌臉闊總惲偵頃髮饋節視務膽佈樞謹厴撓顒詠" if readings_of(char)]
    chosen = chance.sample(chars, min(len(chars), chance.randint(15, 57))) + chance.sample(others, STRANGERS)
    glosses = [(char, readings_of(char)[0]) for char in sorted(set(chosen))]
    return glossed_page(glosses, marks=chance.choice(MARKS)).damage(healthy)


PEAK = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "fixtext", sys.argv[1]], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def best(rounds: int, work: Callable[[], object]) -> float:
    """Return the seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def fresh(text: str) -> str:
    """Repair a text as if nothing had been mended before."""
    for remembers in (settle, block_of, mend, page_model):
        remembers.cache_clear()
    return fixtext.repair(text, CONFIG).text


def row(name: str, size: float, seconds: float, peer: float) -> None:
    """Print one line of the table."""
    print(f"| {name} | {size / seconds:8.2f} MB/s | {size / peer:8.2f} MB/s | {peer / seconds:6.1f} x |")


def speeds(megabytes: float, rounds: int) -> None:
    """Print how fast texts with and without damage go through."""
    chance = random.Random(1)
    healthy = "".join(pages(int(megabytes * 1e6 / 3)))
    damaged = "".join(glossed(page, chance) for page in pages(int(megabytes * 1e6 / 3)))
    repair = fixtext.repair(damaged, CONFIG)
    torn = sum(not re.fullmatch(r".\(.*\)", edit.before) for edit in repair.edits)
    size = len(damaged.encode()) / 1e6
    print(f"{len(damaged):,} characters, {size:.2f} MB: {len(repair.edits):,} repairs, {torn:,} of them torn places\n")
    print("| text | fixtext, this detector | ftfy.fix_text | ratio |\n|---|---|---|---|")
    row(
        "glossed",
        size,
        best(rounds, lambda: fresh(damaged)),
        best(rounds, lambda: ftfy.fix_text(damaged)),
    )
    same = damaged[:20_000] * max(1, len(damaged) // 20_000)
    size = len(same.encode()) / 1e6
    row("glossed, repeated", size, best(rounds, lambda: fresh(same)), best(rounds, lambda: ftfy.fix_text(same)))
    long = healthy * max(1, int(20 / megabytes))
    size = len(long.encode()) / 1e6
    row("healthy", size, best(rounds, lambda: fresh(long)), best(1, lambda: ftfy.fix_text(long)))
    ascii_text = "An (English) text, with (brackets) here and there (and questions?).\n" * 300_000
    size = len(ascii_text) / 1e6
    row("ASCII", size, best(rounds, lambda: fresh(ascii_text)), best(1, lambda: ftfy.fix_text(ascii_text)))


def command(rounds: int) -> None:
    """Print what the whole command takes on a file of 5 KB: milliseconds from a cold start, megabytes at most."""
    chance = random.Random(2)
    text = "".join(glossed(page, chance) for page in pages(2000))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.txt")
        file.write_bytes(text.encode()[:5000].decode("utf-8", "ignore").encode())
        times, peaks = [], []
        for _ in range(rounds):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "fixtext", str(file)], stdout=subprocess.DEVNULL, check=True)
            times.append(1000 * (time.perf_counter() - start))
            # Asked of a small process: a child's peak begins with that of the process that forked it.
            asked = subprocess.run([sys.executable, "-c", PEAK, str(file)], capture_output=True, text=True, check=True)
            peaks.append(int(asked.stdout) / 1024)
        bare = [1000 * best(1, lambda: subprocess.run([sys.executable, "-c", ""], check=True)) for _ in range(rounds)]
    print(f"the command on 5 KB: best {min(times):.0f} ms, median {statistics.median(times):.0f} ms")
    print(f"(Python itself: {min(bare):.0f} ms); {max(peaks):.0f} MB of memory at most\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    # First: a child's peak memory is never less than that of the process it was forked from.
    command(2 * options.rounds)
    speeds(options.megabytes, options.rounds)


if __name__ == "__main__":
    main()
