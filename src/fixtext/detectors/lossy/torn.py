"""UTF-8 that was read by decoders that take one or two bytes for a malformed place, or that leave no mark of it.

Java and PHP replace a pair that GBK does not have by one mark, CPython's ``ignore`` writes nothing, and private-use
characters are dropped afterwards. How many bytes are gone shows in the order of lead and continuation bytes around.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from fixtext import codepages

_GONE, _NOTHING = b"\xff", b"\xfe"
"""Bytes that stand for a lost one, as `sites.LOST` does, and for those of a character of which none is left."""


@lru_cache(maxsize=1 << 12)
def back_torn(run: str, page: str, *, cut: bool = True) -> str | None:
    """Return a run as the UTF-8 that it was, with `sites.LOST` for every byte that is gone; None if it is no such run.

    Args:
        run: characters of the page, with ``?`` and U+FFFD as marks.
        page: the code page that writes the characters back.
        cut: whether bytes that are missing at its end are gone, rather than behind a mark that follows.
    """
    units: list[bytes | None] = []
    for char in run:
        if char in "?\ufffd":
            units.append(None)
            continue
        try:
            units.append(codepages.encode(char, page))
        except UnicodeEncodeError:
            return None
    data = _rebuild(units, silent=False, cut=cut) or _rebuild(units, silent=True, cut=cut)
    return None if data is None or _GONE not in data else _with_gone(data).decode("utf-8", "surrogateescape")


def _with_gone(data: bytes) -> bytes:
    """Return the same with `_NOTHING` for the three bytes of a character of which none is left."""
    if _GONE * 3 not in data:
        return data
    whole = bytearray(data)
    place = 0
    while place < len(whole):
        end = place + 1 + (2 if whole[place] == _GONE[0] else _following(whole[place]))
        if whole[place:end] == _GONE * 3:
            whole[place:end] = _NOTHING * 3
        place = end
    return bytes(whole)


def _rebuild(units: Sequence[bytes | None], *, silent: bool, cut: bool) -> bytes | None:
    """Return the bytes of characters and marks, with `_GONE` for the lost ones; None if they cannot be UTF-8.

    Args:
        units: the bytes of each character, None for a mark.
        silent: whether bytes may be gone without a mark.
        cut: as in `back_torn`.
    """
    ahead = _continuations(units)
    data = bytearray()
    owed = 0
    for place, unit in enumerate(units):
        if unit is None:
            lost = _lost_at_mark(owed, ahead[place + 1], more=place + 1 < len(units) and units[place + 1] is None)
            if not lost:
                return None
            data += _GONE * lost
            owed = owed - lost if owed >= lost else 2 if lost - owed == 1 else 1
            continue
        for index, byte in enumerate(unit):
            goes_on = 0x80 <= byte < 0xC0
            if silent and goes_on and owed == 1 and not index and ahead[place] == 2:
                data += _GONE * 2  # the last byte of one character and the first of the next
                owed = 2
            if goes_on == (owed > 0):
                pass
            elif not silent:
                return None
            elif goes_on:  # its lead is gone, and with it the next one if this is the last
                if index or not 1 <= ahead[place] <= 2:
                    return None
                data += _GONE * (3 - ahead[place])
                owed = ahead[place]
            elif not index:
                data += _GONE * owed
                owed = 0
            elif owed == 1 and index == 1:  # what is gone stood before this pair, which is whole
                data[-1:-1] = _GONE
                owed = 0
            else:
                return None
            data.append(byte)
            owed = owed - 1 if goes_on else _following(byte)
    if owed and cut:
        if not silent:
            return None
        data += _GONE * owed
    return bytes(data)


def _lost_at_mark(owed: int, ahead: int, *, more: bool) -> int:
    """Return how many bytes a mark stands for: one or two, or 0 if neither makes sense.

    Args:
        owed: continuation bytes that are missing in front of it.
        ahead: continuation bytes that follow it.
        more: whether another mark follows.
    """
    if more:
        return 1
    for lost in (1, 2):
        left = owed - lost
        if ahead == (left if left >= 0 else 3 + left):
            return lost
    return 0


def _continuations(units: Sequence[bytes | None]) -> list[int]:
    """Return for each unit, and behind the last, how many continuation bytes begin there."""
    counts = [0] * (len(units) + 1)
    for place in range(len(units) - 1, -1, -1):
        unit = units[place]
        for index, byte in enumerate(unit or b""):
            if not 0x80 <= byte < 0xC0:
                counts[place] = index
                break
        else:
            counts[place] = len(unit) + counts[place + 1] if unit else 0
    return counts


def _following(lead: int) -> int:
    """Return how many continuation bytes UTF-8 has behind a byte."""
    return 3 if lead >= 0xF0 else 2 if lead >= 0xE0 else 1 if lead >= 0xC2 else 0
