"""Characters that are listed, not written with: alphabets, flags, rows of tables, words one a line.

Nothing in a list repeats, nothing is spelt, and what stands beside an entry is another entry of its kind. Text repeats
its letters, and damage takes all of it alike.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from fixtext.channels.codec_steps import Encode
from fixtext.detectors.misdecoded.letters import beyond_ascii, script
from fixtext.findings import Candidate

COINCIDENCE = 0.05
"""Share of pairs of letters that are the same letter twice, at least: Friedman's index of coincidence is 0.053 for
Russian, 0.067 for English, 0.076 for French."""

BYTE_COINCIDENCE = 1 / 60
"""The same for bytes of a page of two bytes a character, of which some sixty are in use at either place."""

EXPECTED = 5.0
"""Pairs that ought to be the same, from which none at all is no text: once in e^5, 150 times."""

EXPECTED_OF_FEW = 1.0
"""The same where a repair saves little for so many letters."""

FLAGS_EXPECTED = 5.0
"""The same for flags of several words together."""

FLAGS_SAME = 0.4
"""Share of these pairs that may be the same all the same: behind some flags stand words about the word."""

NEAR = 400
LINES = 8
"""Code points and lines on either side that belong to the same list."""

ENTRIES = 0.8
"""Share of lines that are a single word, with what is told of it behind a slash or a tab, from which it is a list."""

OTHERS = 4
"""Entries that stay as they are for one that would not, at least."""

CELLS = 8
"""Characters beyond ASCII of what may be a few cells of a table."""

APART = 5
"""Words of one to four letters, fewer than 2.5 on average, from which they are no words."""

APART_BITS = 80.0
"""Bits that words of Korean save, read as ideographs, from five words on."""

CASES = 3
"""Letters that stand there in both cases, at least."""

PAIRED = 2
"""The same where nothing else stands there: two pairs are so by chance once in some thousand times."""

_RUN = re.compile("[^\x00-\x7f]+")
_RUN_AROUND = re.compile("[^\\s\x00-\x7f]+")
_ENTRY = re.compile(r"[^\s/]+(?:/(\S*))?(?:\t[^\n]*)?")
_CELL = re.compile("(?<=[\"'`>|,\t(\\[{/])[A-Za-z]?[^\x00-\x7f]{1,3}[A-Za-z]?(?=[\"'`<|,\t)\\]}/])")


def listed(text: str, candidate: Candidate) -> str | None:
    """Return why a repair would take a list for text, whatever it saves; None if it would not."""
    start, end = candidate.span
    observed = text[start:end]
    if _is_set(observed, candidate, EXPECTED) or _is_set_around(text, start, end):
        return "no character of it stands there twice, as in a list"
    if _are_single_jamo(observed, candidate):
        return "it is written in single jamo"
    if _are_apart(observed, candidate.text) and not (candidate.bits >= APART_BITS and _are_words(observed)):
        return "they are letters by themselves"
    if _is_typed(observed):
        return "it is the same few characters again and again"
    if _are_both_cases(observed):
        return "it is each letter in both its cases"
    return None


def is_entry(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether it is one of many entries of its kind, most of which would stay.

    Args:
        text: the whole text.
        candidate: the repair.
        others: all repairs of the text, in order.
    """
    start, end = candidate.span
    return is_in_cells(text, start, end, others) or _is_in_word_list(text, candidate, others)


def are_figures_or_marks(observed: str) -> bool:
    """Whether all that is beyond ASCII are decimal digits of a script, or all are marks with no letter to carry them.

    >>> [are_figures_or_marks(text) for text in ("\u0e51, \u0e53", "\u0e48\u0e49", "\u0e01\u0e48")]
    [True, True, False]
    """
    kinds = {unicodedata.category(char) for char in filter(beyond_ascii, observed)}
    return kinds == {"Nd"} or kinds == {"Mn"}


def are_single_letters(text: str, start: int, end: int, healthy: str) -> bool:
    """Whether letters of one byte stand there each by itself, and would become as many others."""
    runs = list(_RUN.finditer(text, start, end))
    return (
        bool(runs)
        and all(run.end() - run.start() == 1 and run[0].isalpha() for run in runs)
        and sum(map(beyond_ascii, healthy)) == len(runs)
        and not any(_is_word(text[max(0, run.start() - 1) : run.start()] + text[run.end() :][:1]) for run in runs)
    )


