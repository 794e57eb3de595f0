"""What a misreading saves around a place, with what stands there and what it would become each in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from fixtext.detectors.misdecoded.atoms import MALFORMED, Atom, Reading, read_back
from fixtext.detectors.misdecoded.plausible import ESCAPE_BITS, plausibility
from fixtext.detectors.misdecoded.single_gains import encoded

_NEVER = -inf


def saved(window: str, before: str, start: int, end: int, source: str, reader: str) -> float:
    """Return the most that a stretch with something of a place saves where it stands, before borders.

    Args:
        window: what is around the place.
        before: the two characters before it.
        start: index of the first character of the place in the window.
        end: index behind its last.
        source: the page in which the text may have been written.
        reader: the page in which it may have been read.
    """
    parts = [encoded(char, reader) for char in window]
    first, last = start, end
    while first > 0 and parts[first - 1]:
        first -= 1
    while last < len(window) and parts[last]:
        last += 1
    if not all(parts[start:end]):
        return 0.0
    observed, standing = window[first:last], before + window
    reading = read_back(observed, parts[first:last], b"".join(parts[first:last]), source)
    if reading is None:
        return 0.0
    return saved_by(reading, standing, len(before) + first, start - first, end - first)


def saved_by(reading: Reading, standing: str, shift: int, start: int, end: int) -> float:
    """Return the most that a stretch of a reading saves in its place which has something of a part of it.

    Args:
        reading: some text read back.
        standing: what it stands in.
        shift: where it begins there.
        start: index of the first character of the part.
        end: index behind its last.
    """
    best = _NEVER
    for run in _sound(reading):
        # Where a character is written otherwise than it was read, no border may be left.
        if run and run[0][0] < end and start < run[-1][1]:
            best = max(best, _saved_in(run, reading, standing, shift, start, end))
    return best


def _sound(reading: Reading) -> Iterator[list[Atom]]:
    """Yield the runs of atoms without malformed bytes.

    There may be none at all: what a page reads and does not write, like a part of WHATWG's Big5, ends where no observed
    character does.
    """
    sound = MALFORMED.search(reading.healthy) is None
    run: list[Atom] = []
    for atom in reading.atoms():
        if sound or MALFORMED.search(reading.healthy, atom[2], atom[3]) is None:
            run.append(atom)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _saved_in(run: Sequence[Atom], reading: Reading, standing: str, shift: int, start: int, end: int) -> float:
    """Return the same for one of these runs."""
    scorer, new, observed = plausibility(), reading.healthy, reading.observed
    best = with_place = _NEVER
    total = 0.0
    for begin, stop, left, right in run:
        gain = 0.0
        if observed[begin:stop] != new[left:right]:
            for at in range(begin + shift, stop + shift):
                gain += scorer.transition(standing[max(0, at - 2) : at + 1])
            for at in range(left, right):
                gain -= min(scorer.healthy(new[max(0, at - 2) : at + 1]), scorer.healthy(new[at]) + ESCAPE_BITS)
        total = max(total, 0.0) + gain
        with_place += gain
        if begin < end and start < stop:
            with_place = max(with_place, total)
        best = max(best, with_place)
    return best


def saved_as_ascii(observed: str) -> float:
    """Return what ASCII saves of which each two characters were read as one."""
    scorer = plausibility()
    orders = "utf-16-le", "utf-16-be"
    return scorer.bits(observed) - min(scorer.bits(observed.encode(order).decode("ascii")) for order in orders)
