"""What is left of the bytes of double-byte text, as a lattice; where one is put back, the language model says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from fixtext import codepages
from fixtext.channels.alphabet import Pending, Step
from fixtext.channels.beam import Arc, Hypothesis, search
from fixtext.findings import Guess

if TYPE_CHECKING:
    from fixtext.detectors.misdecoded.plausible import Plausibility

PLACE_BITS = 8.0
"""What each byte costs that is put back: one in 200 is a soft hyphen, or one of the five."""

WIDTH = 16
"""Texts that are kept at each byte."""

_LOST = object()
_NO_BREAK_SPACE = b"\xa0"


def likeliest(
    data: bytes, vanishing: bytes, page: str, before: str, scorer: Plausibility
) -> tuple[str, tuple[Guess, ...]] | None:
    """Return the likeliest text behind what is left of its bytes, and the characters that a vanished byte was part of.

    Args:
        data: what is left.
        vanishing: the bytes that may have vanished, anywhere; spaces may have been no-break spaces (A0) besides.
        page: the code page of the text, one of pairs of bytes.
        before: the text before it.
        scorer: tells bits.
    """
    found = search(_Arcs(data, vanishing), len(data), _alphabet(page), _Healthy(scorer), before=before, width=WIDTH)
    return _chosen(found) if found else None


class _Arcs:
    """The lattice over bytes: each as it stands, with one that vanished before it, or behind it if it is the last; and
    a space that was a no-break space.
    """

    def __init__(self, data: bytes, vanishing: bytes) -> None:
        self._arcs = [[Arc(at + 1, (data[at : at + 1],))] for at in range(len(data))]
        for at, arcs in enumerate(self._arcs):
            one = data[at : at + 1]
            if vanishing:
                arcs.append(Arc(at + 1, (vanishing, one), PLACE_BITS, event=_LOST))
            if one == b" ":
                arcs.append(Arc(at + 1, (_NO_BREAK_SPACE,), PLACE_BITS, event=_LOST))
        if vanishing:
            self._arcs[-1].append(Arc(len(data), (data[-1:], vanishing), PLACE_BITS, event=_LOST))

    def __call__(self, node: int, in_step: bool, byte: bytes) -> Sequence[Arc]:
        return self._arcs[node]


def _chosen(found: Sequence[Hypothesis]) -> tuple[str, tuple[Guess, ...]]:
    """Return the likeliest text, and the characters of it that a vanished byte was part of."""
    weights = [2.0 ** max(-1000.0, found[0].bits - one.bits) for one in found]
    total = sum(weights)
    ways = [_put_back(one) for one in found]
    guesses = []
    for node, (offset, char) in ways[0].items():
        shares: dict[str, float] = {}
        for weight, way in zip(weights, ways, strict=True):
            other = way[node][1] if node in way else ""
            shares[other] = shares.get(other, 0.0) + weight / total
        others = sorted(((one, share) for one, share in shares.items() if one and one != char), key=lambda one: -one[1])
        guesses.append(Guess(offset, char, min(1.0, shares[char]), tuple(others[:3])))
    return "".join(step.added for step in found[0].path()), tuple(guesses)


def _put_back(text: Hypothesis) -> dict[int, tuple[int, str]]:
    """Return for each place where a byte was put back the character that it is part of, and its offset."""
    places = {}
    offset = 0
    for step in text.path():
        if step.arc is not None and step.arc.event is _LOST and step.added:
            places[step.arc.target] = offset, step.added[0]
        offset += len(step.added)
    return places


class _Healthy:
    """The bits of characters that a repair would put there, as the search asks for them."""

    def __init__(self, scorer: Plausibility) -> None:
        self._healthy = scorer.healthy

    def transition(self, before: str, char: str) -> float:
        return self._healthy(before[-2:] + char)

    def ranked(self, before: str, chars: str) -> list[tuple[float, str]]:
        return sorted((self._healthy(before[-2:] + char), char) for char in chars)


class _Pairs:
    """The characters of a code page that are a byte or a pair of bytes."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._read = lru_cache(maxsize=1 << 12)(self._character)

    def read(self, pending: Pending, values: bytes) -> Step:
        """Read one more byte."""
        if pending:
            return Step("".join(self._read(bytes((lead, value))) for lead in pending[0] for value in values), None)
        leads = bytes(value for value in values if value > 0x80 and not self._read(bytes((value,))))
        return Step("".join(self._read(bytes((value,))) for value in values), (leads,) if leads else None)

    def encode(self, char: str) -> bytes:
        """Return the bytes of a character."""
        return codepages.encode(char, self._page, "ignore")

    def _character(self, data: bytes) -> str:
        try:
            char = codepages.decode(data, self._page)
        except UnicodeError:
            return ""
        return char if len(char) == 1 and not "\ue000" <= char <= "\uf8ff" else ""


_alphabet = cache(_Pairs)
