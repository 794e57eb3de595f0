"""Places near one another make a stretch that is looked at as a whole; few of them settle where it begins and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

GAP = 160
"""Code points between suspicious places from which they are looked at apart."""


def ends_of_stretches(
    places: Sequence[tuple[int, int]], holds: Callable[[tuple[int, int]], bool]
) -> list[tuple[int, int]]:
    """Return of the places that hold those by which the stretches of all that hold are known, in order.

    Places that are nearer to each other than `GAP` belong to one stretch. So it is enough to ask how far it goes: if
    the farthest place within reach holds, those between are in the stretch whether they hold or not. That is one
    question for every `GAP` code points of text that is damaged all over; where nothing holds, all places are asked.

    Args:
        places: (start, end) of each, in order.
        holds: asked of few places more than once.
    """
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        return list(filter(holds, places))  # of places that overlap, the last need not end last
    found: list[tuple[int, int]] = []
    index, last = 0, -1
    while index < len(places):
        if last >= 0:
            end = _reach(places, last)
            farther = next((place for place in range(end - 1, last, -1) if holds(places[place])), -1)
            if farther < 0:
                index, last = end, -1
                continue
            last = farther
        elif holds(places[index]):
            last = index
        else:
            index += 1
            continue
        found.append(places[last])
        index = last + 1
    return found


def asked_first(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places that `ends_of_stretches` asks if all hold."""
    last = 0
    while last < len(places):
        yield places[last]
        last = max(last + 1, _reach(places, last) - 1)


def _reach(places: Sequence[tuple[int, int]], last: int) -> int:
    """Return the index of the first place behind the reach of one."""
    end = places[last][1]
    index = last + 1
    while index < len(places) and places[index][0] - end < GAP:
        index += 1
    return index
