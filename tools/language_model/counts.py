"""Sparse expected counts of characters, pairs and triples, and how running text is turned into them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

BITS = 21
"""A code point fits in 21 bits, a triple in 63."""
MASK = (1 << BITS) - 1

Keys = NDArray[np.uint64]
Weights = NDArray[np.float64]


class Counts:
    """Expected counts of folded code points: alone, after one other, and after two others."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._parts: dict[int, list[tuple[Keys, Weights]]] = {1: [], 2: [], 3: []}

    def add(self, codes: tuple[object, ...], weights: object) -> None:
        """Add arrays of code points (one to three of them, broadcast against each other) with their weights."""
        *columns, values = np.broadcast_arrays(*(np.asarray(column, np.uint64) for column in codes), weights)
        keys = columns[0]
        for column in columns[1:]:
            keys = (keys << np.uint64(BITS)) | column
        self._parts[len(codes)].append((keys.ravel().astype(np.uint64), values.ravel().astype(float)))

    def add_all(self, other: Counts, weight: float = 1.0) -> None:
        """Add another table, scaled."""
        for order, parts in other._parts.items():
            self._parts[order] += [(keys, weights * weight) for keys, weights in parts]

    def merged(self, order: int) -> tuple[Keys, Weights]:
        """Return the distinct keys of an order (1 to 3) in ascending order with their summed weights."""
        parts = self._parts[order]
        if not parts:
            return np.empty(0, np.uint64), np.empty(0)
        if len(parts) > 1:
            parts[:] = [merge(np.concatenate([keys for keys, _ in parts]), np.concatenate([w for _, w in parts]))]
        return parts[0]

    def total(self) -> float:
        """Return the expected number of characters."""
        return float(sum(weights.sum() for _, weights in self._parts[1]))

    def scaled(self, characters: float) -> Counts:
        """Return a copy whose expected number of characters is the one given."""
        result = Counts()
        result.add_all(self, characters / self.total())
        return result


def merge(keys: Keys, weights: Weights) -> tuple[Keys, Weights]:
    """Sort keys and sum the weights of equal ones (a stable sort, so that sums are the same on every run)."""
    if not len(keys):
        return keys, weights
    order = np.argsort(keys, kind="stable")
    keys, weights = keys[order], weights[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], np.add.reduceat(weights, first)


def split(keys: Keys, order: int) -> list[NDArray[np.int64]]:
    """Return the code points of each key, first to last."""
    return [((keys >> np.uint64(BITS * shift)) & np.uint64(MASK)).astype(np.int64) for shift in reversed(range(order))]


def count_text(lines: Iterable[str]) -> Counts:
    """Count running text; every line ends in a line feed, the first one follows a line feed."""
    return count_strings({"\n" + "".join(re.sub(r"[ \u00a0]+", " ", line).strip() + "\n" for line in lines): 1.0})


def count_strings(strings: Mapping[str, float]) -> Counts:
    """Count what is inside strings, each with a weight; nothing is said about what precedes or follows them."""
    counts = Counts()
    for order in (1, 2, 3):
        counter: Counter[str] = Counter()
        for string, weight in strings.items():
            for start in range(len(string) - order + 1):
                counter[string[start : start + order]] += weight  # type: ignore[assignment]
        if counter:
            grams = sorted(counter)
            codes = np.array([list(map(ord, gram)) for gram in grams], np.uint64)
            counts.add(tuple(codes.T), np.array([counter[gram] for gram in grams], float))
    return counts
