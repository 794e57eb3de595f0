"""How glosses look in a text: the regular expressions, cheap ones first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from fixtext.detectors.signs import Sign

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"

_SYLLABLE = f"[a-z{TONED}ü]{{1,6}}"


class Gloss(NamedTuple):
    """A gloss as it stands in a text: ``區(qū)``.

    Attributes:
        start: index of the character that is glossed.
        end: index behind the closing bracket.
        char: the character.
        text: what stands in the brackets, a trailing space included.
    """

    start: int
    end: int
    char: str
    text: str


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


def aligned_glosses(text: str) -> list[Gloss]:
    """Return the glosses that stand behind their character and that a dictionary knows for it, in order."""
    from fixtext.language.readings import readings_of  # not needed for the scan, and slow to load

    found = []
    for match in _aligned().finditer(text):
        char, gloss = match.groups()
        if gloss.rstrip(" ") in readings_of(char):
            found.append(Gloss(match.start(), match.end(), char, gloss))
    return found
