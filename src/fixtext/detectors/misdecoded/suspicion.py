"""Where to look: a cheap scan over every text for what misread text consists of.

Each character becomes a class of one letter, and one pattern over the classes finds unlikely neighbours: rare
ideographs side by side, Latin letters and signs in a row, small letters before capitals, controls. Healthy text has
them too, now and then; whether they mean anything is for the model to say.

Classes come from `str.translate` for short texts and from a numpy table for long ones, with the same result.
"""

from __future__ import annotations

import re
import sys
from functools import cache

from fixtext.language import default_model

PAIR_BITS = 13.0
"""Bits from which two letters of one alphabet are no neighbours."""

DOUBTFUL_BITS = 12.0
"""The same for the second look that short texts get."""

SHORT = 300
"""Code points up to which a text without suspicious places is looked at again, more closely: a line by itself has no
other lines that could draw attention to it."""

_ALPHABETS = re.compile("[\u0370-\u045f]{3}")

RARE_BITS = 15.0
"""Bits from which an ideograph, syllable or letter counts as rare, by itself."""

LONG = 50_000
"""Code points from which numpy is worth its import (about 70 ms, once); where it is loaded, from `MEDIUM`."""
MEDIUM = 400

_USUAL_PUNCTUATION = (
    "\xa0\xab\xbb\xb7\xb0\xd7\xa9\xae\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\u2122\u2192\u200b"
)
_VIETNAMESE = "\u0103\u0111\u01a1\u01b0\u0102\u0110\u01a0\u01af"

# a, A  ASCII letters           l, u  Latin letters beyond ASCII, small and capital   v  letters of Vietnamese alone
# k, K  Cyrillic letters        q  other letters of Cyrillic                          g, G  Greek letters
# z  final sigma                p  usual punctuation  s  other signs       x  controls and the like
# b, B, d  box drawing with single and double lines, blocks
# c  common letters of other scripts    m  less common ones    r  rare ones   h  half-width kana
# e, n  Thai letters that UTF-8 gives
_PATTERN = (
    "x"
    "|r[^.aA]?r|h[^.aA]?r|r[^.aA]?h|r[slukKq]|[slukKq]r"
    "|[luvgG][sbBd]|[sbB][luvkKqgG]|bB|Bb|[bBs]d|d[bBs]|zg|aG|Gp|hhh|[lu][luvp]|v[lu]|a[ulsp]?u|p[lu][lusp]|s[sb]?s|bs"
    "|[kKq][sbq]|q[psK]|kK|KK.?KK|K[p]|gG|G[pG]G?[pG]"
    "|en.?en|sr|rs|[lu][cm][lu]|[cmkK][lu]|a[rkKgGhbq]a|a[rkKgGhbq]{2}a|as[a]"
)
_SUSPECT = re.compile(_PATTERN.replace("[^.aA]", "[^.aA\\n]"))
_SUSPECT_BYTES = re.compile(_SUSPECT.pattern.encode())


_DOUBTFUL = re.compile(
    "[mr].{0,2}[mr].{0,2}[mr]|[mr].?[mr]$|^[mr].?[mr]|[KkGgq]p|[KkGgqluv][sbp][KkGgq]|[lu][sp]|[ap]r"
)


def class_of(code: int) -> str:
    """Return the class of a code point."""
    char = chr(code)
    if code < 0x80:
        return (
            "a" if char.islower() else "A" if char.isupper() else "." if 32 <= code < 127 or char in "\t\n\r\f" else "x"
        )
    if code < 0xA0 or code in (0xFFFE, 0xFFFF):
        return "x" if code != 0x85 else "s"
    if char in _USUAL_PUNCTUATION or 0x3000 <= code <= 0x3003 or 0x3008 <= code <= 0x3011 or code == 0x30FB:
        return "p"
    if code < 0xC0 or code == 0xF7 or 0x2B0 <= code < 0x370:
        return "s" if char not in "\xaa\xb5\xba" else "l"
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        if char in _VIETNAMESE or code >= 0x1EA0:
            return "v"
        return "u" if char.isupper() else "l"
    if char == "\u03c2":
        return "z"
    if code < 0x400:
        return "G" if char.isupper() else "g"
    if code < 0x530:
        if 0x410 <= code < 0x450 or char in "\u0401\u0451\u0406\u0456\u0407\u0457\u0404\u0454\u040e\u045e\u0490\u0491":
            return "K" if char.isupper() else "k"
        return "q"
    if code in (0x0E40, 0x0E42):
        return "e"
    if code in (0x0E18, 0x0E19):
        return "n"
    if 0x2500 <= code < 0x2550:
        return "b"
    if 0x2550 <= code < 0x25A0:
        return "B" if code < 0x2580 else "d"
    if 0x2010 <= code < 0x2C00:
        return "s"
    if 0xFF61 <= code <= 0xFF9F:
        return "h"
    if 0xE000 <= code < 0xF900:
        return "s"
    if 0xFF01 <= code <= 0xFF60 or 0x3004 <= code < 0x3041 or 0xFE00 <= code <= 0xFE6F:
        return "c"
    if code > 0xFFFF:
        return "c"
    bits = _bits(char)
    return "r" if bits > RARE_BITS else "m" if bits > DOUBTFUL_BITS else "c"


def _bits(char: str) -> float:
    return default_model().transition("", char)


class _Classes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        found = self[code] = class_of(code)
        return found


_CLASSES = _Classes()


def suspicious(text: str) -> list[tuple[int, int]]:
    """Return the places where unlikely neighbours stand, in order, not overlapping.

    >>> suspicious("a text like many others")
    []
    """
    if text.isascii() and text.isprintable():
        return []
    if len(text) >= LONG or (len(text) >= MEDIUM and "numpy" in sys.modules):
        places = [match.span() for match in _SUSPECT_BYTES.finditer(_class_bytes(text))]
    else:
        classes = text.translate(_CLASSES)
        places = [match.span() for match in _SUSPECT.finditer(classes)]
        if not places and len(text) <= SHORT:
            places = [match.span() for match in _DOUBTFUL.finditer(classes)]
    if _ALPHABETS.search(text) is None:
        return places
    return sorted([*places, *_gibberish(text)])


def _gibberish(text: str) -> list[tuple[int, int]]:
    """Return words of Cyrillic or Greek letters in which two pairs of neighbours are unheard of."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return [match.span() for match in _rare_pairs().finditer(small)]


@cache
def _rare_pairs() -> re.Pattern[str]:
    transition = default_model().transition
    pairs = []
    for letters in ("".join(map(chr, range(0x430, 0x460))), "".join(map(chr, range(0x3AC, 0x3CF)))):
        for first in letters:
            rare = "".join(char for char in letters if transition(first, char) > PAIR_BITS)
            if rare:
                pairs.append(f"{first}[{rare}]")
    pair = "(?:" + "|".join(pairs) + ")"
    letters = r"[\u0370-\u045f]"
    return re.compile(f"{pair}{letters}{{0,4}}{pair}")


def _class_bytes(text: str) -> bytes:
    import numpy as np

    table = _class_table()
    if text.isascii():
        return bytes(table[np.frombuffer(text.encode("ascii"), np.uint8)])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return table.take(codes, mode="clip").tobytes()  # type: ignore[no-any-return]


@cache
def _class_table():  # type: ignore[no-untyped-def]
    import numpy as np

    classes = "".join(map(class_of, range(0x10000))) + "c"
    return np.frombuffer(classes.encode("ascii"), np.uint8)
