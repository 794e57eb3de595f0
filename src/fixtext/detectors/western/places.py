"""Where to look: characters that UTF-8 becomes in the single-byte pages that ftfy knows, in the order of UTF-8.

Nothing of ftfy is loaded for that, nor anything but one search of a regular expression run over text that has none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from fixtext import codepages

PAGES: dict[str, float] = {
    "latin-1": 2.5,
    "cp1252": 2.0,
    "cp1251": 3.0,
    "cp1250": 4.0,
    "cp1253": 5.0,
    "cp1254": 4.5,
    "cp1257": 6.0,
    "iso-8859-2": 6.0,
    "mac-roman": 3.0,
    "cp437": 3.0,
}
"""Pages that ftfy reads, with the bits that each costs before anything is seen (`detectors.misdecoded.pairs`)."""

_C1 = "\x80-\x84\x86-\x9f"  # 85 is a line break in some texts


@cache
def _classes() -> tuple[str, str, str, str]:
    """Return the characters that first bytes of two, three and four, and further bytes, become in any page."""
    sets = []
    for numbers in (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5), range(0x80, 0xC0)):
        chars = {char for page in PAGES for char in codepages.decode(bytes(numbers), page, "ignore")}
        sets.append("".join(sorted(chars)))
    two, three, four, further = sets
    return two, three, four, further


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a place. It begins with one class, which `re` skips to in a loop of its own."""
    two, three, four, further = map(re.escape, _classes())
    first = f"[{two}{three}{four}{_C1}]"
    rest = f"(?<=[{two}])[{further}]|(?<=[{three}])[{further}]{{2}}|(?<=[{four}])[{further}]{{3}}"
    return re.compile(f"{first}(?:(?:{rest})(?:{first}(?:{rest}))*|(?<=[\xc2\xc3]) |(?<=[{_C1}]))")


def places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of such characters that are UTF-8 in one of the pages, and C1 controls, in order.

    >>> list(places("the cafÃ© of élan"))
    [(7, 9)]
    """
    if text.isascii():
        return
    for match in _pattern().finditer(text):
        if _is_place(match[0]):
            yield match.span()


@lru_cache(maxsize=4096)
def _is_place(found: str) -> bool:
    return found[-1] == " " or len(found) == 1 or bool(readings(found))


@cache
def _misread() -> frozenset[str]:
    return frozenset("".join(_classes())) - frozenset(HEALTHY)


HEALTHY = "\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\xab\xbb\xa0"
"""Punctuation that may stand beside misread text and be healthy."""


def is_apart(text: str, start: int, end: int) -> bool:
    """Whether nothing beside a place may belong to it: of text read in another way only parts look like UTF-8."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return _misread().isdisjoint(beside)


def readings(text: str) -> list[str]:
    """Return what the bytes of a text in the pages are in UTF-8, without repetition."""
    found = {}
    for page in PAGES:
        try:
            made = codepages.encode(text, page).decode("utf-8")
        except UnicodeError:
            continue
        if is_text(made):
            found[made] = None
    return list(found)


def is_text(text: str) -> bool:
    """Whether a repair may put this somewhere: no control, nothing unseen, unassigned, private or lost."""
    return "\ufffd" not in text and all(map(_is_seen, text))


@lru_cache(maxsize=8192)
def _is_seen(char: str) -> bool:
    return char in "\t\n\r\f\xad\u200b\u200c\u200d" or unicodedata.category(char) not in _UNSEEN


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
