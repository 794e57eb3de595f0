"""The n-grams of one document, which know its names and its words better than any corpus."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fixtext.language.batch import Batch
    from fixtext.language.table import Table

COUNTED = 400_000
"""At most so many characters of a document are counted (about 0.1 s): its texts in order, until the sum is reached.
8,000 characters of context already bring a third of the gain of 76,000."""
_SMALL = 3_000
"""Below so many characters counting without numpy is quicker than importing it (about 70 ms)."""


_Row = tuple[Any, Any, int, int, int, int, int]
"""Keys and sums of an order, a context as its keys begin, where they begin and end, how many, and the row's divisor."""


class Document:
    """Counts of a document's identifiers, and the probabilities that they give (Witten and Bell 1991)."""

    def __init__(self, texts: Sequence[str], table: Table, batch: Batch | None) -> None:
        """Count texts; contexts do not reach from one text into the next.

        Args:
            texts: the document's healthy stretches.
            table: the model whose identifiers are counted.
            batch: the same with numpy, where it is at hand; needed above `_SMALL` characters.
        """
        room = COUNTED
        chosen = []
        for text in texts:
            if room <= 0:
                break
            chosen.append(text[:room])
            room -= len(chosen[-1])
        joined = "\0\0" + "\0\0".join(chosen)  # NUL is the identifier of "no context"
        self.orders: tuple[tuple[Any, Any], ...] = (
            _count_with_numpy(joined, batch) if batch is not None else _count(joined, table)
        )
        self._rows: tuple[dict[int, _Row | None], ...] = {}, {}, {}

    def probability(self, a: int, b: int, c: int, base: float) -> float:
        """Return P(c | a b) by the document alone.

        Args:
            a: identifier two places before, 0 where there is none.
            b: identifier one place before.
            c: identifier of the character.
            base: P(c) by the general model, which stands below the document's own P(c).
        """
        return self.after(a, b, (c,), (base,))[0]

    def after(self, a: int, b: int, wanted: Sequence[int], bases: Sequence[float]) -> list[float]:
        """Return `probability` of each of many identifiers after a and b; the contexts are looked up once."""
        rows = [row for row in (self._row(0, 0), self._row(1, b), self._row(2, a << 16 | b)) if row is not None]
        probabilities = []
        for c, probability in zip(wanted, bases, strict=True):
            for keys, sums, context, low, high, kinds, total in rows:
                place = bisect_left(keys, context | c, low, high)
                count = sums[place + 1] - sums[place] if place < high and keys[place] == context | c else 0
                probability = (count + kinds * probability) / total
            probabilities.append(probability)
        return probabilities

    def _row(self, order: int, context: int) -> _Row | None:
        """Return what the document has behind a context, None if it does not have it."""
        known = self._rows[order]
        if context not in known:
            keys, sums = self.orders[order]
            first = context << 16
            low = bisect_left(keys, first)
            high = bisect_left(keys, first + 0x10000, low) if low < len(keys) and keys[low] >> 16 == context else low
            kinds = high - low
            row = keys, sums, first, low, high, kinds, sums[high] - sums[low] + kinds
            known[context] = row if kinds else None
        return known[context]

    def probabilities(self, a: Any, b: Any, c: Any, base: Any) -> Any:
        """Return the same for numpy arrays."""
        import numpy as np

        probability = base
        zero = np.zeros_like(c)
        for (keys, sums), context in zip(self.orders, (zero, b, a << 16 | b), strict=True):
            if not len(keys):
                continue
            keys, sums = np.asarray(keys, np.int64), np.asarray(sums, np.int64)
            wanted = context << 16 | c
            low = np.searchsorted(keys, context << 16)
            high = np.searchsorted(keys, (context + 1) << 16)
            place = np.searchsorted(keys, wanted)
            found = (place < high) & (keys[np.minimum(place, len(keys) - 1)] == wanted)
            count = np.where(found, sums[np.minimum(place + 1, len(sums) - 1)] - sums[place], 0)
            kinds = high - low
            total = sums[high] - sums[low] + kinds
            mixed = (count + kinds * probability) / np.maximum(total, 1)
            probability = np.where(kinds > 0, mixed, probability)
        return probability

    def behind(self, a: Any, b: Any, owners: Any, c: Any, base: Any) -> Any:
        """Return `probabilities` of each c behind the context of its owner; contexts are looked up once."""
        import numpy as np

        probability = base
        for (keys, sums), context in zip(self.orders, (np.zeros_like(a), b, a << 16 | b), strict=True):
            if not len(keys):
                continue
            keys, sums = np.asarray(keys, np.int64), np.asarray(sums, np.int64)
            low = np.searchsorted(keys, context << 16)
            high = np.searchsorted(keys, (context + 1) << 16)
            kinds = high - low
            total = sums[high] - sums[low] + kinds
            own = np.flatnonzero((kinds > 0)[owners])
            owner = owners[own]
            wanted = context[owner] << 16 | c[own]
            place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            count = np.where(keys[place] == wanted, sums[place + 1] - sums[place], 0)
            probability = probability.copy()
            probability[own] = (count + kinds[owner] * probability[own]) / total[owner]
        return probability


def _count(text: str, table: Table) -> tuple[tuple[list[int], list[int]], ...]:
    ids = [table.character(char)[0] for char in text]
    orders = []
    for order in (1, 2, 3):
        columns = [ids[start : len(ids) - order + 1 + start] for start in range(order)]
        # A gram that reaches over the border of two texts holds the identifier 0 and is dropped.
        counter = Counter(gram for gram in zip(*columns, strict=True) if all(gram))
        pairs = sorted((_key(gram), count) for gram, count in counter.items())
        orders.append(([key for key, _ in pairs], list(accumulate((count for _, count in pairs), initial=0))))
    return tuple(orders)


def _key(gram: tuple[int, ...]) -> int:
    key = 0
    for identifier in gram:
        key = key << 16 | identifier
    return key


def _count_with_numpy(text: str, batch: Batch) -> tuple[tuple[Any, Any], ...]:
    import numpy as np

    ids = batch.characters(text)[0]
    orders = []
    for order in (1, 2, 3):
        keys = np.zeros(max(len(ids) - order + 1, 0), np.int64)
        whole = np.ones(len(keys), bool)
        for start in range(order):
            column = ids[start : start + len(keys)]
            keys = keys << 16 | column
            whole &= column > 0
        found, counts = np.unique(keys[whole], return_counts=True)
        sums = np.concatenate(([0], np.cumsum(counts)))
        # memoryviews: bisection asks for single items, which a numpy array gives slowly
        orders.append((found.data, sums.data))
    return tuple(orders)
