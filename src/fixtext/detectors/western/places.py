"""Where to look: characters that UTF-8 becomes in the single-byte pages that ftfy knows, in the order of UTF-8.

Nothing of ftfy is loaded for that, nor anything but one search of a regular expression run over text that has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from heapq import merge

from fixtext.detectors.signs import Sign, ranges

PAGES = (
    *("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257"),
    *("iso-8859-2", "mac-roman", "cp437"),
)
"""Pages that ftfy reads, in its order."""

_C1 = "\x80-\x84\x86-\x9f"  # 85 is a line break in some texts


_GREEK_LEAD = "\uf8fa"
"""D2 in Windows-1253. Windows reads it, AA there, and A1 and A5 of Windows-1257, as private characters; Python reads
none of them."""


@cache
def _classes() -> tuple[str, str, str, str]:
    """Return the characters that first bytes of two, three and four, and further bytes, become in any page.

    From Python's codecs, which cost a third of a millisecond each to load; the pages that differ do so in C1 controls.
    """
    sets = []
    for numbers in (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5), range(0x80, 0xC0)):
        chars = {char for page in PAGES for char in bytes(numbers).decode(page, "ignore")}
        sets.append("".join(sorted(chars)))
    two, three, four, further = sets
    return two + _GREEK_LEAD, three, four, further + "\uf8f9\uf8fc\uf8fd"


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a place from its second character on.

    A pattern that begins with one class lets `re` skip to it in a loop of its own, and of the bytes of UTF-8 the
    further ones become the rarer characters: first ones become half the letters of Cyrillic.
    """
    two, three, four, further = map(re.escape, _classes())
    sequence = f"[{two}][{further}]|[{three}][{further}]{{2}}|[{four}][{further}]{{3}}"
    first = f"(?<=[{two}].)|(?<=[{three}].)[{further}]|(?<=[{four}].)[{further}]{{2}}"
    return re.compile(f"[{further}](?:(?:{first})(?:{sequence})*|(?<=[{_C1}]))", re.DOTALL)


COMMON = "\xa0\xab\xbb\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
"""Punctuation of healthy text. In each page either all of it stands for first bytes or all for further ones, so that
alone it never is UTF-8."""

_MAYBE = (
    "[\x80-\x9f\xa1-\xaa\xac-\xba\xbc-\u2012\u2015-\u2017\u201a\u201b\u201e-\u2025\u2027-\u2dff"
    "\ue000-\uf8ff\ufb01\ufb02]"
)
"""All that `_classes` may return lies in here, but for `COMMON`. Most Chinese has none of it; loading the codecs and
compiling the pattern takes 8 ms."""

_IN_WORD = "(?=[a-z \n,.;:!?)]|\\Z)"
LONE = re.compile(f"(?<=[a-z])\xc3{_IN_WORD}")
"""What an i with an acute accent (C3 AD) leaves behind in a word if the soft hyphen vanishes: no word has this capital
behind a small letter."""

_REMAINS = re.compile(f"[\xc2\xc3] |{LONE.pattern}")
"""First bytes by themselves: that, and those whose A0 became a space."""


def begins_and_goes_on() -> tuple[str, str]:
    """Return the characters that first bytes, and further bytes, become in any page."""
    two, three, four, further = _classes()
    return two + three + four, further


def signs() -> list[Sign]:
    """Return what such places are known by: a further byte behind a first one, a C1 control."""
    firsts, furthers = map(set, begins_and_goes_on())
    usual = set(COMMON)
    return [
        Sign(_ranges_of(furthers - usual), f"(?<=[{_ranges_of(firsts)}].)"),
        Sign(_ranges_of(furthers & usual), f"(?<=[{_ranges_of(firsts - usual)}].)"),
        Sign("\xc2\xc3", "(?= )"),
        Sign("\xc3", f"(?<=[a-z].){_IN_WORD}"),
        Sign(_C1),
    ]


def _ranges_of(chars: set[str]) -> str:
    return ranges(map(ord, chars))


