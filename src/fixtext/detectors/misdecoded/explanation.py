"""What a search returns: stretches of text, the misreadings behind them, and which of them contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.pairs import CHAIN_BITS, pair_bits

Pair = tuple[str, str]
"""A misreading: the page a text was written in, the page it was read in."""

MARGIN = 4.0
"""Bits by which an explanation must beat every other one that ends in another text."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A stretch of text, the healthy text behind it, and how one became the other.

    Attributes:
        start: index of the first character, in the text that was searched.
        end: index behind the last.
        text: the healthy text.
        pairs: the misreadings, first to last.
        bits: bits saved, channel and borders paid for.
    """

    start: int
    end: int
    text: str
    pairs: tuple[Pair, ...]
    bits: float

    @property
    def channel(self) -> Channel:
        """The misreadings as a channel."""
        return channel_of(self.pairs)


@lru_cache(maxsize=256)
def channel_of(pairs: tuple[Pair, ...]) -> Channel:
    """Return the channel that a text went through which was misread like this, first to last."""
    return Channel(tuple(step for source, reader in pairs for step in (Encode(source), Decode(reader))))


def chain_bits(pairs: Sequence[Pair]) -> float:
    """Return the prior cost of a chain of misreadings, in bits.

    >>> chain_bits([("utf-8", "cp1252")])
    2.0
    """
    bits = CHAIN_BITS * (len(pairs) - 1)
    for index, pair in enumerate(pairs):
        bits += 1.0 if index and pair == pairs[index - 1] else pair_bits(*pair)
    return bits


def by_bits(explanation: Explanation) -> tuple[float, tuple[Pair, ...], int]:
    """Return the key that sorts explanations, most bits first."""
    return -explanation.bits, explanation.pairs, explanation.start


def rivals(explanations: Sequence[Explanation]) -> tuple[list[Explanation], list[list[Explanation]]]:
    """Choose the explanations that nothing close contradicts.

    Returns:
        those chosen, not overlapping, and the groups that are too close to each other to choose from.
    """
    chosen: list[Explanation] = []
    torn: list[list[Explanation]] = []
    taken: list[tuple[int, int]] = []
    for index, best in enumerate(explanations):
        if any(best.start < end and start < best.end for start, end in taken):
            continue
        taken.append((best.start, best.end))
        close = [
            other
            for other in explanations[index + 1 :]
            if other.start < best.end
            and best.start < other.end
            and other.bits > best.bits - MARGIN
            and not _agree(best, other)
        ]
        if close:
            torn.append([best, *close])
        else:
            chosen.append(best)
    return chosen, torn


def _agree(best: Explanation, other: Explanation) -> bool:
    """Whether two explanations give the same text where both stand; borders may differ."""
    return other.text in best.text or best.text in other.text
