"""Several characters that may stand in one place, weighed behind one context after the other.

What is behind a torn place is some tens of characters, the same for many places, and most pairs of characters before
it have no trigrams: then all that differs from the last context with the same last character is one number.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from fixtext.language.table import ROW, UNIT, Table

_REMEMBERED = 1 << 12
"""Contexts, and characters behind a last character, that are remembered: 0.5 and 5 MB. A megabyte of torn pages asks
11,000 times, for 2,200 different ones."""


class Context(NamedTuple):
    """The two characters before a place.

    Attributes:
        a: identifier of the first, 0 where there is none.
        b: identifier of the second, 0 where there is none.
        back: what a character costs behind the pair beyond what it costs behind b, in eighths of a bit.
        start: where the trigrams of the pair begin.
        end: where they end.
    """

    a: int
    b: int
    back: int
    start: int
    end: int


class Group(NamedTuple):
    """Characters for one place, behind one character.

    Attributes:
        ids: their identifiers.
        surface: what they cost beyond those, in bits.
        costs: what they cost altogether, by that one character.
        least: the least of what their identifiers cost, in eighths of a bit.
        places: identifier -> where it stands among them; Traditional and Simplified are one.
    """

    ids: list[int]
    surface: list[float]
    costs: list[float]
    least: int
    places: dict[int, tuple[int, ...]]


class _Kind(NamedTuple):
    """Characters for one place, whatever stands before them.

    Attributes:
        looked_up: what `Table.character` says of each.
        ids: their identifiers.
        places: identifier -> where it stands among them.
        surfaces: form of the character before them -> what they cost beyond their identifiers, in bits.
    """

    looked_up: list[tuple[int, int, int]]
    ids: list[int]
    places: dict[int, tuple[int, ...]]
    surfaces: dict[int, list[float]]


class Alternatives:
    """Weighs characters for one place by a table, and remembers what it looked up."""

    def __init__(self, table: Table) -> None:
        """Take the table."""
        self._table = table
        self._contexts: dict[str, Context] = {}
        self._groups: dict[tuple[str, str], Group] = {}
        self._kinds: dict[str, _Kind] = {}

    def costs(self, before: str, chars: str) -> list[float]:
        """Return the bits of each of some characters behind two code points, or fewer at the start of a text."""
        context, group = self.context(before), self.group(before[-1:], chars)
        back = context.back
        costs = [bits + back / UNIT for bits in group.costs] if back else group.costs.copy()
        if group.least + back < 0:  # no character costs less than nothing
            costs = list(map(max, costs, group.surface))
        start, end = context.start, context.end
        if start < end:
            surface = group.surface
            for listed, cost in self._table.thirds(start, end, group.places):
                for place in group.places[listed]:
                    costs[place] = cost / UNIT + surface[place]
        return costs

    def context(self, before: str) -> Context:
        """Return what there is to know of two code points, or fewer at the start of a text."""
        context = self._contexts.get(before)
        if context is None:
            if len(self._contexts) >= _REMEMBERED:
                self._contexts.clear()
            character = self._table.character
            b = character(before[-1])[0] if before else 0
            a = character(before[0])[0] if len(before) > 1 else 0
            context = self._contexts[before] = Context(a, b, *self._table.pair(a, b))
        return context

    def group(self, last: str, chars: str) -> Group:
        """Return characters for a place behind a code point, or at the start of a text."""
        group = self._groups.get((last, chars))
        if group is None:
            if len(self._groups) >= _REMEMBERED:
                self._groups.clear()
            group = self._groups[last, chars] = self._look_up(last, chars)
        return group

    def _look_up(self, last: str, chars: str) -> Group:
        table = self._table
        b, _, form = table.character(last) if last else (0, 0, 0)
        kind = self._kind(chars)
        surface = kind.surfaces.get(form)
        if surface is None:
            forms = table.form_costs[form * ROW : (form + 1) * ROW]
            surface = kind.surfaces[form] = [(extra + forms[own]) / UNIT for _, extra, own in kind.looked_up]
        lower = table.seconds(b, kind.ids)
        costs = [cost / UNIT + bits for cost, bits in zip(lower, surface, strict=True)]
        return Group(kind.ids, surface, costs, min(lower, default=0), kind.places)

    def _kind(self, chars: str) -> _Kind:
        """Return what characters have whatever stands before them."""
        kind = self._kinds.get(chars)
        if kind is None:
            if len(self._kinds) >= _REMEMBERED:
                self._kinds.clear()
            looked_up = list(map(self._table.character, chars))
            ids = [identifier for identifier, _, _ in looked_up]
            places: dict[int, tuple[int, ...]] = {}
            for place, identifier in enumerate(ids):
                places[identifier] = (*places.get(identifier, ()), place)
            kind = self._kinds[chars] = _Kind(looked_up, ids, places, {})
        return kind


@lru_cache(maxsize=4)
def alternatives(table: Table) -> Alternatives:
    """Return what a table has looked up so far."""
    return Alternatives(table)
