"""The language model: bits of characters and texts, alone or with what a document says about itself."""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from fixtext.language.alternatives import alternatives
from fixtext.language.document import _SMALL, Document
from fixtext.language.table import ROW, UNIT, Table

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from fixtext.language.batch import Batch, Characters

DATA = os.path.join(os.path.dirname(__file__), "data", "model.bin")  # noqa: PTH118, PTH120 - pathlib takes 7 ms to load

_REMEMBERED = 1 << 17
"""Transitions remembered by one model (about 20 MB at most); when full, all are forgotten."""
_LONG = 400
"""Texts of so many characters are scored with numpy: there the import of numpy pays within a few texts."""
_TOGETHER = 2000
"""Texts that are scored in one go: their arrays stay small enough for the processor's cache."""
_FEW = 1000
_SINGLY = 20_000
"""Characters of one call, and of all calls, that are looked up one by one before the keys are made for looking them up
together: those take 16 to 49 ms and 19 MB. One takes 2.4 us by itself, 1.6 among 150."""
_SPARSE = 100
"""Code points of a text for each place up to which all of it is taken for the sake of the places: 1 ns a code point
against 0.15 us a place."""
_FINE = 1024
"""Mixed costs are rounded to 1/1024 bit, so that numpy's and libm's logarithms give the same value."""
_POWERS = [2.0 ** (-cost / UNIT) for cost in range(1024)]


