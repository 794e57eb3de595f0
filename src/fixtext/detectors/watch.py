"""One look at a text for all detectors: which of them have anything to scan.

Short texts pass by one regular expression (`signs`), long ones by one table over all characters (`neighbours`, with
numpy). A detector that tells neither scans every text itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from fixtext.detectors.protocol import Placed, Signed
from fixtext.detectors.signs import Sign, Signs, Texts

if TYPE_CHECKING:
    import re

    from numpy import intp
    from numpy.typing import NDArray

    from fixtext.detectors.neighbours import Table
    from fixtext.detectors.protocol import Detector

SHORT = 300
"""Code points up to which a text is looked at more closely: it has no other lines that could draw attention to it."""

MEDIUM = 2_000
"""Code points from which the table is quicker than the regular expression, where numpy is loaded."""

LONG = 200_000
"""Code points that pay for the import of numpy and the making of the table, some 80 ms, in one text or in several: the
detectors' own scans take 0.3 us a character more."""

MANY = 200_000
"""Code points that pay for the making of the regular expressions for short texts, some 40 ms."""

BATCH = 4096
"""Texts that are looked at together."""

MOST = 16
"""Sets of detectors that are remembered."""

KEPT = 16 << 20
"""Bytes: more than the text of a window of 1 MiB with its neighbours, for which four a byte are reserved at first."""

Search = Callable[[str], "re.Match[str] | None"]

Places = tuple["NDArray[intp]", ...]
"""Indices of code points, for each kind of place that a detector looks for."""

_BY_LENGTH: tuple[Texts, ...] = "short", "together"

_EVERY_BYTE = bytes(range(256))


class _Account:
    """How many characters have been looked at in slower ways: what says when a faster one is worth its making."""

    seen = 0


class Watch:
    """Looks at texts for some detectors."""

    def __init__(self, detectors: Sequence[Detector]) -> None:
        """Take detectors; what is needed to look is made when it is."""
        self._detectors = detectors
        self._tells = all(isinstance(detector, Signed) for detector in detectors)
        self._signs: dict[Texts, Signs] = {}
        self._search_ascii: Search | None = None
        self._search_short: Search | None = None
        self._plain = b""
        self._tables: dict[Texts, Table] = {}
        self._numbers: list[int] = []

    def passes(self, text: str) -> bool:
        """Return whether no detector finds anything in a text; False if that takes more than a look to know."""
        search = self._search_ascii if text.isascii() else self._search_short
        if search is not None and len(text) <= SHORT and search(text) is None:
            return True
        return self._tells and self._passes(text)

    def _passes(self, text: str) -> bool:
        if text.isascii():
            return self._ascii_passes(text)
        length = len(text)
        if length >= MEDIUM and is_long(length):
            return False
        if _Account.seen < MANY:
            _Account.seen += length
            return False
        signs = self._signs_of("short" if length <= SHORT else "long")
        if length <= SHORT:
            self._search_short = signs.pattern.search
        return signs.are_absent(text)

    def places(self, text: str) -> list[Places | None]:
        """Return for each detector what to give its ``scan_at``; None for those whose ``scan`` is to be called."""
        if len(text) < MEDIUM or text.isascii() or not is_long(len(text)):
            return [None] * len(self._detectors)
        found = iter(self._table_of("long").places(text))
        return [tuple(islice(found, number)) if number else None for number in self._numbers]

    def flagged(self, texts: Sequence[str]) -> list[int]:
        """Return the indices of those of many texts that do not pass, and perhaps some more."""
        if not self._tells:
            return list(range(len(texts)))
        with_table = is_long(sum(map(len, texts))) and all(isinstance(one, Placed) for one in self._detectors)
        found: list[int] = []
        for first in range(0, len(texts), BATCH):
            batch = texts[first : first + BATCH]
            if with_table:
                found += sorted(chain(*(self._with_places(batch, first, kind) for kind in _BY_LENGTH)))
            else:
                found += [first + index for index in self._signs_of("short").texts_with_signs(batch)]
        return found

    def _with_places(self, texts: Sequence[str], first: int, kind: Texts) -> Iterator[int]:
        """Yield the numbers of those short or longer ones of some texts in which something stands to look at."""
        numbers = [number for number, text in enumerate(texts, first) if (len(text) <= SHORT) == (kind == "short")]
        if numbers:
            some = texts if len(numbers) == len(texts) else [texts[number - first] for number in numbers]
            yield from map(numbers.__getitem__, self._table_of(kind).texts_with_places(some))

    def _table_of(self, texts: Texts) -> Table:
        table = self._tables.get(texts)
        if table is None:
            from fixtext.detectors.neighbours import Table

            keep_memory()
            kinds = [one.neighbours(texts) if isinstance(one, Placed) else () for one in self._detectors]
            if texts == "long":
                self._numbers = [len(own) for own in kinds]
            table = self._tables[texts] = Table([kind for own in kinds for kind in own])
        return table

    def _ascii_passes(self, text: str) -> bool:
        signs = self._signs_of("ascii")
        self._search_ascii = signs.pattern.search
        if len(text) > SHORT:
            if not self._plain:
                self._plain = bytes(set(_EVERY_BYTE) - {ord(char) for char in signs.characters(map(chr, range(128)))})
            if not text.encode().translate(None, self._plain):
                return True
            if len(text) >= MEDIUM:
                return False  # the detectors' scans of ASCII are quicker than the pattern
        return signs.are_absent(text)

    def _signs_of(self, texts: Texts) -> Signs:
        signs = self._signs.get(texts)
        if signs is None:
            found: list[Sign] = []
            for detector in self._detectors:
                found += detector.signs(texts) if isinstance(detector, Signed) else ()
            signs = self._signs[texts] = Signs(found)
        return signs


def is_long(length: int) -> bool:
    """Return whether a text of so many code points is looked at with numpy; those that are not add up."""
    if "numpy" in sys.modules or length + _Account.seen >= LONG:
        return True
    _Account.seen += length
    return False


@cache
def keep_memory() -> None:
    """Let the allocator keep what a long text takes for the next one.

    glibc gives blocks back to the system at once until one of that size has been freed, which makes a text of 1 MB
    take 1,000 page faults, a fifth of its time. The block is never written to, so it takes no memory.
    """
    bytes(KEPT)


_watches: dict[tuple[int, ...], Watch] = {}
"""By the identities of the detectors, which may have no hash; each keeps its detectors alive."""


def watch(detectors: Sequence[Detector]) -> Watch:
    """Return what looks for some detectors, made once for those that are used again and again."""
    key = tuple(map(id, detectors))
    found = _watches.get(key)
    if found is None:
        if len(_watches) >= MOST:
            _watches.clear()
        found = _watches[key] = Watch(tuple(detectors))
    return found
