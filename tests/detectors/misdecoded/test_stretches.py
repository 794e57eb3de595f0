"""Few places settle where stretches begin and end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fixtext.detectors.misdecoded.stretches import GAP, asked_first, ends_of_stretches

Places = list[tuple[int, int]]

APART = st.sampled_from([-3, 0, 1, 50, GAP - 1, GAP, GAP + 1, 2 * GAP])
SIZES = st.sampled_from([1, 2, 8, GAP + 10])


@st.composite
def places(draw: st.DrawFn) -> Places:
    found: Places = []
    at = 0
    for apart, size in draw(st.lists(st.tuples(APART, SIZES), max_size=12)):
        start = max(at + apart, found[-1][0] + 1 if found else 0)
        found.append((start, start + size))
        at = start + size
    return found


def stretches(found: Places) -> Places:
    """All of them one by one: what the few have to tell."""
    merged: Places = []
    for start, end in found:
        if merged and start - merged[-1][1] < GAP:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


@given(places(), st.data())
def test_stretches_are_those_of_all_places_that_hold(found: Places, data: st.DataObject) -> None:
    held = {place for place in found if data.draw(st.booleans())}
    few = ends_of_stretches(found, held.__contains__)
    assert set(few) <= held
    assert few == sorted(few)
    assert stretches(few) == stretches([place for place in found if place in held])


@given(places())
def test_where_all_hold_no_others_are_asked(found: Places) -> None:
    asked: Places = []

    def holds(place: tuple[int, int]) -> bool:
        asked.append(place)
        return True

    ends_of_stretches(found, holds)
    overlap = any(end > start for (_, end), (start, _) in pairwise(found))
    assert asked == (found if overlap else list(asked_first(found)))


def test_of_a_damaged_text_one_place_in_a_gap_is_asked() -> None:
    found = [(at, at + 2) for at in range(0, 2_000, 10)]
    assert len(list(asked_first(found))) <= 2_000 // (GAP - 10) + 2
    assert ends_of_stretches(found, lambda _: True)[-1] == found[-1]
