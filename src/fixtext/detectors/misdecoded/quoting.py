"""Does the author quote misread text on purpose? The rival of every repair in a text that is about misread text.

That somebody quotes it costs about ten bits where the text around speaks of encodings, and far more elsewhere; a repair
that only undoes the quotation would be harm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fixtext.detectors.misdecoded.explanation import Explanation
from fixtext.detectors.misdecoded.whole import undo

_AROUND = 300
"""Code points on either side in which the author may speak about it."""

_TALK = re.compile(
    r"mojibake|garbl|gibberish|\bUTF-?8\b|\bGBK\b|\bGB ?(?:2312|18030)\b|\bBig-?5\b|\bKOI8|\b(?:windows|cp)-?\d{3,4}\b"
    r"|\blatin-?1\b|\biso-?8859|\bshift[-_ ]?jis\b|\beuc-\w\w\b|(?:\b|_)encoding|\bencoded\b|\bcodepage|\bcharset\b"
    r"|\u4e71\u7801|\u4e82\u78bc|\u7f16\u7801|\u7de8\u78bc|\u6587\u5b57\u5316\u3051|\u6587\u5b57\u30b3\u30fc\u30c9"
    r"|\uc778\ucf54\ub529|\uae00\uc790 ?\uae68\uc9d0|\u043a\u043e\u0434\u0438\u0440\u043e\u0432\u043a"
    r"|\u043a\u0440\u0430\u043a\u043e\u0437\u044f\u0431\u0440|l\u1ed7i ch\u1eef|b\u1ecb l\u1ed7i|encodage|codificaci"
    r"|(?:weird|strange|odd|funny|unreadable|broken|corrupt(?:ed)?|wrong) (?:char|text|symbol|letter)"
    r"|\u5947\u602a\u7684?(?:\u5b57|\u7b26)|\u602a\u5b57|\u5909\u306a\u6587\u5b57"
    r"|instead of|rather than|\ben lugar de|\bau lieu d|\bstatt\b|read as|\u8bef\u8bfb|\u8aa4\u8b80",
    re.IGNORECASE,
)
_STEMS = (
    *(
        "mojibake",
        "garbl",
        "gibberish",
        "utf8",
        "utf-8",
        "gbk",
        "2312",
        "18030",
        "big5",
        "big-5",
        "koi8",
        "windows",
        "cp",
    ),
    *(
        "latin1",
        "latin-1",
        "8859",
        "jis",
        "euc-",
        "encod",
        "codepage",
        "charset",
        "codificaci",
        "weird",
        "strange",
        "odd",
    ),
    *("funny", "unreadable", "broken", "corrupt", "wrong", "instead of", "rather than", "lugar de", "lieu d", "statt"),
    *("read as", "\u4e71\u7801", "\u4e82\u78bc", "\u7f16\u7801", "\u7de8\u78bc", "\u5316\u3051", "\u30b3\u30fc\u30c9"),
    *("\ucf54\ub529", "\uae68\uc9d0", "\u043a\u043e\u0434\u0438\u0440", "\u043a\u0440\u0430\u043a\u043e\u0437"),
    *("\u1ed7i ch", "b\u1ecb l", "\u602a", "\u5909\u306a", "\u8bef\u8bfb", "\u8aa4\u8b80"),
)
"""In small letters, what all that `_TALK` finds has one of: 60 times faster to see that there is none."""

_ASCII = re.compile("[ -~]{6,}")
_OPENING = "`'\"\u2018\u201c\u300c\u300e\u00ab\u201e<(\uff08[\u3010"
_SAME = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u2026", "''\"\"--.")


def is_quoted(text: str, start: int, end: int, healthy: str) -> bool:
    """Whether a stretch looks like a quotation in a text about misread text.

    Args:
        text: the whole text.
        start: index of the first character that would be repaired.
        end: index behind the last.
        healthy: what would stand there.
    """
    line_start = text.rfind("\n", max(0, start - _AROUND), start) + 1 or max(0, start - _AROUND)
    line_end = text.find("\n", end, end + _AROUND)
    line_end = line_end if line_end >= 0 else min(len(text), end + _AROUND)
    beside = text[line_start:start] + "\n" + text[end:line_end]
    if (
        len(healthy.strip()) > 1
        and not healthy.isascii()
        and healthy.translate(_SAME).strip() in beside.translate(_SAME)
        and len(beside) > 8
    ):
        return True
    is_group = f"{text[start - 1 : start]}{text[end : end + 1]}" == "{}"  # all of an argument of TeX
    if not is_group and not _in_quotes(text, line_start, start):
        return False
    inside = " ".join(_ASCII.findall(text[start:end]))
    around = "\n".join((text[max(0, start - _AROUND) : start], inside, text[end : end + _AROUND]))
    return _talks(around)


def is_named(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands in quotation marks by itself, in a text that speaks of encodings beside it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if end - start > LONGEST or not before or not after or f"{before}{after}" not in _PAIRS:
        return False
    return _talks(text[max(0, start - 60) : start - 1]) or _talks(text[end + 1 : end + 60])


def are_examples(text: str, explained: Sequence[Explanation]) -> bool:
    """Whether what is beyond ASCII in some stretches is named as examples or translated, by a sample of it."""
    sample = explained[:: len(explained) // SAMPLE + 1]
    every = sum(one.end - one.start for one in sample) // SAMPLE + 1
    places = {}
    for one in sample:
        for at in range(one.start, one.end, every):
            run = _RUN.search(text, at, one.end)
            if run is not None:
                places[run.span()] = one.pairs
    quoted = sum(
        is_named(text, *place) or is_translated(text, *place, undo(text[slice(*place)], pairs) or "")
        for place, pairs in places.items()
    )
    return 2 * quoted > len(places)


def is_example(text: str, explained: Explanation) -> bool:
    """Whether a stretch is named, or what is misread in it is translated."""
    start, end = explained.start, explained.end
    if is_named(text, start, end):
        return True
    stop = text.find("\n", end, end + _AROUND)
    written = _WRITTEN.search(text, start, stop if stop >= 0 else end + _AROUND)
    return written is not None and are_examples(text, [explained])


def is_translated(text: str, start: int, end: int, healthy: str) -> bool:
    """Whether a stretch is all of a string, and its line has what it would be as an entity or escape: code that repairs
    misread text has such tables.
    """
    if f"{text[start - 1 : start]}{text[end : end + 1]}" not in _STRINGS or not healthy:
        return False
    stop = text.find("\n", end, end + _AROUND)
    line = text[end : stop if stop >= 0 else end + _AROUND]
    return any(_said(match[0]) == healthy for match in _WRITTEN.finditer(line))


def _said(written: str) -> str:
    if written[0] == "&":
        from html import unescape

        return unescape(written)
    return chr(int(f"0x{written[2:]}", 0))


_STRINGS = ("''", '""', "``")
_WRITTEN = re.compile(r"&#?\w{2,8};|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}")

SAMPLE = 64
"""Places of a long text that tell whether all that was misread in it is quoted."""

_RUN = re.compile("(?<![^\0-\x7f])[^\0-\x7f]+")


def is_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether the text around a stretch speaks of encodings."""
    return _talks(text[max(0, start - _AROUND) : start]) or _talks(text[end : end + _AROUND])


LONGEST = 40
"""Code points of a quotation that is given as an example."""

_PAIRS = ("``", "\u201c\u201d", "\u300c\u300d", "\u00ab\u00bb", "\u201e\u201c")


def _talks(text: str) -> bool:
    """Whether a text speaks of encodings.

    >>> _talks("saved as UTF8"), _talks("saved as usual")
    (True, False)
    """
    small = text.lower()
    return any(stem in small for stem in _STEMS) and _TALK.search(text) is not None


def _in_quotes(text: str, line_start: int, start: int) -> bool:
    """Whether an opening sign stands before the stretch, with at most a word between."""
    before = text[max(line_start, start - 24) : start + 1]
    places = [before.rfind(sign) for sign in _OPENING]
    return max(places) >= 0
