"""Which characters fit which bytes: the tables behind the byte lattice.

All results are immutable and cached; a query that was asked before costs a dictionary look-up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import product

from fixtext.codepages.codec import decode, encode
from fixtext.codepages.pages import code_page

_CONTINUATION = tuple(range(0x80, 0xC0))
_ANY = tuple(range(256))
_MANY = 1 << 16
"""So many byte sequences are tried one by one; beyond that, all characters are encoded and compared."""


@cache
def _rows(name: str) -> dict[int, dict[int, str]]:
    """Return all two-byte characters of a page: lead -> trail -> character."""
    page = code_page(name)
    trails = sorted(page.trail_bytes)
    rows: dict[int, dict[int, str]] = {}
    for lead in sorted(page.lead_bytes):
        row = {trail: char for trail in trails if len(char := _strict(bytes((lead, trail)), page.name)) == 1}
        if row:
            rows[lead] = row
    return rows


def _strict(data: bytes, name: str) -> str:
    try:
        return decode(data, name)
    except UnicodeDecodeError:
        return ""


@cache
def _columns(name: str) -> dict[int, dict[int, str]]:
    columns: dict[int, dict[int, str]] = {}
    for lead, row in _rows(name).items():
        for trail, char in row.items():
            columns.setdefault(trail, {})[lead] = char
    return columns


@cache
def single_bytes(name: str) -> dict[int, str]:
    """Return the characters that one byte alone stands for, by byte.

    Raises:
        UnknownCodePageError: no such code page.
    """
    return {byte: char for byte in _ANY if len(char := _strict(bytes((byte,)), name)) == 1}


@cache
def leads_in_use(name: str) -> frozenset[int]:
    """Return the lead bytes that open at least one two-byte character."""
    return frozenset(_rows(code_page(name).name))


@cache
def begins_character(name: str) -> frozenset[int]:
    """Return the bytes that can begin a character: single bytes, and lead bytes in use."""
    return leads_in_use(name) | frozenset(single_bytes(name))


@lru_cache(maxsize=8192)
def chars_by_lead(code_page: str, lead: int) -> str:
    """Return the characters of all pairs that a lead byte opens, in the order of their trail bytes.

    >>> len(chars_by_lead("gbk", 0xB0))
    190

    Raises:
        UnknownCodePageError: no such code page.
    """
    return "".join(_rows(_name(code_page)).get(lead, {}).values())


@lru_cache(maxsize=8192)
def chars_by_trail(code_page: str, trail: int) -> str:
    """Return the characters of all pairs that a trail byte closes, in the order of their lead bytes.

    Raises:
        UnknownCodePageError: no such code page.
    """
    return "".join(_columns(_name(code_page)).get(trail, {}).values())


def _name(name: str) -> str:
    return code_page(name).name


def fitting(pattern: Sequence[int | None], code_page: str) -> str:
    r"""Return the assigned characters whose bytes match a pattern, in the order of their bytes.

    Args:
        pattern: the bytes of one character, None where the byte is unknown.
        code_page: name of the code page.

    Unassigned and private-use characters and surrogates are left out: a healthy text has none.

    >>> fitting((0xE4, 0xBD, None), "utf-8")[:6]
    '\u4f40\u4f41\u4f42\u4f43\u4f44\u4f45'
    >>> fitting((None, 0xE3), "gbk") == "".join(filter(str.isprintable, chars_by_trail("gbk", 0xE3)))
    True

    Raises:
        UnknownCodePageError: no such code page.
    """
    return _fitting(tuple(pattern), code_page)


@lru_cache(maxsize=1 << 16)
def _fitting(pattern: tuple[int | None, ...], name: str) -> str:
    page = code_page(name)
    if page.name != name:
        return _fitting(pattern, page.name)
    if len(pattern) == 1 or (len(pattern) == 2 and page.lead_bytes):
        return "".join(filter(_assigned, _short(pattern, page.name)))
    tries = 1
    choices = []
    for place, byte in enumerate(pattern):
        choices.append((byte,) if byte is not None else _possible(page.name, place))
        tries *= len(choices[-1])
    if tries > _MANY:
        return _by_encoding(pattern, page.name)
    sequences = map(bytes, product(*choices))
    if page.name == "utf-8":
        # All at once: in this order no malformed sequence is one together with what follows.
        decoded = iter(b"".join(sequences).decode("utf-8", "ignore"))
        chars = (char for char in decoded if len(char.encode()) == len(pattern))
    else:
        # EUC-JP has a second, longer sequence for the tilde, which no encoder writes.
        decoded = (char for data in sequences if len(char := _strict(data, page.name)) == 1)
        chars = (char for char in decoded if len(encode(char, page.name, "ignore")) == len(pattern))
    return "".join(filter(_assigned, chars))


def _possible(name: str, place: int) -> tuple[int, ...]:
    """Bytes that can stand at a place of a sequence of several bytes."""
    return _CONTINUATION if name == "utf-8" and place else _ANY


def _short(pattern: tuple[int | None, ...], name: str) -> Iterator[str]:
    """Characters of one or two bytes, from the tables."""
    if len(pattern) == 1:
        singles = single_bytes(name)
        yield from singles.values() if pattern[0] is None else singles.get(pattern[0], "")
        return
    lead, trail = pattern
    if lead is not None:
        row = _rows(name).get(lead, {})
        yield from row.values() if trail is None else row.get(trail, "")
    elif trail is not None:
        yield from _columns(name).get(trail, {}).values()
    else:
        for row in _rows(name).values():
            yield from row.values()


def _assigned(char: str) -> bool:
    return unicodedata.category(char) not in ("Cn", "Co", "Cs")


@lru_cache(maxsize=8)
def _by_length(name: str, length: int) -> tuple[bytes, str]:
    """Return all assigned characters that take so many bytes: their bytes joined, in order, and the characters."""
    found = []
    for char in filter(_assigned, map(chr, range(0x110000))):
        data = encode(char, name, "ignore")
        if len(data) == length:
            found.append((data, char))
    found.sort()
    return b"".join(data for data, _ in found), "".join(char for _, char in found)


def _by_encoding(pattern: tuple[int | None, ...], name: str) -> str:
    length = len(pattern)
    data, chars = _by_length(name, length)
    matching = range(len(chars))
    for place, byte in enumerate(pattern):
        if byte is not None:
            column = data[place::length]
            matching = [number for number in matching if column[number] == byte]  # type: ignore[assignment]
    return "".join(map(chars.__getitem__, matching))
