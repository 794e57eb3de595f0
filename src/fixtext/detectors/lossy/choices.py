"""The characters that fit what is left of a sequence, and how likely they are before any context is seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container
from functools import lru_cache
from typing import NamedTuple

from fixtext.codepages import fitting
from fixtext.detectors.lossy.sites import KEPT_BYTE
from fixtext.language import default_model, script_of

OTHER_SCRIPT = 8.0
"""Bits of a Traditional character in a Simplified text, and the reverse. 6 and 10 do the same within 0.1 points."""

UNUSUAL = 6.0
"""Bits of a character that the script's everyday set (GB 2312, Big5) lacks, and of fullwidth letters and digits."""

_KEPT = 16.0
"""Characters dearer than the cheapest by more bits than this, without context, are not tried."""

FEW = 1000
"""So many where the bytes are lost or unknown of one character among others that are told by theirs."""

_ANY = 1500
"""Everyday characters that are tried where no byte is left; they make up 98 % of Chinese text."""


_SPACES = "\u00a0\u3000"
"""Spaces that text is set with; none is printable to Python."""

Known = tuple[int | None, ...]
"""The bytes of one character, None where one is lost."""

_HANGUL = re.compile("[\uac00-\ud7a3]")


class Choices(NamedTuple):
    """Characters for one place, and the bits of each beyond what the language model says."""

    chars: str
    extra: tuple[float, ...]


class Fits:
    """Which characters a channel can have damaged to what is left of them; by default all whose bytes match."""

    def __init__(
        self,
        fits: Callable[[Known, str], bool] | None = None,
        last: Callable[[Known, bytes | None], frozenset[int] | None] | None = None,
        *,
        touch: Callable[[tuple[Known, Known], str], bool] | None = None,
        never: re.Pattern[str] | None = None,
        either: bool = False,
    ) -> None:
        """Take what is known of the channel.

        Args:
            fits: whether a character can have lost the bytes that are None.
            last: the last bytes that can have been lost, given what is left and the byte behind (b"" at the end of the
                text, None if it is lost itself); None if any can.
            touch: whether two characters side by side, of which bytes are lost, can have lost them together; None if
                all can.
            never: characters that do not come into question where the first byte is lost; None if all do.
            either: whether it may have been the second byte that was lost where the third is None: no mark says which.
        """
        self.touch = touch
        self._never = never
        self._either = either
        self._fits = fits
        self._last = last
        self._matching: dict[Known, str] = {}
        self._found: dict[tuple[Known, frozenset[int] | None], str] = {}
        self._keys: dict[tuple[Known, bytes | None], tuple[Known, frozenset[int] | None]] = {}

    def key(self, known: Known, behind: bytes | None) -> tuple[Known, frozenset[int] | None]:
        """Return what the characters depend on: the bytes left, and the last bytes that can have been lost."""
        asked = known, behind
        key = self._keys.get(asked)
        if key is None:
            has_last = self._last is not None and known and known[-1] is None
            key = self._keys[asked] = known, self._last(known, behind) if self._last and has_last else None
        return key

    def chars(self, known: Known, behind: bytes | None) -> str:
        """Return the characters that can have been lost.

        Args:
            known: the bytes of one character, None where one is lost.
            behind: the first byte behind it, b"" at the end of the text, None if it is lost.
        """
        key = self.key(known, behind)
        found = self._found.get(key)
        if found is None:
            matching = self._matching.get(known)
            if matching is None:
                chars = fitting([None if byte == KEPT_BYTE else byte for byte in known], "utf-8")
                if known[0] is None and self._never is not None:
                    chars = self._never.sub("", chars)
                fits = self._fits
                matching = chars if fits is None else "".join([char for char in chars if fits(known, char)])
                self._matching[known] = matching
            last = key[1]
            if last is not None:
                # The last byte of UTF-8 holds the low six bits.
                matching = "".join([char for char in matching if ord(char) & 0x3F | 0x80 in last])
            if self._either and len(known) == 3 and known[1] is not None and known[2] is None:
                matching += self.chars((known[0], None, known[1]), behind)
            found = self._found[key] = matching
        return found


@lru_cache(maxsize=4)
def any_character(script: str) -> Choices:
    """Return the everyday characters of three UTF-8 bytes: for places where no byte is left."""
    chars = list(map(chr, (*range(0x2010, 0x2040), *range(0x3001, 0x3100), *range(0x4E00, 0xA000))))
    chars += map(chr, range(0xFF01, 0xFF60))
    chars.sort(key=lambda char: default_model().transition("", char))
    everyday = _everyday("".join(chars), script)
    return choices("".join([char for char in chars if char in everyday][:_ANY]), script)


@lru_cache(maxsize=1 << 12)
def choices(chars: str, script: str, most: int = 1 << 16) -> Choices:
    """Return those of some characters that are worth weighing.

    Args:
        chars: the characters that fit.
        script: the script of the document: as `script_of_text` says.
        most: how many of them at most, the commonest.
    """
    chars = "".join([char for char in chars if char.isprintable() or char in _SPACES])
    if not chars:
        return Choices("", ())
    costs = default_model().costs("", chars)
    everyday = _everyday(chars, script)
    weighed = [(char, cost, _extra(char, script, everyday)) for char, cost in zip(chars, costs, strict=True)]
    bits = sorted(cost + extra for _, cost, extra in weighed)[:most]
    limit = min(bits[0] + _KEPT, bits[-1])
    kept = [(char, extra) for char, cost, extra in weighed if cost + extra <= limit]
    return Choices("".join(char for char, _ in kept), tuple(extra for _, extra in kept))


def _extra(char: str, script: str, everyday: Container[str]) -> float:
    if "\uff10" <= char <= "\uff5a" and char.isalnum():
        return UNUSUAL
    if script not in ("hans", "hant"):
        return 0.0
    own = script_of(char)
    if own in ("hans", "hant") and own != script:
        return OTHER_SCRIPT
    return 0.0 if char in everyday else UNUSUAL


def _everyday(chars: str, script: str) -> frozenset[str]:
    """Return those of some characters that the everyday set of a script has."""
    page = "big5" if script == "hant" else "gb2312"
    return frozenset(chars.encode(page, "ignore").decode(page) + _SPACES)


_WIDE = re.compile("[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
"""Kana, ideographs and Hangul."""


def script_of_text(text: str) -> str:
    """Return ``hans`` or ``hant`` for Chinese, ``other`` for Japanese and Korean, "" where there is no telling."""
    simplified = traditional = other = han = 0
    for char, count in Counter(_WIDE.findall(text)).items():
        if char <= "\u30ff" or char >= "\uac00":
            other += count
        else:
            han += count
            script = script_of(char)
            simplified += count * (script == "hans")
            traditional += count * (script == "hant")
    if other * 4 > han:
        return "other"
    return "hant" if traditional > simplified else "hans" if han else ""


_WIDE_COMMAS = re.compile("[\uff0c\uff0e]")
_NOT_KOREAN = re.compile("[\u2e80-\ua4ff\uf900-\uffef]")


def strange_in(text: str, script: str) -> re.Pattern[str] | None:
    """Return the characters that the rest of a text does not use, though texts in its writing may; None if it does.

    Wide commas and full stops are Chinese, and stand in few Japanese texts; most Korean ones are in Hangul alone.

    Args:
        text: what is healthy of it.
        script: its script: as `script_of_text` says.
    """
    if script != "other":
        return None
    if _HANGUL.search(text) is not None:
        return None if _NOT_KOREAN.search(text) is not None else _NOT_KOREAN
    return _WIDE_COMMAS if "\u3001" in text and "\uff0c" not in text else None
