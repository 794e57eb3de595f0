"""How glosses look in a text: the regular expressions, cheap ones first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from fixtext.detectors.signs import Sign
from fixtext.findings import Span

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"

_SYLLABLE = f"[a-z{TONED}ü]{{1,6}}"


Token = tuple[str, str]
"""A gloss wherever it stands: the character, and what stands in the brackets, a trailing space included."""


class Glosses(NamedTuple):
    """Glosses as they stand in a text, ``區(qū)``, in order: side by side, for a page has thousands.

    Attributes:
        starts: indexes of the characters that are glossed.
        tokens: what stands there.
    """

    starts: list[int]
    tokens: list[Token]

    def within(self, part: Span) -> Glosses:
        """Return those that begin in a part of the text."""
        first = bisect_left(self.starts, part.start)
        behind = bisect_left(self.starts, part.end, first)
        return Glosses(self.starts[first:behind], self.tokens[first:behind])

    def placed(self) -> Iterator[tuple[int, int, Token]]:
        """Yield where each begins and ends, its brackets included, and what stands there."""
        for start, token in zip(self.starts, self.tokens, strict=True):
            yield start, start + len(token[1]) + 3, token


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    # It begins with a literal, so that the engine runs to the next bracket without trying anything in between.
    return re.compile(rf"\)(?:{sign().where})")


@lru_cache(maxsize=1)
def _aligned() -> re.Pattern[str]:
    return re.compile(rf"([{HAN}])\(({_SYLLABLE} ?)\)")


@lru_cache(maxsize=1)
def bracketed() -> re.Pattern[str]:
    """Match a gloss that lost its opening bracket or stands behind something else; group 1 is the gloss."""
    return re.compile(rf"(?<![a-z{TONED}ü])({_SYLLABLE} ?)\)")


def sign() -> Sign:
    """Return what `hints` looks for."""
    return Sign(")", "|".join(f"(?<=[{TONED}][a-z ]{{{width}}}\\))" for width in range(4)))


def hints(text: str) -> Iterator[int]:
    """Yield where a closing bracket follows a syllable with a tone mark: no damage of this kind is without one."""
    for match in _hint().finditer(text):
        yield match.start()


def is_hint(text: str, place: int) -> bool:
    """Return whether `hints` would yield a place."""
    return _hint().match(text, place) is not None


def aligned_glosses(text: str) -> Glosses:
    """Return the glosses that stand behind their character and that a dictionary knows for it."""
    found = Glosses([], [])
    for match in _aligned().finditer(text):
        token = _known(match.groups())
        if token is not None:
            found.starts.append(match.start())
            found.tokens.append(token)
    return found


@lru_cache(maxsize=1 << 14)
def _known(token: Token) -> Token | None:
    """Return a token that a dictionary has, always the same object; None if none has it."""
    from fixtext.language.readings import readings_of  # not needed for the scan, and slow to load

    char, gloss = token
    return token if gloss.rstrip(" ") in readings_of(char) else None
