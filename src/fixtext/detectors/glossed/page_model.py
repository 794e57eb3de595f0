"""The language of a glossed page: what is known of it beyond any language model."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from operator import add

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


_REMEMBERED = 1 << 13
"""Places with several characters to choose from that are remembered: 7 MB."""
_REMEMBERED_SINGLY = 1 << 17
"""Characters behind two others that are remembered: 20 MB at most."""


class Converted:
    """The language of pages that were converted from Simplified: what all of them share.

    Args:
        model: weighs the characters otherwise.
    """

    __slots__ = ("_choices", "_model", "_openings", "_ranked", "known")

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._choices: dict[tuple[str, str], list[float]] = {}
        self._ranked: dict[tuple[str, str], list[tuple[float, str]]] = {}
        self._openings: dict[str, float] = {}
        self.known: dict[str, float] = {}
        """Two characters and a third -> the bits of the third; `weigh` adds to it."""

    def weigh(self, key: str) -> float:
        """Return the bits of the last of up to three characters."""
        bits = self._model.score(key) + _beyond(key)
        if len(self.known) >= _REMEMBERED_SINGLY:
            self.known.clear()
        self.known[key] = bits
        return bits

    def opening(self, pair: str) -> float:
        """Return the bits of the first two characters of a text."""
        bits = self._openings.get(pair)
        if bits is None:
            if len(self._openings) >= _REMEMBERED_SINGLY:
                self._openings.clear()
            bits = self._openings[pair] = self.weigh(pair[0]) + self.weigh(pair)
        return bits

    def learn(self, keys: Iterable[str]) -> None:
        """Look up many keys of `known` together, where numpy is at hand: for one page it is not worth loading."""
        if "numpy" not in sys.modules:
            return
        new = [key for key in dict.fromkeys(keys) if key not in self.known]
        if len(new) < _FEW:
            return
        bits = self._model.transitions([key[:-1] for key in new], [key[-1] for key in new])
        for key, cost in zip(new, bits.tolist(), strict=True):
            self.known[key] = cost + _beyond(key)

    def costs(self, before: str, chars: str) -> list[float]:
        """Return the bits of each of some characters behind two others; the list is to be left as it is."""
        key = before, chars
        costs = self._choices.get(key)
        if costs is None:
            costs = list(map(add, self._model.costs(before, chars), _all_strange(chars)))
            if before[-1:] in PAUSES:
                for place, char in enumerate(chars):
                    if char in PAUSES:
                        costs[place] += PAUSES_BITS
            if len(self._choices) >= _REMEMBERED:
                self._choices.clear()
            self._choices[key] = costs
        return costs

    def ranked(self, before: str, chars: str) -> list[tuple[float, str]]:
        """Return the least of them with their characters, ascending; this list is to be left as it is, too."""
        key = before, chars
        ranked = self._ranked.get(key)
        if ranked is None:
            if len(self._ranked) >= _REMEMBERED:
                self._ranked.clear()
            ranked = self._ranked[key] = _least(self.costs(before, chars), chars)
        return ranked


class Read(Converted):
    """The same with the words of some pages that the model has read: few places are asked about."""

    __slots__ = ()

    def costs(self, before: str, chars: str) -> list[float]:
        """Return the bits of each of some characters behind two others."""
        known, weigh = self.known, self.weigh
        return [known[key] if key in known else weigh(key) for key in [before + char for char in chars]]


RANKED = 12
"""Characters of a place that searches look at, at most; the others need not be kept in order."""


def _least(costs: list[float], chars: str) -> list[tuple[float, str]]:
    return sorted(zip(costs, chars, strict=True))[:RANKED]


_FEW = 32
"""Fewer characters are looked up one by one, which takes 6 us each; 200 together take 0.4 ms."""


def _beyond(key: str) -> float:
    """Return what the last of up to three characters costs beyond what the language says."""
    return _strange(key[-1]) + (PAUSES_BITS if key[-1] in PAUSES and key[-2:-1] in PAUSES else 0.0)


@lru_cache(maxsize=1 << 15)
def _strange(char: str) -> float:
    return STRANGE_BITS if char >= HAN[0] and not is_converted(char) else 0.0


@lru_cache(maxsize=4096)
def _all_strange(chars: str) -> tuple[float, ...]:
    return tuple(map(_strange, chars))


@lru_cache(maxsize=1)
def converted() -> Converted:
    """Return the language of such pages by what is known before the words of one are."""
    return Converted(default_model())


class PageModel:
    """A language model for a page that was converted from Simplified and lacks bare characters of its gloss set.

    Args:
        language: weighs the characters otherwise.
        page: the gloss set of the page. Its characters cost `BARE_BITS` more; the arc of their gloss gives that back.
        in_quotes: whether a quotation is open: then its end is likelier than another beginning.
    """

    __slots__ = ("_language", "_places", "_ranked", "_special")

    def __init__(self, language: Converted, page: PageSet, in_quotes: bool) -> None:
        self._language = language
        self._special = {char: BARE_BITS for char, _ in page}
        self._special |= {"”": -QUOTE_BITS, "“": QUOTE_BITS} if in_quotes else {"”": QUOTE_BITS}
        self._places: dict[str, list[tuple[int, float]]] = {}
        self._ranked: dict[tuple[str, str], list[tuple[float, str]]] = {}

    def costs(self, before: str, chars: str) -> list[float]:
        """Return the bits of each of some characters after the last two characters of ``before``."""
        costs = self._language.costs(before[-2:], chars)
        places = self._special_in(chars)
        if places:
            costs = costs.copy()
            for place, bits in places:
                costs[place] += bits
        return costs

    def ranked(self, before: str, chars: str) -> list[tuple[float, str]]:
        """Return the least of them with their characters, ascending; as many as searches look at."""
        key = before[-2:], chars
        ranked = self._ranked.get(key)
        if ranked is None:
            if self._special_in(chars):
                ranked = _least(self.costs(before, chars), chars)
            else:
                ranked = self._language.ranked(*key)
            self._ranked[key] = ranked
        return ranked

    def _special_in(self, chars: str) -> list[tuple[int, float]]:
        """Return where there are characters that cost something else on this page, and how much more."""
        places = self._places.get(chars)
        if places is None:
            special = self._special
            found = special.keys() & chars
            places = [(place, special[char]) for place, char in enumerate(chars) if char in found] if found else []
            self._places[chars] = places
        return places

    def learn(self, keys: Iterable[str]) -> None:
        """Look up many characters together that will be asked for, each behind two others."""
        self._language.learn(keys)

    def transition(self, before: str, char: str) -> float:
        """Return the bits of one character after the last two characters of ``before``."""
        key = before[-2:] + char
        bits = self._language.known.get(key)
        return (self._language.weigh(key) if bits is None else bits) + self._special.get(char, 0.0)

    def opening(self, pair: str) -> float:
        """Return the bits of the first two characters of a text."""
        special = self._special
        return self._language.opening(pair) + special.get(pair[0], 0.0) + special.get(pair[1], 0.0)

    def bits(self, text: str, before: str = "", after: str = "") -> float:
        """Return the bits of a text, and what the two characters after it cost behind it."""
        whole, start = before[-2:] + text + after[:2], len(before[-2:])
        known, weigh, special = self._language.known, self._language.weigh, self._special
        total = 0.0
        for at in range(start, len(whole)):
            key = whole[at - 2 if at > 2 else 0 : at + 1]
            bits = known.get(key)
            total += (weigh(key) if bits is None else bits) + special.get(whole[at], 0.0)
        return total


@lru_cache(maxsize=256)
def page_model(page: PageSet, in_quotes: bool) -> PageModel:
    """Return the model of a page by what is known before its words are."""
    return PageModel(converted(), page, in_quotes)


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
