"""Texts as HTML: escaped, differences marked, guesses shaded."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from fixtext.cli.printable import printable
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.findings import Guess

_LONGEST = 600
"""Characters of a text that are shown at most; of a longer one, its beginning and its end."""


def shown(text: str) -> str:
    """Return a text as HTML, with what a reader would not see as escapes."""
    return escape(printable(text), quote=True)


def marked(before: str, after: str, guesses: Sequence[Guess] = ()) -> tuple[str, str]:
    """Return both texts as HTML, with what differs between them in ``<mark>`` and guesses of the second one shaded."""
    most = min(len(before), len(after))
    lead = next((i for i in range(most) if before[i] != after[i]), most)
    tail = next((i for i in range(most - lead) if before[-1 - i] != after[-1 - i]), most - lead)
    shades = {guess.offset: guess for guess in guesses}
    return _with_mark(before, lead, len(before) - tail, {}), _with_mark(after, lead, len(after) - tail, shades)


def _with_mark(text: str, start: int, end: int, shades: dict[int, Guess]) -> str:
    half = _LONGEST // 2
    if len(text) <= _LONGEST:
        return _piece(text, 0, len(text), start, end, shades)
    left_out = _("[{count} more]").format(count=len(text) - 2 * half)
    first = _piece(text, 0, half, start, end, shades)
    return f"{first}<i>{escape(left_out)}</i>{_piece(text, len(text) - half, len(text), start, end, shades)}"


def _piece(text: str, first: int, last: int, start: int, end: int, shades: dict[int, Guess]) -> str:
    start, end = max(first, min(start, last)), max(first, min(end, last))
    inside = _shaded(text, start, end, shades)
    return (
        _shaded(text, first, start, shades)
        + (f"<mark>{inside}</mark>" if inside else "")
        + _shaded(text, end, last, shades)
    )


def _shaded(text: str, first: int, last: int, shades: dict[int, Guess]) -> str:
    places = [place for place in sorted(shades) if first <= place < last]
    parts = []
    for place in places:
        parts.append(shown(text[first:place]))
        guess = shades[place]
        others = "".join(f", {char} {chance:.0%}" for char, chance in guess.others)
        told = f"{guess.char} {guess.probability:.0%}{others}"
        strength = min(4, int(guess.probability * 5))
        parts.append(f'<span class="guess g{strength}" title="{shown(told)}">{shown(text[place])}</span>')
        first = place + 1
    parts.append(shown(text[first:last]))
    return "".join(parts)
