"""Pairs of characters as one number, so that a table of bits can hold a set of them."""

from __future__ import annotations

from collections.abc import Iterable

MULTIPLIER = 0x9E3779B1
"""Odd, near 2**32 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4): spreads neighbours."""

INNER_BITS = 21
"""Size of the stored table of inner pairs, as a power of two. The 110,000 pairs of STPhrases fill 5 % of it: so many
wrong answers, which only make an island longer."""


def pair_hash(pair: str) -> int:
    """Return the 32-bit hash of a pair; its high bits are the index into a table."""
    return ((ord(pair[0]) * MULTIPLIER + ord(pair[1])) * MULTIPLIER) & 0xFFFFFFFF


def pack(pairs: Iterable[str]) -> bytes:
    """Return the table of `INNER_BITS` with the bits of these pairs set, least significant bit first."""
    table = bytearray(1 << (INNER_BITS - 3))
    for pair in pairs:
        index = pair_hash(pair) >> (32 - INNER_BITS)
        table[index >> 3] |= 1 << (index & 7)
    return bytes(table)


class InnerPairs(dict[str, bool]):
    """Whether a match may run across a pair: exact for the small dictionaries, by the table of bits for the large.

    A false "yes" is harmless, a false "no" does not occur. Answers are kept, up to a bound.
    """

    _SIZE = 1 << 16

    def __init__(self, pairs: Iterable[str], table: bytes | None) -> None:
        """Take pairs one by one, and a table of `pack` for the others."""
        super().__init__()
        self._pairs = frozenset(pairs)
        self._table = table

    def __missing__(self, pair: str) -> bool:
        """Look a pair up in the table."""
        answer = pair in self._pairs
        if self._table is not None and not answer:
            index = pair_hash(pair) >> (32 - INNER_BITS)
            answer = bool(self._table[index >> 3] >> (index & 7) & 1)
        if len(self) >= self._SIZE:
            self.clear()
        self[pair] = answer
        return answer
