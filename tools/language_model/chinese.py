"""Expected character counts of Chinese from word tables: a word model with part-of-speech transitions, summed out.

The packages hold words with counts but no running text. What happens across a word boundary is computed from a class
bigram model: P(next word | word) = P(tag' | tag) P(next word | tag'), the tag transitions taken from the hidden Markov
model of jieba's tagger, those to and from punctuation from the running text that the other sources hold.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .characters import Folding, is_han
from .counts import Counts
from .sources import Sources

PUNCTUATION = "，。、：；？！“”‘’（）《》【】「」—…·％,.:;?!()\"'%-/"
CUTWORD_TAGS = {"NN": "n", "NR": "nr", "VV": "v", "JJ": "b", "AD": "d", "VA": "a", "CD": "m", "NT": "t", "M": "q"}
SOURCE_WEIGHTS = {"jionlp": 0.5, "jieba": 0.35, "cutword": 0.15}
UNSEEN = 2e-8
"""Rate of a word in a table that lacks it, for the geometric mean: words that one corpus alone has in masses (spam in
jionlp's, names of one novel in jieba's) lose weight."""
MOJIBAKE_RATIO = 30.0
"""A character this many times commoner alone in jieba's table than in jionlp's is debris of misread text there
(U+951B: 300 times)."""
SMALLEST = 4e-9
"""Triples across word boundaries below this expected count per word are left to back-off."""

Matrix = NDArray[np.float64]


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
    debris = {
        word
        for word, rate in rates["jieba"].items()
        if len(word) == 1 and rate > MOJIBAKE_RATIO * rates["jionlp"].get(word, 1e-9) and rate > 1e-6
    }
    merged: dict[str, float] = {}
    for word in set().union(*rates.values()):
        if not debris.intersection(word):
            logs = [weight * math.log(rates[name].get(word, 0.0) + UNSEEN) for name, weight in SOURCE_WEIGHTS.items()]
            merged[word] = math.exp(sum(logs)) - 0.9 * UNSEEN
    for word in debris:
        merged[word] = rates["jionlp"].get(word, 0.0)
    total = sum(merged.values())
    return {word: rate / total for word, rate in sorted(merged.items()) if rate}, tags


@dataclass
class Grammar:
    """Words with their tags, and how tags follow each other."""

    words: list[str]
    joint: Matrix
    """P(word, tag), words by tags; a word of several characters has one tag."""
    follow: Matrix
    """P(tag, next tag) / (P(tag) P(next tag)), tags by tags."""


def build_grammar(sources: Sources, folding: Folding) -> Grammar:
    """Put words, tags and tag transitions together."""
    rates, word_tags = word_probabilities(sources, folding)
    emissions = sources.jieba_tagger("prob_emit")
    transitions = sources.jieba_tagger("prob_trans")
    names = sorted({tag for _, tag in transitions})
    number = {name: index for index, name in enumerate(names)}
    punctuation = len(names)
    punctuation_counts = {
        word: count for word, count in sources.jionlp("word_distribution") if word in PUNCTUATION and word
    }
    words = list(rates)
    joint = np.zeros((len(words) + len(punctuation_counts), len(names) + 1))
    single = _single_character_tags(emissions, transitions, number, folding)
    for row, word in enumerate(words):
        shares = single.get(word) if len(word) == 1 else None
        if shares is None:
            joint[row, number.get(word_tags.get(word, "n"), number["n"])] = rates[word]
        else:
            joint[row] = rates[word] * np.append(shares, 0.0)
    han_words = sum(c for w, c in sources.jionlp("word_distribution") if all(map(is_han, w)))
    for row, (_, count) in enumerate(sorted(punctuation_counts.items()), len(words)):
        joint[row, punctuation] = count / han_words
    words += sorted(punctuation_counts)
    joint /= joint.sum()
    return Grammar(words, joint, _follow(joint, words, transitions, names))


def _single_character_tags(
    emissions: dict[tuple[str, str], dict[str, float]],
    transitions: dict[tuple[str, str], dict[tuple[str, str], float]],
    number: dict[str, int],
    folding: Folding,
) -> dict[str, Matrix]:
    """Return P(tag | one-character word) by the tagger's model: stationary share of the tag times emission."""
    states = sorted(transitions)
    index = {state: row for row, state in enumerate(states)}
    matrix = np.zeros((len(states), len(states)))
    for state, row in transitions.items():
        for following, log in row.items():
            matrix[index[state], index[following]] = math.exp(log)
    share = np.full(len(states), 1 / len(states))
    for _ in range(200):
        share = 0.999 * share @ matrix + 0.001 / len(states)
        share /= share.sum()
    found: dict[str, Matrix] = {}
    for (position, tag), row in emissions.items():
        if position == "S":
            for char, log in row.items():
                shares = found.setdefault(folding.fold(char), np.zeros(len(number)))
                shares[number[tag]] += math.exp(log) * share[index[position, tag]]
    return {char: shares / shares.sum() for char, shares in found.items() if shares.sum() > 0}


