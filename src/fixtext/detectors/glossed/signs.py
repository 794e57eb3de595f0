"""Signs that a text was torn: glosses without their character, marks beside a ``?``, marks before gibberish."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from fixtext.channels.gloss_steps import ASCII_MARKS, CUT_MARKS
from fixtext.detectors.glossed.page_model import PageModel
from fixtext.detectors.glossed.tokens import HAN, TONED, bracketed
from fixtext.language.readings import is_reading, readings_of

ODD_BITS = 14.0
"""Bits a character behind a mark from which a look pays: healthy prose costs 7 to 8, a torn stretch 15 and more."""

_NO_BRACKETS = ASCII_MARKS.replace("(", "").replace(")", "")


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    gloss = rf"[a-z{TONED}]{{1,6}} ?\)"
    marks = re.escape(CUT_MARKS + _NO_BRACKETS)
    return re.compile(rf"\?(?:[{marks}]|(?={gloss}))|\((?={gloss})|[{marks}](?=\?)")


def signs(text: str, start: int, end: int, aligned: Container[int] = ()) -> Iterator[int]:
    """Yield the indexes where something was torn: ``?cè)``, ``F(xiàn)``, ``?；``, ``！?``.

    Args:
        text: the observed text.
        start: where to begin.
        end: where to stop.
        aligned: indexes of opening brackets that are known to stand behind their character.
    """
    for match in _signs().finditer(text, start, end):
        at = match.start()
        if text[at] == "(":
            if at not in aligned and not _stands_behind_its_character(text, at):
                yield at
        elif text[at] != "?" or match.end() - at == 2 or is_gloss_sign(text, at):
            yield at


def is_gloss_sign(text: str, at: int) -> bool:
    """Whether a gloss begins behind this index: letters that some character is read like, and a closing bracket."""
    match = bracketed().match(text, at + 1)
    return match is not None and is_reading(match.group(1).rstrip(" "))


def _stands_behind_its_character(text: str, at: int) -> bool:
    match = bracketed().match(text, at + 1)
    before = text[at - 1 : at]
    if match is None or not is_reading(match.group(1).rstrip(" ")):
        return True
    return HAN[0] <= before and match.group(1).rstrip(" ") in readings_of(before)


@lru_cache(maxsize=1)
def _behind_marks() -> re.Pattern[str]:
    marks = re.escape(CUT_MARKS + _NO_BRACKETS)
    return re.compile(rf"[{marks}]([^\s()?A-Za-z0-9{marks}]{{2}}[^\s()?{marks}])")


def odd_marks(text: str, start: int, end: int, model: PageModel) -> Iterator[int]:
    """Yield the indexes of punctuation marks behind which the text reads like no language.

    A mark that was cut out may leave nothing but the stretch behind it: ``。ū本┐髮W`` was （北京大學.
    """
    opening, transition = model.opening, model.transition
    for match in _behind_marks().finditer(text, start, end):
        chars = match.group(1)
        bits = opening(chars[:2])
        if bits > 2 * ODD_BITS and bits + transition(chars[:2], chars[2]) > 3 * ODD_BITS:
            yield match.start()
