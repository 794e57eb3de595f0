"""Small and capital letters in words whose letters beyond ASCII are gone."""

from __future__ import annotations

import re
from itertools import islice

from fixtext.detectors.lossy.letter_words import Options
from fixtext.detectors.lossy.signs import HOLE

START, INSIDE, ELSEWHERE = 0.99, 0.005, 0.5
"""Probability of a capital at the start of a sentence, inside one, and where neither is seen: names and nouns that have
one inside sentences aside, which are known as such."""

_MOST_LINES = 500
_SEEN = 60
_GOES_ON = re.compile(r"(?<=[a-z,]\n)([A-Za-z])")
_STARTS = re.compile(r"(?:(?<![^\n])|(?<=[^a-z,\n]\n))([A-Za-z])")

_IN_CAPITALS = re.compile("[ \ufffd]*[A-Z]{2}")
"""What follows a word of one letter and holes, in a line of capitals."""

_SENTENCE = re.compile(r"[.!?]['\")\u201d\xbb]* +$")
_INSIDE = re.compile(r"[a-zA-Z0-9\ufffd],? (?:[a-z]{1,6}')?$")
_WRAPPED = re.compile(r"[a-z,\ufffd]\n$")
_OPENING = "([{<>\"'-/"
"""What a word may follow without a space; behind anything else there may be an apostrophe and an ending."""

_ESCAPE = re.compile(r"\\(?:f[BIRPCW]|[nrt])$")
"""An escape of troff, or of programs."""


def starts_of(text: str) -> tuple[float, float]:
    """Return how probable a capital is at the start of a line that goes on with a sentence, and of another one."""
    found = []
    for pattern in (_GOES_ON, _STARTS):
        capitals = small = 1
        for match in islice(pattern.finditer(text), _MOST_LINES):
            capitals += match[1].isupper()
            small += match[1].islower()
        found.append(capitals / (capitals + small))
    return found[0], found[1]


def is_inside(text: str, start: int) -> bool:
    """Whether a word stands inside a sentence."""
    return _INSIDE.search(text, max(0, start - _SEEN), start) is not None


def cased(text: str, start: int, ways: Options, starts: tuple[float, float]) -> Options:
    """Tell small and capital first letters apart, where the first one is gone.

    Args:
        text: the text.
        start: where the word begins.
        ways: what may stand in its holes; a first letter is a capital for words that have one inside sentences.
        starts: how probable capitals are at the start of lines (`starts_of`).
    """
    if text[start] != HOLE or not ways:
        return ways
    before = _ESCAPE.sub("", text[max(0, start - _SEEN) : start])
    if before and not before[-1].isspace() and before[-1] not in _OPENING:
        return []
    capital = ELSEWHERE
    if _SENTENCE.search(before):
        capital = START
    elif _INSIDE.search(before):
        capital = INSIDE
    elif before[-1:] in ("", "\n"):
        capital = starts[0] if _WRAPPED.search(before) else starts[1]
    total: dict[str, float] = {}
    for letters, probability in ways:
        upper = letters[:1].upper() + letters[1:]
        if letters == upper:  # a noun of German, or a name
            total[upper] = total.get(upper, 0.0) + probability
        else:
            total[upper] = total.get(upper, 0.0) + probability * capital
            total[letters] = total.get(letters, 0.0) + probability * (1 - capital)
    return sorted(total.items(), key=lambda one: (-one[1], one[0]))


def filled(text: str, start: int, end: int, letters: str) -> str:
    """Put letters into the holes of a word, capitals into one of capitals.

    Args:
        text: the text.
        start: where the word begins.
        end: where it ends.
        letters: one for each of its holes.
    """
    word = text[start:end]
    given = iter(letters)
    if sum(map(str.isupper, word)) + (_IN_CAPITALS.match(text, end) is not None) < 2:
        return "".join([next(given) if char == HOLE else char for char in word])
    found = []
    for place, char in enumerate(word):
        if char != HOLE:
            found.append(char)
            continue
        letter = next(given)
        beside = f"{word[:place].rstrip(HOLE)[-1:]}{word[place:].lstrip(HOLE)[:1]}"
        found.append(letter.upper() if beside.isupper() and len(letter.upper()) == 1 else letter)
    return "".join(found)
