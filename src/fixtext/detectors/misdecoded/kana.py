"""What stands out beside kana: EUC-JP read as GBK, two pages that have the kana in one place.

All that becomes of a Japanese line is a few other ideographs and signs among kana that stay as they are: the prolonged
sound mark becomes U+3016, half a pair of brackets, a quotation mark becomes a sign of mathematics, and the ideographs
are as common as any, but not beside kana. Here their neighbourhood is looked at, with what undoing would make of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from fixtext.detectors.misdecoded.suspicion import domestic
from fixtext.detectors.signs import Sign, ranges

KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc"
SIGNS = "\u2016\u2208\u221d\u2220\u2225\u2227\u2237\u223d\u2248\u224c\u2261\u226e\u226f\u3016\u3017"
"""What becomes of the brackets, quotation marks, dashes and dots of Japanese, and does not stand beside kana itself."""

LONG_VOWEL = "\u3016"
KATAKANA = "\u30a1-\u30fa"
_BEHINDKATAKANA = re.compile(f"[{KATAKANA}]{LONG_VOWEL}")

AROUND = 30
"""Code points on either side of such a mark that are undone with it, in its line."""

MANY = 32
"""Such marks that gain enough from which the others are taken without a look."""

LEAST_BITS = 20.0
"""What a stretch has to gain, in its place, for a search. A repair has to save 16 bits and its channel."""

SOURCE, READER = "euc_jp", "gb18030"


def strangers(text: str) -> list[tuple[int, int]]:
    """Return the places beside kana that hold what is rare there, if undoing that misreading gains enough."""
    if _kana().search(text) is None:
        return []
    places = [match.span() for match in _strange().finditer(text)]
    return places if places and _gain(text) >= LEAST_BITS else []


def long_vowels(text: str) -> list[tuple[int, int]]:
    """Return where U+3016 stands behind katakana in a text of any length, if undoing the misreading gains enough."""
    if LONG_VOWEL not in text:
        return []
    places: list[tuple[int, int]] = []
    for match in _BEHINDKATAKANA.finditer(text):
        start, end = match.span()
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        window = text[max(line_start, start - AROUND) : min(end + AROUND, line_end if line_end >= 0 else len(text))]
        if len(places) >= MANY or _gain(window) >= LEAST_BITS:
            places.append((end - 1, end))
    return places


def merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return places in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def strange_beside_kana() -> Sign:
    """Return how such places are known: by kana, for a closer look."""
    return Sign(KANA, check=lambda text: _strange().search(text) is not None)


def long_vowel() -> Sign:
    """Return how `long_vowels` are known."""
    return Sign(LONG_VOWEL, f"(?<=[{KATAKANA}].)")


@cache
def foreign() -> str:
    """Return the inside of the set of the ideographs that are rare beside kana, and of those signs."""
    return ranges([code for code in range(0x4E00, 0xA000) if code not in domestic()]) + SIGNS


@cache
def _kana() -> re.Pattern[str]:
    return re.compile(f"[{KANA}]")


@cache
def _strange() -> re.Pattern[str]:
    return re.compile(f"[{foreign()}](?:(?=[{KANA}])|(?<=[{KANA}].))")


class _Undone(dict[int, str]):
    """What each character was if it has been misread so; those that cannot have been stay."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        try:
            found = char.encode(READER).decode(SOURCE)
        except UnicodeError:
            found = char
        self[code] = found = found if len(found) == 1 else char
        return found


_UNDONE = _Undone()


def _gain(text: str) -> float:
    """Return the most bits that a stretch gains."""
    from fixtext.detectors.misdecoded.plausible import plausibility

    scorer = plausibility()
    transition, healthy = scorer.transition, scorer.healthy
    undone = text.translate(_UNDONE)
    best = total = 0.0
    for place, char in enumerate(text):
        if char > "\x7f":
            start = place - 2 if place > 2 else 0
            old, new = text[start : place + 1], undone[start : place + 1]
            if old != new:
                total = max(0.0, total + transition(old) - healthy(new))
                best = max(best, total)
    return best
