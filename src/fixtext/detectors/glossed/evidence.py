"""Is this a page whose characters a site has glossed, or a text whose author annotates? Weighed in bits.

Three explanations compete for the glosses of a stretch of text:

- *Somebody explains a word now and then.* Rare characters and those of several readings are explained, common ones
  hardly ever.
- *Somebody annotates everything*, or a good part, as textbooks and editions of poems do. Then glosses fall on any
  character, and a character that returns is annotated or not as it comes.
- *A site put them in.* It has a set of Traditional characters and glosses these at every occurrence, always with one
  reading, and no other character. The set has to be told, and that is all: every further occurrence is free.

The last is accepted if it is shorter than both others by the bits that a repair requires.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fixtext.detectors.glossed.contents import Contents, simplified, traditional
from fixtext.detectors.glossed.tokens import Token
from fixtext.language import default_model, fold
from fixtext.language.readings import is_first_reading

PAGE_BITS = 16.0
"""Cost of "a site has glossed this page": one page in 65,000, before anything is seen. Two glosses of common
characters in a line do not pay for it, three in a short page do."""

KNOWN_BITS = 2.0
"""The same where a page beside it is glossed."""

STRANGER_BITS = 12.0
"""Cost of what such sites do not do: gloss a character that is not Traditional, or leave one of the set bare.
On the 27 pages measured (1,043 aligned glosses and the two seeds' 458) neither happened."""

FURTHER_READING_BITS = 4.0
"""Cost of a gloss that is not the first reading of its character (31 of 557 glossed characters on those pages)."""

SIMPLIFIED_BITS = 4.0
"""Cost of each character that only Simplified text has: such pages were converted, so one in sixteen is generous."""

FULL_BITS = 3.0
PARTIAL_BITS = 24.0
"""Cost of "the author annotates": most characters (as textbooks do), or a smaller part of them, one by one."""


@lru_cache(maxsize=4096)
def is_converted(char: str) -> bool:
    """Whether conversion from GB 2312, the Simplified standard, gives this character; others are rare on such pages."""
    try:
        fold(char).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return char not in simplified()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a glossed page.

    Attributes:
        bits: bits that "a site put the glosses in" saves against the better of the other explanations.
        glosses: the page's set: character -> gloss.
    """

    bits: float
    glosses: dict[str, str]


def weigh(contents: Contents, glosses: Sequence[Token], known: Mapping[str, str], least: float = -math.inf) -> Evidence:
    """Weigh the glosses of a part of a text, all of them.

    Args:
        contents: the ideographs of the part.
        glosses: its aligned glosses, in order.
        known: glosses that pages beside this one are known to have; they need not be told again.
        least: bits below which it does not matter how many they are.
    """
    tokens = Counter(glosses)
    page = dict(tokens.keys())
    if len(page) < len(tokens):  # a character with several glosses has the commonest one
        page = {}
        for (char, gloss), _ in tokens.most_common():
            page.setdefault(char, gloss)
    author = min(_now_and_then(tokens), _annotated(contents.ideographs, len(glosses)))
    return Evidence(author - _site(contents, tokens, page, known, author - least), page)


def _now_and_then(tokens: Mapping[Token, int]) -> float:
    """Cost of explaining a word now and then."""
    return sum(map(_explained, tokens)) + 3.0 * (sum(tokens.values()) - len(tokens))


@lru_cache(maxsize=4096)
def _explained(token: Token) -> float:
    """Cost of explaining a character: 22 bits for the commonest ones, 4 for rare ones.

    In 21 MB of healthy text no common character was explained by its first reading. What is explained of common
    characters is a reading that one would not expect.
    """
    most = 12.0 if _is_further(token) else 22.0
    return max(4.0, min(most, 40.0 - 2.0 * default_model().transition("", token[0])))


@lru_cache(maxsize=4096)
def _is_further(token: Token) -> bool:
    """Whether this is not the first reading of a character."""
    char, gloss = token
    return not is_first_reading(char, gloss.rstrip(" "))


def _annotated(ideographs: int, glossed: int) -> float:
    total = max(ideographs, glossed)
    share = glossed / total if total else 0.0
    return (FULL_BITS if share > 0.5 else PARTIAL_BITS) + _entropy(share) * total + math.log2(total + 1)


def _site(
    contents: Contents, tokens: Mapping[Token, int], page: Mapping[str, str], known: Mapping[str, str], most: float
) -> float:
    """Cost of "a site put them in", or more than ``most`` if it is more."""
    hant = traditional()
    text, start, end = contents[:3]
    told = len(hant.intersection(page))
    if known:
        told = sum([char in hant and known.get(char) != gloss for char, gloss in page.items()])
    bits = KNOWN_BITS if known else PAGE_BITS
    bits += _choose(contents.traditional, told) + math.log2(contents.traditional + 1)
    bits += SIMPLIFIED_BITS * contents.simplified
    for token, count in tokens.items():
        if bits > most:
            break
        char, gloss = token
        if char not in hant:
            bits += STRANGER_BITS * count
        if page[char] == gloss:
            further = FURTHER_READING_BITS if _is_further(token) else 0.0
            bits += further + STRANGER_BITS * (text.count(char, start, end) - count)
    return bits


def _entropy(share: float) -> float:
    return -sum(p * math.log2(p) for p in (share, 1 - share) if p > 0)


def _choose(n: int, k: int) -> float:
    """Bits of a choice of ``k`` among ``n``."""
    return (math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)) / math.log(2)
