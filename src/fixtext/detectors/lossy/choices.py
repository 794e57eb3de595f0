"""The characters that fit what is left of a sequence, and how likely they are before any context is seen."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from fixtext.codepages import fitting
from fixtext.language import default_model, script_of

OTHER_SCRIPT = 8.0
"""Bits of a Traditional character in a Simplified text, and the reverse. 6 and 10 do the same within 0.1 points."""

UNUSUAL = 6.0
"""Bits of a character that the script's everyday set (GB 2312, Big5) lacks, and of fullwidth letters and digits."""

_KEPT = 20.0
"""Characters dearer than the cheapest by more bits than this, without context, are not tried."""

_ANY = 1500
"""Everyday characters that are tried where no byte is left; they make up 98 % of Chinese text."""


class Choices(NamedTuple):
    """Characters for one place, and the bits of each beyond what the language model says."""

    chars: str
    extra: tuple[float, ...]


@lru_cache(maxsize=4096)
def choices(known: tuple[int | None, ...], script: str) -> Choices:
    """Return the characters whose UTF-8 bytes match.

    Args:
        known: the bytes of one character, None where one is lost.
        script: the script of the document: as `script_of_text` says.
    """
    return _plausible(fitting(known, "utf-8"), script)


@lru_cache(maxsize=4)
def any_character(script: str) -> Choices:
    """Return the everyday characters of three UTF-8 bytes: for places where no byte is left."""
    chars = list(map(chr, (*range(0x2010, 0x2040), *range(0x3001, 0x3100), *range(0x4E00, 0xA000))))
    chars += map(chr, range(0xFF01, 0xFF60))
    chars.sort(key=lambda char: default_model().transition("", char))
    return _plausible("".join([char for char in chars if _is_everyday(char, script)][:_ANY]), script)


def _plausible(chars: str, script: str) -> Choices:
    chars = "".join(filter(str.isprintable, chars))
    if not chars:
        return Choices("", ())
    costs = default_model().costs("", chars)
    weighed = [(char, cost, _extra(char, script)) for char, cost in zip(chars, costs, strict=True)]
    limit = min(cost + extra for _, cost, extra in weighed) + _KEPT
    kept = [(char, extra) for char, cost, extra in weighed if cost + extra <= limit]
    return Choices("".join(char for char, _ in kept), tuple(extra for _, extra in kept))


def _extra(char: str, script: str) -> float:
    if "\uff10" <= char <= "\uff5a" and char.isalnum():
        return UNUSUAL
    if script not in ("hans", "hant"):
        return 0.0
    own = script_of(char)
    if own in ("hans", "hant") and own != script:
        return OTHER_SCRIPT
    return 0.0 if _is_everyday(char, script) else UNUSUAL


def _is_everyday(char: str, script: str) -> bool:
    try:
        char.encode("big5" if script == "hant" else "gb2312")
    except UnicodeEncodeError:
        return False
    return True


def script_of_text(text: str) -> str:
    """Return ``hans`` or ``hant`` for Chinese, ``other`` for Japanese and Korean, "" where there is no telling."""
    counted = Counter(text)
    simplified = traditional = other = han = 0
    for char, count in counted.items():
        if char < "\u3041":
            continue
        if char <= "\u30ff" or "\uac00" <= char <= "\ud7a3":
            other += count
        elif "\u4e00" <= char <= "\u9fff":
            han += count
            script = script_of(char)
            simplified += count * (script == "hans")
            traditional += count * (script == "hant")
    if other * 4 > han:
        return "other"
    return "hant" if traditional > simplified else "hans" if han else ""
