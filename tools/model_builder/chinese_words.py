"""One table of Chinese words with probabilities, from the tables of three packages, cleaned of misread text."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict

from .characters import Folding, is_han
from .sources import Sources

PUNCTUATION = "，。、：；？！“”‘’（）《》【】「」—…·％,.:;?!()\"'%-/"
CUTWORD_TAGS = {"NN": "n", "NR": "nr", "VV": "v", "JJ": "b", "AD": "d", "VA": "a", "CD": "m", "NT": "t", "M": "q"}
SOURCE_WEIGHTS = {"jionlp": 0.34, "jieba": 0.33, "cutword": 0.33}
UNSEEN = 2e-8
"""Rate of a word in a table that lacks it, for the geometric mean: words that one corpus alone has in masses (spam in
jionlp's, names of one novel in jieba's) lose weight."""
MOJIBAKE_RATIO = 70.0
"""A character this many times commoner as a word in jieba's table than in all of jionlp's text is debris of misread
text (U+951B: 448 times). Words of fiction, which jionlp's news lack, reach 67 times."""
NUMERALS = {1: 0.4, 2: 0.35, 3: 0.1, 4: 2.5}
"""How many numerals there are of each number of digits; of four digits only years are made, a fiftieth of them all."""


def word_probabilities(sources: Sources, folding: Folding) -> tuple[dict[str, float], dict[str, str]]:
    """Return P(word) over the three tables, and a part of speech for each word, both by folded word."""
    tables: dict[str, dict[str, float]] = {name: defaultdict(float) for name in SOURCE_WEIGHTS}
    tags: dict[str, str] = {}
    best: dict[str, int] = {}
    for word, count in sources.jionlp("word_distribution"):
        tables["jionlp"][folding.text(word)] += count
    for word, count, tag in sources.jieba():
        folded = folding.text(word)
        tables["jieba"][folded] += count
        if count > best.get(folded, -1):
            best[folded], tags[folded] = count, tag
    for word, count, tag in sources.cutword():
        folded = folding.text(word)
        tables["cutword"][folded] += count + 0.3
        tags.setdefault(folded, CUTWORD_TAGS.get(tag, "n"))
    rates: dict[str, dict[str, float]] = {}
    for name, table in tables.items():
        words = {word: count for word, count in table.items() if all(map(is_han, word))}
        total = sum(words.values())
        rates[name] = {word: count / total for word, count in words.items()}
    debris = _debris(sources, folding, rates["jieba"])
    merged: dict[str, float] = {}
    for word in sorted(set().union(*rates.values())):
        if not debris.issuperset(word):
            logs = [weight * math.log(rates[name].get(word, 0.0) + UNSEEN) for name, weight in SOURCE_WEIGHTS.items()]
            merged[word] = math.exp(sum(logs)) - 0.9 * UNSEEN
    for word in sorted(debris):
        merged[word] = rates["jionlp"].get(word, 0.0)
    total = sum(merged.values())
    return {word: rate / total for word, rate in sorted(merged.items()) if rate}, tags


def _debris(sources: Sources, folding: Folding, rates: dict[str, float]) -> set[str]:
    """Return the characters that jieba counted in misread text, by comparison with jionlp's counts of characters."""
    counts: dict[str, float] = defaultdict(float)
    for char, count in sources.jionlp("char_distribution"):
        counts[folding.fold(char)] += count
    total = sum(count for char, count in counts.items() if is_han(char))
    return {
        char
        for char, rate in rates.items()
        if len(char) == 1 and rate > 2e-6 and rate > MOJIBAKE_RATIO * counts.get(char, 1.0) / total
    }


def numerals(sources: Sources) -> dict[str, float]:
    """Return numerals of one to four digits with counts: as many digits as in jionlp's text, lengths estimated."""
    digits = {char: count for char, count in sources.jionlp("char_distribution") if char in "0123456789" and char}
    total = sum(digits.values())
    found: dict[str, float] = {}
    for length, many in NUMERALS.items():
        for numeral in map("".join, itertools.product(sorted(digits), repeat=length)):
            if length < 4 or numeral[:2] in ("19", "20"):
                found[numeral] = many * math.prod(digits[digit] / total for digit in numeral)
    scale = total / sum(len(numeral) * count for numeral, count in found.items())
    return {numeral: count * scale for numeral, count in found.items()}
