"""What detectors look for in a long text, as one table over all characters (numpy).

Each detector tells by which pairs of neighbours damage of its kind is to be known. Every pair has a bit; the flags of a
character are the bits of the pairs in which it comes first, in the lower half, and of those in which it comes second,
in the upper half. One look-up a character and one comparison with its neighbour find the places of all detectors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from fixtext.detectors.groups import GROUPS, PAIRS, grouped

if TYPE_CHECKING:
    from numpy.typing import NDArray

CODES = 0x10001
"""Entries of a table: the code points of the Basic Multilingual Plane, and one for all others."""

BLOCK = 1 << 18
"""Code points that are looked at in one go: what stays in the processor's cache."""

_NEWLINE, _FIRST_PRINTABLE, _LAST_PRINTABLE = 0x0A, 0x20, 0x7E
_SAMPLED = 32
SPARSE = 16
"""With less than one in so many code points beyond ASCII a block is sparse, by every 32nd of them."""

DENSE = 8
"""With a pair every so many code points a block is full of them, by the same sample."""

_AT_ONCE = 1 << 16
"""Code points of a block that are looked up in one go: they and their flags stay in the processor's cache."""

_SMALL = 1 << 14
"""Code points up to which it takes less to look them up without all that."""

_HALF, _NONE = np.uint64(PAIRS), np.uint64(0)
_OTHERS = np.uint32(CODES - 1)
_HALF_OF_GROUPS = np.uint16(GROUPS)

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
    """The flags of all characters.

    A look at all characters goes by few groups of pairs, whose table fits into the processor's cache and says what may
    be a place; what is one, of which kinds, is then told by the whole table, for a few characters in a thousand.
    """

    def __init__(self, kinds: Sequence[Neighbours]) -> None:
        """Take the kinds of places that are looked for."""
        self._kinds = kinds
        bits: dict[tuple[int, int, int], int] = {}
        tables: list[tuple[NDArray[np.bool_], NDArray[np.bool_]]] = []
        masks = []
        for index, kind in enumerate(kinds):
            # Kinds share the bits of the same pairs, but for those that are taken away.
            alone = -1 if kind.throughout is None else index
            mask = 0
            for first, second in kind.pairs:
                bit = bits.setdefault((id(first), id(second), alone), len(bits))
                if bit == len(tables):
                    tables.append((first, second))
                mask |= 1 << bit
            masks.append(mask)
        if len(bits) > PAIRS:
            raise ValueError(f"{len(bits)} pairs of characters are looked for, at most {PAIRS} can be")
        self._masks = [np.uint64(mask) for mask in masks]
        self._flags = np.zeros(CODES, np.uint64)
        for bit, (first, second) in enumerate(tables):
            self._flags |= first * np.uint64(1 << bit)
            self._flags |= second * np.uint64(1 << bit + PAIRS)
        throughout = [mask if kind.throughout is not None else 0 for kind, mask in zip(kinds, masks, strict=True)]
        self._groups, self._throughout = grouped(self._flags, throughout)

        plain = np.bitwise_or.reduce(self._flags[_FIRST_PRINTABLE : _LAST_PRINTABLE + 1]) | self._flags[_NEWLINE]
        self._are_plain = not bool(plain >> _HALF & plain)

        # ASCII that is in no pair with ASCII.
        seconds = np.bitwise_or.reduce(self._flags[:0x80]) >> _HALF
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
        room: _Room | None = None
        for start in range(0, len(text), BLOCK):
            part = text[start : start + BLOCK + BEHIND]
            if part.isascii() and not part.encode().translate(None, self._plain):
                continue
            if start > last:
                part = part.ljust(min(BLOCK, len(text) - start) + BEHIND, "\n")
            if self._are_plain and _is_sparse(part):
                codes = _codes(part)
                at, bits = self._paired(codes, _beside_others(codes))
                codes = codes.astype(np.uint32, copy=False) if len(at) else codes
            else:
                codes = np.frombuffer(part.encode("utf-32-le", "surrogatepass"), np.uint32)
                room = room or (_Room(len(codes)) if len(codes) > _SMALL else None)
                at, bits = self._dense(codes, room, start, found)
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

    def _paired(self, codes: NDArray[Any], at: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        """Return those of some places where pairs stand, and their bits."""
        first, second = (self._flags.take(codes[at + further], mode="clip") for further in (0, 1))
        bits = first & (second >> _HALF)
        kept = bits != 0
        return at[kept], bits[kept]

    def _dense(
        self, codes: NDArray[np.uint32], room: _Room | None, start: int, found: Sequence[list[NDArray[np.intp]]]
    ) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        """Return the same of a whole block, but for the pairs that it is full of.

        What stays of those goes to ``found``.
        """
        hits: NDArray[Any]
        if room is None:
            flags = self._flags.take(codes, mode="clip")
            hits = flags[:-BEHIND] & (flags[1 : 1 - BEHIND] >> _HALF)
        else:
            groups = room.taken(self._groups, codes)
            hits = groups[:-BEHIND] & (groups[1 : 1 - BEHIND] >> _HALF_OF_GROUPS)
        apart = _NONE
        for index, group in self._throughout:
            mask = self._masks[index]
            own = mask if room is None else group
            sample = hits[::_SAMPLED] & own
            if np.count_nonzero(sample) * DENSE > len(sample):
                throughout = self._kinds[index].throughout
                assert throughout is not None
                found[index].append(throughout(codes) + start)
                hits &= ~own
                apart |= mask
        at = np.flatnonzero(hits != 0)  # of bools: six times quicker than of numbers
        if room is None:
            return at, hits[at]
        at, bits = self._paired(codes, at)
        kept = (bits & ~apart) != 0
        return at[kept], bits[kept] & ~apart


class _Room:
    """Where one block after another is looked up: to ask the system for memory each time takes as long as to look."""

    def __init__(self, size: int) -> None:
        self._indices = np.empty(min(size, _AT_ONCE), np.intp)
        self._flags = np.empty(size, np.uint16)

    def taken(self, table: NDArray[np.uint16], codes: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """Return the entries of a table for the code points of a block, until the next one is asked for."""
        if codes.max() > _OTHERS:
            codes = np.minimum(codes, _OTHERS)
        for start in range(0, len(codes), _AT_ONCE):
            part = codes[start : start + _AT_ONCE]
            indices = self._indices[: len(part)]
            indices[:] = part
            # None is outside; what would become of it says how quick this is, and "clip" takes twice as long.
            table.take(indices, mode="wrap", out=self._flags[start : start + len(part)])
        return self._flags[: len(codes)]


def _is_sparse(text: str) -> bool:
    """Whether nearly all of a block is ASCII."""
    sample = text[::_SAMPLED]
    return (len(sample) - len(sample.encode("ascii", "ignore"))) * SPARSE < len(sample)


def _codes(text: str) -> NDArray[Any]:
    """Return the code points of a text, in 16 bits if none needs more: half as many bytes to look at."""
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        return np.frombuffer(data, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _beside_others(codes: NDArray[Any]) -> NDArray[np.intp]:
    """Return where one of two neighbours is anything but printable ASCII and ends of lines.

    It takes a third of the time of looking all up. Where there are other controls, ends of lines are returned too.
    """
    if np.count_nonzero(codes < _FIRST_PRINTABLE) == np.count_nonzero(codes == _NEWLINE):
        odd = codes > _LAST_PRINTABLE
    else:
        odd = codes - codes.dtype.type(_FIRST_PRINTABLE) > _LAST_PRINTABLE - _FIRST_PRINTABLE
    return np.flatnonzero(odd[:-BEHIND] | odd[1 : 1 - BEHIND])


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


TORN = 0xC3
ALONE = table_of([*range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), TORN, 0xFFFE, 0xFFFF])
"""What is looked at by itself, first with anything second: control characters, what is no character, and the capital
that the first byte of most accented letters becomes, if the second one vanished."""

ANYTHING = np.ones(CODES, np.bool_)
BEYOND_ASCII = ~table_of(range(0x80))
"""Tables that detectors share."""
