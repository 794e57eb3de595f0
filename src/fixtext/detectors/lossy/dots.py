"""The middle dot that Windows puts in the place of two bytes that cp932 does not have, and what it may stand for.

In UTF-8 read so a dot stands for the last byte of a character and the first of the next one, for the last and an ASCII
character, or for two bytes inside a character. It is written back as 81 45 (Unicode's bestfit932.txt): then 81 makes
another character of the bytes in front of it, or U+FFFD, and a capital E follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from fixtext import codepages
from fixtext.codepages.second_cells import SECOND_CELLS
from fixtext.detectors.lossy.signs import DOT_BEHIND, HOLE, WRITTEN_DOT

DOT = "\u30fb"
PAGE, HABIT = "cp932", "windows"

_LOST, _KEPT, _GONE = b"\xff", b"\xfd", b"\xfe"
"""Bytes that stand for others: those lost at dots, those that are there and unknown, those of a character of which two
dots took all. Escaped they are `sites.LOST`, `KEPT` and `GONE`; UTF-8 has none of them."""

_TWO, _SWALLOWED, _WIDE = _LOST * 2, b"?", b"\xef" + _LOST
"""What a dot stands for: any two bytes; the last byte of a character and ASCII; the first two, of which EF alone has no
pairs in cp932."""
_AT_DOTS = (((_WIDE, 1),), ((_TWO, 2), (_SWALLOWED, 0)), ((_TWO, 0),), ((_TWO, 1),))
"""What may be lost where a character lacks none, one, two or three bytes, and how many the next one lacks then."""
_AT_MARKS = (((_TWO, 1), (b"?", 0)), *_AT_DOTS[1:])
"""The same at question marks, some of which are nothing else."""

_TWICE = {char: (codepages.encode(char, PAGE), second) for char, second in SECOND_CELLS.items()}
"""Signs that cp932 has in two places, with both."""

_FOLLOWING = {byte: (byte >= 0xC2) + (byte >= 0xE0) + (0xF0 <= byte < 0xF5) for byte in range(256)}
"""How many bytes UTF-8 has behind a first one; one that is unknown begins a character of three."""

_DOTTED = re.compile(f"[\uff61-\uff9f{DOT_BEHIND}]{DOT}|{DOT}[\uff61-\uff9f]")
_UNITS = re.compile(f"[{DOT}{''.join(_TWICE)}]|[^{DOT}{''.join(_TWICE)}]+")
_MARKED = re.compile("[?]|[^?]+")
_SHOWN_DOT = re.compile(f"{HOLE}+E|{WRITTEN_DOT}")


_Losses = Sequence[Sequence[tuple[bytes, int]]]


class _Unit(NamedTuple):
    """Bytes that are known, or a dot.

    Attributes:
        size: how much of the run it takes.
        ways: the bytes in one or several ways; none for a dot.
    """

    size: int
    ways: Sequence[bytes] = ()


def is_dotted(text: str) -> bool:
    """Return quickly whether a text may have been UTF-8 that Windows read as cp932 with losses.

    Half-width kana, which the continuation bytes become, stand beside the dots, or what the first two bytes become.
    """
    return DOT in text and _DOTTED.search(text) is not None


class Part(NamedTuple):
    """What a part of a run was, up to a dot behind which a character begins, or to the end.

    Attributes:
        size: code points of the run.
        text: what it was, as UTF-8; what is not is escaped (PEP 383). Empty if that cannot be.
    """

    size: int
    text: str


@lru_cache(maxsize=1 << 12)
def back_with_dots(run: str) -> str | None:
    """Return a run that Windows read as cp932 as the UTF-8 that it was, None if it is no such run.

    What is not UTF-8 is escaped (PEP 383). A `DOT` stands for two lost bytes, which are `sites.LOST`, or ``?`` for a
    last byte that took an ASCII character along. Where two dots took all of a character, its bytes are `sites.GONE`.
    """
    try:
        parts = _back(list(_units(run)))
    except UnicodeEncodeError:
        return None
    return "".join([part.text for part in parts]) if all(part.text or not part.size for part in parts) else None


@lru_cache(maxsize=1 << 12)
def back_of_written(run: str) -> Sequence[Part]:
    """Return the same of a run that Windows wrote back and that was read as UTF-8, in parts; none if it is no such run.

    Args:
        run: characters and escaped bytes, or U+FFFD for what is no UTF-8; the bytes behind it are `sites.KEPT`.
    """
    try:
        data = run.encode("utf-8", "surrogateescape")
        if HOLE in run:
            return tuple(_back(list(_shown_units(run))))
        seen = codepages.decode(data, PAGE, HABIT)
        parts = _back(list(_units(seen))) if codepages.encode(seen, PAGE, HABIT) == data else ()
    except UnicodeEncodeError:
        return ()
    found: list[Part] = []
    for size, text in parts:  # of the bytes that cp932 wrote
        found.append(Part(len(data[:size].decode("utf-8", "surrogateescape")), text))
        data = data[size:]
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def back_with_marks(run: str, page: str) -> Sequence[Part]:
    """Return the same of a run that Windows read as another page, where a question mark stands for two bytes."""
    try:
        units = [
            _Unit(len(unit), () if unit == "?" else (codepages.encode(unit, page),)) for unit in _MARKED.findall(run)
        ]
    except UnicodeEncodeError:
        return ()
    return _back(units, _AT_MARKS)


def _units(run: str) -> Iterator[_Unit]:
    """Yield the units of a run that was seen in cp932; their sizes are in bytes."""
    for unit in _UNITS.findall(run):
        ways = () if unit == DOT else _TWICE.get(unit) or (codepages.encode(unit, PAGE),)
        yield _Unit(len(ways[0]) if ways else len(_TWO), ways)


def _shown_units(run: str) -> Iterator[_Unit]:
    """Yield the bytes of a run in which U+FFFD stands for some, and dots, wherever they may have been.

    In front of an E it is the first byte of a dot, perhaps with the first one of a character, or the first two of one
    that has four.
    """
    position = 0
    for match in _SHOWN_DOT.finditer(run):
        before = run[position : match.start()]
        known = _KEPT.join(map(str.encode, before.split(HOLE)))
        holes = match.end() - match.start() - 1
        if holes:
            yield _Unit(len(before), (known,))
            yield _Unit(holes - 1, (_KEPT * (holes - 1), _KEPT * holes, *([b"\xf0\x9f"] if holes == 1 else [])))
        else:
            yield _Unit(len(before), (known[:-1],))
        yield _Unit(2 if holes else 1)
        position = match.end()
    yield _Unit(len(run) - position, (_KEPT.join(map(str.encode, run[position:].split(HOLE))),))


def _back(units: Sequence[_Unit], at_dots: _Losses = _AT_DOTS) -> Sequence[Part]:
    """Return units as UTF-8, with what the dots among them stand for, in parts; without a text where they cannot be."""
    found: list[Part] = []
    start = 0
    while start < len(units):
        steps = _steps(units, start, at_dots)
        is_whole = len(steps) == len(units) - start and 0 in steps[-1]
        # Up to the last dot behind which a character begins.
        while steps and not is_whole and (units[start + len(steps) - 1].ways or 0 not in steps[-1]):
            steps.pop()
        found += _parts(steps, units[start : start + len(steps)])
        start += len(steps)
        if is_whole:
            break
        end = next((at + 1 for at in range(start, len(units)) if not units[at].ways), len(units))
        found.append(Part(sum(unit.size for unit in units[start:end]), ""))
        start = end
    return tuple(found)


def _steps(units: Sequence[_Unit], start: int, at_dots: _Losses) -> list[dict[int, tuple[int, bytes]]]:
    """Return for each unit, as far as all is UTF-8, by the bytes that a character lacks then: from what, by which."""
    steps: list[dict[int, tuple[int, bytes]]] = []
    reached: Iterable[int] = (0,)
    for unit in units[start:]:
        longer: dict[int, tuple[int, bytes]] = {}
        for owed in reached:
            if not unit.ways:
                for lost, left in at_dots[owed]:
                    longer.setdefault(left, (owed, lost))
            else:
                for data in unit.ways:
                    behind = _owed_behind(data, owed)
                    if behind is not None:
                        longer.setdefault(behind, (owed, data))
        if not longer:
            break
        steps.append(longer)
        reached = longer
    return steps


def _parts(steps: Sequence[dict[int, tuple[int, bytes]]], units: Sequence[_Unit]) -> Iterator[Part]:
    """Yield what leads from unit to unit; what two dots took of one character is put together."""
    owed, found = 0, list[tuple[int, bytes]]()
    for step in reversed(steps):
        owed, data = step[owed]
        found.append((owed, data))
    found.reverse()
    whole, size = bytearray(), 0
    for number, ((owed, data), unit) in enumerate(zip(found, units, strict=True), 1):
        whole += data
        size += unit.size
        if data == _TWO and owed == 2 and whole[-3:-2] in (_LOST, _KEPT):
            whole[-3:] = _GONE * 3
        elif owed == 1 and not unit.ways and whole[-len(data) - 2 : -len(data)] == _TWO:
            end = 1 if data == _SWALLOWED else 0  # all of the character is gone, and one byte of the next or ASCII
            whole[-3 - (not end) : -1] = _GONE * (3 - end)
        begins = number == len(found) or found[number][0] == 0
        if number == len(found) or (begins and not unit.ways):
            yield Part(size, whole.decode("utf-8", "surrogateescape"))
            whole, size = bytearray(), 0


def _owed_behind(data: bytes, owed: int) -> int | None:
    """Return how many bytes the last character of UTF-8 lacks behind some more; None if they are no UTF-8."""
    for byte in data:
        goes_on = owed > 0 if byte == _KEPT[0] else 0x80 <= byte < 0xC0
        if goes_on != (owed > 0):
            return None
        owed = owed - 1 if owed else _FOLLOWING[byte]
    return owed
