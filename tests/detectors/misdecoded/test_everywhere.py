"""Texts whose letters are all UTF-8 read in one page: undone at once, each run of letters an edit."""

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


@pytest.mark.parametrize("page", ["gb18030", "cp936", "cp950", "cp932", "cp949"])
@pytest.mark.parametrize("language", ["de", "fr", "pl"])
def test_letters_that_became_ideographs_come_back(language: str, page: str) -> None:
    # Prose with so few letters beyond ASCII, 2,000 characters and more of it, is nothing that looks odd in a scan.
    lines = [line for line in prose(language, 90).split("\n") if survives(line, page)]
    healthy = ("x = find(name, where, size)\n" * 3).join(line + "\n" for line in lines)
    channel = Channel((Encode("utf-8"), Decode(page)))
    repair = fixtext.repair(channel.damage(healthy))
    assert repair.text == healthy
    assert not repair.suspects


def survives(line: str, page: str) -> bool:
    try:
        return Channel((Encode("utf-8"), Decode(page))).damage(line).encode("utf-8") != line.encode("utf-8")
    except UnicodeError:
        return False


def test_most_letters_come_back_where_bytes_were_lost() -> None:
    healthy = prose("de", 60) + "Der Käufer\u2019 sagt: \u201egroß\u201c \u2026 und\u2019 geht.\n" * 3
    damaged = Channel((Encode("utf-8"), Decode("gb18030", "replace"))).damage(healthy)
    assert "\ufffd" in damaged
    fixed = fixtext.fix(damaged)
    assert fixed.startswith(prose("de", 60))


@pytest.mark.parametrize(
    "line",
    [
        "The character \u8c29 is read \u8305, and \u6402 is another one of them, number {}.\n",
        "use \u72ecname and the\u4e2dword{} in one line\n",
        "'\xc3\xa1' => '&aacute;', // {}\n'\xc3\xa9' => '&#233;',\n\"\xc3\xb1\": \"\\u00f1\",\n",
        "let pattern{} = /[\u8c29\u8305\u94c6]+/;\n",
        "caf\xe9 number {}, d\xe9j\xe0 vu, na\xefve, \u4e2d\u6587\n",
    ],
)
def test_what_only_looks_like_it_stays(line: str) -> None:
    text = "".join(line.format(number) for number in range(60))
    assert fixtext.fix(text) == text


def test_edits_hold_nothing_but_letters() -> None:
    repair = fixtext.repair(CHANNELS["latin-1"].damage(prose("de")))
    assert repair.edits
    assert not any(char < "\x80" for edit in repair.edits for char in edit.before)


def test_signs_of_a_few_comments_among_much_code() -> None:
    code = "for (let index = 0; index < entries.length; index += 1) { total += entries[index].size; }\n" * 60
    signs = ("\u2705 No need for the list here", "The list\u2014you can change it\u2014is long", "f\xfcr die Liste")
    healthy = "".join(f"{code}// {signs[number % 3]}\n" for number in range(120))
    assert fixtext.fix(CHANNELS["latin-1"].damage(healthy)) == healthy


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
