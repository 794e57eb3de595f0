"""Which ASCII character an odd byte took with it.

A decoder of Windows takes the odd byte at the end of a run and the byte behind it for one malformed pair, if that byte
cannot close a pair: only the 64 characters below U+0040 can be lost so. A multinomial logistic regression over what
stands around the place (`surroundings`) chooses among them. Its weights come from healthy software sources on PyPI
and npm (tools/build_lossy_tables.py, docs/decisions/0007-lossy.md); the document's own habits are mixed in.
"""

from __future__ import annotations

import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from fixtext.detectors.lossy.shapes import following, is_alone, is_han, kind_before
from fixtext.detectors.lossy.surroundings import Surroundings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = NDArray[np.float64]

SWALLOWABLE = "\n\t" + "".join(map(chr, range(0x20, 0x40)))
"""The characters that a text may have lost; the other controls below U+0020 do not stand in text."""

UNIT = 16.0
"""Weights are stored in sixteenths of a nat."""

MAGIC = b"FTSA0002"
"""What the table begins with."""

ALONE = "^"
"""What the table writes in front of a character that has no other of its stretch before it."""

PRIOR = 3.0
"""Places of a kind, as packages have them, that are added to those of a document before it is compared. On files
of held-out packages 2 and 5 do as well within 0.3 points."""

TRUST = 0.8
"""Power of the ratio of a document's share of a character to the usual one, by which the regression is corrected. 0.6
and 1.0 are within 0.3 points on files of held-out packages."""

SAME_CHARACTER = 5.0
"""Places behind the same character in a document that weigh as much as all other evidence. 2 and 10 do as well within
0.3 points on files of held-out packages."""

SYNTAX = 0.97
"""Share of what the syntax asks for: the star that closes a comment. In the packages of the table a comment seldom ends
right behind Chinese, so that the regression has learned little of it."""

NO_COMMA = 0.012
"""Share of what no syntax has between two parts of an argument list, space, line feed, hyphen and slash, against the
comma: 756 of 64,503 places between plain names in calls of the packages of tools/lossy_builder. The regression has seen
few Chinese words there, and many remarks in brackets."""

_RARE = 14.0
"""Bits of a character that nothing speaks for."""

_LEAST = 2.0**-_RARE


class Habits(NamedTuple):
    """How often a character follows Chinese in a document.

    Attributes:
        kinds: by the kind of the place (`kind_of_place`).
        characters: by the class of what stands behind, and the character in front.
    """

    kinds: Mapping[str, Counter[str]]
    characters: Mapping[str, Counter[str]]


NO_HABITS = Habits({}, {})
"""Those of a document of which nothing is seen."""


class _Model(NamedTuple):
    """The regression.

    Attributes:
        rows: the row of each feature in the weights; row 0 is that of features that are not listed.
        weights: in sixteenths of a nat (`UNIT`), a row a feature, a column a character of `SWALLOWABLE`.
        usual: shares of what packages have, by kinds of places (`kind_of_place`); "" is that of all.
        likely: bits of what stands behind, given the kind of what stands in front, or, where that is a character
            that stands alone, `ALONE` with itself.
    """

    rows: dict[str, int]
    weights: NDArray[np.int16]
    usual: dict[str, Bits]
    likely: dict[tuple[str, str], float]


class Swallowed:
    """Weighs the characters that may have been swallowed at the places of one document."""

    def __init__(self, habits: Habits) -> None:
        """Take what the document is used to."""
        self._kinds = {key: number for number, key in enumerate(habits.kinds, 1)}
        self._factors = _factors(habits.kinds)
        self._characters = {key: number for number, key in enumerate(habits.characters, 1)}
        self._seen = _counts(habits.characters)
        self._totals = SAME_CHARACTER + self._seen.sum(axis=1, keepdims=True)

    def costs(
        self, around: Sequence[Surroundings], owners: Sequence[int], befores: Sequence[str], chars: Sequence[str]
    ) -> tuple[Bits, Bits]:
        """Weigh all characters that may have been swallowed behind lost ones.

        Args:
            around: what stands around each place.
            owners: for each lost character the index of its place.
            befores: what stands before the lost characters; the last three code points count.
            chars: the lost characters.

        Returns:
            bits, a row a lost character, a column a character of `SWALLOWABLE`, infinitely many for the hopeless; and
            for each lost character the bits that what stands behind speaks against it.
        """
        rows, weights, _, likely = _model()
        row, unlisted = rows.get, repeat(0)
        kinds: dict[tuple[int, str], int] = {}
        by_kind: list[int] = []
        by_char: list[int] = []
        habits: list[int] = []
        same: list[int] = []
        kind_of: list[int] = []
        given: list[float] = []
        of_kind, of_character, last = self._kinds.get, self._characters.get, -1
        for owner, before, char in zip(owners, befores, chars, strict=True):
            if owner != last:
                place, tail, alone, last = around[owner], before[-3:], is_alone(before), owner
                of_char, behind = place.by_char, place.following
            kind = kind_before(tail + char)
            number = kinds.get((owner, kind))
            if number is None:
                number = kinds[owner, kind] = len(kinds)
                by_kind += map(row, place.by_kind(kind), unlisted)
                habits.append(of_kind(kind_of_place(kind, behind), 0))
            kind_of.append(number)
            same.append(of_character(behind + char, 0))
            by_char += map(row, of_char(char), unlisted)
            given.append(likely.get((ALONE + char, place.word) if alone else (kind, place.after), 0.0))
        bases: list[int] = []
        for place in around:
            bases += map(row, place.base, unlisted)
        base = _sums(weights, bases, len(around)) + weights[rows[""]]
        owner_of = np.array(owners)
        scores = _sums(weights, by_char, len(chars))
        scores += _sums(weights, by_kind, len(kinds))[kind_of]
        scores += base[owner_of]
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores / UNIT)
        if self._kinds:
            shares *= self._factors[np.array(habits)[kind_of]]
        shares /= shares.sum(axis=1, keepdims=True)
        closed = np.array([place.closes_comment for place in around])[owner_of]
        if closed.any():
            shares[closed] *= 1 - SYNTAX
            shares[closed, SWALLOWABLE.index("*")] += SYNTAX
        for item, (owner, char) in enumerate(zip(owners, chars, strict=True)):
            if around[owner].not_here and is_han(char):
                others = [SWALLOWABLE.index(other) for other in around[owner].not_here]
                shares[item, SWALLOWABLE.index(",")] += (1 - NO_COMMA) * shares[item, others].sum()
                shares[item, others] *= NO_COMMA
        if self._characters:
            known = np.array(same)
            shares = (self._seen[known] + SAME_CHARACTER * shares) / self._totals[known]
        return np.where(shares > _LEAST, -np.log2(np.maximum(shares, _LEAST)), np.inf), np.array(given)


