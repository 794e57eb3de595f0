"""The language of a glossed page: what is known of it beyond any language model."""

from __future__ import annotations

from functools import lru_cache

from fixtext.detectors.glossed.evidence import is_converted
from fixtext.detectors.glossed.lattice import BARE_BITS
from fixtext.detectors.glossed.pages import PageSet
from fixtext.detectors.glossed.tokens import HAN
from fixtext.language import LanguageModel, default_model

STRANGE_BITS = 8.0
"""Six nats, rounded: a character that conversion does not give, in a converted page (see docs/language-model.md)."""

QUOTE_BITS = 4.0
"""What an open quotation is worth, which the last two characters do not show: about the cost of a quotation mark."""


PAUSES = frozenset("，。、；：")
PAUSES_BITS = 8.0
"""Marks of pause do not follow each other (GB/T 15834, the standard of punctuation); word tables do not show that."""


class PageModel:
    """A language model for a page that was converted from Simplified and lacks bare characters of its gloss set.

    Args:
        model: weighs the characters otherwise.
        page: the gloss set of the page. Its characters cost `BARE_BITS` more; the arc of their gloss gives that back.
        in_quotes: whether a quotation is open: then its end is likelier than another beginning.
    """

    __slots__ = ("_extra", "_known", "_memo", "_model", "_own", "_special")

    def __init__(self, model: LanguageModel, page: PageSet, in_quotes: bool) -> None:
        self._model = model
        self._memo: dict[tuple[str, str], list[float]] = {}
        self._known: dict[str, float] = {}
        self._own: dict[str, float] = {}
        self._extra: dict[str, list[float]] = {}
        self._special = {char: BARE_BITS + STRANGE_BITS * (not is_converted(char)) for char, _ in page}
        self._special |= {"”": -QUOTE_BITS, "“": QUOTE_BITS} if in_quotes else {"”": QUOTE_BITS}

    def costs(self, before: str, chars: str) -> list[float]:
        """Return the bits of each of some characters after the last two characters of ``before``."""
        if len(chars) == 1:
            return [self.transition(before, chars)]
        key = before[-2:], chars
        costs = self._memo.get(key)
        if costs is None:
            extra = self._extra.get(chars)
            if extra is None:
                extra = self._extra[chars] = [self._beyond(char) for char in chars]
            costs = [bits + more for bits, more in zip(self._model.costs(before, chars), extra, strict=True)]
            if before[-1:] in PAUSES:
                costs = [
                    bits + PAUSES_BITS if char in PAUSES else bits for char, bits in zip(chars, costs, strict=True)
                ]
            self._memo[key] = costs
        return costs

    def _beyond(self, char: str) -> float:
        """Return what a character costs on such a page beyond what the language says."""
        special = self._special.get(char)
        if special is not None:
            return special
        return STRANGE_BITS if char >= HAN[0] and not is_converted(char) else 0.0

    def transition(self, before: str, char: str) -> float:
        """Return the bits of one character after the last two characters of ``before``."""
        key = before[-2:] + char
        bits = self._known.get(key)
        return self._weigh(key) if bits is None else bits

    def _weigh(self, key: str) -> float:
        before, char = key[:-1], key[-1]
        beyond = self._own.get(char)
        if beyond is None:
            beyond = self._own[char] = self._beyond(char)
        bits = self._model.transition(before, char) + beyond
        if char in PAUSES and before[-1:] in PAUSES:
            bits += PAUSES_BITS
        self._known[key] = bits
        return bits

    def bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the bits of a text, and what the two characters after it cost behind it."""
        whole, start = before[-2:] + text + after[:2], len(before[-2:])
        known, weigh = self._known, self._weigh
        total = 0.0
        for at in range(start, len(whole)):
            key = whole[at - 2 if at > 2 else 0 : at + 1]
            bits = known.get(key)
            total += weigh(key) if bits is None else bits
        return total


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
    costs = default_model().costs("", chars)
    ranked = sorted(
        (bits + (0.0 if is_converted(char) else STRANGE_BITS), place)
        for place, (char, bits) in enumerate(zip(chars, costs, strict=True))
    )
    return "".join([chars[place] for _, place in ranked[:LIKELY]])
