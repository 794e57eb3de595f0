"""The signs of unlikely neighbours, over the text itself: nearly all healthy lines have none.

Nothing that `suspicion` would find in the classes of the characters is lost, and not much else is found. The sets take
some 40 ms to make, as much as 200,000 characters cost without them; so texts go without until so many have come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial

from fixtext.detectors.misdecoded import kana_rows, wide_lines
from fixtext.detectors.misdecoded.kana import long_vowel, strange_beside_kana
from fixtext.detectors.misdecoded.suspicion import MODELLED, SELDOM_FIRST, class_of, common_classes, has_rare_pairs
from fixtext.detectors.signs import END, START, Sign, Signs, compose, ranges

_ALPHABETS = "\u0250-\u02af\u0370-\u052f"
_LETTERS = re.compile(f"[{_ALPHABETS}]")
"""Greek, Cyrillic and phonetic letters. They are many in the texts that have any, so `_alphabetic` looks for more there
than that they are neighbours."""

_ASCII = r"\t\n\r\f -~"
_SIGNS = (
    ("x", ""),
    ("lu", "(?=[^{ascii}])|(?<=[^{ascii}].)"),
    ("u", "(?<=[{a}].)"),
    ("v", "(?=[{lusbBdp}])|(?<=[{lusbB}].)"),
    ("sbBd", "(?=[{luvsbBd}])|(?<=[{luvsbBd}].)|(?<=[{a}].)(?=[{abBpdl}])"),
    ("h", "(?=[{ha}])|(?<=[{a}].)"),
    ("e", "(?=[{n}])"),
    ("w", "(?=(?s:.)[{w}](?s:.)[{w}])"),
    ("y", "(?=(?s:.)[{y}])"),
)
_RARE = "(?=[^ -~]?[{rh}]|[{slua}])|(?<=[{h}].)|(?<=[{h}][^ -~].)|(?<=[{slua}].)"
_LESS_COMMON = (
    ".{{0,2}}[{m}](?:.{{0,2}}[{m}]|{end})|(?<={start}.)(?:.?[{m}]|(?=[{a}]))"
    "|(?<=[{ascii}].)(?:(?=[{a}])|(?<=[{aA}].)(?=[{ascii}]|{end}))"
)
_IN_TURN = (
    ("us", "(?<=[A-Z].)(?=[a-z][a-z])"),
    ("sbBdh", "(?=[A-Za-z][{sbBdhlp}])"),
    ("sbBd", "(?<=[{p}][A-Za-z].)"),
    ("l", "(?=[A-Z][{lusbBd}])|(?=[a-z][{l}][a-z][{l}][a-z][{l}])"),
    ("B", "(?=[{s}][{B}])"),
)
"""Without letters of those alphabets, over the classes of `suspicion`, which `_put_in` puts in for their letters. In
short texts every rare character is a sign."""

_SIGNS_WITH_ALPHABETS = (
    *_SIGNS[:4],
    ("sbBd", "(?=[{luvsbBdkKqgG}])|(?<=[{luvsbBdkKqgG}].)|(?<=[{a}].)(?=[{abBpdl}])"),
    *_SIGNS[5:],
    ("K", "(?=[{Kp}])|(?<=[{kqK}].)"),
    ("q", "(?=[{psKq}])|(?<=[{kKq}].)"),
    ("G", "(?=[{pG}])|(?<=[{g}].)"),
    ("z", "(?=[{g}])"),
    ("a", "(?=[{kKgGq}])"),
)
_RARE_WITH_ALPHABETS = _RARE.replace("slua", "sluakKq")
_IN_TURN_WITH_ALPHABETS = (
    ("A", "(?<=[{lgkqK}].)(?=[{lugGkKqsbBd}])"),
    ("a", "(?<=[{kKqgG}].)(?=[{kKqgG}])"),
    ("d", "(?<=[{kK}].)(?=[{kK}])"),
)
_PUNCTUATION = "(?<=[{KkGgq}].)|(?<=[{v}].)(?=[{KkGgq}])"
"""With such letters."""


@cache
def sieve(*, short: bool) -> Signs:
    """Return the signs of this detector alone, made once."""
    return Signs(signs(short=short))


def signs(*, short: bool) -> list[Sign]:
    """Return what unlikely neighbours are known by.

    Args:
        short: whether to tell also what is worth a second look in short texts.
    """
    return [
        *_made((*_SIGNS, *(_IN_TURN if short else ())), _LESS_COMMON if short else "", "" if short else _RARE),
        Sign(_ALPHABETS, "", partial(_alphabetic, short=short)),
        *((strange_beside_kana(), kana_rows.sign(), wide_lines.sign()) if short else (long_vowel(),)),
        *((Sign(SELDOM_FIRST, "(?=[a-z]{4})"),) if short else ()),
    ]


def _made(signs: Iterable[tuple[str, str]], less_common: str, rare: str) -> Iterator[Sign]:
    for letters, where in (*signs, ("r", rare), *((("m", less_common),) if less_common else ())):
        yield Sign("".join(_sets()[letter] for letter in letters), _put_in(where))


def _alphabetic(text: str, *, short: bool) -> bool:
    """Return whether there may be unlikely neighbours in a text with letters of other alphabets."""
    if _LETTERS.search(text) is None:
        return False
    return _with_alphabets(short).search(text) is not None or has_rare_pairs(text)


@cache
def _with_alphabets(short: bool) -> re.Pattern[str]:
    if short:
        signs = (*_SIGNS_WITH_ALPHABETS, *_IN_TURN, *_IN_TURN_WITH_ALPHABETS, ("p", _PUNCTUATION))
        return compose(_made(signs, _LESS_COMMON, ""))
    return compose(_made(_SIGNS_WITH_ALPHABETS, "", _RARE_WITH_ALPHABETS))


def _put_in(pattern: str) -> str:
    return pattern.format_map(_Insides(ascii=_ASCII, start=START, end=END))


class _Insides(dict[str, str]):
    """The insides of character sets, by the letters of their classes."""

    def __missing__(self, letters: str) -> str:
        sets = _sets()
        return "".join(sets[letter] for letter in letters)


@cache
def _sets() -> dict[str, str]:
    """Return the inside of the character set of each class."""
    codes: defaultdict[str, list[int]] = defaultdict(list)
    letters = dict.fromkeys(MODELLED, "r")
    letters.update(common_classes())
    for code in range(0x10000):
        codes[letters.get(code) or class_of(code)].append(code)
    return {letter: ranges(members) for letter, members in codes.items()}
