"""UTF-8 that was read in a page of East Asia, in words of Latin letters: `Espa\u5e3dol`, `It\u9225\u6a9a`."""

from __future__ import annotations

import re

from fixtext.detectors.misdecoded.plausible import Plausibility

UNSEEN_BITS = 28.0
"""What such a place costs as it stands, at least, where no other East Asian character is near in its line. In 4.76e9
code points (files of a development machine that are UTF-8 and not ASCII: sources, data, manuals, translations) a small
letter of ASCII stood so beside a character that is a letter of UTF-8 in GBK, Big5, Windows-949 or -932 in a dozen
places (`cap\u5e3d`, `pc\uce69`), and on both sides of one in none: log2(4.76e9 / 19.4) is 27.9 (upper 95 % limit of a
Poisson count of 12). What it would become has to be a likely letter there."""

CAPITAL_BITS = 26.0
"""The same beside a capital: some 40 places, nearly all of them a noun and a letter that counts it."""

_NEAR = 60
"""Code points on either side, in its line, in which East Asian characters speak for it."""

_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff61-\uff9f]+")
_AMONG_LETTERS = re.compile(f"(?<=[A-Za-z]){_WIDE.pattern}|{_WIDE.pattern}(?=[A-Za-z])")
_WESTERN = re.compile("[\x20-\x7e\xa0-\u024f\u2010-\u2044\u20ac\u2122]+")


def unseen_bits(text: str, start: int, end: int, healthy: str, scorer: Plausibility) -> float:
    """Return what a stretch costs beyond the bits of its characters, because healthy text has nothing like it.

    Args:
        text: the line.
        start: where a misreading of UTF-8 would explain it from.
        end: index behind it.
        healthy: what it would say.
        scorer: tells bits.
    """
    if not _WESTERN.fullmatch(healthy):
        return 0.0
    if _is_among_its_like(text, start, end):
        return 0.0
    bits = 0.0
    for match in _WIDE.finditer(text, start, end):
        first, last = match.span()
        beside = text[max(0, first - 1) : first] + text[last : last + 1]
        if any("a" <= char <= "z" for char in beside):
            least = UNSEEN_BITS
        elif any("A" <= char <= "Z" for char in beside):
            least = CAPITAL_BITS
        else:
            continue
        bits += max(0.0, least - scorer.bits(match[0], text[max(0, first - 2) : first]))
    return bits


def has_unseen(line: str) -> bool:
    """Whether a line has such a place, which is worth a search though its characters by themselves are not odd."""
    return any(not _is_among_its_like(line, *match.span()) for match in _AMONG_LETTERS.finditer(line))


def _is_among_its_like(text: str, start: int, end: int) -> bool:
    return any(_WIDE.search(side) for side in (text[max(0, start - _NEAR) : start], text[end : end + _NEAR]))
