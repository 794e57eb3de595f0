"""From counts to the back-off model that is shipped: smoothing, pruning by relative entropy, back-off weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .counts import merge

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass
class Order:
    """The entries of one order of the model, sorted by key."""

    keys: NDArray[np.uint64]
    """Ids of the characters, 16 bits each, last character lowest."""
    probability: Floats
    backoff: Floats
    """Weight of the lower order after this entry, taken as a context."""


@dataclass
class Model:
    """A back-off model: P(c | ab) if listed, else backoff(ab) P(c | b), and so on down to P(c)."""

    unigrams: Floats
    unigram_backoff: Floats
    bigrams: Order
    trigrams: Order


SHIFT = np.uint64(16)
LOW = np.uint64(0xFFFF)


def _position(keys: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> tuple[Ids, NDArray[np.bool_]]:
    place = np.searchsorted(keys, wanted)
    place = np.minimum(place, max(len(keys) - 1, 0))
    return place, keys[place] == wanted


def _group_sum(groups: Ids, values: Floats, size: int) -> Floats:
    return np.bincount(groups, weights=values, minlength=size)


def estimate(
    unigrams: Floats,
    bigrams: tuple[NDArray[np.uint64], Floats],
    trigrams: tuple[NDArray[np.uint64], Floats],
    *,
    keep: tuple[int, int],
    prior: tuple[float, float],
) -> Model:
    """Estimate P(c | b) and P(c | ab) with Dirichlet priors on the lower order, keep what matters, set the back-off.

    Args:
        unigrams: P(c) by id.
        bigrams: keys (b, c) and counts.
        trigrams: keys (a, b, c) and counts.
        keep: how many bigrams and trigrams to keep.
        prior: strength of the lower order, in characters of the counts, after one and two characters.
    """
    size = len(unigrams)
    keys2, counts2 = bigrams
    context2 = (keys2 >> SHIFT).astype(np.int64)
    last2 = (keys2 & LOW).astype(np.int64)
    totals = _group_sum(context2, counts2, size)
    probability2 = (counts2 + prior[0] * unigrams[last2]) / (totals[context2] + prior[0])

    # Every context of a trigram must be listed as a bigram; trigrams whose pair is not are left to back-off.
    keys3, counts3 = trigrams
    pair = keys3 >> SHIFT
    place, known = _position(keys2, pair)
    keys3, counts3, place = keys3[known], counts3[known], place[known]
    tail, tail_known = _position(keys2, keys3 & np.uint64(0xFFFFFFFF))
    lower = np.where(tail_known, probability2[tail], 0.0)
    left = np.maximum(1 - _group_sum(context2, probability2, size), 1e-9)
    missing = np.maximum(1 - _group_sum(context2, unigrams[last2], size), 1e-9)
    backoff1 = left / missing
    middle = ((keys3 >> SHIFT) & LOW).astype(np.int64)
    final = (keys3 & LOW).astype(np.int64)
    lower = np.where(tail_known, lower, backoff1[middle] * unigrams[final])
    pair_counts = counts2[place]
    covered = _group_sum(place, counts3, len(keys2))
    pair_totals = np.maximum(counts2, covered)
    probability3 = (counts3 + prior[1] * lower) / (pair_totals[place] + prior[1])
    del pair_counts

    joint = pair_totals[place] / totals.sum()
    gain3 = joint * np.abs(probability3 * np.log(probability3 / lower))
    chosen3 = _largest(gain3, keep[1])
    keys3, probability3, place, lower = keys3[chosen3], probability3[chosen3], place[chosen3], lower[chosen3]

    base = backoff1[context2] * unigrams[last2]
    gain2 = totals[context2] / totals.sum() * np.abs(probability2 * np.log(probability2 / base))
    gain2[np.unique(place)] = np.inf
    chosen2 = _largest(gain2, keep[0])
    keys2, probability2 = keys2[chosen2], probability2[chosen2]
    context2, last2 = context2[chosen2], last2[chosen2]

    left = np.maximum(1 - _group_sum(context2, probability2, size), 1e-4)
    missing = np.maximum(1 - _group_sum(context2, unigrams[last2], size), 1e-9)
    backoff1 = left / missing
    place, _ = _position(keys2, keys3 >> SHIFT)
    tail, tail_known = _position(keys2, keys3 & np.uint64(0xFFFFFFFF))
    middle = ((keys3 >> SHIFT) & LOW).astype(np.int64)
    final = (keys3 & LOW).astype(np.int64)
    lower = np.where(tail_known, probability2[tail], backoff1[middle] * unigrams[final])
    left = np.maximum(1 - _group_sum(place, probability3, len(keys2)), 1e-4)
    missing = np.maximum(1 - _group_sum(place, lower, len(keys2)), 1e-9)
    backoff2 = np.where(_group_sum(place, np.ones(len(place)), len(keys2)) > 0, left / missing, 1.0)
    return Model(
        unigrams,
        backoff1,
        Order(keys2, probability2, backoff2),
        Order(keys3, probability3, np.ones(len(keys3))),
    )


def _largest(values: Floats, number: int) -> Ids:
    """Return the indices of the largest values in ascending order of index; ties by index."""
    if len(values) <= number:
        return np.arange(len(values))
    return np.sort(np.argsort(-values, kind="stable")[:number])


def remap(codes: list[Ids], weights: Floats, ids: Ids) -> tuple[NDArray[np.uint64], Floats]:
    """Turn columns of code points into keys of ids (16 bits each), summing what falls together."""
    keys = np.zeros(len(weights), np.uint64)
    for column in codes:
        keys = (keys << SHIFT) | ids[column].astype(np.uint64)
    return merge(keys, weights)
