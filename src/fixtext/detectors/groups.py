"""Pairs of characters in few groups: what may be a place of any kind is seen in a small table (numpy).

A group holds all that come first in one of its pairs, and all that come second in one; so it finds what its pairs find
and some more. Which pairs go together is settled by how often that more is to be expected in healthy text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

GROUPS = 8
"""Groups in a table of 16 bits a character, which stays in the processor's cache. In Chinese, Japanese, Korean, German,
English and source code the groups find at most 0.1 % of all characters more than the pairs, in Russian 3 %."""

APART = 4
"""Groups, at most, that are to be told apart from the others."""

PAIRS = 32
"""Pairs that the flags of a character have room for."""


class Groups(NamedTuple):
    """Groups of pairs.

    Attributes:
        table: for each character the groups in which it comes first, a bit each, and in the upper half second.
        apart: the indices of the kinds that are groups by themselves, and the bits of those.
    """

    table: NDArray[np.uint16]
    apart: list[tuple[int, np.uint16]]


def grouped(flags: NDArray[np.uint64], apart: Sequence[int]) -> Groups:
    """Put pairs into groups.

    Args:
        flags: for each character the pairs in which it comes first, a bit each, and in the upper half second.
        apart: for each kind of place its pairs, if they are to be told apart; 0 for all others.
    """
    # By runs: neighbours are mostly alike, and to sort all of them takes as long as all the rest.
    starts = np.flatnonzero(np.append(True, flags[1:] != flags[:-1]))
    classes = np.array(sorted({*flags[starts].tolist()}), np.uint64)
    lengths = np.diff(starts, append=len(flags))
    numbers = np.repeat(np.searchsorted(classes, flags[starts]), lengths)
    is_in = (classes[:, np.newaxis] >> np.arange(2 * PAIRS, dtype=np.uint64) & np.uint64(1)).astype(np.bool_).T
    firsts, seconds = is_in[:PAIRS], is_in[PAIRS:]
    chosen = [(index, mask) for index, mask in enumerate(apart) if mask][:APART]
    own = [[pair for pair in range(PAIRS) if mask >> pair & 1] for _, mask in chosen]
    free = [pair for pair in range(PAIRS) if not any(pair in some for some in own) and firsts[pair].any()]
    weights = np.bincount(numbers, _frequencies(), len(classes))
    groups = [*own, *_merged(free, firsts, seconds, weights, GROUPS - len(own))]
    table = np.zeros(len(classes), np.uint16)
    for bit, pairs in enumerate(groups):
        table |= firsts[pairs].any(0).astype(np.uint16) << np.uint16(bit)
        table |= seconds[pairs].any(0).astype(np.uint16) << np.uint16(bit + GROUPS)
    return Groups(table[numbers], [(index, np.uint16(1 << bit)) for bit, (index, _) in enumerate(chosen)])


def _merged(
    pairs: Sequence[int],
    firsts: NDArray[np.bool_],
    seconds: NDArray[np.bool_],
    weights: NDArray[Any],
    most: int,
) -> list[list[int]]:
    """Put together, again and again, the two groups that by this find least more, until there are few enough."""
    groups = [[pair] for pair in pairs]
    first, second = firsts[list(pairs)], seconds[list(pairs)]
    while len(groups) > most:
        found = (first @ weights) * (second @ weights)
        together = ((first[:, np.newaxis] | first) @ weights) * ((second[:, np.newaxis] | second) @ weights)
        more = together - found[:, np.newaxis] - found
        np.fill_diagonal(more, np.inf)
        one, other = sorted(divmod(int(more.argmin()), len(groups)))
        groups[one] += groups.pop(other)
        first[one] |= first[other]
        second[one] |= second[other]
        first, second = np.delete(first, other, 0), np.delete(second, other, 0)
    return groups


def _frequencies() -> NDArray[np.float64]:
    """Return about how frequent each character is in text of all languages."""
    from fixtext.detectors.misdecoded.characters import by_themselves

    return np.exp2(-by_themselves())