def are_flagged(text: str, start: int, end: int) -> bool:
    """Whether it stands among words with flags behind a slash, as in spelling dictionaries: flags are sets."""
    return _are_entries(text, text.rfind("\n", 0, start) + 1, _end_of_line(text, end))


@lru_cache(maxsize=1)
def _are_entries(text: str, first: int, last: int) -> bool:
    """Whether lines have flags; remembered, because many a place stands in the same line as the one before."""
    lines = [line for line in _lines(text, first, last) if line]
    if not any("/" in line for line in lines):
        return False
    entries = []
    others = 0
    for line in lines:
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            others += 1
            if len(lines) - others < ENTRIES * len(lines):
                return False
        else:
            entries.append(entry)
    flags = [entry[1].rstrip(")!") for entry in entries if entry[1]]
    pairs = sum(len(set_) * (len(set_) - 1) / 2 for set_ in flags)
    same = sum(len(set_) * (len(set_) - 1) / 2 - len({*set_}) * (len({*set_}) - 1) / 2 for set_ in flags)
    return COINCIDENCE * pairs >= FLAGS_EXPECTED and same <= FLAGS_SAME * COINCIDENCE * pairs


def _is_word(beside: str) -> bool:
    return any(map(str.isalnum, beside))


def is_small_set(observed: str, candidate: Candidate) -> bool:
    """The same of fewer letters, which would become half as many."""
    return len(candidate.text) < len(observed) and _is_set(observed, candidate, EXPECTED_OF_FEW)


def _is_set(observed: str, candidate: Candidate, expected: float) -> bool:
    """Whether so many letters of alphabets stand there, each once, that some ought to be the same."""
    odd = list(filter(beyond_ascii, observed))
    if not odd or max(odd) > "\u2e7f" or len({*odd}) < len(odd):
        return False
    healthy = sum(map(beyond_ascii, candidate.text))
    share = COINCIDENCE if healthy == len(odd) else BYTE_COINCIDENCE
    return share * len(odd) * (len(odd) - 1) / 2 >= expected


