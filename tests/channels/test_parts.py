"""The step that happens to parts of a text."""

from __future__ import annotations

import json

import pytest

from fixtext.channels.channel import Channel
from fixtext.channels.parts import Within
from tests.doubles import channel


def test_parts_change_and_the_rest_stays() -> None:
    step = Within(((1, 2, channel("b", "BBB")), (3, 3, channel("", "+")), (4, 5, channel("e", ""))))
    assert step.run("abcdef") == "aBBBc+df"
    assert str(step).startswith("within characters 1..2: b becomes BBB; within characters 3..3:")


@pytest.mark.parametrize("ranges", [[(-1, 1)], [(2, 1)], [(0, 7)], [(2, 3), (1, 2)], [(0, 2), (1, 3)]])
def test_ranges_that_do_not_fit_are_refused(ranges: list[tuple[int, int]]) -> None:
    with pytest.raises(UnicodeError, match="does not fit"):
        Within(tuple((start, end, Channel(())) for start, end in ranges)).run("abcdef")


def test_bytes_are_refused() -> None:
    with pytest.raises(TypeError, match="not on bytes"):
        Within(()).run(b"bytes")


def test_nested_channels_are_written_and_read_back() -> None:
    inner = Channel((Within(((0, 1, channel("a", "b")),)),))
    outer = Channel((Within(((2, 5, inner), (6, 6, channel("", "!")))), Within(())))
    stored = json.loads(json.dumps(outer.to_dict()))
    assert Channel.from_dict(stored) == outer
    assert hash(Channel.from_dict(stored)) == hash(outer)


@pytest.mark.parametrize(
    "steps", [[{"step": "unheard-of"}], [{}], [{"step": "within"}], [{"step": "within", "parts": [], "more": 1}]]
)
def test_steps_that_nobody_knows_are_an_error(steps: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="step"):
        Channel.from_dict(steps)
