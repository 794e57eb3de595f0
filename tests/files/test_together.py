"""Repairs of windows put together are the repair of the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.channels import Channel, Decode, Encode
from fixtext.composition import apply
from fixtext.files.together import together, told_once
from fixtext.findings import Repair, Span, Suspect
from tests.files.test_streaming import STORY, stream

MISREAD = Channel((Encode("utf-8"), Decode("gb18030", "replace")))
PIECES = [STORY, MISREAD.damage(STORY), "caf\u00c3\u00a9 au lait\n", "plain text\r\n", "\u951f\u65a4\u62f7\n"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8))
def test_places_are_those_of_the_whole(pieces: list[str]) -> None:
    whole = "".join(pieces)
    windows = stream(whole.encode(), size=512)
    found = together(windows)
    assert found is not None
    assert found.undo() == whole
    assert found.text == apply(whole, found.edits) == "".join(repair.text for repair in windows)
    assert all(whole[slice(*edit.span)] == edit.before for edit in found.edits)
    reasons = [suspect.reason for repair in windows for suspect in repair.suspects]
    assert [suspect.reason for suspect in found.suspects] == reasons
    starts = [suspect.span.start for suspect in found.suspects]
    assert starts == sorted(starts)


def test_suspects_move() -> None:
    suspect = Suspect("lossy", Span(1, 2), "because")
    found = together([Repair("abc"), Repair("abc", suspects=(suspect,))])
    assert found is not None
    assert found.suspects == (Suspect("lossy", Span(4, 5), "because"),)


def test_several_encodings_are_no_one_text() -> None:
    assert together([Repair("a"), Repair("b", encoding="gb18030")]) is None


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ([], ()),
        (["3 of 7 words"], ("3 of 7 words",)),
        (["3 of 7 words", "other", "10 of 20 words"], ("13 of 27 words", "other")),
    ],
)
def test_notes_are_added_up(notes: list[str], told: tuple[str, ...]) -> None:
    assert told_once(notes) == told