def _is_set_around(text: str, start: int, end: int) -> bool:
    """Whether the run of characters that it is part of has each once, but for what stands for none (U+FFFD)."""
    first, last = max(0, start - NEAR // 4), min(len(text), end + NEAR // 4)
    run = next(
        (run for run in _RUN_AROUND.finditer(text, first, last) if run.start() <= start and end <= run.end()), None
    )
    if run is None:
        return False
    odd = run[0].replace("\ufffd", "")
    return (
        max(odd, default="") < "\u2e80"
        and len({*odd}) == len(odd)
        and BYTE_COINCIDENCE * len(odd) * (len(odd) - 1) / 2 >= EXPECTED
    )


def _are_single_jamo(observed: str, candidate: Candidate) -> bool:
    """Whether most of it are Korean letters that are in no syllable, as lists of endings have them: in bytes they are
    hiragana, and what else they are is chance.
    """
    odd = list(filter(beyond_ascii, observed))
    source = (candidate.channel.steps or (None,))[0]
    japanese = isinstance(source, Encode) and source.code_page in ("euc-jp", "iso-2022-jp")
    return not japanese and 2 * sum("\u3131" <= char <= "\u318e" for char in odd) > len(odd)


def _are_apart(observed: str, healthy: str) -> bool:
    """Whether many letters stand each by itself, or a few together, and would become as many others: no text
    has so many words without a longer one.
    """
    words = _RUN_AROUND.findall(observed)
    if any(len(word) > 5 for word in re.findall(r"[^\W\d_]+", healthy)):
        return False
    return (
        len(words) >= APART
        and max(map(len, words)) < 5
        and 2 * sum(map(len, words)) < 5 * len(words)
        and not any(map(str.isalpha, filter(str.isascii, observed)))
        and sum(map(beyond_ascii, healthy)) == sum(map(beyond_ascii, observed))
    )


def _are_words(observed: str) -> bool:
    """Whether they are characters of two bytes that say something new, as Korean words of few syllables do."""
    odd = list(filter(beyond_ascii, observed))
    return min(odd) > "\u2e7f" and 4 * len({*odd}) > 3 * len(odd)


def _is_typed(observed: str) -> bool:
    """Whether one or two letters make up short words throughout, as lessons in typing have them."""
    words = observed.split()
    return (
        len(words) > APART
        and sum(map(len, words)) < 4 * len(words)
        and len({*filter(beyond_ascii, observed)}) <= 2
        and sum(map(beyond_ascii, observed)) > 2 * APART
    )


def _are_both_cases(observed: str) -> bool:
    """Whether most letters stand beside themselves in the other case, ``xX yY`` as on keyboards, or all capitals have
    their small letters and nothing is there twice: ``XYZxyz``.
    """
    letters = sum(char.isalpha() for char in observed if char > "\x7f")
    pairs = sum(
        before > "\x7f" and before != after and before.lower() == after.lower() for before, after in pairwise(observed)
    )
    if pairs >= CASES and 2 * pairs >= 0.6 * letters:
        return True
    odd = list(filter(beyond_ascii, observed))
    capitals = [char for char in odd if char.isupper()]
    return (
        len(capitals) >= (PAIRED if len(odd) == 2 * len(capitals) else CASES)
        and len({*odd}) == len(odd)
        and {char.lower() for char in capitals} <= {*odd}
    )


def is_case_pair(text: str, start: int, end: int) -> bool:
    """Whether it is one letter in both its cases, by itself, as alphabets are made up: ``base + "xX"``."""
    observed = text[start:end]
    return (
        len(observed) == 2
        and observed[0] != observed[1]
        and observed[0].lower() == observed[1].lower()
        and not (text[max(0, start - 1) : start] + text[end : end + 1]).isalnum()
    )


def is_in_cells(text: str, start: int, end: int, others: Sequence[Candidate]) -> bool:
    """Whether it is a few characters among many short cells of its kind, most of which no repair takes."""
    odd = list(filter(beyond_ascii, text[start:end]))
    if not 0 < len(odd) <= CELLS:
        return False
    first, last = max(0, start - NEAR), min(len(text), end + NEAR)
    kind = _kind(odd[0])
    cells = [_RUN.search(text, cell.start()) for cell in _CELL.finditer(text, first, last)]
    places = [cell.start() for cell in cells if cell and _kind(cell[0][0]) == kind]
    taken = sum(_is_taken(place, others) for place in places)
    left = len(places) - taken
    return left >= OTHERS and left >= 2 * taken


def _kind(char: str) -> str:
    """Return the script of a letter; all of the pages of Western Europe is one."""
    return "LATIN" if char < "\u0250" else script(char)


def _is_in_word_list(text: str, candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether every line around is one word, and the letters of its kind in the others would stay beside another."""
    start, end = candidate.span
    kind = script(next(filter(beyond_ascii, text[start:end]), ""))
    if not kind or any(script(char) == kind for char in candidate.text):
        return False
    source = (candidate.channel.steps or (None,))[0]
    if isinstance(source, Encode) and source.code_page == "utf-8" and len(candidate.channel.steps) == 2:
        return False
    first = text.rfind("\n", 0, start) + 1
    lines = _lines(text, first, _end_of_line(text, end))
    if len(lines) < LINES or any(not _ENTRY.fullmatch(line) for line in lines if line):
        return False
    window = text.find(lines[0], max(0, first - NEAR)) if lines[0] else first
    last = min(len(text), end + NEAR)
    left = taken = 0
    for place in range(max(0, window), last):
        if text[place] > "\x7f" and script(text[place]) == kind:
            if _is_taken(place, others):
                taken += 1
            else:
                left += 1
    return left >= OTHERS * taken


def _end_of_line(text: str, place: int) -> int:
    end = text.find("\n", place, place + NEAR)
    return end if end >= 0 else min(len(text), place + NEAR)


def _lines(text: str, first: int, last: int) -> list[str]:
    """Return whole lines: those from one place to another, and some before and after."""
    begun = max(0, first - NEAR)
    before = text[begun:first].split("\n")[1 if begun else 0 : -1]
    after = text[last + 1 : last + 1 + NEAR].split("\n")
    if last + 1 + NEAR < len(text):
        after.pop()  # the end of it is missing
    inside = text[first:last].split("\n")
    return [*before[-LINES:], *inside, *after[:LINES]]


def _is_taken(place: int, others: Sequence[Candidate]) -> bool:
    index = bisect_left(others, place + 1, key=_start)
    return index > 0 and others[index - 1].span.end > place


def _start(candidate: Candidate) -> int:
    return candidate.span.start
