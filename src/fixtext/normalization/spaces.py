"""Spaces that are not spaces: between the characters of a Chinese word, invisible, or unbreakable."""

from __future__ import annotations

import re

from fixtext.normalization.characters import CJK_PUNCTUATION, FULLWIDTH_PUNCTUATION, HANZI
from fixtext.normalization.registry import normalizer

_MARK = f"[{CJK_PUNCTUATION}{FULLWIDTH_PUNCTUATION}]"
_EASTERN = f"[{HANZI}{CJK_PUNCTUATION}{FULLWIDTH_PUNCTUATION}]"
_TOKEN = f"(?:[{HANZI}]{_MARK}*|{_MARK}+)"
# Three or more characters, each on its own: PDF extraction sets them so. Two names side by side, a label of two
# characters set apart, or half-lines of a poem are spaced on purpose.
_SPACED = re.compile(f"(?<!{_EASTERN})(?:{_TOKEN} ){{2,}}{_TOKEN}(?!{_EASTERN})")

# Scripts without spaces between words mark the places where a line may break by U+200B.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaadf"
_ZERO_WIDTH = re.compile(f"(?<![{_UNSPACED}])[\u200b\u2060\ufeff]+(?![{_UNSPACED}\u200b\u2060\ufeff])")

# Mongolian joins its suffixes by U+202F.
_NO_BREAK = re.compile("\u00a0|(?<![\u1800-\u18af])\u202f(?![\u1800-\u18af])")


@normalizer("spaces", "spaces between single hanzi and zero-width spaces removed, no-break spaces as spaces")
def spaces(text: str) -> str:
    """Clean up spaces. The joiners U+200C and U+200D stay: they make part of words and of emoji."""
    start = len(text) - len(text.lstrip("\ufeff"))  # in front it is a byte order mark, which `bom` takes away
    body = _NO_BREAK.sub(" ", _ZERO_WIDTH.sub("", text[start:]))
    return text[:start] + _SPACED.sub(lambda match: match[0].replace(" ", ""), body)
