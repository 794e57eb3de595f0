"""Scores: what is damaged in a text, in figures."""

from __future__ import annotations

import pickle

import pytest

from fixtext import Config, fix, repair
from fixtext.records import Score, Treatment, score
from fixtext.records.texts import fix_texts, repair_texts, score_texts
from tests.records.corpus import CAFE, READ_AS_GBK, READ_AS_LATIN, ZH, texts


def test_healthy_text() -> None:
    assert score(ZH) == score("") == Score((), 0.0, 0.0, 0, True)


def test_damaged_text() -> None:
    found = score(f"{ZH}\n{READ_AS_LATIN}")
    assert (found.damage, found.guessed, found.repairable) == (("misdecoded",), 0, True)
    assert found.damaged_share == pytest.approx(len(READ_AS_LATIN) / len(f"{ZH}\n{READ_AS_LATIN}"), abs=0.01)
    assert found.bits_saved == pytest.approx(sum(edit.bits for edit in repair(f"{ZH}\n{READ_AS_LATIN}").edits))


def test_guesses_are_counted() -> None:
    assert score(READ_AS_GBK).guessed == sum(len(edit.guesses) for edit in repair(READ_AS_GBK).edits)


def test_conversions_are_no_damage() -> None:
    config = Config(script="hant", normalize=("width",))
    assert score(ZH, config) == Score()
    assert repair(ZH, config).changed


def test_many_are_as_one_by_one() -> None:
    found = texts()
    assert fix_texts(found) == [fix(text) for text in found]
    assert score_texts(found) == [score(text) for text in found]
    shuffled = found[::-1]
    assert fix_texts(shuffled) == fix_texts(found)[::-1]


def test_none_is_no_text() -> None:
    assert fix_texts([None, CAFE, None]) == [None, fix(CAFE), None]
    assert score_texts([None]) == [None]


def test_what_is_too_large_is_left() -> None:
    from fixtext.records import Limits

    limits = Limits(record_bytes=len(READ_AS_LATIN.encode()) - 1)
    assert fix_texts([READ_AS_LATIN], limits=limits) == [READ_AS_LATIN]
    assert repair_texts([READ_AS_LATIN, ZH], limits=limits) == {0: None}


def test_confident_leaves_what_has_to_be_guessed() -> None:
    found = Treatment(("text",), confident=True).repairs([READ_AS_GBK])[0]
    assert not any(edit.guesses for edit in found.edits)
    assert found.undo() == READ_AS_GBK


def test_a_treatment_can_be_pickled_and_its_fingerprint_stays() -> None:
    treatment = Treatment(("text", "a[].b"), Config(holes="guess"), score_only=True)
    again = pickle.loads(pickle.dumps(treatment))
    assert again == treatment
    assert again.fingerprint == treatment.fingerprint != Treatment(("text", "a[].b")).fingerprint
