"""What detectors look for in a long text, as one table over all characters (numpy).

Each detector tells by which pairs of neighbours damage of its kind is to be known. Every pair has a bit; the flags of a
character are the bits of the pairs in which it comes first, in the lower half, and of those in which it comes second,
in the upper half. One look-up a character and one comparison with its neighbour find the places of all detectors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CODES = 0x10001
"""Entries of a table: the code points of the Basic Multilingual Plane, and one for all others."""

BLOCK = 1 << 17
"""Code points that are looked at in one go: what stays in the processor's cache."""

_FIRST_PRINTABLE, _LAST_PRINTABLE = np.uint32(0x20), np.uint32(0x7E)
_SAMPLED = 32
SPARSE = 16
"""With less than one in so many code points beyond printable ASCII a block is sparse, by every 32nd of them."""

DENSE = 8
"""With a pair every so many code points a block is full of them."""

BEHIND = 5
"""Code points behind a block that are looked at with it; behind the last one stand line feeds."""


class Neighbours(NamedTuple):
    """Pairs of characters by which one kind of place is to be known.

    Attributes:
        pairs: tables of the characters that come first and of those that come second, one bool a code point.
        refine: given the code points of a block, `BEHIND` more, and the indices of first characters, return those that
            stay. None if all do.
        throughout: given the code points of such a block, return the places that stay in it; for pairs that make up
            the whole text in some scripts. None if there is no quicker way than ``refine``.
    """

    pairs: Sequence[tuple[NDArray[np.bool_], NDArray[np.bool_]]]
    refine: Callable[[NDArray[np.uint32], NDArray[np.intp]], NDArray[np.intp]] | None = None
    throughout: Callable[[NDArray[np.uint32]], NDArray[np.intp]] | None = None


class Table:
    """The flags of all characters."""

    def __init__(self, kinds: Sequence[Neighbours]) -> None:
        """Take the kinds of places that are looked for."""
        self._kinds = kinds
        bits: dict[tuple[bytes, bytes, int], int] = {}
        masks = []
        for index, kind in enumerate(kinds):
            # Kinds share the bits of the same pairs, but for those that are taken away.
            alone = -1 if kind.throughout is None else index
            tables = [(first.tobytes(), second.tobytes(), alone) for first, second in kind.pairs]
            own = {bits.setdefault(pair, len(bits)) for pair in tables}
            masks.append(sum(1 << bit for bit in own))
        kind_of_flags: Any = np.uint32 if len(bits) <= 16 else np.uint64
        self._half = kind_of_flags(16 if len(bits) <= 16 else 32)
        self._masks = [kind_of_flags(mask) for mask in masks]
        self._flags = np.zeros(CODES, kind_of_flags)
        for (first, second, _), bit in bits.items():
            self._flags |= np.frombuffer(first, np.bool_).astype(kind_of_flags) << kind_of_flags(bit)
            self._flags |= np.frombuffer(second, np.bool_).astype(kind_of_flags) << (kind_of_flags(bit) + self._half)

        printable = self._flags[_FIRST_PRINTABLE : _LAST_PRINTABLE + 1]
        self._are_plain = not bool(np.bitwise_or.reduce(printable) >> self._half & np.bitwise_or.reduce(printable))

        # ASCII that is in no pair with ASCII.
        seconds = np.bitwise_or.reduce(self._flags[:0x80]) >> self._half
        self._plain = np.flatnonzero((self._flags[:0x80] & seconds) == 0).astype(np.uint8).tobytes()

    def texts_with_places(self, texts: Sequence[str]) -> list[int]:
        """Return the indices of those of many texts that have a place, looked at as lines of one."""
        ends = np.cumsum(np.fromiter(map(len, texts), np.intp, len(texts)) + 1)
        places = np.concatenate(self.places("\n".join(texts)))
        found: list[int] = distinct(np.searchsorted(ends, places, "right")).tolist()
        return found

    def places(self, text: str) -> list[NDArray[np.intp]]:
        """Return where the first characters of the pairs of each kind stand, in order."""
        found: list[list[NDArray[np.intp]]] = [[] for _ in self._kinds]
        last = len(text) - BLOCK - BEHIND
        for start in range(0, len(text), BLOCK):
            part = text[start : start + BLOCK + BEHIND]
            if part.isascii() and not part.encode().translate(None, self._plain):
                continue
            if start > last:
                part = part.ljust(min(BLOCK, len(text) - start) + BEHIND, "\n")
            codes = np.frombuffer(part.encode("utf-32-le", "surrogatepass"), np.uint32)
            at, bits = self._sparse(codes) if self._is_sparse(codes) else self._dense(codes, start, found)
            if not len(at):
                continue
            seen = np.bitwise_or.reduce(bits)
            for kind, mask, here in zip(self._kinds, self._masks, found, strict=True):
                if not seen & mask:
                    continue
                own = at[(bits & mask) != 0]
                if kind.refine is not None:
                    own = kind.refine(codes, own)
                if len(own):
                    here.append(own + start)
        return [np.concatenate(here) if here else np.zeros(0, np.intp) for here in found]

    def _is_sparse(self, codes: NDArray[np.uint32]) -> bool:
        """Whether nearly all of a block is printable ASCII, and that alone has no pairs."""
        sample = codes[::_SAMPLED]
        return self._are_plain and np.count_nonzero(sample > _LAST_PRINTABLE) * SPARSE < len(sample)

    def _sparse(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """Return where the pairs of a block stand, and their bits, in a third of the time."""
        odd = codes - _FIRST_PRINTABLE > _LAST_PRINTABLE - _FIRST_PRINTABLE
        at = np.flatnonzero(odd[:-BEHIND] | odd[1 : 1 - BEHIND])
        first, second = (self._flags.take(codes[at + further], mode="clip") for further in (0, 1))
        hits = first & (second >> self._half)
        kept = np.flatnonzero(hits != 0)
        return at[kept], hits[kept]

    def _dense(
        self, codes: NDArray[np.uint32], start: int, found: Sequence[list[NDArray[np.intp]]]
    ) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """Return the same of any block, but for the pairs that it is full of: what stays of those goes to ``found``."""
        flags = self._flags.take(codes, mode="clip")
        hits = flags[:-BEHIND] & (flags[1 : 1 - BEHIND] >> self._half)
        seen = np.bitwise_or.reduce(hits)
        for kind, mask, here in zip(self._kinds, self._masks, found, strict=True):
            if kind.throughout is None or not seen & mask:
                continue
            if np.count_nonzero(hits & mask) * DENSE > len(hits):
                here.append(kind.throughout(codes) + start)
                hits &= ~mask
        at = np.flatnonzero(hits != 0)  # of bools: six times quicker than of numbers
        return at, hits[at]


def table_of(codes: Sequence[int] | str) -> NDArray[np.bool_]:
    """Return a table of some characters of the Basic Multilingual Plane."""
    table = np.zeros(CODES, np.bool_)
    table[[ord(code) if isinstance(code, str) else code for code in codes]] = True
    return table


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return the different values of an array, in order.

    `numpy.unique` imports numpy.ma to ask whether any are masked: 20 ms that a command has to pay.
    """
    in_order: NDArray[Any] = np.sort(values, axis=None)
    is_new = np.append(True, in_order[1:] != in_order[:-1])
    return in_order.compress(is_new[: len(in_order)])


CONTROLS = table_of([*range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xFFFE, 0xFFFF])
"""Control characters, and what is no character. By themselves: they are first with anything second."""

ANYTHING = np.ones(CODES, np.bool_)
BEYOND_ASCII = ~table_of(range(0x80))
"""Tables that detectors share."""
