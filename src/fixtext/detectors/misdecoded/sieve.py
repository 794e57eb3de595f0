"""The first sieve for short texts: one pattern over the text itself, which nearly all healthy lines fall through.

It lets through all that `suspicion` would find in the classes of the characters, and some more. Its character sets take
some 80 ms to make, as much as a million characters cost without it; so texts go without it until so many have come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from fixtext.detectors.misdecoded.suspicion import class_of

_ASCII = r"\t\n\r\f -~"

_PATTERNS = (
    # What is odd, beside anything that is not ASCII or between small letters; controls anywhere.
    "[{xhluvsbBdzgGqe}](?:(?=[^{ascii}])|(?<=[^{ascii}].)|(?<=[{x}])|(?<=[{a}][{uG}])|(?<=[{a}].)(?=[{a}]))",
    "[{r}](?:[^ -~]?[{rh}]|(?=[{kK}])|(?<=[{kK}].))",
    "[{K}](?:(?=[{Kp}])|(?<=[{kqK}].))",
    "[{a}][{rkKgGhbq}]",
)
_DOUBTFUL = (
    "[{mr}].{{0,2}}[{mr}](?:.{{0,2}}[{mr}]|\\Z)",
    "\\A[{mr}].?[{mr}]",
    "[{p}](?<=[{KkGgqluv}].)",
    "[{r}]",
)
"""Over the classes of `suspicion`, which `_compiled` puts in for their letters."""


class Sieve:
    """Tells whether a text of the Basic Multilingual Plane may hold unlikely neighbours."""

    def __init__(self) -> None:
        """Compile the patterns; some 80 ms."""
        sets = _ranges_by_class()
        self._suspect = [_compiled(pattern, sets).search for pattern in _PATTERNS]
        self._doubtful = [_compiled(pattern, sets).search for pattern in _DOUBTFUL]

    def holds_back(self, text: str, short: bool) -> bool:
        """Return whether there is nothing to look at; of short texts the second, closer look is spared too."""
        for search in self._suspect:
            if search(text) is not None:
                return False
        if short:
            for search in self._doubtful:
                if search(text) is not None:
                    return False
        return True


@cache
def sieve() -> Sieve:
    """Return the sieve, made once."""
    return Sieve()


def _compiled(pattern: str, sets: dict[str, str]) -> re.Pattern[str]:
    def put_in(match: re.Match[str]) -> str:
        letters = match[1]
        return _ASCII if letters == "ascii" else "".join(sets[letter] for letter in letters)

    doubled = re.sub(r"\{(\w+)\}", put_in, pattern.replace("{{", "\0").replace("}}", "\1"))
    return re.compile(doubled.replace("\0", "{").replace("\1", "}"), re.DOTALL)


def _ranges_by_class() -> dict[str, str]:
    codes: defaultdict[str, list[int]] = defaultdict(list)
    for code in range(0x10000):
        codes[class_of(code)].append(code)
    return {letter: _ranges(members) for letter, members in codes.items()}


def _ranges(codes: Iterable[int]) -> str:
    """Return ascending code points as the inside of a character set."""
    parts: list[str] = []
    first = last = -2
    for code in [*codes, -2]:
        if code == last + 1:
            last = code
            continue
        if first >= 0:
            parts.append(f"\\u{first:04x}-\\u{last:04x}" if last > first else f"\\u{first:04x}")
        first = last = code
    return "".join(parts)
