"""Expected character counts of Japanese: sentences drawn from a word model made of IPADIC.

IPADIC holds words with costs and a matrix of connection costs (800 times negative natural logs of the factors of a
conditional random field). How frequent its word classes are is learnt by segmenting the running text of the other
sources with it; the matrix says which classes follow which; and the words of a class are weighted so that the
frequencies of single characters agree with lingua's, which come from 45 million characters of newspapers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .characters import Folding
from .counts import Counts, count_codes
from .sources import Sources

SCALE = 800.0
"""``cost-factor`` of IPADIC: costs are -800 ln of a factor."""
CHAINS, LENGTH = 100_000, 120
"""So many stretches of so many words are drawn, 12 million words in all."""
SEED = 20240229
SEGMENTED = 500_000
"""So many characters of running text are segmented (a minute)."""
UNKNOWN = 1285
"""The class of common nouns, which stands in for unknown words."""
PRIOR = 300.0
"""Weight of the connection matrix against counted pairs of classes, in words."""
FITTING_ROUNDS = 12
FIT = 0.7
"""Exponent of one round of fitting; 1 oscillates."""

Floats = NDArray[np.float64]


def japanese_counts(sources: Sources, folding: Folding, lines: Iterable[str]) -> Counts:
    """Draw text from the word model and count it.

    Args:
        sources: the packages.
        folding: how characters are folded.
        lines: running text, folded, from which the frequencies of the word classes are learnt.
    """
    words, classes, weights = _words(sources, folding)
    size = int(classes.max()) + 1
    costs = np.full((size, size), 10_000)
    for right, left, cost in sources.ipadic_connections():
        if 0 < right < size and 0 < left < size:
            costs[right, left] = cost
    singles, pairs = _segmented(words, classes, weights, costs, lines)
    share, chain = _chain(singles, pairs, np.exp(-costs / SCALE), classes)
    within = _fit(words, classes, weights, share, sources.lingua("ja", 1), folding)
    return count_codes(_draw(words, classes, within, chain, share))


def _words(sources: Sources, folding: Folding) -> tuple[list[str], NDArray[np.int64], Floats]:
    """Return words in order of their class, their classes and exp(-cost)."""
    rows = sorted(
        {
            (left, folding.text(surface), cost)
            for surface, left, right, cost in sources.ipadic()
            if left == right and surface.strip() and not surface.isascii()
        }
    )
    words = [word for _, word, _ in rows]
    return words, np.array([left for left, _, _ in rows]), np.exp(-np.array([cost for _, _, cost in rows]) / SCALE)


def _segmented(
    words: list[str], classes: NDArray[np.int64], weights: Floats, costs: NDArray[np.int64], lines: Iterable[str]
) -> tuple[Floats, Floats]:
    """Segment text by least cost; return how often each class, and each pair of classes, was found."""
    lexicon: dict[str, list[tuple[int, int]]] = {}
    beginnings: set[str] = set()
    for word, kind, weight in zip(words, classes.tolist(), weights.tolist(), strict=True):
        lexicon.setdefault(word, []).append((kind, round(-SCALE * math.log(weight))))
        beginnings.update(word[:length] for length in range(1, len(word)))
    connection = costs.tolist()
    size = len(costs)
    singles, pairs = np.zeros(size), np.zeros((size, size))
    read = 0
    for line in lines:
        for run in re.findall("[\u3001-\u30ff\u4e00-\u9fff\uff01-\uff5e]{4,}", line):
            path = _best_path(run, lexicon, beginnings, connection)
            np.add.at(singles, path, 1)
            np.add.at(pairs, (path[:-1], path[1:]), 1)
            read += len(run)
        if read > SEGMENTED:
            break
    return singles, pairs


def _best_path(
    run: str, lexicon: dict[str, list[tuple[int, int]]], beginnings: set[str], connection: list[list[int]]
) -> list[int]:
    """Return the classes of the cheapest segmentation of a stretch of text."""
    # At each place, by class of the word that ends there: (cost, start of the word, class before).
    ends: list[dict[int, tuple[int, int, int]]] = [{} for _ in range(len(run) + 1)]
    ends[0][-1] = (0, -1, -1)
    for start in range(len(run)):
        if not ends[start]:
            continue
        arrivals = sorted((cost, kind) for kind, (cost, _, _) in ends[start].items())[:6]
        found = False
        for stop in range(start + 1, min(start + 12, len(run)) + 1):
            piece = run[start:stop]
            for kind, cost in lexicon.get(piece, ()):
                found = True
                total, before = min(
                    (arrival + (connection[left][kind] if left >= 0 else 0), left) for arrival, left in arrivals
                )
                total += cost
                if kind not in ends[stop] or total < ends[stop][kind][0]:
                    ends[stop][kind] = (total, start, before)
            if piece not in beginnings:
                break
        if not found:
            cost, left = arrivals[0]
            if UNKNOWN not in ends[start + 1]:
                ends[start + 1][UNKNOWN] = (cost + 12_000, start, left)
    kind = min(ends[-1], key=lambda kind: ends[-1][kind])
    path, stop = [], len(run)
    while kind >= 0:
        path.append(kind)
        _, stop, kind = ends[stop][kind]
    return path[::-1]


def _chain(singles: Floats, pairs: Floats, factors: Floats, classes: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the shares of the classes and the transitions between them, which keep those shares."""
    held = np.bincount(classes, minlength=len(singles)) > 0
    share = np.where(held, singles + 0.5, 0.0)
    share /= share.sum()
    joint = factors * np.outer(share, share)
    for _ in range(60):
        joint *= (share / np.maximum(joint.sum(axis=1), 1e-300))[:, None]
        joint *= share / np.maximum(joint.sum(axis=0), 1e-300)
    counted = pairs * held[:, None] * held[None, :]
    joint = counted + PRIOR * joint / joint.sum(axis=1, keepdims=True).clip(1e-300)
    chain = joint / joint.sum(axis=1, keepdims=True).clip(1e-300)
    for _ in range(200):
        share = share @ chain
        share /= share.sum()
    return share, chain


