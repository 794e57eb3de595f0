"""Letters that a reading as UTF-8 has lost: words and lines restored, wrong fills, calibration, by language.

    python benchmarks/lost_letters.py [--cache FOLDER] [--limit CHARACTERS] [--skip CHARACTERS] [--show N]

The texts are Debian's translated manuals (`benchmarks.healthy`) and, where it is at hand, prose in German, French and
Spanish: none of them was counted from. Lines that the page of the language lacks characters of are left out; the others
are written in it and read as UTF-8 with U+FFFD, and repaired as whole texts of some 4,000 characters and line by line.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import fixtext
from benchmarks.healthy import CACHE, texts

PAGES = {
    **dict.fromkeys(("de", "fr", "es", "pt", "it", "sv", "da", "nl", "fi", "ca"), "cp1252"),
    **dict.fromkeys(("pl", "cs", "hu", "ro"), "cp1250"),
    "tr": "cp1254",
}
PIECE = 4_000


@dataclass
class Tally:
    """What became of the holes of a language.

    Attributes:
        holes: how many there were.
        right: filled with what stood there.
        wrong: filled with something else.
        lines: lines with holes.
        exact: those that came back.
        guesses: probability, and whether it was right, of each fill.
    """

    holes: int = 0
    right: int = 0
    wrong: int = 0
    lines: int = 0
    exact: int = 0
    guesses: list[tuple[float, bool]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def add(self, healthy: str, damaged: str) -> None:
        """Repair a text and compare; each hole is a code point, and so is what stood there."""
        repaired = fixtext.repair(damaged)
        got = repaired.text
        if len(got) != len(damaged):
            self.wrong += damaged.count("\ufffd")
            return
        for old, now, was in zip(damaged, got, healthy, strict=True):
            if old == "\ufffd":
                self.holes += 1
                self.right += now == was
                self.wrong += now not in ("\ufffd", was)
        for edit in repaired.edits:
            for guess in edit.guesses:
                self.guesses.append((guess.probability, healthy[edit.span.start + guess.offset] == guess.char))
            original = healthy[edit.span.start : edit.span.end]
            if edit.after != original:
                self.shown.append(f"{original} -> {edit.after}")
        pieces = zip(healthy.split("\n"), damaged.split("\n"), got.split("\n"), strict=True)
        changed = [(was, now) for was, old, now in pieces if "\ufffd" in old]
        self.lines += len(changed)
        self.exact += sum(was == now for was, now in changed)


def damaged(line: str, page: str) -> str | None:
    """Return a line as it is seen when its letters are lost; None if that cannot be."""
    try:
        seen = line.encode(page).decode("utf-8", "replace")
    except UnicodeEncodeError:
        return None
    return seen if len(seen) == len(line) else None


def by_language(cache: Path) -> Iterator[tuple[str, str]]:
    """Yield healthy texts with their languages."""
    for text in texts(cache):
        language = _language(text.name)
        if language in PAGES:
            yield language, text.text


def _language(name: str) -> str:
    source, _, rest = name.partition("/")
    if source == "exam":
        return rest[:2] if rest[2:3] == "/" else ""
    found = re.match(r"(?:manpages|debian-reference|developers-reference|maint-guide)-([a-z]{2})\b", source)
    return found[1] if found else ""


def error(guesses: Iterable[tuple[float, bool]]) -> float:
    """Return the expected calibration error of some guesses, in ten bins."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, right in guesses:
        bins[min(9, int(probability * 10))].append((probability, right))
    total = sum(map(len, bins.values())) or 1
    return sum(abs(sum(p for p, _ in own) - sum(right for _, right in own)) for own in bins.values()) / total


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--limit", type=int, default=60_000, help="Characters of each language.")
    parser.add_argument("--skip", type=int, default=0, help="Characters of each language before those.")
    parser.add_argument("--show", type=int, default=0, help="Wrong words of each language to print.")
    asked = parser.parse_args()
    gathered: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    for language, text in by_language(asked.cache):
        if sizes[language] >= asked.skip + asked.limit:
            continue
        for line in text.split("\n"):
            seen = damaged(line, PAGES[language])
            if seen is None or sizes[language] >= asked.skip + asked.limit:
                continue
            if sizes[language] >= asked.skip:
                gathered[language].append((line, seen))
            sizes[language] += len(line) + 1
    print(
        f"{'':3} {'holes':>7} | {'right':>6} {'wrong':>6} {'lines':>6} | alone: {'right':>6} {'wrong':>6} {'lines':>6}"
    )
    every = Tally(), Tally()
    for language, lines in sorted(gathered.items()):
        whole, alone = Tally(), Tally()
        for healthy, seen in _pieces(lines):
            whole.add(healthy, seen)
        for healthy, seen in lines:
            if "\ufffd" in seen:
                alone.add(healthy, seen)
        print(f"{language:3} {whole.holes:7} | {_row(whole)} | alone: {_row(alone)}")
        for total, own in zip(every, (whole, alone), strict=True):
            for name in ("holes", "right", "wrong", "lines", "exact", "guesses"):
                setattr(total, name, getattr(total, name) + getattr(own, name))
        for shown in (whole.shown + alone.shown)[: asked.show]:
            print("    ", shown)
    print(f"all {every[0].holes:7} | {_row(every[0])} | alone: {_row(every[1])}")


def _pieces(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    healthy: list[str] = []
    seen: list[str] = []
    for one, other in lines:
        healthy.append(one)
        seen.append(other)
        if sum(map(len, seen)) >= PIECE:
            yield "\n".join(healthy), "\n".join(seen)
            healthy, seen = [], []
    yield "\n".join(healthy), "\n".join(seen)


def _row(tally: Tally) -> str:
    holes, lines, filled = max(1, tally.holes), max(1, tally.lines), max(1, tally.right + tally.wrong)
    return (
        f"{100 * tally.right / holes:5.1f}% {100 * tally.wrong / filled:5.2f}% {100 * tally.exact / lines:5.1f}%"
        f" ECE {error(tally.guesses):.3f}"
    )


if __name__ == "__main__":
    main()
