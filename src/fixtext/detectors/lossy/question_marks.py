"""Repairs UTF-8 that Windows read as cp949 or cp950, with a question mark for each two bytes that it does not have.

In Korean every second syllable loses bytes, in Traditional Chinese every second ideograph: the first two, the last
two, or all of them with a space or what else follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from fixtext.config import Config
from fixtext.detectors.lossy.dots import back_with_marks
from fixtext.detectors.lossy.in_parts import InParts
from fixtext.findings import Candidate, Span, Suspect
from fixtext.language import LanguageModel

FEWEST = 2
"""Different characters of a run that have to be left, and one for every two marks: of less next to nothing can be told;
what is the same again and again is a line that was drawn."""


_BEHIND = re.compile("[^\0-\x7f][?]")


class QuestionMarks(InParts):
    """One text with such runs."""

    pattern = re.compile("[?]{0,3}[^\0-\x7f]+(?:[?]{1,3}[^\0-\x7f]+)*[?]{0,3}")
    mark = "?"


class Korean(QuestionMarks):
    """One text in Korean."""

    back = partial(back_with_marks, page="cp949")


class Traditional(QuestionMarks):
    """One text in Traditional Chinese."""

    back = partial(back_with_marks, page="cp950")


_KINDS: dict[str, type[QuestionMarks]] = {"cp949": Korean, "cp950": Traditional}

_SPEAKS_FOR = {
    "cp949": re.compile("[?](?<=[\uac00-\ud7a3].)"),
    "cp950": re.compile("[?](?<=[\u4e00-\uabff\ud7a4-\uf8ff].)"),
}
"""What stands before marks, by the page that it speaks for; healthy questions do too."""


def spans(text: str, marks: Sequence[int] | None = None) -> list[Span]:
    """Return the runs of a text that look like it.

    Args:
        text: the text.
        marks: where marks stand behind characters beyond ASCII, in order, if there is nothing else.
    """
    return [span for span, _ in _found(text, marks)]


def findings(text: str, model: LanguageModel, config: Config) -> Iterator[Candidate | Suspect]:
    """Yield the repairs of the lines of a text in which there are such runs."""
    found = _found(text)
    if found:
        page = max(_KINDS, key=[page for _, page in found].count)
        yield from _KINDS[page](text, [one for one in found if one[1] == page], model, config).findings()


def _found(text: str, marks: Sequence[int] | None = None) -> list[tuple[Span, str]]:
    return [
        (span, page)
        for page, kind in _KINDS.items()
        if _SPEAKS_FOR[page].search(text)
        for span in kind.hits(text, marks)
        if _is_enough(text[slice(*span)])
    ]


def _is_enough(run: str) -> bool:
    marks = run.count("?")
    if _BEHIND.search(run) is None:  # only such marks are signs
        return False
    return len(run) - marks >= marks / 2 and len({*run} - {"?"}) >= FEWEST