def places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the runs of such characters that are UTF-8 in one of the pages, and C1 controls, in order.

    >>> list(places("the cafÃ© of élan"))
    [(7, 9)]
    """
    if text.isascii() or not re.search(_MAYBE, text):
        return
    found = _sequences(text)
    if "\xc3" in text or "\xc2 " in text:
        found = merge(found, (match.span() for match in _REMAINS.finditer(text)))
    end = 0
    for start, stop in found:
        if start >= end:
            end = stop
            yield start, stop


def _sequences(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    for match in _pattern().finditer(text):
        start, stop = match.span()
        single = stop - start == 1 and "\x80" <= match[0] < "\xa0"
        if not single or (start > end and _is_place(text[start - 1 : stop])):
            start -= 1
        if start < end:
            continue
        if _is_place(text[start:stop]):
            end = stop
            yield start, stop
        elif stop - start >= TORN:
            for first, last in _whole_parts(text[start:stop]):
                end = start + last
                yield start + first, end


TORN = 6
"""Characters of a run from which it is looked for parts that are whole: other bytes of it may have vanished."""

_UTF8 = re.compile(rb"(?:[\xe0-\xef][\x80-\xbf]{2}|(?:[\xc2-\xdf][\x80-\xbf]){2}|[\xf0-\xf4][\x80-\xbf]{3})+")


@lru_cache(maxsize=1024)
def _whole_parts(found: str) -> tuple[tuple[int, int], ...]:
    """Return the parts of a run that are UTF-8 read in Windows-1252, of three bytes or more."""
    from fixtext import codepages

    try:
        data = codepages.encode(found, "cp1252")
    except UnicodeError:
        return ()
    spans = (match.span() for match in _UTF8.finditer(data))
    return tuple((first, last) for first, last in spans if readings(found[first:last]))


@lru_cache(maxsize=4096)
def _is_place(found: str) -> bool:
    return len(found) == 1 or (_begins_sequence(found) and bool(readings(found)))


def _begins_sequence(found: str) -> bool:
    """Whether in some page the first two characters begin a sequence of UTF-8: most pairs of marks do in none.

    It saves loading the code pages, 20 ms, for text in which an ellipsis stands beside a quotation mark.
    """
    # what Python's codecs do not know is a C1 control or a private character in ours
    unknown = "\x80" <= found[1] < "\xa0" or "\ue000" <= found[1] <= "\uf8ff"
    return any(found[0] in first and (unknown or found[1] in further) for first, further in _pairs())


@cache
def _pairs() -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return for each page the characters that first and further bytes become."""
    firsts, furthers = bytes(range(0xC2, 0xF5)), bytes(range(0x80, 0xC0))
    return [
        (frozenset(firsts.decode(page, "ignore") + _GREEK_LEAD), frozenset(furthers.decode(page, "ignore")))
        for page in PAGES
    ]


@cache
def misread_chars() -> frozenset[str]:
    """Return the characters that UTF-8 becomes, but for those of `HEALTHY`."""
    return frozenset("".join(_classes())) - frozenset(HEALTHY)


HEALTHY = "\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022\xab\xbb\xa0\ufb01\ufb02"
"""Punctuation and ligatures that may stand beside misread text and be healthy."""


def is_apart(text: str, start: int, end: int) -> bool:
    """Whether nothing beside a place may belong to it: of text read in another way only parts look like UTF-8."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return misread_chars().isdisjoint(beside)


def readings(text: str) -> list[str]:
    """Return what the bytes of a text in the pages are in UTF-8, without repetition."""
    from fixtext import codepages

    found: dict[str, None] = {}
    for page in PAGES:
        try:
            data = codepages.encode(text, page)
            made = codepages.decode(data, "cesu-8" if b"\xed" in data else "utf-8")
        except UnicodeError:
            continue
        if is_text(made):
            found[made] = None
    return list(found)


def is_text(text: str) -> bool:
    """Whether a repair may put this somewhere: no control, nothing unseen, unassigned, private or lost, and no space
    that only typesetters have: with A0 for the space behind it a dash that lost its last byte would be one.
    """
    return "\ufffd" not in text and all(map(_is_seen, text))


@lru_cache(maxsize=8192)
def _is_seen(char: str) -> bool:
    import unicodedata

    return char in "\t\n\r\f\xad\u200b\u200c\u200d" or (
        unicodedata.category(char) not in _UNSEEN and not "\u2000" <= char <= "\u2008"
    )


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