def _sums(weights: NDArray[np.int16], rows: Sequence[int], count: int) -> NDArray[np.int16]:
    """Return the sums of the weights of so many lists of rows, all as long; adding column by column is quickest."""
    first, *others = np.array(rows).reshape(count, -1).T
    sums: NDArray[np.int16] = weights.take(first, axis=0)
    for column in others:
        sums += weights.take(column, axis=0)
    return sums


def habits_of(texts: Iterable[str]) -> Habits:
    """Count what follows Chinese in a document.

    Args:
        texts: its healthy stretches.
    """
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    characters: defaultdict[str, Counter[str]] = defaultdict(Counter)
    pieces = list(texts)
    joined = _APART.join(pieces)
    whole = joined.count(_APART) + 1 == len(pieces)  # one look is quicker than thousands
    counted: Counter[tuple[str, str, str]] = Counter()
    for text in [joined] if whole else pieces:
        counted.update(_FOLLOWED.findall(text))
    for (before, char, right), count in counted.items():
        if right == _APART and whole:
            continue
        kind, character = _place_of(before, right)
        kinds[kind][char] += count
        characters[character][char] += count
    return Habits(kinds, characters)


@lru_cache(maxsize=1 << 12)
def _place_of(before: str, right: str) -> tuple[str, str]:
    """Return the kind of a place, and its character, as `Habits` has them."""
    behind = following(right.strip("\r\n"))
    return kind_of_place(kind_before(before), behind), behind + before


_APART = "\0"

_FOLLOWED = re.compile(f"(?<=([^\0-\u2e7f]))([{re.escape(SWALLOWABLE)}])(?=([ \t]{{2}}|.))", re.DOTALL)
"""A character that is no ASCII, the one that follows, and what stands behind it."""


def kind_of_place(kind: str, behind: str) -> str:
    """Return the kind of a place for `Habits`: words and clauses count as one, and what stands behind tells."""
    return ("h" if kind == "c" else kind) + behind


def _counts(habits: Mapping[str, Counter[str]]) -> Bits:
    """Return the counts as a table: a row of noughts, then one a key, a column a character of `SWALLOWABLE`."""
    seen = np.zeros((len(habits) + 1, len(SWALLOWABLE)))
    for number, counted in enumerate(habits.values(), 1):
        for char, count in counted.items():
            seen[number, SWALLOWABLE.index(char)] = count
    return seen


def _factors(kinds: Mapping[str, Counter[str]]) -> Bits:
    """Return what corrects the regression, which knows but the packages it was fitted to, for a document's habits.

    It is the ratio of the document's shares to the usual ones, place by place of the same kind (Saerens, Latinne and
    Decaestecker 2002): what stands around a place counts as much as before.
    """
    usual = _model().usual
    shares = np.array([usual[""], *(usual.get(key, usual[""]) for key in kinds)])
    seen = _counts(kinds)
    own = (seen + PRIOR * shares) / (seen.sum(axis=1, keepdims=True) + PRIOR)
    return np.asarray((own / shares) ** TRUST)


@lru_cache(maxsize=1)
def _model() -> _Model:
    """Read the table: lengths, the names of the features and of the kinds of places, the bits of a kind behind a kind,
    the weights, and the logarithms of the usual shares.
    """
    data = resources.files("fixtext.detectors.lossy").joinpath("swallowed.bin").read_bytes()
    if not data.startswith(MAGIC):
        raise ValueError("swallowed.bin is not a table of this version")
    sizes = struct.unpack_from("<III", data, len(MAGIC))
    start = len(MAGIC) + 12
    blocks = []
    for size in sizes:
        blocks.append(data[start : start + size].decode().split("\n"))
        start += size
    names, kinds, pairs = blocks
    values = np.frombuffer(data, np.int8, offset=start).reshape(-1, len(SWALLOWABLE))
    weights = np.zeros((len(names) + 1, len(SWALLOWABLE)), np.int16)
    weights[1:] = values[: len(names)]
    shares = np.exp(values[len(names) :] / UNIT)
    shares /= shares.sum(axis=1, keepdims=True)
    likely = {}
    for row in pairs:
        before, after, bits = row.split("\0")
        likely[before, after] = float(bits)
    rows = dict(zip(names, range(1, len(names) + 1), strict=True))
    return _Model(rows, weights, dict(zip(kinds, shares, strict=True)), likely)
