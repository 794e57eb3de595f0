"""What is no text though it is made of characters: drawings, tables of characters, the same few again and again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, islice, pairwise
from operator import lt

_IN_WORDS = re.compile("[A-Za-z]{0,2}[^\t\n\r -~]+[a-z]{0,2}")
"""What is beyond the visible characters of ASCII, with the letters beside it: one letter misread in several words is no
unit in a table."""

_ORDERED, _FEWEST, _STEP = 0.7, 5, 12
_ASCENDING, _MANY = 0.85, 10
"""A table: of so many characters and more, this share follows the one before by at most so many code points; of many,
this share by however many. Of ten characters in any order so many ascend once in 3,600 times."""

_NEXT = 5
"""Steps to the very next code, half of all at least, that are a table too, whatever stands between its pieces: one step
in a hundred is one by chance. The keys of a Macintosh with Option and Shift are in Mac Roman like that."""

_VERY_MANY = 20
"""Characters from which the order says more than any number of bits: of 20 in any order `_ASCENDING` is five and a half
standard deviations away."""

_ALL_ASCENDING = 8
"""The same where all of them ascend: one order of eight in 40,320 does."""

_FIRST_OF_IDEOGRAPHS = 0xB0
"""The first row of ideographs in EUC, first byte; of kana a text may be full."""

_LISTED = 40
"""Code points up to which a stretch may list the forms of one letter."""

_RANGE = re.compile("([^\x00-\x7f])-([^\x00-\x7f])")
_LEAST_RANGE = 20
"""Of a set of characters, in a regular expression: first and last, at least so many code points apart; two of them and
no nearer ones are no words with hyphens."""

_DRAWN = re.compile("[\u2500-\u259f]")
_BLOCK = re.compile("[\u2580-\u259f]")

_PART = 4096
"""Code points of a stretch that are looked at together; most stretches are no drawings from the first on."""

_FRAME = re.compile("[\u2500-\u257f]{3,}")
"""Lines in a row; two are one letter of UTF-8 read as a DOS page."""

_BRANCHES = re.compile("(?:[\u2514\u251c]\u2500+|\u2502)+")
"""Branches of a tree of files or processes. UTF-8 never has such two bytes in a row in the pages that draw, and as one
character they would be the same two ideographs again and again."""

_PAIRS, _JOINED = 6, 0.9
"""Of so many pairs of signs that are letters in truth, half are joined by chance."""

_ALL, _BLOCKS = 0.9, 0.25
"""Share of lines and blocks beyond which a stretch is nothing but them, and of blocks among these. Text that is read as
signs alone is Russian in KOI8-R, read as Cyrillic or Western DOS: blocks are its five letters \u0447 \u0448 \u0449
\u044d \u044a, 4 % of its letters."""


def is_drawn(observed: str) -> bool:
    """Whether lines and blocks are set beside their like, as drawings do, or blocks make up most of it.

    >>> is_drawn("\u2588\u2580\u2580\u2584"), is_drawn("\u2568\u2565\u2554\u256b\u253c\u2534")
    (True, False)
    """
    if is_all_blocks(observed):
        return True
    drawn = len(_DRAWN.findall(observed))
    if not drawn:
        return False
    if drawn >= _ALL * _beyond_ascii(observed) and _is_joined(observed):
        return True
    runs = [len(list(run)) for sign, run in groupby(observed) if _DRAWN.match(sign)]
    return (
        sum(runs) > 3
        and 2 * drawn >= _beyond_ascii(observed)
        and 2 * sum(length for length in runs if length > 1) >= sum(runs)
    )


def is_tree(observed: str) -> bool:
    """Whether all that is beyond ASCII are the branches of a tree.

    >>> is_tree("a.service\u2514\u2500b.service\u251c\u2500c"), is_tree("h\u251c\u2502")
    (True, False)
    """
    return "\u2500" in observed and _BRANCHES.sub("", observed).isascii()


def is_all_blocks(observed: str) -> bool:
    """Whether there is nothing beyond ASCII but lines and blocks, and many blocks: no misread text of any length is so.

    >>> is_all_blocks("\u2588\u2580\u2580\u2584"), is_all_blocks("\u2568\u2565\u2554\u256b\u253c\u2534")
    (True, False)
    """
    odd = _beyond_ascii(observed)
    drawn = others = 0
    for start in range(0, len(observed), _PART):
        part = observed[start : start + _PART]
        here = len(_DRAWN.findall(part))
        drawn += here
        others += _beyond_ascii(part) - here
        if odd - others < _ALL * odd:
            return False
    return drawn > 0 and len(_BLOCK.findall(observed)) >= _BLOCKS * drawn


def _beyond_ascii(observed: str) -> int:
    return len(observed) - len(observed.encode("ascii", "ignore"))


def _is_joined(observed: str) -> bool:
    """Whether lines meet lines, and gaps meet gaps, nearly wherever two signs of a frame stand side by side."""
    pairs = [pair for run in _FRAME.findall(observed) for pair in pairwise(run)]
    joined = sum(("RIGHT" in _arms(left)) == ("LEFT" in _arms(right)) for left, right in pairs)
    return len(pairs) >= _PAIRS and joined >= _JOINED * len(pairs)


@lru_cache(maxsize=128)
def _arms(sign: str) -> str:
    """Return the name of a box-drawing sign, which tells where its lines lead."""
    return unicodedata.name(sign).replace("HORIZONTAL", "LEFT AND RIGHT")


def is_table(around: str) -> bool:
    """Whether the characters beyond ASCII ascend in small steps, as no text does, or are told by their ranges."""
    ranges = [ord(last) - ord(first) for first, last in _RANGE.findall(around)]
    if len(ranges) > 1 and min(ranges) >= _LEAST_RANGE:
        return True
    codes = [ord(char) for char in around if char > "\x7f"]
    steps = [after - before for before, after in pairwise(codes)]
    near, ascending = sum(0 < step <= _STEP for step in steps), sum(step > 0 for step in steps)
    return (len(codes) >= _FEWEST and near >= _ORDERED * len(steps)) or (
        len(codes) >= _MANY and ascending >= _ASCENDING * len(steps)
    )


def is_in_order(numbers: Sequence[int]) -> bool:
    """Whether so many numbers ascend throughout, or very many nearly so, as the codes of characters do in a table.

    Args:
        numbers: the code of each character, in whatever code.
    """
    if len(numbers) < _ALL_ASCENDING:
        return False
    ascend = map(lt, numbers, islice(numbers, 1, None))
    if len(numbers) < _VERY_MANY:
        return all(ascend)
    return bool(sum(ascend) >= _ASCENDING * (len(numbers) - 1))


_ACCENTS = frozenset("\xa8\xaf\xb4\xb8\u02c6\u02c7\u02d8\u02d9\u02da\u02db\u02dc\u02dd")


def are_variants(observed: str) -> bool:
    """Whether all letters are one with different accents, as spelling dictionaries list them.

    >>> are_variants("\xe1\xe3\xe2A\xc1\xc3"), are_variants("\xe9t\xe9")
    (True, False)
    """
    if len(observed) > _LISTED:
        return False
    parts = {unicodedata.normalize("NFD", letter) for letter in filter(str.isalpha, observed)}
    return (
        len(parts) > 2
        and len({part[0].lower() for part in parts}) == 1
        and all(map(unicodedata.combining, "".join(part[1:] for part in parts)))
    )


def are_accents(observed: str) -> bool:
    """Whether all that is beyond ASCII are accents that stand by themselves, as text from PDF files has them.

    >>> are_accents("\xa8aki, A. Lepist\xa8"), are_accents("\xa8\xe9")
    (True, False)
    """
    return not observed.isascii() and all(char < "\x80" or char in _ACCENTS for char in observed)


def is_listed(codes: Sequence[bytes]) -> bool:
    """Whether characters of a page follow its order, or are all of one row of it, as lists by sound are.

    Args:
        codes: the bytes of each in the page.
    """
    numbers = [int.from_bytes(code, "big") for code in codes]
    steps = [after - before for before, after in pairwise(numbers)]
    if len(codes) >= _MANY and sum(0 < step <= _STEP for step in steps) >= _ASCENDING * len(steps):
        return True
    if 2 * steps.count(1) >= max(2 * _NEXT, len(steps)):
        return True
    rows = Counter(code[0] for code in codes if len(code) == 2)
    if not rows or len(codes) <= _FEWEST:
        return False
    row, count = rows.most_common(1)[0]
    return count == len(codes) or (row >= _FIRST_OF_IDEOGRAPHS and count >= _ORDERED * len(codes))


def is_row(text: str) -> bool:
    """Whether every second character is the same and the others ascend: two bytes a character, read in bytes.

    >>> is_row("กณกดกตกถกท")
    True
    """
    odd = [char for char in text if char > "\x7f"]
    first, second = odd[::2], odd[1::2]
    return len({*first}) == 1 and is_table("".join(second))


def distinct_share(observed: str) -> float:
    """Return how much of what is beyond ASCII is said for the first time, as a share; 1 if there is nothing.

    >>> distinct_share("x\xe9 x\xe9 z\xe8 w\xe9"), distinct_share("\xe9" * 100)
    (0.75, 0.01)
    """
    runs = _IN_WORDS.findall(observed)
    said = {*map(_repeated, runs)}
    return sum(map(len, said)) / sum(map(len, runs)) if runs else 1.0


def _repeated(run: str) -> str:
    """Return the shortest piece that a run is a repetition of."""
    return run[: (run + run).find(run, 1)]
