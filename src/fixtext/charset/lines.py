"""Files in which lines are in different encodings: each line's encoding, with a price on every change."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from fixtext.charset.detection import CERTAIN
from fixtext.charset.encodings import MULTI_BYTE, SINGLE_BYTE, UTF_8, Encoding
from fixtext.charset.race import race
from fixtext.charset.sample import collapsed
from fixtext.charset.weighing import bits, read

TRANSITION = 12.0
"""Bits for a change of encoding between two lines: once in 4,000 lines. Without it short lines flicker."""

_SURVEYED = 48
_SPARSE = 2000
"""Bytes a surveyed line from which not all lines are listed before: that takes 2 us a line."""
_MOST = 6
_LONGEST = 600
"""Bytes of a line that are weighed."""
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF_8_ONLY = 4
"""Well-formed characters beyond ASCII from which a line is taken for UTF-8 unweighed."""
_WRONG = 4
"""Bytes that are not UTF-8 from which a line is not, if another encoding reads all of it."""
_STRUCTURED = 6.0
"""What each well-formed character is worth where there are fewer: by chance one pair of bytes in 60 is one."""
_UNLIKELY = 24.0
"""Bits that such a line is held to cost more in other encodings, for each of these characters."""
_TELLING = 4
"""Letters beyond ASCII that a line needs to speak against the encoding of the file: frames and dashes do not."""
_USUAL = ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "cp1252", "cp1251", "koi8-r")
"""Codecs that lines of a file are tried in whose encoding is known."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has bytes beyond ASCII.

    Attributes:
        start: offset of its first byte.
        end: offset after its last byte, its newline included.
        encoding: what it is in.
        bits: what it costs in that encoding.
        margin: bits by which its encoding leads in the whole run of lines, before any other that reads it otherwise.
    """

    start: int
    end: int
    encoding: Encoding
    bits: float
    margin: float


def lines_of(data: bytes) -> list[tuple[int, int]]:
    """Return start and end of the lines that have bytes beyond ASCII; ends of lines are LF or CR."""
    found: list[tuple[int, int]] = []
    position = 0
    ending = b"\n" if b"\n" in data else b"\r"
    while high := _HIGH.search(data, position):
        start = data.rfind(ending, position, high.start()) + 1 or position
        end = data.find(ending, high.start()) + 1 or len(data)
        found.append((start, end))
        position = end
    return found


def some_lines(data: bytes) -> list[tuple[int, int]]:
    """Return start and end of lines from all over the file that have bytes beyond ASCII; of a short file, of all."""
    if len(data) < _SURVEYED * _SPARSE:
        return lines_of(data)
    ending = b"\n" if b"\n" in data else b"\r"
    found: dict[tuple[int, int], None] = {}
    for part in range(_SURVEYED):
        position = data.find(ending, len(data) * part // _SURVEYED) + 1
        high = _HIGH.search(data, position)
        if high is None:
            continue
        start = data.rfind(ending, position, high.start()) + 1 or position
        found[start, data.find(ending, high.start()) + 1 or len(data)] = None
    return list(found)


def survey(data: bytes, places: list[tuple[int, int]], known: Encoding | None) -> list[Encoding]:
    """Return the encodings that some lines from all over the file are in, the commonest first.

    Args:
        data: the file.
        places: all of its lines that have bytes beyond ASCII, or some.
        known: an encoding that reads all of the file; another one is then taken for that of a line only where it is
            better by far. None: all encodings are tried on each line.
    """
    if known is None:  # what is well-formed UTF-8 tells nothing about the rest
        others = [(start, end) for start, end in places if not _well_formed(data[start:end])]
        votes = Counter({UTF_8: len(places) - len(others)})
        places = others
    else:
        votes = Counter()
    step = max(1, len(places) // _SURVEYED)
    field = [one for one in (UTF_8, *MULTI_BYTE, *SINGLE_BYTE) if one.probe in _USUAL or one in (UTF_8, known)]
    for start, end in places[::step]:
        line = data[start:end][:_LONGEST]
        if known is None:
            ranking = [(one.bits, one.encoding) for one in race(line, False).ranking]
            required = CERTAIN
        else:
            ranking = sorted(zip(_costs(line, field), field, strict=True), key=lambda pair: (pair[0], pair[1] != known))
            required = CERTAIN if ranking[0][1] is known else 3 * TRANSITION
        lowest, encoding = ranking[0]
        text = read(line, encoding.probe)
        lead = next((cost - lowest for cost, other in ranking[1:] if read(line, other.probe) != text), 2 * CERTAIN)
        if lead >= required and (known is None or encoding is known or _letters(read(line, known.probe)) >= _TELLING):
            votes[encoding] += 1
        elif known is not None:
            votes[known] += 1
    return [encoding for encoding, _ in votes.most_common(_MOST)]


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text if char > "\x7f")


def assign(data: bytes, places: list[tuple[int, int]], encodings: list[Encoding]) -> list[Line]:
    """Return the encodings of lines that together cost least, changes between lines paid for (Viterbi 1967)."""
    costs = [_costs(data[start:end], encodings) for start, end in places]
    best = [encoding.prior for encoding in encodings]
    back: list[list[int]] = []
    for emission in costs:
        cheapest = min(range(len(encodings)), key=best.__getitem__)
        switch = best[cheapest] + TRANSITION
        back.append([state if best[state] <= switch else cheapest for state in range(len(encodings))])
        best = [min(best[state], switch) + emission[state] for state in range(len(encodings))]
    state = min(range(len(encodings)), key=best.__getitem__) if encodings else 0
    states: list[int] = []
    for previous in reversed(back):
        states.append(state)
        state = previous[state]
    states.reverse()
    return _with_margins(data, places, encodings, costs, states)


def _with_margins(
    data: bytes,
    places: list[tuple[int, int]],
    encodings: list[Encoding],
    costs: list[list[float]],
    states: list[int],
) -> list[Line]:
    lines: list[Line] = []
    first = 0
    while first < len(states):
        last = first
        while last < len(states) and states[last] == states[first]:
            last += 1
        chosen = states[first]
        totals = [sum(costs[index][state] for index in range(first, last)) for state in range(len(encodings))]
        own = _readings(data, places[first:last], encodings[chosen])
        rivals = [
            totals[state] - totals[chosen]
            for state in range(len(encodings))
            if state != chosen and _readings(data, places[first:last], encodings[state]) != own
        ]
        margin = min(rivals, default=float("inf"))
        lines += [Line(*places[index], encodings[chosen], costs[index][chosen], margin) for index in range(first, last)]
        first = last
    return lines


def _readings(data: bytes, places: list[tuple[int, int]], encoding: Encoding) -> list[str]:
    return [read(data[start:end][:_LONGEST], encoding.probe) for start, end in places[:20]]


def _costs(line: bytes, encodings: list[Encoding]) -> list[float]:
    line = line[:_LONGEST]
    count = _well_formed(line)
    if count >= _UTF_8_ONLY and UTF_8 in encodings:
        return [0.0 if one is UTF_8 else _UNLIKELY * count for one in encodings]
    if not count and len(encodings) == 2 and UTF_8 in encodings:
        # Half of a mixed file, and plain to see: the model need not be asked.
        text = line.decode("utf-8", "replace")
        wrong = text.count("\ufffd")
        other = next(one for one in encodings if one is not UTF_8)
        rest = len(text) - len(text.encode("ascii", "ignore")) - wrong
        if wrong >= _WRONG + 2 * rest and "\ufffd" not in read(line, other.probe):
            return [_UNLIKELY * wrong if one is UTF_8 else 0.0 for one in encodings]
    return [_cost(line, one) - _STRUCTURED * count * (one is UTF_8) for one in encodings]


def _cost(line: bytes, encoding: Encoding) -> float:
    text = read(collapsed(line), encoding.probe)
    return bits([text])


def _well_formed(line: bytes) -> int:
    """Return how many characters beyond ASCII there are; 0 if it is not well-formed UTF-8."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(line) < _LONGEST or error.start < len(line) - 4:
            return 0
        text = line[: error.start].decode("utf-8")
    return len(text) - len(text.encode("ascii", "ignore"))
