"""Capitals and signs inside words of small letters, that were letters in another Western page: `diff\xc8rence`.

Healthy text has next to none of them where another page makes a known word of it, so that a single one is enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.explanation import Pair
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.findings import Candidate
from fixtext.language.words import is_known

UNSEEN_BITS = 28.0
"""What a word with such a place must be taken to cost more than the known word that another page makes of it. In 4.4e9
code points (files of a development machine that are UTF-8 and not ASCII: sources, data, manuals, translations) of four
letters and more, three words were such and not misread, of three letters some twenty; log2(4.4e9 / 7.75) is 29.1 (upper
95 % limit of a Poisson count of 3)."""

SHORT_BITS = 26.0
"""The same of words of three letters."""

WORD_BITS, LONG_WORD = 26.0, 5
"""The same of words of so many letters in which nothing is misplaced, if the pages are those of `_APART`: ten such
words stood in 25 places, most of them Gaelic with a capital `\xc8` (those are known words now)."""

LETTER_BITS = 5.0
"""About what a letter of a known word costs; so that of two known words the likelier is told."""

_APART = frozenset((("cp1252", "mac-roman"), ("mac-roman", "cp1252"), ("cp1252", "cp437"), ("cp437", "cp1252")))
"""Pages of which one makes hardly a word of a word of the other: 850 and 1252 exchange vowels of Estonian."""

PAGES_BITS = 3.0
"""What is given back of the cost of two pages, for all were counted together; what one pair costs more than another
stays."""

_IN_USE = "\u2018\u2019\xb4\xb7\xad\u2013\u2014\u2026\u201c\u201d\xab\xbb\xb2\xb3\u2122\xae\xa9\xb0\xba\xaa"
"""Signs that healthy text sets between and behind letters: apostrophes, dashes, marks that are written small."""

_BY_THEMSELVES = "\u2013\u2014\u2018\u201c\u201d\u201e\u2022\u2026\xa9\xae\xb0\xab\xbb\u2122"
"""Signs that stand beside words that they are no letters of."""

_WORD = re.compile(r"(?<![\\\w])[^\W\d_]{3,}")
"""What stands behind a backslash is no letter of a word."""

_ODD_WORD = re.compile(
    r"[A-Za-z\xa1-\u024f\u02c6-\u02dd\u0391-\u03c9\u2010-\u2044\u20ac\u2202-\u25ca\ufb01\ufb02]{3,30}"
)
_LONGEST = 30


def unseen_bits(text: str, start: int, end: int, healthy: str, pair: Pair, scorer: Plausibility) -> float:
    """Return what a stretch costs beyond the bits of its characters, because healthy text has nothing like it.

    Args:
        text: the line.
        start: where a misreading would explain it from.
        end: index behind it.
        healthy: what it would say, as many characters.
        pair: the misreading.
        scorer: tells bits.
    """
    bits = 0.0
    for first, word in _words(text, start, end, healthy):
        observed = text[first : first + len(word)]
        least = _least(observed, word, pair)
        if not least:
            continue
        standing = scorer.bits(observed, text[max(0, first - 2) : first])
        bits += max(0.0, least + PAGES_BITS + LETTER_BITS * len(word) - standing)
    return bits


def without_signs(text: str, start: int, end: int, healthy: str) -> tuple[int, int]:
    """Return a stretch without the signs by themselves at its ends that any line may have: bullets, dashes, quotation
    marks. Words that are told say nothing about them.
    """
    first, last = start, end

    def goes(at: int, inner: int) -> bool:
        alone = text[at] in _BY_THEMSELVES and not text[inner : inner + 1].isalpha()
        return alone or (text[at] == healthy[at - start] and not text[at].isalpha())

    while first < last and goes(first, first + 1):
        first += 1
    while first < last and goes(last - 1, last - 2):
        last -= 1
    return (first, last) if first < last else (start, end)


def _least(observed: str, word: str, pair: Pair) -> float:
    """Return what a word costs more at least than what a page makes of it, 0 if nothing is known of that."""
    if not is_known(word) or is_known(observed):
        return 0.0
    if is_misplaced(observed):
        return UNSEEN_BITS if len(word) > 3 else SHORT_BITS
    return WORD_BITS if pair in _APART and len(word) >= LONG_WORD else 0.0


def _words(text: str, start: int, end: int, healthy: str) -> Iterator[tuple[int, str]]:
    """Yield where the words begin that a repair would change, and what it would make of them."""
    first, last = max(0, start - _LONGEST), end + _LONGEST
    whole = text[first:start] + healthy + text[end:last]
    for match in _WORD.finditer(whole):
        begin, stop = match.start() + first, match.end() + first
        if begin < end and start < stop and match[0] != text[begin:stop]:
            yield begin, match[0]


@lru_cache(maxsize=1024)
def is_misplaced(word: str) -> bool:
    """Whether a word has signs in it, or capitals behind others than its first letter or before small ones.

    >>> is_misplaced("diff\\xc8rence"), is_misplaced("R\\xcbgles"), is_misplaced("\\xc9cole"), is_misplaced("L\\xc9ON")
    (True, True, False, False)
    """
    small = word[1:]
    inside = word[2:] if word[0] in "hnt" and small[0].isalpha() else small  # Irish sets these before a capital
    odd = [char for char in inside if char > "\x7f" and not char.islower()]
    odd += [char for char in word[:1] if char > "\x7f" and not char.isalpha()]
    return bool(odd) and not any(map(_is_in_use, odd)) and any("a" <= char <= "z" for char in small)


def is_told(text: str, candidate: Candidate) -> bool:
    """Whether all words that a repair would change have something misplaced in them or are known to have been others,
    at least one of them a word that is known.
    """
    start, end = candidate.span
    pair = _pair(candidate)
    if pair is None or end - start != len(candidate.text):
        return False
    words = [(text[first : first + len(word)], word) for first, word in _words(text, start, end, candidate.text)]
    told = [observed for observed, word in words if _least(observed, word, pair)]
    return bool(told) and all(observed in told or is_misplaced(observed) for observed, _ in words)


def are_misplaced(text: str, candidate: Candidate) -> bool:
    """Whether all words that a repair would change have something misplaced in them."""
    start, end = candidate.span
    if end - start != len(candidate.text):
        return False
    words = [text[first : first + len(word)] for first, word in _words(text, start, end, candidate.text)]
    return bool(words) and all(map(is_misplaced, words))


def _pair(candidate: Candidate) -> Pair | None:
    if len(candidate.channel.steps) != 2:
        return None
    source, reader = candidate.channel.steps
    return (source.code_page, reader.code_page) if isinstance(source, Encode) and isinstance(reader, Decode) else None


def has_misplaced(line: str) -> bool:
    """Whether a line has such a word, which is worth a search though its characters by themselves are not odd."""
    return any(map(is_misplaced, _ODD_WORD.findall(line)))


def _is_in_use(char: str) -> bool:
    return char in _IN_USE or unicodedata.category(char)[0] == "Z"
