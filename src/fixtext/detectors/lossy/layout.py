"""How a line is written around a place: its words, what parts its stretches of Chinese, its markup, how it ends.

These are features of the classifier (`surroundings`) that need no knowledge of what is open at the place.
"""

from __future__ import annotations

import re

from fixtext.detectors.lossy.open_marks import LOST
from fixtext.detectors.lossy.shapes import shape, symbol

_WORD = re.compile(r"[A-Za-z_$][\w$]*|\d[\d.]*")
_SHOWN = 10
"""Characters of a word that are looked at."""
_BEHIND = re.compile("[\u3400-\u9fff\uff09]([\0-?]{1,2})")
"""What stands behind a stretch of Chinese."""
_LAST_BEHIND = re.compile(f".*{_BEHIND.pattern}", re.DOTALL)
_BORDER = re.compile("(?:[\u3400-\u9fff](?= ?[A-Za-z0-9`(])|[A-Za-z0-9`)](?= ?[\u3400-\u9fff]))( ?)")
"""A border between Chinese and Latin words, with the space that may part them."""
_BEGINNING = re.compile(
    r"\s*(?:([-*+] )|(\d{1,2}[.)])|(#{1,6} )|(\|)|(//|--)|(\* |/\*)|(<)|(@[a-z]|:param|:type|:return)|(['\"`])"
    r"|([A-Za-z_$]))"
)


def written(left: str, right: str, rest: str) -> tuple[str, ...]:
    """Return features of a place.

    Args:
        left: the line up to the lost character.
        right: what stands behind the swallowed character, up to the next broken place.
        rest: all the rest of the line, with `LOST` for what other places lost.
    """
    first = symbol(right[:1])
    word = _WORD.match(right)
    named = f"{word[0][:_SHOWN].lower()}{symbol(right[word.end() : word.end() + 1])}" if word else first
    borders = _BORDER.findall(f"{left}{LOST}{rest}")
    spaced, close = level(borders.count(" ")), level(borders.count(""))
    parted, parts = _LAST_BEHIND.match(left), _BEHIND.search(rest)
    last, following = (parted[1] if parted else ""), (parts[1] if parts else "")
    opening, end = left.lstrip(), rest.rstrip()
    return (
        f"Y{named}",
        f"U{shape(right[:14])}",
        f"y{spaced}{close}{first}",
        f"r{following}{first}",
        f"t{last}|{following[:1]}",
        f"d{symbol(end[-1:])}{symbol(end[-2:-1])}{beginning(left)}{first}",
        f"M{left.count('**') % 2}{level(left.count('|'))}{level(rest.count('|'))}{left.count('`') % 2}{first}",
        f"A{opening[:3]}{first}",
        f"L{shape(opening[:8])}{first}",
    )


def beginning(line: str) -> int:
    """Return how a line begins: 0, or as which list item, heading, table, comment, tag, string or name."""
    found = _BEGINNING.match(line)
    return (found.lastindex or 0) if found else 0


def level(number: int) -> str:
    """Return whether there is none, one, or more."""
    return "0" if number == 0 else "1" if number == 1 else "2"
