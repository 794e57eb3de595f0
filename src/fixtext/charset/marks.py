"""What the bytes themselves say: byte order marks, NUL bytes, surrogates written as UTF-8, ends of lines."""

from __future__ import annotations

import re

from fixtext import codepages

MARKS = (
    (b"\xff\xfe\0\0", "utf-32le"),
    (b"\0\0\xfe\xff", "utf-32be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
"""Byte order marks and their encodings; those of UTF-32 stand before those of UTF-16, which begin like them."""

_BEGINNING = 1 << 16
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_STRANGE = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff\ufffd\ud800-\udfff]")
_GRAPHIC = bytes(0x20 <= byte < 0x7F and byte != 0x30 for byte in range(256))
"""1 for ASCII, but for what is in front of every kana."""
ASCII_PAIRS = 0.8
"""Share of pairs of ASCII bytes from which data is no UTF-16. Of UTF-16 without NUL bytes two thirds are such at most
(30 characters of Chinese; kana and hangul less), of Western text in one byte a character nine in ten at least."""
FEEDS = 0.01
"""Share of bytes at even and at odd offsets that are line feeds from which data is no UTF-16: there they all stand at
offsets of one kind, but for one character in 256."""
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_HIGH = bytes(range(0x80, 0x100))
SEQUENCES = 8
WELL_FORMED = 0.9
"""Sequences of UTF-8, and share of the bytes beyond ASCII that they take up, from which data is UTF-8 with faults. Of
texts in 20 other encodings, lines and pieces of documents in 11 languages, none with so many has more than 0.84."""
_WIDE_NEWLINES = {"utf-16le": 2, "utf-16be": 2, "utf-32le": 4, "utf-32be": 4}


def mark(data: bytes) -> tuple[str, int] | None:
    """Return the encoding that a byte order mark gives, and the length of the mark; None without one.

    UTF-8 behind its mark must be well-formed, or the rest is looked at.
    """
    for sequence, page in MARKS:
        if data.startswith(sequence):
            if page == "utf-8" and _undecodable(data, page):
                continue
            return page, len(sequence)
    return None


def _undecodable(data: bytes, page: str) -> bool:
    try:
        codepages.decode(data, page)
    except UnicodeDecodeError:
        return True
    return False


def wide_form(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 if NUL bytes stand where ASCII text in it has them, and what it reads is text."""
    beginning = data[:_BEGINNING]
    beginning = beginning[: len(beginning) // 4 * 4] or beginning
    nulls = [beginning[phase::4].count(0) for phase in range(4)]
    quarter = max(1, len(beginning) // 4)
    if quarter >= 2 and nulls[3] > 0.9 * quarter and nulls[2] > 0.9 * quarter and is_text(data, "utf-32le"):
        return "utf-32le"
    if quarter >= 2 and nulls[0] > 0.9 * quarter and nulls[1] > 0.9 * quarter and is_text(data, "utf-32be"):
        return "utf-32be"
    even, odd = beginning[0::2].count(0), beginning[1::2].count(0)
    if odd > 3 * even and odd * 8 > len(beginning) // 2 and is_text(data, "utf-16le"):
        return "utf-16le"
    if even > 3 * odd and even * 8 > len(beginning) // 2 and is_text(data, "utf-16be"):
        return "utf-16be"
    return None


def is_text(data: bytes, page: str) -> bool:
    """Return whether the beginning of data, read so, has hardly any control characters and nothing undecodable."""
    unit = _WIDE_NEWLINES.get(page, 1)
    beginning = data[:_BEGINNING]
    text = codepages.decode(beginning[: len(beginning) // unit * unit], page, "replace")
    return len(_STRANGE.findall(text)) <= 0.01 * len(text) and text.count("\0") <= 0.02 * len(text)


def utf_8_fault(data: bytes) -> int:
    """Return the offset of the first byte that is not UTF-8, -1 if there is none."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return -1


def is_mostly_utf_8(data: bytes) -> bool:
    """Return whether nearly all bytes beyond ASCII, at the beginning of data, are in well-formed UTF-8."""
    beginning = data[:_BEGINNING]
    found = _SEQUENCE.findall(beginning)
    high = len(beginning) - len(beginning.translate(None, _HIGH))
    return len(found) >= SEQUENCES and sum(map(len, found)) >= WELL_FORMED * high


def cannot_be_utf_16(data: bytes) -> bool:
    """Return whether the beginning of data is ASCII two bytes at a time, or has lines of an even and an odd length."""
    beginning = data[: min(len(data), _BEGINNING) // 2 * 2]
    half = len(beginning) // 2
    feeds = beginning[::2].count(b"\n"), beginning[1::2].count(b"\n")
    if min(feeds) > FEEDS * half:
        return True
    graphic = beginning.translate(_GRAPHIC)
    both = int.from_bytes(graphic[::2], "big") & int.from_bytes(graphic[1::2], "big")
    return both.bit_count() > ASCII_PAIRS * half


def surrogate_forms(data: bytes, fault: int) -> list[str]:
    """Return CESU-8 or Java's modified UTF-8 if the data is well-formed there.

    Args:
        data: the bytes.
        fault: the offset of the first byte that is not UTF-8, -1 if there is none.
    """
    if fault < 0 or not (_SURROGATE.match(data, fault) or data.startswith(b"\xc0\x80", fault)):
        return []
    return [page for page in ("cesu-8", "mutf-8") if not _undecodable(data, page)][:1]


def newline(data: bytes, page: str) -> str:
    """Return how lines end: ``lf``, ``crlf``, ``cr``, ``mixed``, or ``none``."""
    if page in _WIDE_NEWLINES:
        text = codepages.decode(data[: len(data) // _WIDE_NEWLINES[page] * _WIDE_NEWLINES[page]], page, "replace")
        data = text.encode("utf-8", "replace")
    returns = data.count(b"\r")
    both = data.count(b"\r\n") if returns else 0
    counts = {"crlf": both, "lf": data.count(b"\n") - both, "cr": returns - both}
    kinds = [kind for kind, count in counts.items() if count]
    return kinds[0] if len(kinds) == 1 else "mixed" if kinds else "none"
