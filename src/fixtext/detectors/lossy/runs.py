"""Finds runs of characters that look like UTF-8 misread with losses.

Every text passes through here, so a run is looked at only where a mark stands in it or behind it, and given up at the
first characters that misread UTF-8 cannot begin with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge

from fixtext.detectors.lossy.dots import DOT, back_with_dots, is_dotted
from fixtext.detectors.lossy.readings import (
    READINGS,
    back,
    begins,
    is_clean,
)
from fixtext.detectors.lossy.signs import SIGNS
from fixtext.detectors.lossy.sites import has_sites, without_cut, without_sites
from fixtext.detectors.lossy.torn import back_torn
from fixtext.findings import Span

RUN = re.compile("[^\x00-\x7f]+(?:[?]{1,2}[^\x00-\x7f]+)*")
"""Characters beyond ASCII; a ``?`` between them may stand for a lost byte."""

_BACK = re.compile("[^\x00-\x7f]*(?:[?][^\x00-\x7f]+)*")
"""The same backwards, from its end or from a mark in it; a second mark in a row parts runs."""

TORN = ("cp936", "cp932", "cp949", "cp950")
"""Pages whose readings may be torn (`torn`)."""

_LONGEST = 300
"""Characters of a run that `hits` walks back over; enough to tell."""


_LONGEST_TORN = 20_000
"""The same where no mark tells where bytes are gone: such runs are read as a whole or not at all."""

_LONGEST_LABEL = 24
"""Characters of a label in front of misread text, with its colon."""

_PATIENCE = 64
"""Runs without loss from which a text was misread without loss, if there is no other run with signs: to look into all
of its runs takes 350 ms a megabyte, to repair it 20."""

_SHORT = 64
"""Characters of runs whose page is remembered."""

_REMEMBERED = 1 << 20
"""Characters of a text whose hits are remembered; the text is kept alive with them."""

_CONTINUATION = "".join(map(chr, range(0xDC80, 0xDCC0)))
_CUT_END = re.compile("[\udcc2-\udcf4][\udc80-\udcff?]{0,2}$")


def hits(text: str, marks: Iterable[int] | None = None) -> list[tuple[Span, str]]:
    """Return the runs that look like UTF-8 misread with losses, each with the page that writes it back.

    Args:
        text: the text.
        marks: where ``?`` and U+FFFD stand behind characters beyond ASCII, in order, if there is nothing else.
    """
    if marks is not None:
        return list(_hits(text, marks, _LONGEST))
    return _remembered(text) if len(text) <= _REMEMBERED else _all_hits(text)


@lru_cache(maxsize=1)
def _remembered(text: str) -> list[tuple[Span, str]]:
    """Return what the scan found, because the proposals ask again."""
    return _all_hits(text)


def _all_hits(text: str) -> list[tuple[Span, str]]:
    found = list(_hits(text, _marks(text), _LONGEST))
    signs = merge(*(_behind(text, sign) for sign in SIGNS))
    found += _hits(text, signs, _LONGEST_TORN, [span for span, _ in found], patience=_PATIENCE)
    return found


def _hits(
    text: str, marks: Iterable[int], longest: int, known: Sequence[Span] = (), patience: int = 0
) -> Iterator[tuple[Span, str]]:
    """Yield the hits that marks lead to, but for those that overlap known ones.

    With patience, so many runs that are whole, and not one hit among them, are the end: the text was misread without
    loss, another detector repairs it, and what is left then is looked at again.
    """
    reach = -1
    whole = 0
    for mark in marks:
        if mark <= reach:  # a mark right behind a run was seen with it
            continue
        least = max(0, mark - longest)
        # Backwards, because what stands before a mark is short and the text is long.
        back = _BACK.match(text[max(0, least - 1) : mark][::-1])
        start = max(least, mark - back.end()) if back else mark
        match = RUN.match(text, start)
        reach = match.end() if match else mark + 1
        end = min(reach, mark + longest)
        if known:
            place = bisect_left(known, (end, 0)) - 1
            if place >= 0 and known[place].end > start:
                continue
        run, tail = text[start:end], tail_of(text, end)
        if patience and not tail and _is_whole(run):  # a fifth of what the look for torn places takes
            whole += 1
            if whole >= patience:
                return
            continue
        cut = 0 < start == least, end < reach
        page = page_of(run, tail, cut=cut)
        label = 0 if page is not None or cut[0] else label_of(run)
        if label:
            start, page = start + label, page_of(run[label:], tail, cut=cut)
        if page is None and is_last(text, end, tail):
            page = _cut_page(run[label:], tail)
        if page is not None:
            patience = 0
            yield Span(start, end), page


def label_of(run: str) -> int:
    """Return how many characters of a run are a healthy label with a wide colon in front of what may be misread."""
    return run.rfind("\uff1a", 0, _LONGEST_LABEL) + 1


def _is_whole(run: str) -> bool:
    """Whether nothing of a run is lost: some page writes it back as UTF-8."""
    return any((written := back(run, page)) is not None and is_clean(written) for page in READINGS)


def _marks(text: str) -> Iterator[int]:
    """Yield the marks behind characters beyond ASCII, in order."""
    found = [_places(text, mark) for mark in "?\ufffd" + DOT * is_dotted(text)]
    return merge(*found)


def _behind(text: str, sign: str) -> Iterator[int]:
    position = text.find(sign)
    while position >= 0:
        yield position + len(sign)
        position = text.find(sign, position + 1)


def _places(text: str, mark: str) -> Iterator[int]:
    position = text.find(mark, 1)
    while position > 0:
        if text[position - 1] >= "\x80":
            yield position
        position = text.find(mark, position + 1)


def page_of(run: str, tail: str, *, cut: tuple[bool, bool] = (False, False)) -> str | None:
    """Return the page that turns a run and the marks behind it back into UTF-8 with marks; None if none does.

    Args:
        run: the run.
        tail: the marks behind it.
        cut: whether its beginning and its end are those of the run.
    """
    return (_page_of_short if len(run) <= _SHORT else _page_of)(run, tail, cut)


def _page_of(run: str, tail: str, cut: tuple[bool, bool]) -> str | None:
    holes = run.count("\ufffd")
    if holes and (len(run) - holes < 2 or 3 * holes > 2 * len(run)):  # what is left says too little
        return None
    if DOT in run:
        written = back_with_dots(run)
        return "cp932" if written is not None and not any(cut) and _is_broken(written) else None
    for page in READINGS:
        if not cut[0] and not begins(run[:2], page):
            continue
        written = back(run, page)
        if written is None:
            continue
        if cut[0]:
            written = written.lstrip(_CONTINUATION)
        if cut[1]:
            written = _CUT_END.sub("", written)
        if has_sites(written + tail) and is_explained(written + tail):
            return page
    if not any(cut) and len(run) > 1:
        for page in TORN:
            written = back_torn(run, page, cut=not tail) if begins(run[:2], page) else None
            if written is not None and is_explained(written + tail):
                return page
    return None


_page_of_short = lru_cache(maxsize=1 << 12)(_page_of)
"""Of questions in Korean few endings are most of what stands before the marks."""


def is_last(text: str, end: int, tail: str) -> bool:
    """Whether nothing but a line feed follows a run and the marks behind it."""
    return text[end + len(tail) : end + len(tail) + 2] in ("", "\n")


def _cut_page(run: str, tail: str) -> str | None:
    """Return the page of a run that ends with a character of which only the first byte is left."""
    for page in READINGS:
        written = back(run, page) if begins(run[:2], page) else None
        if written is not None and is_explained_cut(written + tail):
            return page
    return None


def is_explained_cut(written: str) -> bool:
    """Whether the same as `is_explained` holds, the last character aside, of which only the first byte is left."""
    shorter = without_cut(written)
    return shorter != written and shorter != "" and is_explained(shorter)


def _is_broken(written: str) -> bool:
    return has_sites(written) and is_explained(written)


def tail_of(text: str, end: int) -> str:
    """Return the marks behind a run: the last two bytes of a character may be lost."""
    return "??" if text.startswith("??", end) else "?" if text.startswith("?", end) else ""


@lru_cache(maxsize=1 << 13)
def is_explained(written: str) -> bool:
    """Whether all that is not UTF-8 in a run belongs to broken places."""
    return is_clean(written) or is_clean(without_sites(written))
