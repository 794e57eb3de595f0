"""The language of a glossed page: what is known of it beyond any language model."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import Protocol

from fixtext.detectors.glossed.evidence import is_converted
from fixtext.detectors.glossed.lattice import BARE_BITS
from fixtext.detectors.glossed.tokens import HAN
from fixtext.language import default_model

STRANGE_BITS = 8.0
"""Six nats, rounded: a character that conversion does not give, in a converted page (see docs/language-model.md)."""

QUOTE_BITS = 4.0
"""What an open quotation is worth, which the last two characters do not show: about the cost of a quotation mark."""


class Model(Protocol):
    """What torn places ask of a language model."""

    def transition(self, before: str, char: str) -> float:
        """Return the bits of ``char`` after the last two characters of ``before``."""
        ...


class PageModel:
    """A language model for a page that was converted from Simplified and lacks bare characters of its gloss set.

    Args:
        model: weighs the characters otherwise.
        page: the gloss set of the page. Its characters cost `BARE_BITS` more; the arc of their gloss gives that back.
    """

    __slots__ = ("_extra", "_memo", "_model", "_page")

    def __init__(self, model: Model, page: Container[str]) -> None:
        self._model = model
        self._page = page
        self._extra: dict[str, float] = {}
        self._memo: dict[str, float] = {}

    def quotes(self, inside: bool) -> None:
        """Tell whether a quotation is open at the place looked at: then its end is likelier than another beginning."""
        marks = {"”": -QUOTE_BITS, "“": QUOTE_BITS} if inside else {"”": QUOTE_BITS, "“": 0.0}
        if marks["”"] != self._extra.get("”"):
            self._extra |= marks
            self._memo.clear()

    def transition(self, before: str, char: str) -> float:
        """Return the bits of ``char`` after the last two characters of ``before``."""
        key = before[-2:] + char
        bits = self._memo.get(key)
        if bits is None:
            extra = self._extra.get(char)
            if extra is None:
                strange = char >= HAN[0] and not is_converted(char)
                extra = self._extra[char] = STRANGE_BITS * strange + BARE_BITS * (char in self._page)
            bits = self._memo[key] = self._model.transition(before, char) + extra
        return bits

    def bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the bits of a text between two contexts."""
        whole, start = before[-2:] + text + after[:2], len(before[-2:])
        return sum(self.transition(whole[max(0, at - 2) : at], whole[at]) for at in range(start, len(whole)))


LIKELY = 24
"""Of more characters than this that fit, only the commonest are tried."""


@lru_cache(maxsize=4096)
def likely(chars: str) -> str:
    """Return the commonest of many characters that converted pages have, the commonest first."""
    if len(chars) <= LIKELY:
        return chars
    transition = default_model().transition
    cost = {char: transition("", char) + (0.0 if is_converted(char) else STRANGE_BITS) for char in chars}
    return "".join(sorted(chars, key=cost.__getitem__)[:LIKELY])
