"""The same lookups as in `fixtext.language.table`, for whole arrays at once with numpy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fixtext.language.table import BLOCK_BITS, FORM, ROW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fixtext.language.table import Table

    Ids = NDArray[np.int64]
    Codes = NDArray[np.uint32]

_SORTED = 1000
"""More keys than this are searched in ascending order, which finds neighbours in the processor's cache: 0.09 us a key
with the sorting, against 0.17."""

_FEW = 100
"""Up to so many keys are searched one by one, which takes 0.3 us a key; for 20 of them that is a third of the time."""


_REMEMBERED = 1024
"""Sets of characters that are remembered, 2 KB each: what fits the same broken sequence."""


class Characters(NamedTuple):
    """Some characters, looked up once to be scored behind many contexts.

    Attributes:
        codes: their code points.
        ids: their identifiers.
        extra: their costs beyond the identifiers, in eighths of a bit.
        forms: their forms.
    """

    codes: Codes
    ids: Ids
    extra: Ids
    forms: Ids


class Batch:
    """Numpy views of a table, and the keys by which its pairs can be searched all at once (built once, 4 MB)."""

    def __init__(self, table: Table) -> None:
        """Build the search keys; about 2 ms."""
        views = {name: np.asarray(view) for name, view in table.views.items()}
        self._views = views
        self._thirds = table.last3
        contexts = np.arange(len(views["rows2"]) - 1, dtype=np.uint32) << np.uint32(16)
        self._pairs = np.repeat(contexts, np.diff(views["rows2"]))
        self._pairs |= views["last2"]  # in place, for the peak of memory
        self._looked_up: dict[str, Characters] = {}
        self._form_costs = np.frombuffer(table.form_costs, np.uint8).reshape(ROW, ROW)

    def characters(self, text: str) -> tuple[Ids, Ids, Ids]:
        """Return identifiers, costs beyond them, and forms of the code points of a text."""
        return self.of_codes(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32))

    def of_codes(self, codes: Codes) -> tuple[Ids, Ids, Ids]:
        """Return the same of an array of code points."""
        low = np.minimum(codes, 0xFFFF)
        views = self._views
        ids = views["ids"][low].astype(np.int64)
        extra = views["extra"][low].astype(np.int64)
        forms = (views["forms"][low] & FORM).astype(np.int64)
        high = codes > 0xFFFF
        if high.any():
            place = np.searchsorted(views["astral"], codes[high], side="right") - 1
            ids[high] = views["astralid"][place]
            extra[high] = views["astralex"][place]
            forms[high] = 0
        return ids, extra, forms

    def look_up(self, chars: str) -> Characters:
        """Look up characters, each by itself."""
        found = self._looked_up.get(chars)
        if found is None:
            codes = np.frombuffer(chars.encode("utf-32-le", "surrogatepass"), np.uint32)
            found = Characters(codes, *self.of_codes(codes))
            if len(self._looked_up) >= _REMEMBERED:
                self._looked_up.clear()
            self._looked_up[chars] = found
        return found

    def after(self, a: Ids, b: Ids, owners: Ids, c: Ids) -> Ids:
        """Return `ngrams` of each c behind the context of its owner; contexts are looked up once.

        Args:
            a: identifiers two places before, one a context.
            b: identifiers one place before.
            owners: for each c the index of its context.
            c: the identifiers.
        """
        views = self._views
        pair, known = _find(self._pairs, (a << 16 | b).astype(np.uint32))
        starts, ends = self._rows(pair, known)
        long = np.flatnonzero((starts < ends)[owners])
        triple, listed = self._third(starts[owners[long]], ends[owners[long]], c[long])
        tail, tail_known = _find(self._pairs, (b[owners] << 16 | c).astype(np.uint32))
        lower = np.where(
            tail_known,
            views["cost2"][tail].astype(np.int64),
            views["back1"][b].astype(np.int64)[owners] + views["cost1"][c],
        )
        lower += np.where(known, views["back2"][pair], 0)[owners]
        np.maximum(lower, 0, out=lower)
        lower[long[listed]] = views["cost3"][triple[listed]]
        return lower

    def form_costs(self, before: Ids, forms: Ids) -> Ids:
        """Return what forms cost behind forms, in eighths of a bit."""
        return self._form_costs[before, forms].astype(np.int64)

    def ngrams(self, a: Ids, b: Ids, c: Ids) -> Ids:
        """Return the costs of identifiers c after a and b, in eighths of a bit."""
        views = self._views
        pair, known = _find(self._pairs, (a << 16 | b).astype(np.uint32))
        triple, listed = self._third(*self._rows(pair, known), c)
        tail, tail_known = _find(self._pairs, (b << 16 | c).astype(np.uint32))
        lower = np.where(
            tail_known, views["cost2"][tail].astype(np.int64), views["back1"][b].astype(np.int64) + views["cost1"][c]
        )
        lower += np.where(known, views["back2"][pair], 0)
        return np.where(listed, views["cost3"][triple], np.maximum(lower, 0))

    def running(self, ids: Ids) -> Ids:
        """Return the costs of the identifiers of a text after the two before them, from the third on."""
        views = self._views
        place, found = _find(self._pairs, (ids[:-1] << 16 | ids[1:]).astype(np.uint32))
        pair, known, tail, tail_known, b, c = place[:-1], found[:-1], place[1:], found[1:], ids[1:-1], ids[2:]
        lower = np.where(
            tail_known, views["cost2"][tail].astype(np.int64), views["back1"][b].astype(np.int64) + views["cost1"][c]
        )
        lower += np.where(known, views["back2"][pair], 0)
        np.maximum(lower, 0, out=lower)
        starts, ends = self._rows(pair, known)
        long = np.flatnonzero(starts < ends)
        triple, listed = self._third(starts[long], ends[long], c[long])
        lower[long[listed]] = views["cost3"][triple[listed]]
        return lower

    def _rows(self, pair: Ids, known: NDArray[np.bool_]) -> tuple[Ids, Ids]:
        """Return where the thirds of pairs begin and end; nowhere for pairs that are not known."""
        base, distances = self._views["base3"], self._views["rows3"]
        behind = pair + 1
        starts = base[pair >> BLOCK_BITS].astype(np.int64) + distances[pair]
        ends = base[behind >> BLOCK_BITS].astype(np.int64) + distances[behind]
        return starts, np.where(known, ends, starts)

    def _third(self, starts: Ids, ends: Ids, c: Ids) -> tuple[Ids, NDArray[np.bool_]]:
        """Return where identifiers are in rows, all rows bisected at once, and which are there at all.

        One array of keys to be searched would take 12 MB, and 25 more while it is made, for the same speed.
        """
        last = self._views["last3"]
        if len(c) <= _FEW:
            rows = zip(c.tolist(), starts.tolist(), ends.tolist(), strict=True)
            low = np.array([bisect_left(self._thirds, third, start, end) for third, start, end in rows], np.int64)
            found = np.minimum(low, len(last) - 1)
            return found, (low < ends) & (last[found] == c)
        low, high = starts, ends
        for _ in range(int((ends - starts).max(initial=0)).bit_length()):
            middle = (low + high) >> 1
            below = last.take(middle, mode="clip") < c
            below &= low < high
            low, high = np.where(below, middle + 1, low), np.where(below, high, middle)
        found = np.minimum(low, len(last) - 1)
        return found, (low < ends) & (last[found] == c)

    def surface(self, extra: Ids, before: Ids, forms: Ids) -> Ids:
        """Return what characters cost beyond their identifiers, given the forms of those before them."""
        return extra + self._form_costs[before, forms]


def distinct(triples: Codes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return a row of each different kind of rows of three code points, and for each row which of those it is like.

    Odd places of one text are mostly alike: headings of manuals, endings of questions. Of 27,000 in a megabyte of
    Russian 1,700 are different; to sort them takes a fifteenth of looking them up.
    """
    first, second, third = triples.T.astype(np.uint64)
    keys = first << np.uint64(42) | second << np.uint64(21) | third
    order = np.argsort(keys)
    ordered = keys[order]
    is_new = np.append(True, ordered[1:] != ordered[:-1])
    owners = np.empty(len(keys), np.intp)
    owners[order] = np.cumsum(is_new) - 1
    return order[is_new], owners


def pairs(befores: Sequence[str]) -> str:
    """Return one text of two code points an item: the last of each, NUL where there is none."""
    return "".join([before[-2:].rjust(2, "\0") for before in befores])


def contexts(befores: Sequence[str], chars: Sequence[str]) -> str:
    """Return one text of three code points an item: two of context (NUL where there is none), then the character."""
    return "".join([before[-2:].rjust(2, "\0") + char for before, char in zip(befores, chars, strict=True)])


def _find(keys: NDArray[np.generic], wanted: NDArray[np.generic]) -> tuple[Ids, NDArray[np.bool_]]:
    if len(wanted) > _SORTED:
        order = np.argsort(wanted)
        ordered = wanted[order]
        place = np.empty(len(wanted), np.int64)
        place[order] = np.searchsorted(keys, ordered)
    else:
        place = np.searchsorted(keys, wanted)
    place = np.minimum(place, len(keys) - 1)
    return place, keys[place] == wanted
