"""Short lines that are UTF-16 as a whole, read in a page of single bytes, though nothing in them need look odd.

`O\xd3e9[\x86xBc` is a password's change in Chinese. All that shows is that every second character is a high byte of a
script in use, and that no words stand there. What the whole line would be says the rest: any characters of a page are
UTF-16, but plain text only by chance, and how rare a chance that is can be counted.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fixtext.detectors.misdecoded.pairs import pair_bits
from fixtext.detectors.signs import END, Sign

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fixtext.detectors.misdecoded.plausible import Plausibility
    from fixtext.detectors.neighbours import Neighbours

SPARE_BITS = 4.0
"""Bits that a line must save against any characters of its page, counted as `spare_bits` does. Of 432,000 different
lines by themselves that could be UTF-16 by their high bytes, among 4.8 million of manuals, dictionaries, lists and
code, none saves anything that says no character twice; of misread lines of 4 to 11 characters four in five save 4."""

SMALL_LETTER_BITS, ASCII_BITS, BYTE_BITS = 5.0, 6.5, 7.0
"""What any small letter, any other character of ASCII and any other of a page of single bytes costs."""

LEAST, LONGEST = 8, 240
"""Code points of such a line: four characters at least."""

PAIR_BITS = 16.0
"""Bits that characters cost by themselves, on average, whose two bytes are ASCII: of words they are rare ideographs."""

_ODD = "\x80-\u052f\u2010-\u2e7f"
_HIGH = "\\x000N-\x7f\x80-\uffff"
"""High bytes of ASCII, kana, ideographs and Hangul, as any page of single bytes has them."""

_SIGNS = r"0-9\[\]\\^_`{|}~@#$%&*+<=>"
_BESIDE = f"(?=[A-Za-z{_SIGNS}])|(?<=[A-Za-z{_SIGNS}].)"
"""ASCII beside the odd character, but for what stands beside words."""

_NO_WORD = (
    rf"(?=[^ \n]*(?:[{_SIGNS}\0-\x1f]|[a-z{_ODD}][A-Z]))"
    rf"|(?<=[{_SIGNS}A-Z].)|(?<=[{_SIGNS}A-Z][^ \n].)|(?<=[{_SIGNS}A-Z][^ \n]{{2}}.)"
)
"""What no word has behind its first letter: signs, digits, capitals."""

_BEHIND = rf"[{_HIGH}]?(?:[^ \n][{_HIGH}])*[^ \n]?{END}"
_LONG = r"(?:(?<=[^ \n]{5})|(?=[^ \n]{4}))"
_ODDLY = rf"(?=[^ \n]*{END})(?:{_BESIDE})(?={_BEHIND}){_LONG}(?:{_NO_WORD})"


@cache
def _line() -> re.Pattern[str]:
    """Return the pattern of a line; with the other one 7 ms to make, which long texts do without."""
    return re.compile(rf"(?m)^(?=[^ \n]{{8,240}}$)(?:(?:[^ \n][{_HIGH}])+|(?:[{_HIGH}][^ \n])+)$")


@cache
def _odd() -> re.Pattern[str]:
    return re.compile(f"[{_ODD}]{_ODDLY}", re.DOTALL)


def sign() -> Sign:
    """Return how such lines are known: to their ends, every second character is a high byte."""
    return Sign(_ODD, _ODDLY, may_be)


def places(text: str, scorer: Plausibility) -> list[tuple[int, int]]:
    """Return the lines of a short text that are UTF-16 as a whole and save enough."""
    return [
        line.span()
        for line in _line().finditer(text)
        if _odd().search(line[0]) and _may_be_plain(line[0], scorer) and _is_plain(line[0])
    ]


def may_be(text: str) -> bool:
    """Return whether a text has a line that could be such by its high bytes."""
    return _line().search(text) is not None and _odd().search(text) is not None


def has_high_bytes(line: str) -> bool:
    """Return whether every second character of a line without spaces is a high byte."""
    return _line().fullmatch(line) is not None


def _may_be_plain(line: str, scorer: Plausibility) -> bool:
    """Whether the characters of ASCII alone, of which all pages make the same, are no rare ones in either order."""
    pairs = [
        (first, second) for first, second in zip(line[::2], line[1::2], strict=False) if max(first, second) < "\x80"
    ]
    if not pairs:
        return True
    little, big = (
        sum(scorer.healthy(chr(ord(low) | ord(high) << 8)) for low, high in both)
        for both in (pairs, ((second, first) for first, second in pairs))
    )
    return min(little, big) <= PAIR_BITS * len(pairs)


def _is_plain(line: str) -> bool:
    from fixtext.detectors.misdecoded import wide
    from fixtext.detectors.misdecoded.plausible import plausibility

    return any(True for _ in wide.whole(line, plausibility()))


def spare_bits(observed: str, healthy: str, order: str, reader: str, scorer: Plausibility) -> float:
    """Return what a line saves against any characters of its page, or what stands there, whichever is cheaper.

    What is said again is not counted.

    Args:
        observed: the line as it stands.
        healthy: what it would be.
        order: the order of bytes, as a page.
        reader: the page that it was read in.
        scorer: tells bits.
    """
    spare = -pair_bits(order, reader)
    transition = scorer.transition
    for place, char in enumerate(observed):
        any_bits = SMALL_LETTER_BITS if "a" <= char <= "z" else ASCII_BITS if char < "\x80" else BYTE_BITS
        spare += min(transition(observed[max(0, place - 2) : place + 1]), any_bits)
    return (spare - scorer.healthy_bits(healthy)) * len({*healthy}) / len(healthy)


@cache
def _others() -> NDArray[np.bool_]:
    from fixtext.detectors.neighbours import table_of

    return table_of([code for code in range(0x80) if re.match(f"[A-Za-z{_SIGNS}]", chr(code))])


@cache
def neighbours() -> Neighbours:
    """Return by which neighbours such lines are to be known in many texts, and some more."""
    from fixtext.detectors.neighbours import ANYTHING, Neighbours, table_of

    return Neighbours([(table_of([*range(0x80, 0x530), *range(0x2010, 0x2E80)]), ANYTHING)], _in_lines_without_spaces)


def _in_lines_without_spaces(codes: NDArray[np.uint32], found: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return those that stand in lines without a space, which are long enough; at the ends of a block all."""
    import numpy as np

    from fixtext.detectors.neighbours import distinct

    others = _others()
    before, behind = (others.take(codes[np.maximum(found + further, 0)], mode="clip") for further in (-1, 1))
    found = found[before | behind | (found == 0)]
    if not len(found):
        return found
    newlines, spaces = (np.flatnonzero(codes == np.uint32(ord(char))) for char in "\n ")
    line = np.searchsorted(newlines, found)
    starts = np.append(-1, newlines)
    ends = np.append(newlines, len(codes))
    lines = distinct(line)
    none = np.searchsorted(spaces, starts[lines], "right") == np.searchsorted(spaces, ends[lines])
    enough = ends[lines] - starts[lines] > LEAST
    cut = (lines == 0) | (lines == len(newlines))
    kept: NDArray[np.intp] = found[np.isin(line, lines[(none & enough) | cut])]
    return kept
