"""What detectors look for in a short text, as one regular expression that healthy text falls through.

Each detector tells by which characters damage of its kind is to be known, and what has to stand around them. One search
over a set of all those characters is nearly as quick as one for a single detector: `re` skips what is not in the set in
a loop of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

Texts = Literal["ascii", "short", "long", "together"]
"""What kind of texts signs or neighbours are wanted for: all ASCII, short ones with other characters, and longer ones,
one by one or many together."""


class Sign(NamedTuple):
    """One way in which damage shows.

    Attributes:
        chars: the characters by which it is known, as the inside of a character set of `re`, of the Basic Multilingual
            Plane (astral ones make a set hundreds of times slower); rare ones of healthy text, if possible.
        where: a regular expression that matches right behind such a character, "" if nothing else is needed; it may
            look behind. Texts may be lines of a longer one: `START` and `END` match at the ends of a text.
        check: where the sign stands, whether that text is to be looked at; None if it always is.
    """

    chars: str
    where: str = ""
    check: Callable[[str], bool] | None = None


START = r"(?<![^\n])"
END = r"(?![^\n])"


class Signs:
    """All signs of some detectors."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        """Compile them."""
        self._signs = list(signs)
        self._checks = [sign.check for sign in self._signs if sign.check is not None]
        self.pattern = compose(self._signs)
        self._search = self.pattern.search

    def are_absent(self, text: str) -> bool:
        """Return whether there is none in a text."""
        if self._search(text) is None:
            return True
        if not self._checks or self._plain.search(text) is not None:
            return False
        return not any(check(text) for check in self._checks)

    def texts_with_signs(self, texts: Sequence[str]) -> Iterator[int]:
        """Yield the indices of those of many texts that have a sign."""
        joined = "\n".join(texts)
        starts = list(accumulate(map(len, texts), lambda start, length: start + length + 1, initial=0))
        found = self.pattern.search(joined)
        while found is not None:
            index = bisect_right(starts, found.start()) - 1
            yield index
            found = self.pattern.search(joined, starts[index + 1])

    def characters(self, chars: Iterable[str]) -> list[str]:
        """Return those of some characters by which anything is known."""
        every = re.compile(f"[{''.join(sign.chars for sign in self._signs)}]") if self._signs else re.compile("(?!)")
        return [char for char in chars if every.match(char)]

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return compose(sign for sign in self._signs if sign.check is None)


def compose(signs: Iterable[Sign]) -> re.Pattern[str]:
    """Return the pattern that finds the first of some signs."""
    by_condition: dict[str, str] = {}
    for chars, where, _ in signs:
        by_condition[where] = by_condition.get(where, "") + chars
    if not by_condition:
        return re.compile("(?!)")
    ways = [f"(?<=[{chars}])" + (f"(?:{where})" if where else "") for where, chars in by_condition.items()]
    every = "".join(by_condition.values())
    return re.compile(f"[{every}](?:{'|'.join(ways)})", re.DOTALL)


def ranges(codes: Iterable[int]) -> str:
    r"""Return code points as the inside of a character set; escapes take twice as long to compile.

    >>> print(ranges([97, 98, 99, 45]))
    \-a-c
    """
    parts: list[str] = []
    first = last = -2
    for code in [*sorted(codes), -2]:
        if code == last + 1:
            last = code
            continue
        if first >= 0:
            parts.append(f"{_literal(first)}-{_literal(last)}" if last > first else _literal(first))
        first = last = code
    return "".join(parts)


def _literal(code: int) -> str:
    return re.escape(chr(code)) if code < 0x80 else chr(code)
