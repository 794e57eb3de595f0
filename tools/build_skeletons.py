#!/usr/bin/env python3
"""Build `src/fixtext/language/skeletons.bin`: words by what is left of them when letters beyond ASCII are gone.

Sources: the running text that the language model is learnt from (`model_builder.languages.running_text`), of the
languages of `build_words.LANGUAGES` and English; the file is the same for the same versions. Deflated lines of UTF-8:

- the languages, ``code=words`` each: how many words of it were counted;
- for single letters beyond ASCII that are words of a language: ``letter TAB language TAB how often TAB`` words behind
  it and, after another tab, before it, ``word=how often`` each; then an empty line;
- skeletons, sorted, as `build_words.front_coded` writes them; a tab; and for each way to fill it in, by spaces, the
  letters, and two characters for each language: which one it is, counted from "a" on, and how often, twice the
  logarithm to base 2, counted from "0" on. A first letter is a capital for those that have one inside lines. Common
  words of ASCII, which tell languages apart, have no letters.

    python tools/build_skeletons.py [--cache FOLDER]
"""

from __future__ import annotations

import argparse
import math
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from build_words import LANGUAGES, front_coded
from model_builder.languages import running_text
from model_builder.sources import Sources

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/fixtext/language/skeletons.bin"

COMMON = 300
"""Words of ASCII of each language: those that are 60 % of its text."""

BESIDE = 80
"""Words behind, and before, a word of one letter."""

OFTEN = 20
"""How often such a word has to stand in the sources."""

CAPITALS = ("de",)
"""Languages whose nouns have capitals: that of a word that was never seen inside a line is unknown."""

_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = re.compile(r"(?<=[a-z,] )[^\W\d_a-zA-Z][^\W\d_]+")
_LATIN = re.compile("[a-z\xdf-\xf6\xf8-\u024f]+")
_CEDILLAS = str.maketrans("\u0218\u0219\u021a\u021b", "\u015e\u015f\u0162\u0163")
_BEYOND = re.compile("[^\0-\x7f]")


def counted(
    lines: Iterable[str],
) -> tuple[Counter[str], Counter[str], dict[str, tuple[Counter[str], Counter[str]]]]:
    """Count words, those inside lines in either case, and what stands behind and before those of one letter."""
    words: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    beside: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    for line in lines:
        found = [word for word in map(_small, _WORD.findall(line)) if _LATIN.fullmatch(word)]
        words.update(found)
        inside.update(word for word in _INSIDE.findall(line) if word[1:].islower())
        for before, word, behind in zip(["", *found], found, [*found[1:], ""], strict=False):
            if len(word) == 1 and word >= "\x80":
                beside[word][0][_BEYOND.sub("\ufffd", behind)] += 1
                beside[word][1][_BEYOND.sub("\ufffd", before)] += 1
    return words, inside, beside


def _small(word: str) -> str:
    """Return a word in small letters; the dotted capital of Turkish stays, because its small letter is one of ASCII."""
    return "".join([char if char == "\u0130" else char.lower() for char in word])


def times(count: float) -> str:
    """Return how often something stands somewhere, as a character."""
    return chr(ord("0") + max(0, round(2 * math.log2(count))))


def packed(languages: dict[str, list[str]]) -> bytes:
    """Return the file of the lines of some languages."""
    head, beside = [], []
    skeletons: dict[str, dict[str, str]] = defaultdict(lambda: defaultdict(str))
    for number, (language, lines) in enumerate(languages.items()):
        words, inside, around = counted(lines)
        head.append(f"{language}={sum(words.values())}")
        for letter, (behind, before) in sorted(around.items()):
            if words[letter] >= OFTEN:
                sides = [
                    " ".join(f"{word}={count}" for word, count in side.most_common(BESIDE)) for side in (behind, before)
                ]
                beside.append("\t".join((letter, language, str(words[letter]), *sides)))
        common = {word for word, _ in words.most_common(COMMON)}
        for word, count in words.items():
            if not word.isascii() or word in common:
                letters = "".join(_BEYOND.findall(word))
                small, capital = inside[word], inside[word.capitalize()]
                share = capital / (small + capital) if small + capital else 0.5 * (language in CAPITALS)
                ways = skeletons[_BEYOND.sub("\ufffd", word)]
                for form, times_seen in ((letters, count * (1 - share)), (letters.capitalize(), count * share)):
                    if word[0] >= "\x80" and times_seen >= 0.5:
                        ways[form] += chr(ord("a") + number) + times(times_seen)
                if word[0] < "\x80":
                    ways[letters] += chr(ord("a") + number) + times(count)
    lines = [" ".join(head), *beside, ""]
    for skeleton, coded in zip(sorted(skeletons), front_coded(sorted(skeletons)), strict=True):
        filled = " ".join(letters + counts for letters, counts in sorted(skeletons[skeleton].items()))
        lines.append(f"{coded}\t{filled}")
    return zlib.compress("\n".join(lines).encode("utf-8"), 9)


def main() -> None:
    """Fetch, count, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "language-model")
    sources = Sources(parser.parse_args().cache)
    sources.fetch()
    languages = {language: list(running_text(sources, language)) for language in (*LANGUAGES, "en")}
    # No single-byte page of theirs has the letters with a comma below.
    languages["ro"] = [line.translate(_CEDILLAS) for line in languages["ro"]]
    # Little Danish is at hand; what is written in Norwegian is mostly written so in Danish too.
    languages["da"] += languages.pop("nb")
    TARGET.write_bytes(packed(languages))
    print(f"{TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
