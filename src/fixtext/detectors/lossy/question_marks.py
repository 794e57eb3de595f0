"""Repairs Korean in UTF-8 that Windows read as cp949, with a question mark for each two bytes that it does not have.

Every second syllable loses two of its bytes: the first two, or all of them with a space or what else follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixtext.config import Config
from fixtext.detectors.lossy.dots import back_with_marks
from fixtext.detectors.lossy.in_parts import InParts
from fixtext.detectors.lossy.signs import MARKED_HANGUL
from fixtext.findings import Candidate, Span, Suspect
from fixtext.language import LanguageModel

PAGE = "cp949"

FEWEST = 2
"""Characters of a run that have to be left, and one for every two marks: of less next to nothing can be told."""


class QuestionMarks(InParts):
    """One text with such runs."""

    pattern = re.compile("[?]{0,3}[^\0-\x7f]+(?:[?]{1,3}[^\0-\x7f]+)*[?]{0,3}")
    back = staticmethod(back_with_marks)


def spans(text: str) -> list[Span]:
    """Return the runs of a text that look like it."""
    if re.search(MARKED_HANGUL, text) is None:
        return []
    found = QuestionMarks.hits(text)
    return [span for span in found if _is_enough(text[slice(*span)])]


def _is_enough(run: str) -> bool:
    marks = run.count("?")
    return len(run) - marks >= max(FEWEST, marks / 2)


def findings(text: str, found: list[Span], model: LanguageModel, config: Config) -> Iterator[Candidate | Suspect]:
    """Yield the repairs of the lines of a text in which such runs were found."""
    yield from QuestionMarks(text, [(span, PAGE) for span in found], model, config).findings()
