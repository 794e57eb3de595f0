"""Words by what is left of them when letters beyond ASCII are gone."""

from __future__ import annotations

import pytest

from fixtext.language.skeletons import HOLE, default_skeletons
from fixtext.language.words import is_known


def test_a_skeleton_gives_its_words_by_language() -> None:
    (way,) = [way for way in default_skeletons().ways(f"configura{HOLE}{HOLE}o") if "pt" in way.counts]
    assert way.letters == "\xe7\xe3"
    assert way.counts["pt"] > 10


def test_common_words_of_ascii_tell_languages_apart() -> None:
    (way,) = default_skeletons().ways("und")
    assert way.letters == ""
    assert max(way.counts, key=lambda language: way.counts[language]) == "de"
    assert default_skeletons().ways("zzqx") == []


@pytest.mark.parametrize("skeleton", ["", "\U0010ffff", HOLE * 30])
def test_odd_skeletons_have_no_words(skeleton: str) -> None:
    assert default_skeletons().ways(skeleton) == []


def test_nouns_of_german_have_capitals() -> None:
    ways = default_skeletons().ways(f"{HOLE}nderung")
    assert [way.letters for way in ways if "de" in way.counts] == ["\xc4"]


def test_words_that_are_alike() -> None:
    found = default_skeletons().alike("modifica", 2, "es", "pt")
    assert max(found, key=lambda letters: found[letters]) == "\xe7\xf5"
    assert found["\xe7\xf5"] > 0.99
    assert sum(found.values()) <= 1.0 + 1e-9
    assert default_skeletons().alike("xq", 9, "zw", "pt") == {}


def test_words_of_one_letter_know_what_stands_beside_them() -> None:
    beside = default_skeletons().beside["fr"]["\xe0"]
    assert beside.times > 1000
    assert beside.behind["la"] > beside.before.get("la", 0)


def test_the_words_are_those_that_are_known() -> None:
    skeletons = default_skeletons()
    for skeleton in (f"fran{HOLE}ais", f"gr{HOLE}{HOLE}e", f"n{HOLE}o"):
        for way in skeletons.ways(skeleton):
            letters = iter(way.letters)
            assert is_known("".join([next(letters) if char == HOLE else char for char in skeleton]))
