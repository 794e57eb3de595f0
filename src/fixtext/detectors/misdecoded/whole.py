"""Long stretches that went through one chain as a whole: undone by the codecs at once, weighed on samples."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixtext import codepages
from fixtext.detectors.misdecoded.explanation import Explanation, Pair, chain_bits
from fixtext.detectors.misdecoded.plausible import Plausibility

SAMPLE = 48
SAMPLES = 12
"""Code points of one sample, and how many samples of a stretch are weighed."""

SMALLEST = 400
"""Code points below which a stretch is not tried as a whole."""

_ASCII_START = re.compile("[\x00-\x7f]*")


def undo(text: str, chain: tuple[Pair, ...]) -> str | None:
    """Return the text before a chain of misreadings, None if it cannot have gone through it without loss."""
    try:
        for source, reader in reversed(chain):
            text = codepages.decode(codepages.encode(text, reader), source)
    except UnicodeError:
        return None
    return text


def whole_stretches(
    text: str, start: int, end: int, chain: tuple[Pair, ...], scorer: Plausibility
) -> Iterator[Explanation]:
    """Yield the largest runs of lines, by halving, that a chain explains as a whole.

    Args:
        text: the whole text.
        start: index of the first character, the beginning of a line.
        end: index behind the last, the end of a line.
        chain: misreadings, first to last.
        scorer: tells bits.
    """
    if end - start < SMALLEST:
        return
    observed = text[start:end]
    healthy = undo(observed, chain)
    if healthy is not None:
        found = _weighed(observed, healthy, start, chain, scorer) if healthy != observed else None
        if found is not None:
            yield found
        return
    middle = text.rfind("\n", start, (start + end) // 2) + 1
    if middle <= start:
        middle = text.find("\n", (start + end) // 2, end) + 1
    if start < middle < end:
        yield from whole_stretches(text, start, middle, chain, scorer)
        yield from whole_stretches(text, middle, end, chain, scorer)


def _weighed(
    observed: str, healthy: str, start: int, chain: tuple[Pair, ...], scorer: Plausibility
) -> Explanation | None:
    first, last = _common_ends(observed, healthy)
    old, new = observed[first : len(observed) - last], healthy[first : len(healthy) - last]
    standing, mended = _sampled(old, scorer), _sampled(new, scorer)
    # Bits of the whole, by what its samples take for each character.
    bits = standing * len(old) - mended * len(new) - chain_bits(chain)
    if bits < 0.25 * standing * len(old):
        return None
    return Explanation(start + first, start + first + len(old), new, chain, bits)


def _common_ends(observed: str, healthy: str) -> tuple[int, int]:
    """Return how many ASCII characters both begin and end with."""
    first = min(_length(_ASCII_START, observed), _length(_ASCII_START, healthy))
    while observed[:first] != healthy[:first]:
        first -= 1
    last = min(_tail(observed), _tail(healthy), len(observed) - first, len(healthy) - first)
    while last and observed[-last:] != healthy[-last:]:
        last -= 1
    return first, last


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _tail(text: str) -> int:
    """Return how many ASCII characters a text ends with, up to a few thousand."""
    count = 0
    for char in reversed(text[-4096:]):
        if char > "\x7f":
            break
        count += 1
    return count


def _sampled(text: str, scorer: Plausibility) -> float:
    """Return bits a character, by samples spread over the text."""
    step = max(SAMPLE, len(text) // SAMPLES)
    bits = characters = 0.0
    for place in range(0, len(text), step):
        sample = text[place : place + SAMPLE]
        bits += scorer.bits(sample)
        characters += len(sample)
    return bits / max(1.0, characters)
