"""Which stretches of a text a misreading explains: two states, as it stands and read back, the cheapest path.

Moving between the states costs bits too, for the place of a border has to be told. The atoms that read the same either
way (ASCII, as a rule) belong to whichever side needs them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import inf, log2

from fixtext.detectors.misdecoded.atoms import MALFORMED, Reading
from fixtext.detectors.misdecoded.plausible import Plausibility

FREE_BORDER = 9.0
"""Cost of a border in the midst of text that either side could have: one of some thirty places."""

KOREAN_BORDER = 18.0
"""The same where others would become Hangul: a line of Korean that has letters or ideographs of its own beside is rarer
than a word of it that the model does not know."""

INSIDE = 7.0
WORD_BORDER = FREE_BORDER + INSIDE
"""Cost of a border inside a word: what was read with the rest of a word was misread with it."""

TINY = 1e-9

TEXTS = 16
"""Texts as they stand whose bits are remembered."""

JOIN_BITS = 14.0
"""Most that the two characters behind a stretch may say for or against it."""

FORCED_BORDER = 1.0
"""Cost of a border where the misreading cannot go on, or where only ASCII lies between it and the end."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that is better read back.

    Attributes:
        start: index of its first character in the text that was searched.
        end: index behind its last.
        text: its healthy text.
        gain: bits saved by the text, borders paid for, the channel not.
    """

    start: int
    end: int
    text: str
    gain: float


def segments(reading: Reading, model: Plausibility, open_bits: float, context: tuple[str, str]) -> list[Segment]:
    """Find the stretches of a reading that save bits.

    Args:
        reading: the text read back.
        model: tells bits.
        open_bits: cost of the first stretch; each must save as much by itself.
        context: what stands before and after the observed text.
    """
    observed, healthy = reading.observed, reading.healthy
    transition, weigh = model.transition, model.healthy
    standing = context[0][-2:] + observed
    shift = len(standing) - len(observed)
    known = _standing_bits(standing, model)
    is_whole = MALFORMED.search(healthy) is None
    atoms = list(reading.atoms())
    gains: list[float] = []
    for start, end, begin, stop in atoms:
        new = healthy[begin:stop]
        if observed[start:end] == new:
            gains.append(0.0)
        elif not is_whole and MALFORMED.search(new):
            gains.append(-inf)
        else:
            gain = 0.0
            for place in range(start + shift, end + shift):
                bits = known[place]
                if bits is None:
                    bits = known[place] = transition(standing[place - 2 if place > 2 else 0 : place + 1])
                gain += bits
            for place in range(begin, stop):
                gain -= weigh(healthy[place - 2 if place > 2 else 0 : place + 1])
            gains.append(gain or TINY)  # 0 is kept for what reads the same
    ends = [
        index for index, (gain, behind) in enumerate(pairwise(gains)) if behind == 0.0 and gain != 0.0 and gain != -inf
    ]
    # A path that pays for its entry and for two borders needs more than the entry; what stands behind can add little.
    most = sum([gain for gain in gains if gain > 0.0])
    if most + JOIN_BITS * len(ends) <= open_bits:
        return []
    for index in ends:
        _, end, _, stop = atoms[index]
        gains[index] += _join(
            model, observed[max(0, end - 2) : end], healthy[max(0, stop - 2) : stop], observed[end : end + 2]
        )
    found = []
    free = KOREAN_BORDER if _becomes_korean(observed, healthy) else FREE_BORDER
    for first, last in _best_runs(gains, open_bits, free):
        segment = _weigh(reading, atoms, gains, first, last, model, context, free)
        if segment is not None and segment.gain >= open_bits:
            found.append(segment)
    return found


def _becomes_korean(observed: str, healthy: str) -> bool:
    """Whether nothing of a text is Hangul, and most of it would be."""
    hangul = len(_HANGUL.findall(healthy))
    odd = len(observed) - len(observed.encode("ascii", "ignore"))
    return hangul > 2 and 3 * hangul > odd and _HANGUL.search(observed) is None


_HANGUL = re.compile("[\uac00-\ud7a3]")
_WIDE = re.compile("[\u3041-\u9fff\uac00-\ud7a3]")


@lru_cache(maxsize=TEXTS)
def _standing_bits(text: str, _: Plausibility) -> list[float | None]:
    """Return a table of the bits of each character of a text where it stands, which those fill who need them.

    A search weighs some forty readings of the same text.
    """
    return [None] * len(text)


def _best_runs(gains: Sequence[float], open_bits: float, free: float) -> list[tuple[int, int]]:
    """Return the runs of atoms, first and last inclusive, of the cheapest path through both states.

    A healthy word between misread ones has to pay for its two borders: one that merely costs a little more read back
    than as it stands belongs to what is around it.
    """
    entering = _borders(gains, free)
    leaving = _borders(gains[::-1], free)[::-1]
    out, inside = 0.0, -inf
    entered: list[bool] = []  # whether the best path inside enters at this atom
    left: list[bool] = []  # whether the best path outside has left the inside before this atom
    for index, gain in enumerate(gains):
        gone = inside - leaving[index - 1] if index else -inf
        come = out - open_bits - entering[index]
        leaves, enters = gone > out, come > inside
        left.append(leaves)
        entered.append(enters)
        if leaves:
            out = gone
        inside = (come if enters else inside) + gain
    found: list[tuple[int, int]] = []
    last = len(gains) - 1
    is_in = last >= 0 and inside - leaving[last] > out
    for index in range(len(gains) - 1, -1, -1):
        if is_in:
            if entered[index]:
                found.append((index, last))
                is_in = False
        elif left[index]:
            is_in, last = True, index - 1
            if entered[last]:
                found.append((last, last))
                is_in = False
    found.reverse()
    return found


def _borders(gains: Sequence[float], free: float) -> list[float]:
    """Return what a border in front of each atom costs."""
    costs = []
    cost = forced = FORCED_BORDER
    for gain in gains:
        costs.append(cost)
        if gain == -inf:
            cost = forced
        elif gain != 0.0:
            cost = free + INSIDE
        elif cost != forced:
            cost = free
    return costs


def _weigh(
    reading: Reading,
    atoms: Sequence[tuple[int, int, int, int]],
    gains: Sequence[float],
    first: int,
    last: int,
    model: Plausibility,
    context: tuple[str, str],
    free: float,
) -> Segment | None:
    """Trim a run to what is changed, and weigh it where it stands."""
    while first <= last and gains[first] == 0.0:
        first += 1
    while last >= first and gains[last] == 0.0:
        last -= 1
    if first > last:
        return None
    start, begin = atoms[first][0], atoms[first][2]
    end, stop = atoms[last][1], atoms[last][3]
    old, new = reading.observed[start:end], reading.healthy[begin:stop]
    before = (context[0] + reading.observed[:start])[-2:]
    after = (reading.observed[end:] + context[1])[:2]
    gain = model.bits(old, before) - model.healthy_bits(new, before) + _entry(model, before, old[0], new[0])
    if after:
        join = _join(model, before + old, before + new, after)
        ends = after[0] < "\x80" and _WIDE.match(old[-1]) and _WIDE.match(new[-1])
        gain += max(0.0, join) if ends else join  # that the script ends there is so either way
    gain -= _border(gains, range(first - 1, -1, -1), start, free)
    gain -= _border(gains, range(last + 1, len(gains)), len(atoms), free)
    return Segment(start, end, new, gain)


def _entry(model: Plausibility, before: str, old: str, new: str) -> float:
    """Return what it costs more that a stretch begins with a character of East Asia behind one that is none, where what
    stands there is one too: that the script begins there is so either way.
    """
    if not before or not (_WIDE.match(old) and _WIDE.match(new)) or _WIDE.match(before[-1]):
        return 0.0
    begins = model.healthy(before + new) - model.healthy(new)
    begun = model.transition(before + old) - model.transition(old)
    return max(0.0, begins - max(0.0, begun))


def _join(model: Plausibility, old: str, new: str, after: str) -> float:
    """Return what the two characters behind a stretch say for it."""
    bits = model.bits(after, old[-2:]) - model.bits(after, new[-2:])
    return max(-JOIN_BITS, min(JOIN_BITS, bits))


def _border(gains: Sequence[float], beyond: range, room: int, free: float) -> float:
    for place in beyond:
        if gains[place] == 0.0:
            continue
        if gains[place] == -inf:
            return FORCED_BORDER
        return (free + INSIDE if place == beyond.start else free) + 0.25 * log2(room + 1)
    return 0.0
