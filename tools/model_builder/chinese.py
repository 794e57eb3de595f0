"""Expected character counts of Chinese from word tables: a word model with part-of-speech transitions, summed out.

The packages hold words with counts but no running text. What happens across a word boundary is computed from a class
bigram model: P(next word | word) = P(tag' | tag) P(next word | tag'), the tag transitions taken from the hidden Markov
model of jieba's tagger and from the running text that the other sources hold.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .characters import Folding, is_han
from .chinese_words import PUNCTUATION, numerals, word_probabilities
from .counts import Counts
from .sources import Sources

TAGGER_WORDS = 100_000.0
"""Weight of the tagger's transitions against those counted in running text, in words."""
SMALLEST = 4e-9
"""Triples across word boundaries below this expected count per word are left to back-off."""

Matrix = NDArray[np.float64]


@dataclass
class Grammar:
    """Words with their tags, and how tags follow each other."""

    words: list[str]
    joint: Matrix
    """P(word, tag), words by tags; a word of several characters has one tag."""
    follow: Matrix
    """P(tag, next tag) / (P(tag) P(next tag)), tags by tags."""


def build_grammar(sources: Sources, folding: Folding, lines: Iterable[str]) -> Grammar:
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
    numbers = numerals(sources)
    joint = np.zeros((len(words) + len(punctuation_counts) + len(numbers), len(names) + 1))
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
    for row, (_, expected) in enumerate(sorted(numbers.items()), len(words)):
        joint[row, number["m"]] = expected / han_words
    words += sorted(numbers)
    joint /= joint.sum()
    return Grammar(words, joint, _follow(joint, words, transitions, names, lines))


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
    for (position, tag), emitted in emissions.items():
        if position == "S":
            for char, log in emitted.items():
                shares = found.setdefault(folding.fold(char), np.zeros(len(number)))
                shares[number[tag]] += math.exp(log) * share[index[position, tag]]
    return {char: shares / shares.sum() for char, shares in found.items() if shares.sum() > 0}


def _follow(
    joint: Matrix,
    words: list[str],
    transitions: dict[tuple[str, str], dict[tuple[str, str], float]],
    names: list[str],
    lines: Iterable[str],
) -> Matrix:
    """Return the lift of each pair of tags, scaled so that the marginals are those of the word table.

    The tagger knows no punctuation and is taken as a prior; pairs counted in segmented running text come on top.
    """
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
    pairs = 0.9 * pairs / pairs.sum() + 0.1 * independent
    pairs[-1], pairs[:, -1] = independent[-1], independent[:, -1]
    pairs = TAGGER_WORDS * _balanced(pairs, share) + _counted_pairs(joint, words, lines)
    return np.asarray(_balanced(pairs, share) / np.maximum(independent, 1e-300))


def _balanced(pairs: Matrix, share: Matrix) -> Matrix:
    """Scale rows and columns until both sum to the shares (Deming and Stephan 1940)."""
    for _ in range(60):
        pairs = pairs * (share / np.maximum(pairs.sum(axis=1), 1e-300))[:, None]
        pairs *= share / np.maximum(pairs.sum(axis=0), 1e-300)
    return pairs


def _counted_pairs(joint: Matrix, words: list[str], lines: Iterable[str]) -> Matrix:
    """Segment running text by the likeliest words; return the expected counts of pairs of tags."""
    rates = joint.sum(axis=1)
    tags = joint / np.maximum(rates[:, None], 1e-300)
    logs = dict(zip(words, np.log(np.maximum(rates, 1e-300)).tolist(), strict=True))
    number = {word: row for row, word in enumerate(words)}
    before: list[int] = []
    after: list[int] = []
    for line in lines:
        for run in re.findall(f"[\u4e00-\u9fff{re.escape(PUNCTUATION)}]{{3,}}", line):
            path = [number[word] for word in _segmented(run, logs) if word in number]
            before += path[:-1]
            after += path[1:]
    total = np.zeros((joint.shape[1], joint.shape[1]))
    for start in range(0, len(before), 20_000):
        total += tags[before[start : start + 20_000]].T @ tags[after[start : start + 20_000]]
    return total


def _segmented(run: str, logs: dict[str, float]) -> list[str]:
    """Return the most probable words of a stretch of text, each word by itself."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(run) + 1):
        best.append(
            max(
                (best[start][0] + logs.get(run[start:stop], -30.0 * (stop - start)), start)
                for start in range(max(0, stop - 6), stop)
            )
        )
    words, stop = [], len(run)
    while stop:
        start = best[stop][1]
        words.append(run[start:stop])
        stop = start
    return words[::-1]


def chinese_counts(sources: Sources, folding: Folding, lines: Iterable[str]) -> Counts:
    """Return expected counts of characters, pairs and triples per word of Chinese text.

    Args:
        sources: the packages.
        folding: how characters are folded.
        lines: folded running text, from which the order of parts of speech and punctuation is learnt.
    """
    grammar = build_grammar(sources, folding, lines)
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
