r"""Puts back letters that a reading as UTF-8 has lost: text of a single-byte page has a U+FFFD for each of them.

``utiliza\ufffd\ufffdo`` was ``utiliza\xe7\xe3o`` in Windows-1252. Nothing of the letters is left, so they are told by
the words that have them (`letter_words`), and the language by the words around (`letter_languages`). Where U+FFFD is
shown on purpose, few words are known, or the text speaks of encodings; that is left alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.config import Config
from fixtext.detectors.certainty import LATIN
from fixtext.detectors.lossy.letter_case import cased, filled, is_inside, starts_of
from fixtext.detectors.lossy.letter_languages import Weights, likely, score
from fixtext.detectors.lossy.letter_words import Options, is_contraction, is_known, options
from fixtext.detectors.lossy.signs import HOLE, LETTER, MISREAD
from fixtext.detectors.misdecoded.quoting import is_spoken_of
from fixtext.findings import Candidate, Guess, Span, Suspect
from fixtext.language import default_model

_WORD = re.compile(rf"(?:(?<=\\f[BIRPCW])|(?<=\\[nrt])|(?<![{LETTER}{HOLE}\\]))[{LETTER}{HOLE}]+")
"""A word; behind an escape of programs or troff it begins with the next letter."""
_JOINED = re.compile(f"[{LETTER}{HOLE}]{{2}}")
_BEYOND = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\u024f]")
_QUOTES = "\"'`\u2018\u2019\u201c\u201d\xab\xbb"

BESIDE = 250
"""Code points on either side of a word in which a text may speak of encodings."""

_DECLARED = re.compile(r"(?:coding|charset)[=:\\ \"']+[\w-]+", re.IGNORECASE)
"""What declares the encoding of a file, which is no talk about encodings."""

AROUND = 400
"""Code points of a long line on either side of a hole that are read for its language."""

TOLD, SHARE = 0.95, 0.4
"""Probability from which a word is told, and the share of the different words with holes that have to be known."""

NATS = 5.0
"""What the words of ASCII have to say for the language, against English, if one word is told; less if more are."""

MANY = 5
"""Told words from which a text is not one that shows an example, whatever language its other words are in."""

_PAGES = {
    **dict.fromkeys(("pl", "cs", "sk", "sl", "hr", "hu", "ro", "sq"), ("cp1250", "iso-8859-2")),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257", "iso-8859-13")),
    **dict.fromkeys(("tr",), ("cp1254",)),
    **dict.fromkeys(("eo",), ("iso-8859-3",)),
    **dict.fromkeys(("cy",), ("iso-8859-14",)),
}
_USUAL = ("cp1252", "iso-8859-15", "mac-roman", "cp1250", "cp1254", "cp1257", "iso-8859-2")


class Word(NamedTuple):
    """A word with holes: where it stands, and the number of its line."""

    start: int
    end: int
    line: int


class Line(NamedTuple):
    """A line with holes, or the part of a long one around them."""

    start: int
    end: int
    healthy: list[str]
    words: list[str]


def findings(text: str, config: Config) -> Iterator[Candidate | Suspect]:
    """Yield the words that can be told, and those that cannot, if the text has lost its letters.

    Args:
        text: the text; where U+FFFD was itself read in Windows-1252, it has three characters for each.
        config: what is asked for.
    """
    if HOLE in text or MISREAD not in text:
        yield from _findings(text, config)
        return
    plain = text.replace(MISREAD, HOLE)
    wider = len(MISREAD) - len(HOLE)
    place = before = 0
    for finding in _findings(plain, config):
        start, end = finding.span
        before += plain.count(HOLE, place, start)
        place = start
        span = Span(start + wider * before, end + wider * (before + plain.count(HOLE, start, end)))
        if isinstance(finding, Suspect):
            yield Suspect(finding.damage, span, finding.reason)
        else:
            channel = Channel((*finding.channel.steps, *_AGAIN))
            yield Candidate(finding.damage, span, finding.text, channel, finding.bits, finding.guesses)


_AGAIN = (Encode("utf-8"), Decode("cp1252"))


def _findings(text: str, config: Config) -> Iterator[Candidate | Suspect]:
    lines, words = _read(text)
    if not words:
        return
    document = score(word for line in lines for word in line.words)
    languages = [likely(document, score(line.words)) for line in lines]
    quoted = {
        word.line
        for word in words
        if text[word.start] == HOLE
        and word.end > word.start + 1
        and not is_known(text[word.start : word.end].lower(), languages[word.line])
    }
    starts = starts_of(text)
    told: set[str] = set()
    known: set[str] = set()
    different: set[str] = set()
    found: list[tuple[Word, Options]] = []
    seen: dict[tuple[object, ...], Options] = {}
    for word in words:
        skeleton = text[word.start : word.end].lower()
        around = languages[word.line]
        before, behind = _beside(text, word) if len(skeleton) == 1 else ("", "")
        marks = word.line in quoted
        key = (
            skeleton,
            before,
            behind,
            marks,
            *[(one, round(share, 2)) for one, share in around.items() if share > 0.01],
        )
        ways = seen.get(key)
        if ways is None:
            ways = seen[key] = options(skeleton, around, before, behind, quoted=marks)
        ways = cased(text, word.start, ways, starts)
        found.append((word, ways))
        if len(skeleton.replace(HOLE, "")) > 1:
            different.add(skeleton)
            if is_known(skeleton, around):
                known.add(skeleton)
                if ways and ways[0][1] >= TOLD and not _is_name(text, word, around):
                    told.add(skeleton)
    nats = _against_english(lines, document, told)
    if len(known) < SHARE * len(different) or not _is_lost(text, len(told), nats):
        return
    evidence = (len(told) - 1) * 8.0 + max(0.0, nats) / math.log(2)
    for word, ways in found:
        yield from _finding(text, word, ways, languages[word.line], evidence, config, len(told) >= MANY)


def _read(text: str) -> tuple[list[Line], list[Word]]:
    """Return the lines with holes, and the words with holes in them."""
    lines: list[Line] = []
    words: list[Word] = []
    place = text.find(HOLE)
    while place >= 0:
        least = lines[-1].end if lines else 0
        start = max(text.rfind("\n", 0, place) + 1, place - AROUND, least)
        while start > least and _JOINED.match(text, start - 1):
            start -= 1
        end = text.find("\n", place)
        end = min(len(text) if end < 0 else end, place + AROUND)
        while end < len(text) and _JOINED.match(text, end - 1):
            end += 1
        inside = list(_WORD.finditer(text, start, end))
        if not _BEYOND.search(text, start, end):
            spelt = [match[0].lower() for match in inside]
            lines.append(Line(start, end, [word for word in spelt if HOLE not in word], spelt))
            words += [
                Word(*match.span(), len(lines) - 1) for match in inside if HOLE in match[0] and _is_word(match[0])
            ]
        else:
            lines.append(Line(start, end, [], []))
        place = text.find(HOLE, end)
    return lines, words


def _is_word(word: str) -> bool:
    """Whether letters are left of a word, or it is a single hole."""
    return len(word) == 1 or (word.strip(HOLE) != "" and _ENDING.search(word) is None)


_ENDING = re.compile(f"[A-Z]{{2,}}{HOLE}[a-z]")
"""An abbreviation with an apostrophe and an ending."""


def _is_name(text: str, word: Word, languages: Weights) -> bool:
    """Whether a word has a capital inside a sentence, other than nouns of German: names are in any language."""
    if not text[word.start].isupper() or not text[word.start + 1 : word.end].islower():
        return False
    return languages.get("de", 0.0) < TOLD and is_inside(text, word.start)


def _beside(text: str, word: Word) -> tuple[str, str]:
    """Return the words before and behind a word, if nothing but a space parts them."""
    before = re.search(f"([{LETTER}{HOLE}]+) $", text[max(0, word.start - 40) : word.start])
    behind = re.match(f" ([{LETTER}{HOLE}]+)", text[word.end : word.end + 40])
    return before[1].lower() if before else "", behind[1].lower() if behind else ""


def _against_english(lines: Sequence[Line], document: Weights, told: set[str]) -> float:
    """Return the nats of the words of ASCII for the likeliest language, against English.

    In English, words like that for a place where coffee is had are what people show; apostrophes are lost in earnest.
    """
    best = max(document, key=lambda language: document[language], default="en")
    healthy = score(word for line in lines for word in line.healthy)
    if best == "en":
        return healthy.get("en", 0.0) / 4 if any(map(is_contraction, told)) else -1.0
    return healthy.get(best, 0.0) - healthy.get("en", 0.0)


def _is_lost(text: str, told: int, nats: float) -> bool:
    """Whether a text has lost letters, rather than that it shows what such text looks like."""
    if told >= MANY:
        return nats >= 0
    if not told or nats < NATS / told:
        return False
    return _BEYOND.search(text) is None or (told > 2 and nats >= NATS)


def _finding(
    text: str, word: Word, ways: Options, languages: Weights, evidence: float, config: Config, certain: bool
) -> Iterator[Candidate | Suspect]:
    span = Span(word.start, word.end)
    observed = text[word.start : word.end]
    if _is_shown(text, word, certain):
        return
    enough = max(LATIN, config.required_probability) if config.holes != "guess" else 0.0
    if not ways or ways[0][1] < enough:
        yield Suspect("lossy", span, "letters are lost here, and which they were cannot be told")
        return
    letters, probability = ways[0]
    healthy = filled(text, word.start, word.end, letters)
    channel = _channel(healthy, observed, languages)
    if channel is None:
        yield Suspect("lossy", span, "letters are lost here, and no code page explains how")
        return
    model = default_model()
    before, after = text[max(0, word.start - 2) : word.start], text[word.end : word.end + 2]
    saved = model.bits(observed, before, after) - model.bits(healthy, before, after)
    places = [place for place, char in enumerate(observed) if char == HOLE]
    guesses = tuple(
        Guess(place, healthy[place], round(probability, 4), _others(ways, number))
        for number, place in enumerate(places)
    )
    yield Candidate("lossy", span, healthy, channel, saved + evidence, guesses)


def _others(ways: Options, number: int) -> tuple[tuple[str, float], ...]:
    """Return what else may stand in a hole."""
    shares: dict[str, float] = {}
    for letters, probability in ways[1:]:
        shares[letters[number]] = shares.get(letters[number], 0.0) + probability
    shares.pop(ways[0][0][number], None)
    ranked = sorted(shares.items(), key=lambda one: -one[1])[:3]
    return tuple([(letter, round(share, 4)) for letter, share in ranked if share >= 0.001])


def _is_shown(text: str, word: Word, certain: bool) -> bool:
    """Whether a word is an example of what such text looks like."""
    beside = _DECLARED.sub("", text[max(0, word.start - BESIDE) : word.end + BESIDE])
    if is_spoken_of(beside, 0, 0):
        return True
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    return not certain and before != "" and before in _QUOTES and after != "" and after in _QUOTES


def _channel(healthy: str, observed: str, languages: Weights) -> Channel | None:
    """Return how letters were lost, by the first page of the language with which they are."""
    best = max(languages, key=lambda language: languages[language])
    for page in (*_PAGES.get(best, ()), *_USUAL):
        channel = Channel((Encode(page), Decode("utf-8", "replace")))
        try:
            if channel.damage(healthy) == observed:
                return channel
        except UnicodeError:
            continue
    return None