def _fit(
    words: list[str],
    classes: NDArray[np.int64],
    weights: Floats,
    share: Floats,
    targets: dict[str, float],
    folding: Folding,
) -> Floats:
    """Return P(word | class), bent until single characters are as frequent as they should be."""
    letters = sorted(set("".join(words)))
    index = {letter: number for number, letter in enumerate(letters)}
    owners = np.repeat(np.arange(len(words)), [len(word) for word in words])
    places = np.array([index[letter] for word in words for letter in word])
    lengths = np.bincount(owners, minlength=len(words))
    target = np.full(len(letters), 0.0)
    for letter, value in targets.items():
        if folding.fold(letter) in index:
            target[index[folding.fold(letter)]] += value
    known = target > 0
    target[~known] = 1e-7
    totals = np.bincount(classes, weights, len(share))
    within = weights / totals[classes]
    for _ in range(FITTING_ROUNDS):
        present = np.bincount(places, (share[classes] * within)[owners], len(letters))
        present *= target[known].sum() / present[known].sum()
        ratio = np.log(np.clip(target / np.maximum(present, 1e-12), 1e-3, 1e3))
        within *= np.exp(FIT * np.bincount(owners, ratio[places], len(words)) / lengths)
        within /= np.bincount(classes, within, len(share))[classes]
    return within


def _draw(
    words: list[str], classes: NDArray[np.int64], within: Floats, chain: Floats, share: Floats
) -> list[NDArray[np.uint32]]:
    """Draw stretches of text and return their code points, a stretch after another."""
    numbers = np.random.Generator(np.random.PCG64(SEED))
    size = len(share)
    steps = np.cumsum(chain, axis=1)
    steps /= steps[:, -1:].clip(1e-300)
    flat = (steps + np.arange(size)[:, None]).ravel()
    cumulative = np.cumsum(within)
    first = np.searchsorted(classes, np.arange(size))
    last = np.searchsorted(classes, np.arange(size), side="right")
    before = np.where(first > 0, cumulative[np.maximum(first, 1) - 1], 0.0)
    state = np.searchsorted(np.cumsum(share) / share.sum(), numbers.random(CHAINS)).clip(max=size - 1)
    drawn = np.empty((LENGTH, CHAINS), np.int64)
    for step in range(LENGTH):
        place = before[state] + numbers.random(CHAINS) * within_total(cumulative, before, last)[state]
        drawn[step] = np.searchsorted(cumulative, place).clip(first[state], np.maximum(last[state] - 1, first[state]))
        state = (np.searchsorted(flat, state + numbers.random(CHAINS)) - state * size).clip(0, size - 1)
    lines = []
    for chunk in np.array_split(drawn.T, 20):
        text = "\0".join("".join([words[number] for number in row]) for row in chunk)
        lines.append(np.frombuffer(text.encode("utf-32-le"), np.uint32))
    return lines


def within_total(cumulative: Floats, before: Floats, last: NDArray[np.int64]) -> Floats:
    """Return the total weight of the words of each class."""
    return np.where(last > 0, cumulative[np.maximum(last, 1) - 1], 0.0) - before
