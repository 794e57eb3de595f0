"""Trains the network of the detector `lossy` in numpy: Adam (Kingma and Ba 2015), dropout, decoupled weight decay."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from fixtext.detectors.lossy.network import HEADER, MAGIC
from fixtext.detectors.lossy.tokens import HIDDEN, KINDS, LEFT, NOTHING, RIGHT, kind, tokens

from .examples import Example

WIDTH, HIDDEN_UNITS, NARROW_UNITS = 40, 224, 48
"""Numbers of a token, of the hidden layer and of the last one."""
EPOCHS, BATCH, RATE = 4, 512, 2e-3
DROPPED, MASKED, DECAY = 0.35, 0.1, 1e-2
"""Shares of hidden units and of tokens that are left out while it learns, and of the weights that decays."""
SHOWN = 0.4
"""Share of the ends at which the character behind is shown, as where nothing is swallowed."""
CHARACTERS, WORDS, NUMBERS = 8, 60, 300
"""How often a character beyond ASCII, a word or mark of ASCII, and a number must be seen to be a token of its own."""

_GROUP = 64
"""Characters that share the first two of their three bytes of UTF-8."""


def network(found: Sequence[Example]) -> bytes:
    """Train it, and return the file."""
    around = [tokens(example.left, example.behind, example.rest) for example in found]
    names, chars = _names(around, found)
    numbers = {name: number for number, name in enumerate(names)}
    table = np.array([[numbers.get(token, -1) for token in row] for row in around], np.int32)
    for row, column in np.argwhere(table < 0).tolist():
        table[row, column] = numbers[kind(around[row][column])]
    del around
    groups = np.full((0x10000 // _GROUP, _GROUP), -1)
    for number, char in enumerate(chars):
        groups[divmod(ord(char), _GROUP)] = number
    codes = np.array([ord(example.char) for example in found])
    group, place = np.divmod(codes, _GROUP)
    # Where a single character shares the bytes, there is nothing to learn.
    kept = (groups[group, place] >= 0) & ((groups[group] >= 0).sum(axis=1) > 1)
    ends = np.array([example.ends for example in found])
    training = _Training(len(names), len(chars), numbers[HIDDEN], numbers[NOTHING])
    training.learn(table[kept], groups[group[kept]], place[kept], ends[kept])
    return _packed(names, len(chars), training.weights)


def _names(around: Sequence[Sequence[str]], found: Sequence[Example]) -> tuple[list[str], list[str]]:
    """Return all tokens, and those of them that can be lost, which come first."""
    counted = Counter(token for row in around for token in row)
    counted.update(example.char for example in found)
    names = set(KINDS) | {HIDDEN, NOTHING}
    for token, count in counted.items():
        least = CHARACTERS if token >= "\x80" else NUMBERS if token[:1].isdigit() else WORDS
        if count >= least and token != "\0":
            names.add(token)
    chars = sorted(name for name in names if len(name) == 1 and "\u0800" <= name <= "\uffff")
    return [*chars, *sorted(names.difference(chars))], chars


class _Training:
    """The weights, and how they learn."""

    def __init__(self, listed: int, chars: int, hidden: int, nothing: int) -> None:
        self._chance = np.random.default_rng(1)
        self._hide, self._nothing = hidden, nothing
        inputs = (LEFT + RIGHT) * WIDTH
        self.weights = {
            "tokens": self._random(listed, WIDTH, 0.1),
            "hidden": self._random(inputs, HIDDEN_UNITS, inputs**-0.5),
            "hidden bias": np.zeros((1, HIDDEN_UNITS), np.float32),
            "narrow": self._random(HIDDEN_UNITS, NARROW_UNITS, HIDDEN_UNITS**-0.5),
            "chars": self._random(chars, NARROW_UNITS, 0.05),
            "chars bias": np.zeros((chars, 1), np.float32),
        }
        self._first = {name: np.zeros_like(weights) for name, weights in self.weights.items()}
        self._second = {name: np.zeros_like(weights) for name, weights in self.weights.items()}
        self._step = 0

    def _random(self, rows: int, columns: int, scale: float) -> Any:
        return self._chance.normal(0, scale, (rows, columns)).astype(np.float32)

    def learn(self, table: Any, groups: Any, places: Any, ends: Any) -> None:
        """Learn from all examples.

        Args:
            table: the tokens around each character.
            groups: the `_GROUP` characters that share its first two bytes, -1 where there is none.
            places: which of them it is.
            ends: whether a stretch ends there.
        """
        batches = len(table) // BATCH
        for _ in range(EPOCHS):
            order = self._chance.permutation(len(table))
            for start in range(0, batches * BATCH, BATCH):
                chosen = order[start : start + BATCH]
                around = table[chosen]
                around[self._chance.random(around.shape) < MASKED] = self._nothing
                hidden = ends[chosen] & (self._chance.random(BATCH) >= SHOWN)
                around[~hidden, LEFT] = table[chosen, LEFT][~hidden]
                around[hidden, LEFT] = self._hide
                self._learn(around, groups[chosen], places[chosen], 1 - self._step / (EPOCHS * batches + 1))

    def _learn(self, around: Any, groups: Any, places: Any, left: float) -> None:
        weights = self.weights
        vectors = weights["tokens"][around].reshape(BATCH, -1)
        inner = vectors @ weights["hidden"] + weights["hidden bias"]
        alive = (inner > 0) & (self._chance.random(inner.shape, np.float32) >= DROPPED)
        active = inner * alive / np.float32(1 - DROPPED)
        last = active @ weights["narrow"]
        chars = weights["chars"][groups]
        scores = np.einsum("bgn,bn->bg", chars, last) + weights["chars bias"][groups, 0]
        scores[groups < 0] = -np.inf
        wrong = np.exp(scores - scores.max(axis=1, keepdims=True))
        wrong /= wrong.sum(axis=1, keepdims=True)
        wrong[np.arange(BATCH), places] -= 1
        wrong /= BATCH
        of_last = np.einsum("bg,bgn->bn", wrong, chars)
        counts = np.nonzero((groups >= 0) & (np.abs(wrong) > 1e-5 / BATCH))
        among, shares = groups[counts], wrong[counts][:, np.newaxis]
        of_inner = of_last @ weights["narrow"].T * alive / np.float32(1 - DROPPED)
        of_vectors = of_inner @ weights["hidden"].T
        self._update(
            {
                "tokens": _summed(around.ravel(), of_vectors.reshape(-1, WIDTH), len(weights["tokens"])),
                "hidden": vectors.T @ of_inner,
                "hidden bias": of_inner.sum(axis=0, keepdims=True),
                "narrow": active.T @ of_last,
                "chars": _summed(among, shares * last[counts[0]], len(weights["chars"])),
                "chars bias": _summed(among, shares, len(weights["chars"])),
            },
            left,
        )

    def _update(self, gradients: dict[str, Any], left: float) -> None:
        self._step += 1
        rate = np.float32(RATE * min(1.0, self._step / 200) * left)
        for name, gradient in gradients.items():
            first, second, weights = self._first[name], self._second[name], self.weights[name]
            first += np.float32(0.1) * (gradient - first)
            second += np.float32(0.001) * (gradient * gradient - second)
            mean = first / np.float32(1 - 0.9**self._step)
            spread = np.sqrt(second / np.float32(1 - 0.999**self._step)) + np.float32(1e-8)
            decay = 0.0 if name.endswith("bias") else DECAY
            weights -= rate * (mean / spread + np.float32(decay) * weights)


def _summed(owners: Any, rows: Any, number: int) -> Any:
    """Return the sums of the rows of each owner."""
    sums = np.zeros((number, rows.shape[1]), np.float32)
    order = np.argsort(owners, kind="stable")
    ordered = owners[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sums[ordered[first]] = np.add.reduceat(rows[order], first, axis=0)
    return sums


def _packed(names: Sequence[str], chars: int, weights: dict[str, Any]) -> bytes:
    block = "\0".join(names).encode()
    sizes = len(block), len(names), chars, WIDTH, HIDDEN_UNITS, NARROW_UNITS
    return MAGIC + struct.pack(HEADER, *sizes) + block + b"".join(_bytes(weights))


def _bytes(weights: dict[str, Any]) -> Iterator[bytes]:
    """Yield the matrices as `fixtext.detectors.lossy.network` reads them: scales of the rows, then signed bytes."""
    for matrix in weights.values():
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-9).astype("<f4") / np.float32(127)
        yield scales.tobytes()
        yield np.rint(matrix / scales[:, np.newaxis]).astype(np.int8).tobytes()
