"""Bits of many lines and stretches: all at once, or by samples."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice

from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.suspicion import CLASSES, SUSPECT, load_common

SAMPLE = 32
SAMPLES = 16
"""Code points of one sample, and how many samples of a stretch are weighed."""

MOST_SAMPLES = 1024
"""Samples of all stretches of one chain together; of many one each has to do."""

BATCHED = 2_000
"""Code points that are weighed at once, with numpy."""

NUMPY = 100_000
"""Code points from which numpy is worth its import."""


def _with_numpy(length: int) -> bool:
    return "numpy" in sys.modules or length >= NUMPY


def line_bits(lines: Sequence[str], scorer: Plausibility) -> list[float]:
    """Return the bits of the characters beyond ASCII in each line, by themselves."""
    if _with_numpy(sum(map(len, lines))):
        from fixtext.detectors.misdecoded.at_once import bits_of_lines

        bits: list[float] = bits_of_lines("\n".join(lines)).tolist()
        return bits
    return [sum(map(scorer.transition, filter(_beyond_ascii, line))) for line in lines]


def estimated_bits(text: str, scorer: Plausibility) -> float:
    """Estimate the bits of the characters beyond ASCII, each by itself."""
    step = max(1, len(text) // SAMPLED)
    return step * sum(map(scorer.transition, filter(_beyond_ascii, text[::step])))


SAMPLED = 200
"""Characters of a piece that are weighed by themselves, where its being valid UTF-8 says most."""


def odd_places(lines: Sequence[str]) -> list[int]:
    """Return for each line at how many places unlikely neighbours stand in it."""
    if lines and _with_numpy(sum(map(len, lines))):
        from fixtext.detectors.misdecoded.at_once import odd_places

        return odd_places("\n".join(lines))
    load_common()
    return [0 if line.isascii() else sum(1 for _ in SUSPECT.finditer(line.translate(CLASSES))) for line in lines]


def _beyond_ascii(char: str) -> bool:
    return char > "\x7f"


def sampled_bits(texts: Sequence[str], scorer: Plausibility) -> list[float]:
    """Return the bits of the characters beyond ASCII of each text, by samples spread over it."""
    count = max(1, min(SAMPLES, MOST_SAMPLES // max(1, len(texts))))
    samples = [_samples(text, count) for text in texts]
    together = [sample for own in samples for sample in own]
    if len(together) * SAMPLE >= BATCHED and _with_numpy(len(together) * SAMPLE):
        from fixtext.detectors.misdecoded.at_once import bits_in_place

        bits = iter(bits_in_place(together))
    else:
        bits = iter([_bits(sample, scorer) for sample in together])
    return [
        sum(islice(bits, len(own))) * len(text) / max(1, sum(map(len, own)))
        for text, own in zip(texts, samples, strict=True)
    ]


def _samples(text: str, count: int) -> list[str]:
    step = max(SAMPLE, len(text) // count)
    return [text[place : place + SAMPLE] for place in range((step - SAMPLE) // 2, len(text), step)]


def _bits(sample: str, scorer: Plausibility) -> float:
    return sum(
        scorer.transition(sample[index - 2 if index > 2 else 0 : index + 1])
        for index, char in enumerate(sample)
        if char > "\x7f"
    )
