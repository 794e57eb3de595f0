"""Proves, without judging it all again, that a converted text would be left alone.

A conversion takes away every character that is evidence of the source script (but for a few phrases, which are looked
for), so no line can be judged to be in that script any more. What is left to show: that some line is surely in the
script that was wanted, so that lines without evidence follow it, and that the text does not look as if it had been
converted character by character.
"""

from __future__ import annotations

from fixtext.script.classification import Script, classify, first_sure_line
from fixtext.script.islands import engine
from fixtext.script.mixed import SAMPLE, is_mixed
from fixtext.script.routes import Route


def is_settled(text: str, route: Route) -> bool:
    """Return whether it is certain that a further round changes nothing.

    Args:
        text: what our engine made, without ideographic description sequences and without entries of the user's.
        route: what made it.
    """
    if route.target is None or any(remnant in text for remnant in engine(route.config).tables.remnants):
        return False
    beginning = text if len(text) <= SAMPLE else text[: text.rfind("\n", 0, SAMPLE) + 1]
    sure = first_sure_line(beginning, route.target)
    if sure is None:
        return False
    if route.mixed is None or route.target is not Script.TRADITIONAL:
        return True
    return not is_mixed(_beginning(text, sure, route.target))


def _beginning(text: str, sure: int, script: Script) -> str:
    """Return the first `SAMPLE` code points of what is in a script.

    Up to a line that is sure and all lines before it, verdicts do not depend on what follows.
    """
    size = max(sure, SAMPLE)
    while True:
        end = text.find("\n", size) + 1 or len(text)
        runs = [run for run in classify(text[:end]) if run.script is script]
        found = "".join(text[run.start : run.end] for run in runs)
        if len(found) >= SAMPLE or end == len(text):
            return found[:SAMPLE]
        size *= 2