class LanguageModel:
    """A character trigram model over all scripts: what healthy text costs in bits.

    Traditional and Simplified Chinese are one language to it (see `fold`), capitals and small letters share their
    statistics. Every code point has a finite cost, lone surrogates too. A model is immutable as far as its answers
    go, can be shared by threads, and is pickled by reference to its file.

    >>> from fixtext.language import default_model
    >>> model = default_model()
    >>> model.bits("中文") < model.bits("涓枃")
    True
    """

    __slots__ = (
        "_batch",
        "_characters",
        "_document",
        "_memo",
        "_singly",
        "_table",
        "_texts",
        "_weight",
    )

    def __init__(self, table: Table, texts: tuple[str, ...] = (), weight: float = 0.0) -> None:
        """Use `default_model` and `with_document`; this is for model files of one's own.

        Args:
            table: the opened file.
            texts: the healthy stretches of a document.
            weight: share of the document's own statistics, 0 to less than 1.
        """
        if not 0 <= weight < 1:
            raise ValueError("weight must be at least 0 and less than 1")
        self._table = table
        self._texts = texts
        self._weight = weight if any(texts) else 0.0
        self._document: Document | None = None
        self._batch: Batch | None = None
        self._singly = 0
        self._memo: dict[str, float] = {}
        self._characters = _Characters(table)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        """Pickle the path of the file and the document, not the tables."""
        return _open, (None if self._table.path == DATA else self._table.path, self._texts, self._weight)

    def transition(self, before: str, char: str) -> float:
        """Return the bits of one character.

        Args:
            before: what stands before it; its last two code points count, "" is the start of a text.
            char: one code point.
        """
        key = before[-2:] + char
        bits = self._memo.get(key)
        if bits is None:
            bits = self.score(key)
            if len(self._memo) >= _REMEMBERED:
                self._memo.clear()
            self._memo[key] = bits
        return bits

    def costs(self, before: str, chars: str) -> list[float]:
        """Return `transition` of each of some characters that may follow, in a third of the time for ten of them.

        Args:
            before: what stands before them; its last two code points count.
            chars: the characters, each by itself.
        """
        known = alternatives(self._table)
        before = before[-2:]
        if not self._weight:
            return known.costs(before, chars)
        a, b = known.context(before)[:2]
        group = known.group(before[-1:], chars)
        costs, cost1 = self._table.ngrams(a, b, group.ids), self._table.cost1
        own = self._read().after(a, b, group.ids, [_POWERS[cost1[c]] for c in group.ids])
        rest, weight = 1 - self._weight, self._weight
        return [
            round(-math.log2(rest * _POWERS[cost] + weight * probability) * _FINE) / _FINE + form
            for cost, probability, form in zip(costs, own, group.surface, strict=True)
        ]

    def transitions(self, befores: Sequence[str], chars: Sequence[str]) -> NDArray[numpy.float64]:
        """Return `transition` of each pair, as an array of the same length; much quicker for hundreds of pairs."""
        from fixtext.language.batch import contexts

        return self.transitions_of(_codes(contexts(befores, chars)))

    def transitions_of(self, codes: NDArray[numpy.uint32]) -> NDArray[numpy.float64]:
        """Return `transition` of every third code point of an array, given the two before it (0: none)."""
        import numpy as np

        batch = self._numpy()
        ids, extra, forms = (column.reshape(-1, 3) for column in batch.of_codes(codes))
        a, b, c = ids.T
        costs = batch.ngrams(a, b, c)
        surface = batch.surface(extra[:, 2], forms[:, 1], forms[:, 2])
        if not self._weight:
            return np.asarray((costs + surface) / UNIT)
        powers = _powers()
        base = powers[np.asarray(self._table.cost1)[c]]
        own = self._read().probabilities(a, b, c, base)
        mixed = (1 - self._weight) * powers[costs] + self._weight * own
        return np.asarray(np.rint(-np.log2(mixed) * _FINE) / _FINE + surface / UNIT)

    def look_up(self, chars: str) -> Characters:
        """Look up characters that will be scored by `costs_behind` again and again."""
        return self._numpy().look_up(chars)

    def costs_behind(self, befores: Sequence[str], groups: Sequence[Characters]) -> NDArray[numpy.float64]:
        """Return `transition` of each character of each group behind the context of the group, one after the other.

        Args:
            befores: what stands before each group; the last two code points count.
            groups: characters as `look_up` returned them.
        """
        import numpy as np

        from fixtext.language.batch import pairs

        batch = self._numpy()
        ids, _, forms = (column.reshape(-1, 2) for column in batch.characters(pairs(befores)))
        a, b = ids.T
        owners = np.repeat(np.arange(len(groups)), [len(group.codes) for group in groups])
        c = np.concatenate([group.ids for group in groups])
        surface = np.concatenate([group.extra for group in groups])
        surface += batch.form_costs(forms[:, 1][owners], np.concatenate([group.forms for group in groups]))
        costs = batch.after(a, b, owners, c)
        if not self._weight:
            return np.asarray((costs + surface) / UNIT)
        powers = _powers()
        base = powers[np.asarray(self._table.cost1)[c]]
        own = self._read().behind(a, b, owners, c, base)
        mixed = (1 - self._weight) * powers[costs] + self._weight * own
        return np.asarray(np.rint(-np.log2(mixed) * _FINE) / _FINE + surface / UNIT)

    def transitions_in(self, text: str, places: Sequence[int] | NDArray[numpy.intp]) -> NDArray[numpy.float64]:
        """Return `transition` of the characters at some indices of a text, as an array of the same length."""
        if self._batch is None and len(places) <= _FEW and self._singly + len(places) <= _SINGLY:
            import numpy as np

            self._singly += len(places)
            return np.array([self.transition(text[max(0, at - 2) : at], text[at]) for at in map(int, places)])
        if len(places) * _SPARSE > len(text):
            import numpy as np

            from fixtext.language.batch import distinct

            codes = _codes(f"\0\0{text}")[np.add.outer(np.asarray(places, np.intp), np.arange(3))]
            if len(codes) <= _FEW:
                return self.transitions_of(codes.ravel())
            firsts, owners = distinct(codes)
            return self.transitions_of(codes[firsts].ravel())[owners]
        indices: list[int] = places if isinstance(places, list) else [*map(int, places)]
        triples = [text[place - 2 : place + 1] if place > 1 else text[: place + 1].rjust(3, "\0") for place in indices]
        numbers: dict[str, int] = {}
        kinds = [numbers.setdefault(triple, len(numbers)) for triple in triples]
        return self.transitions_of(_codes("".join(numbers)))[kinds]

    def bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the bits of a text where it stands.

        Args:
            text: the text that is weighed.
            before: what stands before it; its last two code points count.
            after: what stands after it; what its first two code points cost after ``text`` is added, so that
                alternatives for the same place can be compared.
        """
        whole = before[-2:] + text + after[:2]
        start = len(before[-2:])
        if len(whole) - start >= _LONG:
            import numpy as np

            codes = _codes("\0" * (2 - start) + whole)
            return float(self.transitions_of(np.stack((codes[:-2], codes[1:-1], codes[2:]), axis=1).ravel()).sum())
        transition = self.transition
        return sum(
            transition(whole[place - 2 if place > 2 else 0 : place], whole[place]) for place in range(start, len(whole))
        )

    def bits_of(self, texts: Sequence[tuple[str, str, str]]) -> list[float]:
        """Return the bits of many texts where they stand, by the general statistics alone; 0.3 us a character.

        Args:
            texts: each text with what stands before and after it, as in `bits`.
        """
        found: list[float] = []
        for start in range(0, len(texts), _TOGETHER):
            found += self._bits_of(texts[start : start + _TOGETHER])
        return found

    def _bits_of(self, texts: Sequence[tuple[str, str, str]]) -> list[float]:
        import numpy as np

        batch = self._numpy()
        pieces = [f"{before[-2:].rjust(2, chr(0))}{text}{after[:2]}" for text, before, after in texts]
        ids, extra, forms = batch.of_codes(_codes("".join(pieces)))
        costs = np.zeros(len(ids), np.int64)
        if len(ids) > 2:
            costs[2:] = batch.running(ids) + batch.surface(extra[2:], forms[1:-1], forms[2:])
        starts = np.concatenate(([0], np.cumsum([len(piece) for piece in pieces])))
        costs[starts[:-1]] = costs[starts[:-1] + 1] = 0
        values: list[float] = (np.add.reduceat(costs, starts[:-1]) / UNIT).tolist()
        return values

    def with_document(self, texts: Iterable[str], weight: float = 0.2) -> LanguageModel:
        """Return a model that has also read a document: its own words become cheaper.

        P = (1 - weight) P(general) + weight P(document), the latter a Witten-Bell trigram model over at most
        400,000 characters. Counting waits until the first transition is asked for.

        Args:
            texts: stretches of the document that are not damaged, in order; replaces a document read earlier.
            weight: share of the document. 0.2 gained 5 to 7 points in the recovery of lost bytes of a novel.
        """
        return LanguageModel(self._table, tuple(texts), weight)

    def score(self, key: str) -> float:
        """Return `transition` of the last of up to three characters; for callers who remember it themselves."""
        known = self._characters
        c, extra, form = known[key[-1]]
        b = a = form_before = 0
        if len(key) > 1:
            b, _, form_before = known[key[-2]]
            if len(key) > 2:
                a = known[key[0]][0]
        table = self._table
        surface = extra + table.form_costs[form_before * ROW + form]
        cost = table.ngram(a, b, c)
        if not self._weight:
            return (cost + surface) / UNIT
        own = self._read().probability(a, b, c, _POWERS[table.cost1[c]])
        mixed = (1 - self._weight) * _POWERS[cost] + self._weight * own
        return round(-math.log2(mixed) * _FINE) / _FINE + surface / UNIT

    def _numpy(self) -> Batch:
        if self._batch is None:
            self._batch = _batch(self._table)
        return self._batch

    def _read(self) -> Document:
        if self._document is None:
            batch = self._numpy() if "numpy" in sys.modules or sum(map(len, self._texts)) >= _SMALL else None
            self._document = Document(self._texts, self._table, batch)
        return self._document


class _Characters(dict[str, tuple[int, int, int]]):
    """What a table says of characters; those that it has not been asked for are looked up."""

    __slots__ = ("_table",)

    def __init__(self, table: Table) -> None:
        self._table = table

    def __missing__(self, char: str) -> tuple[int, int, int]:
        found = self[char] = self._table.character(char)
        return found


def _codes(text: str) -> NDArray[numpy.uint32]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@lru_cache(maxsize=1)
def _powers() -> NDArray[numpy.float64]:
    import numpy as np

    return np.array(_POWERS)


@lru_cache(maxsize=4)
def _batch(table: Table) -> Batch:
    from fixtext.language.batch import Batch

    return Batch(table)


@lru_cache(maxsize=1)
def default_model() -> LanguageModel:
    """Return the model that comes with the package, opened once.

    Raises:
        ModelFileError: the installed file is damaged.
    """
    return LanguageModel(Table(DATA))


def _open(path: str | None, texts: tuple[str, ...], weight: float) -> LanguageModel:
    """Open a pickled model again."""
    model = default_model() if path is None else LanguageModel(Table(path))
    return model.with_document(texts, weight) if texts else model


@lru_cache(maxsize=1)
def _folds() -> dict[int, int]:
    folds = default_model()._table.views["folds"]
    return dict(zip(folds[::2], folds[1::2], strict=True))


def fold(text: str) -> str:
    """Return a text with Traditional characters replaced by Simplified ones, one to one (OpenCC's first choices).

    This is what the model sees; it is not a conversion for readers.
    """
    return text.translate(_folds())


def script_of(char: str) -> str:
    """Return which Chinese script a character belongs to, by OpenCC's tables.

    Returns:
        "hans" if only Simplified text has it, "hant" if only Traditional text has it, "both" for the other
        ideographs of the Basic Multilingual Plane, "" for everything else.
    """
    code = ord(char)
    if code >= 0x10000:
        return ""
    script = default_model()._table.forms[code] >> 3
    if script:
        return "hans" if script == 1 else "hant"
    return "both" if 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF else ""


def characters_of(script: str) -> frozenset[str]:
    """Return the characters that only text in one Chinese script has: "hans" or "hant", as `script_of` says."""
    kind = ("hans", "hant").index(script) + 1
    entries = bytes((kind << 3, ord("-"), kind << 3 | 7))  # any form
    found = re.finditer(b"[" + entries + b"]", default_model()._table.forms)
    return frozenset([chr(match.start()) for match in found])