def _follow(
    joint: Matrix,
    words: list[str],
    transitions: dict[tuple[str, str], dict[tuple[str, str], float]],
    names: list[str],
) -> Matrix:
    """Return the lift of each pair of tags, scaled so that the marginals are those of the word table."""
    number = {name: index for index, name in enumerate(names)}
    size = len(names) + 1
    share = joint.sum(axis=0)
    alone = joint[[len(word) == 1 for word in words]].sum(axis=0)
    pairs = np.zeros((size, size))
    for (position, tag), row in transitions.items():
        if position not in "ES":
            continue
        part = alone[number[tag]] if position == "S" else share[number[tag]] - alone[number[tag]]
        for (following, following_tag), log in row.items():
            if following in "BS":
                pairs[number[tag], number[following_tag]] += part * math.exp(log)
    independent = np.outer(share, share)
    pairs = 0.9 * pairs + 0.1 * independent * pairs.sum()
    pairs[-1], pairs[:, -1] = independent[-1], independent[:, -1]
    for tag, before, after in PUNCTUATION_LIFT:
        if tag in number:
            pairs[number[tag], -1] *= before
            pairs[-1, number[tag]] *= after
    pairs[-1, -1] *= 0.35
    for _ in range(50):
        pairs *= (share / np.maximum(pairs.sum(axis=1), 1e-300))[:, None]
        pairs *= share / np.maximum(pairs.sum(axis=0), 1e-300)
    return np.asarray(pairs / np.maximum(independent, 1e-300))


PUNCTUATION_LIFT = (
    ("uj", 0.1, 0.02),
    ("p", 0.1, 1.5),
    ("c", 0.3, 3.0),
    ("d", 0.15, 1.5),
    ("r", 0.4, 1.6),
    ("m", 0.4, 1.0),
    ("q", 0.7, 0.1),
    ("f", 1.6, 0.2),
    ("n", 1.5, 0.9),
    ("v", 0.9, 0.8),
    ("y", 6.0, 0.05),
    ("ul", 1.2, 0.02),
    ("ud", 0.05, 0.05),
    ("uz", 0.1, 0.02),
    ("ns", 1.3, 1.5),
    ("nr", 1.0, 1.5),
)
"""How much more often than chance punctuation stands after and before a tag (the author's estimates)."""


def chinese_counts(sources: Sources, folding: Folding) -> Counts:
    """Return expected counts of characters, pairs and triples per word of Chinese text."""
    grammar = build_grammar(sources, folding)
    counts = Counts()
    _inside(grammar, counts)
    _across(grammar, counts)
    return counts


def _inside(grammar: Grammar, counts: Counts) -> None:
    rates = grammar.joint.sum(axis=1)
    for order in (1, 2, 3):
        grams: list[list[int]] = []
        weights: list[float] = []
        for word, rate in zip(grammar.words, rates, strict=True):
            codes = list(map(ord, word))
            for start in range(len(codes) - order + 1):
                grams.append(codes[start : start + order])
                weights.append(rate)
        counts.add(tuple(np.array(grams).T), weights)


def _edges(grammar: Grammar, length: int, *, end: bool) -> tuple[NDArray[np.int64], Matrix]:
    """Return the beginnings or ends of words, ``length`` characters long, with P(edge, tag)."""
    found: dict[str, Matrix] = {}
    for word, row in zip(grammar.words, grammar.joint, strict=True):
        if len(word) >= length:
            edge = word[-length:] if end else word[:length]
            if edge in found:
                found[edge] += row
            else:
                found[edge] = row.copy()
    edges = sorted(found)
    return np.array([[ord(char) for char in edge] for edge in edges]), np.array([found[edge] for edge in edges])


def _across(grammar: Grammar, counts: Counts) -> None:
    last, last_rates = _edges(grammar, 1, end=True)
    last2, last2_rates = _edges(grammar, 2, end=True)
    first, first_rates = _edges(grammar, 1, end=False)
    first2, first2_rates = _edges(grammar, 2, end=False)
    after = (grammar.follow @ first_rates.T).astype(np.float32)  # tags by first characters
    before = (last_rates @ grammar.follow).astype(np.float32)  # last characters by tags

    pairs = last_rates.astype(np.float32) @ after  # a | b
    rows, columns = np.nonzero(pairs > SMALLEST / 100)
    counts.add((last[rows, 0], first[columns, 0]), pairs[rows, columns])
    for start in range(0, len(last2), 2000):  # ..ab | c
        table = last2_rates[start : start + 2000].astype(np.float32) @ after
        rows, columns = np.nonzero(table > SMALLEST)
        left = last2[start + rows]
        counts.add((left[:, 0], left[:, 1], first[columns, 0]), table[rows, columns])
    for start in range(0, len(first2), 2000):  # a | bc..
        table = before @ first2_rates[start : start + 2000].T.astype(np.float32)
        rows, columns = np.nonzero(table > SMALLEST)
        right = first2[start + columns]
        counts.add((last[rows, 0], right[:, 0], right[:, 1]), table[rows, columns])
    # a | b | c
    singles = [(word, row) for word, row in zip(grammar.words, grammar.joint, strict=True) if len(word) == 1]
    singles.sort(key=lambda item: (-item[1].sum(), item[0]))
    rows_kept = np.sort(np.argsort(-last_rates.sum(axis=1), kind="stable")[:3000])
    columns_kept = np.sort(np.argsort(-first_rates.sum(axis=1), kind="stable")[:3000])
    for word, rates in singles[:1500]:
        tags = np.flatnonzero(rates)
        table = before[np.ix_(rows_kept, tags)] * rates[tags].astype(np.float32) @ after[np.ix_(tags, columns_kept)]
        rows, columns = np.nonzero(table > SMALLEST)
        counts.add((last[rows_kept[rows], 0], ord(word), first[columns_kept[columns], 0]), table[rows, columns])
