"""The language of a glossed page: what is known of it beyond any language model."""

from __future__ import annotations

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


PAUSES = frozenset("，。、；：")
PAUSES_BITS = 8.0
"""Marks of pause do not follow each other (GB/T 15834, the standard of punctuation); word tables do not show that."""


class Model(Protocol):
    """What torn places ask of a language model."""

    def transition(self, before: str, char: str) -> float:
        """Return the bits of ``char`` after the last two characters of ``before``."""
        ...


PageSet = tuple[tuple[str, str], ...]
"""The gloss set of a page as a value: pairs (character, gloss), sorted."""


class PageModel:
    """A language model for a page that was converted from Simplified and lacks bare characters of its gloss set.

    Args:
        model: weighs the characters otherwise.
        page: the gloss set of the page. Its characters cost `BARE_BITS` more; the arc of their gloss gives that back.
        in_quotes: whether a quotation is open: then its end is likelier than another beginning.
    """

    __slots__ = ("_extra", "_memo", "_model")

    def __init__(self, model: Model, page: PageSet, in_quotes: bool) -> None:
        self._model = model
        self._memo: dict[str, float] = {}
        self._extra = {char: BARE_BITS + STRANGE_BITS * (not is_converted(char)) for char, _ in page}
        self._extra |= {"”": -QUOTE_BITS, "“": QUOTE_BITS} if in_quotes else {"”": QUOTE_BITS, "“": 0.0}

    def transition(self, before: str, char: str) -> float:
        """Return the bits of ``char`` after the last two characters of ``before``."""
        key = before[-2:] + char
        bits = self._memo.get(key)
        if bits is None:
            extra = self._extra.get(char)
            if extra is None:
                extra = self._extra[char] = STRANGE_BITS * (char >= HAN[0] and not is_converted(char))
            if char in PAUSES and key[-2:-1] in PAUSES:
                extra = extra + PAUSES_BITS
            bits = self._memo[key] = self._model.transition(before, char) + extra
        return bits

    def bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the bits of a text between two contexts."""
        whole, start = before[-2:] + text + after[:2], len(before[-2:])
        return sum(self.transition(whole[max(0, at - 2) : at], whole[at]) for at in range(start, len(whole)))


@lru_cache(maxsize=256)
def page_model(page: PageSet, in_quotes: bool) -> PageModel:
    """Return the model of a page by what is known before its words are."""
    return PageModel(default_model(), page, in_quotes)


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
