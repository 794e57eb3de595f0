"""Where to look: a cheap scan over every text for what misread text consists of.

Each character becomes a class of one letter, and one pattern over the classes finds unlikely neighbours: rare
ideographs side by side, Latin letters and signs in a row, small letters before capitals, controls. Healthy text has
them too, now and then; whether they mean anything is for the model to say.

Classes come from `str.translate` for short texts and from a numpy table for long ones, with the same result.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from functools import cache
from itertools import chain, pairwise, product

PAIR_BITS = 13.0
"""Bits from which two letters of one alphabet are no neighbours."""

DOUBTFUL_BITS = 14.5
"""Bits from which one counts as less common: three of them close together are worth a second look in short texts. Of
9,146 misread lines 25 are found by that alone, at 12 bits 33; of healthy lines in
Chinese 3 to 5 % get it, at 12 bits 58 %."""

SHORT = 300
"""Code points up to which a text without suspicious places is looked at again, more closely: a line by itself has no
other lines that could draw attention to it."""

_ALPHABETS = re.compile("[\u0370-\u045f]{3}")
_KANA = re.compile("[\u3041-\u30fc]")

DOMESTIC_BITS = 20.0
"""Bits behind the commonest kana from which an ideograph is rare among kana. Of 20,000 sentences of Japanese manuals
1.6 % have one beside kana, of old novels 18 %, of their like written in EUC-JP and read as GBK 89 %; at 22 bits 1.3,
13 and 87 %."""

PARTICLES = "のをにはがでとるたいしてれ"
"""The commonest kana."""

RARE_BITS = 16.5
"""Bits from which an ideograph, syllable or letter counts as rare, by itself. Of 4,533 misread East Asian lines 38 go
unnoticed with that, with 15 bits 30; of healthy lines in Chinese 0.1 to 1.7 % are noticed, with 15 bits 4 to 8 %."""

LONG = 1_000_000
"""Code points from which numpy is worth its import (about 70 ms, once); where it is loaded, from `MEDIUM`. Texts that
are shorter add up, see `_Account`."""
MEDIUM = 2_000

_USUAL_PUNCTUATION = (
    "\xa0\xab\xbb\xb7\xb0\xd7\xa9\xae\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\u2122\u2192\u200b"
)
_VIETNAMESE = "\u0103\u0111\u01a1\u01b0\u0102\u0110\u01a0\u01af"

# a, A  ASCII letters           l, u  Latin letters beyond ASCII, small and capital   v  letters of Vietnamese alone
# k, K  Cyrillic letters        q  other letters of Cyrillic                          g, G  Greek letters
# z  final sigma                p  usual punctuation  s  other signs       x  controls and the like
# b, B, d  box drawing with single and double lines, blocks
# c  common letters of other scripts    m  less common ones    r  rare ones   h  half-width kana
# e, n  Thai letters that UTF-8 gives     w  Arabic ones     y  the Hebrew mark that it gives
_PATTERN = (
    "x"
    "|r[^.aA]?r|h[^.aA]?r|r[^.aA]?h|r[slukKq]|[slukKq]r"
    "|[luvgG][sbBd]|[sbB][luvkKqgG]|bB|Bb|[bBs]d|d[bBs]|zg|aG|Gp|hhh|[lu][luvp]|v[lu]|a[ulsp]?u|p[lu][lusp]|s[sb]?s|bs"
    "|[kKq][sbq]|q[psK]|kK|KK.?KK|K[p]|gG|G[pG]G?[pG]"
    "|a[bsB][bBpdl]|[aA][kKqgG][Bd]|[kKqgG][Bd]a|av[ps]|en.?en|sr|rs|[lu][cm][lu]|[cmkK][lu]|a[rkKgGhbq]a|a[rkKgGhbq]{2}a|as[a]"
    "|w.w.w|y.y"
)
SUSPECT = re.compile(_PATTERN)
"""Unlikely neighbours, over classes."""


_DOUBTFUL = re.compile(
    "[mr].{0,2}[mr].{0,2}[mr]|[mr].?[mr]$|^[mr].?[mr]|[KkGgq]p|[KkGgqluv][sbp][KkGgq]|[lu][sp]|[ap]r"
    # Every second byte is ASCII: characters of two bytes in Big5, Windows-932, GBK and Johab.
    "|[sbBdh][aA][sbBdhl]|p[aA][sbBd]|[sbBd][aA]p|[lgkqK]A[lugGkKqsbBd]|[kKqgG]a[kKqgG]|lalalal|BsB|[kK]d[kK]"
)


_AMONG_ASCII = re.compile("[aA][mr](?=[aA.]|$)|[mr](?<![^aA.].)a|[aA]hh(?!h)|h(?<!h.)ha|A[us]aa")
"""What is worth a second look by itself: less common and rare characters, pairs of half-width kana, signs and capitals
beside letters of ASCII."""

SELDOM_FIRST = "\xc8\xcb\xcc\xcf\xd2\xd9\xdb\u0192"
"""Letters that few languages begin words with, and what letters of Windows-1252 become in Macintosh."""
_SELDOM_FIRST = re.compile(f"[{SELDOM_FIRST}](?=[a-z]{{4}})")

_ODD = re.compile("[^.aAcmpk]|ak")
"""What every suspicious place holds at least one of."""

_CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")
_CONTROLS_IN_A_ROW = re.compile(f"(?:{_CONTROLS.pattern})+")
_NO_CONTROLS = bytes(code for code in range(0x80) if _CONTROLS.match(chr(code)) is None)


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
    if code in (0x0637, 0x0638):
        return "w"
    if code == 0x05F3:
        return "y"
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
    from fixtext.language import default_model  # only for characters that `common.txt` does not hold

    bits = default_model().transition("", char)
    return "r" if bits > RARE_BITS else "m" if bits > DOUBTFUL_BITS else "c"


class _Classes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        found = self[code] = class_of(code)
        return found


CLASSES = _Classes()
"""Classes by code point, filled as they are needed; those of common characters by `load_common`."""

MODELLED = tuple(
    chain(
        *(
            range(0x530, 0x5F3),
            range(0x5F4, 0x637),
            range(0x639, 0xE18),
            range(0xE1A, 0xE40),
            range(0xE41, 0xE42),
            range(0xE43, 0x1E00),
            range(0x1F00, 0x200B),
        ),
        *(range(0x200C, 0x2010), range(0x2C00, 0x3000), range(0x3041, 0x30FB), range(0x30FC, 0xE000)),
        *(range(0xF900, 0xFE00), range(0xFE70, 0xFF01), range(0xFFA0, 0xFFFE)),
    )
)
"""The code points whose classes their frequency decides."""


@cache
def common_classes() -> dict[int, str]:
    """Return the classes of those that are not rare, from a file: healthy text need not open the language model."""
    common, less_common, _ = _common_characters()
    return {**dict.fromkeys(map(ord, common), "c"), **dict.fromkeys(map(ord, less_common), "m")}


@cache
def domestic() -> frozenset[int]:
    """Return the ideographs that stand beside kana, from the same file."""
    return frozenset(map(ord, _common_characters()[2]))


def _common_characters() -> list[str]:
    path = os.path.join(os.path.dirname(__file__), "common.txt")  # noqa: PTH118, PTH120 - pathlib takes 9 ms to load
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        return file.read().split("\n")[:3]


@cache
def load_common() -> None:
    """Make their classes known to `CLASSES`."""
    CLASSES.update(common_classes())


LETTERS = ".aAluvkKqgGzpsbBdxcmrhenwy"
"""All classes."""


@cache
def suspect_triples() -> tuple[bool, ...]:
    """Return for each three classes in a row, in the order of `LETTERS`, whether something unlikely may begin there.

    Of the longer alternatives of the pattern the first two classes decide; the pattern itself has the last word.
    """
    longer = re.compile("KK|en|a[rkKgGhbq]|w.w")
    return tuple(
        SUSPECT.match("".join(three)) is not None or longer.match("".join(three)) is not None
        for three in product(LETTERS, repeat=3)
    )


SIEVED = 300_000
"""Characters that are looked at without the sieve before it is made: what its making costs (some 40 ms)."""


_RARE = re.compile("r")
SCATTERED_BITS = 12.0
"""Bits by which a stretch of a short text must exceed what is unlikely where its rare characters stand apart. That is
dear to find out, and asked of one line in twenty."""


class _Account:
    """How many characters have been looked at in the slow ways: what says when a faster one has become worth making."""

    characters = 0


def suspicious(text: str) -> list[tuple[int, int]]:
    """Return the places where unlikely neighbours stand, in order, not overlapping.

    >>> suspicious("a text like many others")
    []
    """
    if text.isascii():
        return _controls(text, _CONTROLS)
    return _in_long(text) if _is_long(text) else _in_short(text)


def _controls(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    if len(text) > SHORT and not text.encode().translate(None, _NO_CONTROLS):  # eight times quicker
        return []
    return [match.span() for match in pattern.finditer(text)]


def noteworthy(text: str) -> list[tuple[int, int]]:
    """Return those of them that are worth a search."""
    if text.isascii():
        return _controls(text, _CONTROLS_IN_A_ROW)
    if _is_long(text):
        return _in_long(text)
    return _in_short(text, _promising)


def _promising(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    from fixtext.detectors.misdecoded.prospects import promising  # with the model: most texts have no such places

    return promising(text, places)


_Choice = Callable[[str, list[tuple[int, int]]], list[tuple[int, int]]]


def _all(_: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return places


def _is_long(text: str) -> bool:
    length = len(text)
    if length >= MEDIUM:
        if length + _Account.characters >= LONG or "numpy" in sys.modules:
            return True
        _Account.characters += length
    return False


def _in_long(text: str) -> list[tuple[int, int]]:
    from fixtext.detectors.misdecoded.long_texts import places_in

    return places_in(text)


def _in_short(text: str, choose: _Choice = _all) -> list[tuple[int, int]]:
    short = len(text) <= SHORT
    return [] if _is_sifted(text, short) else _places(text, short, choose)


def _is_sifted(text: str, short: bool) -> bool:
    if _Account.characters < SIEVED:
        if short:
            _Account.characters += len(text)
        return False
    from fixtext.detectors.misdecoded.sieve import sieve

    return sieve(short=short).are_absent(text)


def _places(text: str, short: bool, choose: _Choice) -> list[tuple[int, int]]:
    load_common()
    classes = text.translate(CLASSES)
    places = []
    if _ODD.search(classes) is not None:
        places = [match.span() for match in SUSPECT.finditer(classes)]
    if short:
        from fixtext.detectors.misdecoded.kana_rows import in_step

        rows = in_step(text) or _wide_lines(text)
        if rows:
            return sorted({*places, *rows})
    if _KANA.search(text) is not None:
        from fixtext.detectors.misdecoded.kana import long_vowels, merged, strangers

        strange = strangers(text) if short else long_vowels(text)
        if strange:
            return merged([*places, *strange])
    if not places and short:
        places = [match.span() for match in _DOUBTFUL.finditer(classes)]
        if not places:
            places = [match.span() for match in _AMONG_ASCII.finditer(classes)]
        if not places:
            places = [match.span() for match in _SELDOM_FIRST.finditer(text)]
        if not places and "r" in classes:
            return _scattered(text, classes, choose)
    if _ALPHABETS.search(text) is not None and has_rare_pairs(text):
        places = sorted([*places, *gibberish(text)])
    return choose(text, places) if places else places


def _wide_lines(text: str) -> list[tuple[int, int]]:
    from fixtext.detectors.misdecoded import wide_lines

    if not wide_lines.may_be(text):
        return []
    from fixtext.detectors.misdecoded.plausible import plausibility

    return wide_lines.places(text, plausibility())


def _scattered(text: str, classes: str, choose: _Choice) -> list[tuple[int, int]]:
    """Return the rare characters of a text in which nothing else is odd, if it is odd enough as a whole."""
    from fixtext.detectors.misdecoded.plausible import plausibility

    # This first: hardly any healthy text is as odd, and to choose takes three times as long.
    is_odd = plausibility().excess(text) >= SCATTERED_BITS
    places = choose(text, [match.span() for match in _RARE.finditer(classes)]) if is_odd else []
    if _ALPHABETS.search(text) is not None and has_rare_pairs(text):
        places = sorted([*places, *choose(text, gibberish(text))])
    return places


def has_rare_pairs(text: str) -> bool:
    """Return whether letters of Greek or Cyrillic stand side by side that are no neighbours."""
    return not rare_pairs().isdisjoint(pairwise(text))


def gibberish(text: str) -> list[tuple[int, int]]:
    """Return words of Cyrillic or Greek letters in which two pairs of neighbours are unheard of."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return [match.span() for match in _misspelt().finditer(small)]


@cache
def rare_pairs() -> frozenset[tuple[str, str]]:
    """Return the pairs of letters that are no neighbours, in small letters and capitals."""
    from fixtext.language import default_model

    transition = default_model().transition
    pairs: set[tuple[str, str]] = set()
    for letters in ("".join(map(chr, range(0x430, 0x460))), "".join(map(chr, range(0x3AC, 0x3CF)))):
        for first, second in product(letters, repeat=2):
            if transition(first, second) > PAIR_BITS:
                pairs.update(product((first, first.upper()[0]), (second, second.upper()[0])))
    return frozenset(pairs)


@cache
def _misspelt() -> re.Pattern[str]:
    seconds: dict[str, str] = {}
    for first, second in sorted(rare_pairs()):
        if first.islower() and second.islower():
            seconds[first] = seconds.get(first, "") + second
    pair = "(?:" + "|".join(f"{first}[{rare}]" for first, rare in seconds.items()) + ")"
    return re.compile(rf"{pair}[\u0370-\u045f]{{0,4}}{pair}")
