"""Fullwidth Latin as ASCII, half-width katakana as full: each in the width that its script is written in."""

from __future__ import annotations

import re
import unicodedata

from fixtext.normalization.characters import CJK_PUNCTUATION, FULLWIDTH_PUNCTUATION, HANZI, KANA
from fixtext.normalization.registry import normalizer

_LATIN = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_HALFWIDTH = re.compile("[\uff61-\uff9f]+")
# Chinese and Japanese write these marks fullwidth, so beside their characters they are right as they are.
_MARKS = re.compile(f"[{FULLWIDTH_PUNCTUATION}]+")
_EASTERN = re.compile(f"[{HANZI}{KANA}{CJK_PUNCTUATION}\u2018-\u201f\u2026\u2014]")
_SPACE = re.compile("(?<=[!-~])\u3000(?=[!-~])")

_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@normalizer("width", "fullwidth letters, digits and signs as ASCII, half-width katakana as full")
def width(text: str) -> str:
    """Replace fullwidth ASCII and half-width katakana.

    Fullwidth punctuation stays beside hanzi, kana and their marks; an ideographic space becomes a space only between
    Latin characters.
    """
    # Marks first: a half-width kana beside them tells as much as a full one.
    text = _MARKS.sub(_mark, text)
    text = _LATIN.sub(lambda match: match[0].translate(_TO_ASCII), text)
    # NFKC joins a kana and its voicing mark.
    text = _HALFWIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _SPACE.sub(" ", text)


def _mark(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    around = (text[start - 1] if start else "", text[end] if end < len(text) else "")
    if any(char and _EASTERN.match(char) for char in around):
        return match[0]
    return match[0].translate(_TO_ASCII)
