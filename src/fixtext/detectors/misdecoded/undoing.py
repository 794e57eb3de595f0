"""Misreadings undone on the longest stretches that they can have made, and what to cut off at the ends of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fixtext.detectors.misdecoded.atoms import MALFORMED, Reading, read_back, runs
from fixtext.detectors.misdecoded.explanation import Pair

_CUT_ENDS = re.compile(r"\A(?:.{0,2}[\udc80-\udcff]){1,2}[0-9]?|[\udc80-\udcff](?:[0-9]?[\udc80-\udcff]{0,2})?\Z")


def without_cut_ends(text: str) -> str:
    """Return a text without the malformed bytes at its ends, up to three each: a character that was cut in two.

    Characters of GB18030 that take four bytes have digits among them.
    """
    return _CUT_ENDS.sub("", text)


def undone(text: str, pairs: Sequence[Pair]) -> Iterator[tuple[int, int, str]]:
    """Undo misreadings, last first, on the longest stretches that they can have made.

    Yields:
        start, end in the text, and what stands there then. Without misreadings, the text as it is.
    """
    if not pairs:
        yield 0, len(text), text
        return
    source, reader = pairs[0]
    for first, last, parts in runs(text, reader):
        reading = read_back(text[first:last], parts, b"".join(parts), source)
        if reading is None:
            continue
        for start, end, begin, stop in _wellformed(reading):
            inner = reading.healthy[begin:stop]
            if len(pairs) == 1:
                yield first + start, first + end, inner
            elif all(a == 0 and b == len(inner) for a, b, _ in undone(inner, pairs[1:])):
                for _, _, innermost in undone(inner, pairs[1:]):
                    yield first + start, first + end, innermost


def _wellformed(reading: Reading) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches of a reading that hold no malformed byte and do change something.

    ASCII at their ends stays with them: it may be the second byte of a character that was misread before.
    """
    begun: tuple[int, int] | None = None
    changed = False
    end = stop = 0
    for start, end, begin, stop in reading.atoms():
        new = reading.healthy[begin:stop]
        if MALFORMED.search(new):
            if begun and changed:
                yield begun[0], start, begun[1], begin
            begun, changed = None, False
            continue
        begun = begun or (start, begin)
        changed = changed or new != reading.observed[start:end]
    if begun and changed:
        yield begun[0], end, begun[1], stop


def trimmed(text: str, start: int, end: int, healthy: str) -> tuple[int, int, str]:
    """Cut off the ASCII at both ends of a stretch that its healthy text has too."""
    observed = text[start:end]
    room = min(len(observed), len(healthy))
    first = 0
    while first < room and observed[first] == healthy[first] < "\x80":
        first += 1
    last = 0
    while last < room - first and observed[-1 - last] == healthy[-1 - last] < "\x80":
        last += 1
    return start + first, end - last, healthy[first : len(healthy) - last]
