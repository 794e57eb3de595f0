"""What is left of UTF-8 of which some bytes vanished: characters that are whole, and choices for the others."""

from __future__ import annotations

import re
from functools import lru_cache

from fixtext.detectors.western.places import is_text

WHOLE = 2
"""Whole characters of three bytes beside each one that lost two: a first byte by itself may be a healthy letter."""

MANY = 8
EVIDENT, LEAST_EVIDENT = 0.33, 4
"""Vanishing bytes from which half of all characters have lost some; then what has any byte left behind its first counts
as whole, and so many of them beside each that has none are enough: kana have none in two cases of three."""

_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]?|[\xe0-\xef][\x80-\xbf]{0,2}|[\xf0-\xf4][\x80-\xbf]{0,3}")

Parts = list["str | tuple[str, ...]"]
"""Text, and the characters that may have been."""

_FIRST, _ANY = b"\xf0", "\U0001f600"
"""The first byte of a character of four, and what stands for one of which nothing else is left."""


def parts_of(data: bytes, vanishing: tuple[int, ...]) -> Parts | None:
    """Cut bytes into text that is whole, and choices for what lost a byte; None if they are not UTF-8 otherwise.

    A choice includes the space behind the place, if that may have been the byte. A straight quotation mark may have
    been one too (91 to 94), but which of two is more than the language model knows.

    Args:
        data: what is left.
        vanishing: the bytes that may have vanished.
    """
    many = len(vanishing) >= MANY
    parts: Parts = []
    whole = position = doubly = evident = 0
    while position < len(data):
        if data[position] < 0x80:
            position += 1
            continue
        match = _SEQUENCE.match(data, position)
        if match is None:
            return None
        found = match[0]
        missing = _length(found[0]) - len(found)
        if missing == 0:
            try:
                found.decode("utf-8")
            except UnicodeDecodeError:
                return None
            position = match.end()
            continue
        follows = data[match.end() : match.end() + 1]
        if follows in (b"'", b'"') and data[match.end() + 1 : match.end() + 2] >= b"\x80":
            return None
        stop = match.end()
        options = [*_options(found, missing, vanishing)] if missing <= 2 else [_ANY] if many and found == _FIRST else []
        doubly += missing >= 2
        evident += len(found) > 1
        made = _with_space(found, data[stop + 1 :]) if follows == b" " else ""
        if made:
            # where a further byte stands behind the space, it was one too; else the space may have stood there
            options = [option + " " for option in options] if missing == 1 else []
            options.append(made)
            stop = position + _length(found[0])
        if not options:
            return None
        parts += [data[whole:position].decode("utf-8"), tuple(dict.fromkeys(options))]
        whole = position = stop
    parts.append(data[whole:].decode("utf-8"))
    evident += sum(char > "\x7f" for part in parts if isinstance(part, str) for char in part)
    wide = sum(char > "\u07ff" for part in parts if isinstance(part, str) for char in part)
    if wide < WHOLE * doubly and not (many and evident >= max(LEAST_EVIDENT, EVIDENT * doubly)):
        return None
    return parts


def _length(byte: int) -> int:
    return 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4


@lru_cache(maxsize=1 << 12)
def _options(found: bytes, missing: int, vanishing: tuple[int, ...]) -> tuple[str, ...]:
    """Return the characters that have these bytes and so many of the vanishing ones, in any place behind the first."""
    longer = {found}
    for _ in range(missing):
        longer = {
            data[:place] + bytes([byte]) + data[place:]
            for data in longer
            for place in range(1, len(data) + 1)
            for byte in vanishing
        }
    return tuple(made for data in sorted(longer) if (made := _character(data)))


def _with_space(found: bytes, behind: bytes) -> str:
    """Return what it is if the space behind it was the byte A0, "" if it cannot be."""
    rest = _SEQUENCE.match(found + b"\xa0" + behind)
    return _character(rest[0]) if rest is not None and len(rest[0]) == _length(found[0]) else ""


def _character(data: bytes) -> str:
    try:
        made = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return made if is_text(made) else ""
