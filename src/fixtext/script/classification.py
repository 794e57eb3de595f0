"""Which script each line is written in: Simplified, Traditional, Japanese, Korean, or no telling.

A line is judged by the characters that one script alone has; lines without any follow the lines around them. All
counts are exact integers, so that the path over arrays gives the same verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from fixtext.script import tables
from fixtext.script.engines import arrays_pay


class Script(Enum):
    """The verdict on a line."""

    NEUTRAL = "neutral"
    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    JAPANESE = "japanese"
    KOREAN = "korean"


class Run(NamedTuple):
    """Neighbouring lines of one script.

    Attributes:
        start: index of the first code point.
        end: index after the last one, the newline included.
        script: the verdict.
        segments: lines that hold anything to convert: hanzi, kana or hangul.
    """

    start: int
    end: int
    script: Script
    segments: int


class Counts(NamedTuple):
    """Characters of a line that are evidence, in code points.

    Attributes:
        simplified_shared: only Simplified among Chinese texts, but in JIS X 0208: Japanese writes it too.
        simplified: only Simplified.
        traditional_shared: only Traditional among Chinese texts, but in JIS X 0208.
        traditional: only Traditional.
        kana: hiragana and katakana, without the marks that Chinese text borrows (U+30FB, U+30FC).
        hangul: Korean syllables.
        shinjitai: new kanji that neither GB 2312 nor Big5 has; old books have some of them as variants.
    """

    simplified_shared: int
    simplified: int
    traditional_shared: int
    traditional: int
    kana: int
    hangul: int
    shinjitai: int


MARKS = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
"""What stands for each kind of evidence, in the order of `Counts`, once a line has been translated."""

KANA = [*range(0x3041, 0x3097), *range(0x309D, 0x30A0), *range(0x30A1, 0x30FB), *range(0xFF66, 0xFFA0)]
HANGUL = range(0xAC00, 0xD7A4)
CONVERTIBLE = (
    range(0x3005, 0x3008),
    range(0x3041, 0x3100),
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    HANGUL,
    range(0xF900, 0xFB00),
    range(0xFF66, 0xFFA0),
    range(0x20000, 0x40000),
)
"""Hanzi, kana and hangul: a line without any is not a segment."""

_CONVERTIBLE = re.compile("[{}]".format("".join(f"{chr(one[0])}-{chr(one[-1])}" for one in CONVERTIBLE)))


@cache
def evidence() -> dict[int, int]:
    """Return the kind of evidence (an index into `Counts`) by code point."""
    shinjitai = tables.level("JPShinjitaiCharacters").characters
    found = {code: 6 for code in shinjitai if not _has("gb2312", chr(code)) and not _has("cp950", chr(code))}
    found.update(dict.fromkeys(KANA, 4))
    found.update(dict.fromkeys(HANGUL, 5))
    for kind, characters in zip((0, 2), tables.evidence(), strict=True):
        found.update((ord(char), kind if _has("shift_jis", char) else kind + 1) for char in characters)
    return found


def classify(text: str, default: Script = Script.NEUTRAL, *, count: bool = True) -> Iterator[Run]:
    """Yield the runs of a text, in order and without gaps.

    Args:
        text: any text.
        default: the language of lines without evidence if no other line tells: Japanese, or neutral for Chinese.
        count: whether `Run.segments` has to be exact, or only tell whether there are any.
    """
    if not arrays_pay(len(text)):
        return classify_lines(text, default)
    if not count and default is Script.NEUTRAL:
        from fixtext.script.majority import majority_runs

        if (runs := majority_runs(text)) is not None:
            return iter(runs)
    from fixtext.script.bulk_classification import classify_arrays

    return classify_arrays(text, default)


def classify_lines(text: str, default: Script = Script.NEUTRAL) -> Iterator[Run]:
    """Do what `classify` does, a line at a time."""
    table = _translation()
    lines = text.translate(table).split("\n")
    own, languages = [], []
    for line in lines:
        script, language = judge(Counts(*map(line.count, MARKS)))
        own.append(script)
        languages.append(language)
    verdicts = settle(own, languages, default)
    start = position = segments = 0
    current: Script | None = None
    for line, script in zip(text.split("\n"), verdicts, strict=True):
        convertible = _CONVERTIBLE.search(line) is not None
        if current is not script and convertible:
            # Lines without anything to convert go with the run before them.
            if current is not None and segments:
                yield Run(start, position, current, segments)
                start, segments = position, 0
            current = script
        segments += convertible
        position += len(line) + 1
    if text:
        yield Run(start, len(text), current or Script.NEUTRAL, segments)


def judge_line(line: str) -> tuple[Script, Script | None, bool]:
    """Return the verdict on a line by itself, the language that it is sure of, and whether it is a segment."""
    translated = line.translate(_translation())
    return *judge(Counts(*map(translated.count, MARKS))), _CONVERTIBLE.search(line) is not None


def first_sure_line(text: str, script: Script) -> int | None:
    """Return where the first line ends that is Chinese for sure and in a script by itself; None if there is none."""
    end = 0
    for line in text.translate(_translation()).split("\n"):
        end += len(line) + 1
        if judge(Counts(*map(line.count, MARKS))) == (script, Script.NEUTRAL):
            return end
    return None


def judge(counts: Counts) -> tuple[Script, Script | None]:
    """Return the verdict on a line by itself, and the language that it is sure of (Chinese counts as neutral)."""
    chinese = counts.simplified + counts.traditional
    foreign = max(counts.kana, counts.hangul)
    if foreign and (not chinese or foreign > 2 * chinese):
        script = Script.JAPANESE if counts.kana >= counts.hangul else Script.KOREAN
        return script, script
    simplified = counts.simplified_shared + counts.simplified
    traditional = counts.traditional_shared + counts.traditional
    if counts.shinjitai and not chinese and not counts.traditional_shared:
        return Script.JAPANESE, Script.JAPANESE
    # A Japanese page names a Simplified edition in one character or two, with kana around them: its neighbours tell.
    language = Script.NEUTRAL if chinese and chinese > 2 * foreign else None
    if traditional > simplified:
        return Script.TRADITIONAL, language
    # One character that only mainland China and Japan write so today may be an old variant in Traditional text: in
    # 15,000 lines of Tang poems there are 200 such.
    return (Script.SIMPLIFIED if counts.simplified or simplified > 1 else Script.NEUTRAL), language


def settle(own: list[Script], languages: list[Script | None], default: Script) -> list[Script]:
    """Let lines that tell too little follow the nearest line before them that tells enough, or the first after them."""
    language = next((one for one in languages if one is not None), default)
    verdicts = []
    for script, sure in zip(own, languages, strict=True):
        if sure is not None:
            language = sure
        verdicts.append(script if language is Script.NEUTRAL else language)
    telling = (Script.SIMPLIFIED, Script.TRADITIONAL)
    current = next((script for script in verdicts if script in telling), Script.NEUTRAL)
    for index, script in enumerate(verdicts):
        if script in telling:
            current = script
        elif script is Script.NEUTRAL:
            verdicts[index] = current
    return verdicts


@cache
def _translation() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(map(ord, MARKS))
    table.update((code, MARKS[kind]) for code, kind in evidence().items())
    return table


def _has(codec: str, char: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
