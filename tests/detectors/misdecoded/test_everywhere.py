"""Long texts whose letters are all UTF-8 read in one page of single bytes: undone at once, each letter an edit."""

from __future__ import annotations

import random

import pytest

import fixtext
from fixtext.channels import Channel, Decode, Encode

WORDS = {
    "de": "die Brücke über den Fluß wäre höher als früher größer müßte öfter gründlich geprüft werden weil",
    "fr": "les élèves préfèrent déjà où la forêt brûlée après être allés très loin ça reçoit où l’été naît",
    "pl": "książka leży na półce gdzie żółw śpi źle więc chłopiec wciąż się śmieje aż do północy",
    "ru": "наши соседи каждый вечер гуляют вдоль широкой реки потом читают книги очень долго",
}
CHANNELS = {
    "latin-1": Channel((Encode("utf-8"), Decode("latin-1"))),
    "mac-roman": Channel((Encode("utf-8"), Decode("mac-roman"))),
    "twice": Channel((Encode("utf-8"), Decode("latin-1"), Encode("utf-8"), Decode("latin-1"))),
}


def prose(language: str, lines: int = 200) -> str:
    """Sentences of these words, in an order of their own."""
    chance = random.Random(language)
    return "".join(" ".join(chance.choices(WORDS[language].split(), k=9)).capitalize() + ".\n" for _ in range(lines))


@pytest.mark.parametrize("name", ["latin-1", "mac-roman", "twice"])
@pytest.mark.parametrize("language", sorted(WORDS))
def test_every_letter_comes_back(language: str, name: str) -> None:
    healthy = prose(language)
    damaged = CHANNELS[name].damage(healthy)
    repair = fixtext.repair(damaged)
    assert repair.text == healthy
    assert not repair.suspects
    for edit in repair.edits:
        assert edit.channel.damage(edit.after) == edit.before


@pytest.mark.parametrize("language", sorted(WORDS))
def test_healthy_prose_stays(language: str) -> None:
    healthy = prose(language)
    assert fixtext.fix(healthy) is healthy


def test_edits_hold_nothing_but_letters() -> None:
    repair = fixtext.repair(CHANNELS["latin-1"].damage(prose("de")))
    assert repair.edits
    assert not any(char < "\x80" for edit in repair.edits for char in edit.before)


def test_an_article_of_examples_stays() -> None:
    pairs = [char.encode().decode("latin-1") for char in "éèêëàâîïôûüçñöäß"]
    article = "".join(
        f"UTF-8 read as Latin-1 shows `{pairs[n % 16]}` in the place of letter {n}.\n" for n in range(400)
    )
    assert fixtext.fix(article) == article


def test_the_rest_is_for_others() -> None:
    # What would be no text, among hundreds of letters that are.
    healthy = prose("de") + "Ende \u4e2d\u6587.\n"
    assert fixtext.fix(CHANNELS["latin-1"].damage(healthy)) == healthy
