"""Which pages can have read a text: those that can write it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from operator import eq

from fixtext.detectors.misdecoded.atoms import CHARACTERS, Reading, char_bytes, runs
from fixtext.detectors.misdecoded.pairs import READERS
from fixtext.detectors.misdecoded.plainness import utf8_bits

EURO = "\u20ac"
"""One byte in cp936, two in GB18030: UTF-8 of kana in a row has both."""

_NO_CONTROLS = "\u2000"
"""From here on UTF-16 has no control in each second byte."""

NO_ACCIDENT_BITS = 24.0
"""Evidence from which the bytes of a run are UTF-8, and nothing that was read in it by mistake: one text in 16 million
of its length is valid by accident."""

FOUR_BYTES = 3
"""Characters of four bytes in GB18030 that no text has in a row: a digit would stand behind each other character."""


def written(text: str) -> Iterator[tuple[str, list[bytes], str]]:
    """Yield (reader, bytes of each character, text) of the runs that each page can write."""
    seen: set[tuple[int, bytes]] = set()
    odd = _beyond_ascii(text)
    known = _NONE.union(*map(_readers().__getitem__, {*filter("\x7f".__lt__, text)}))
    for group in READERS:
        for reader, _ in group:
            if reader not in known:
                continue
            covered = 0
            for start, end, parts in runs(text, reader):
                observed = text[start:end]
                covered += _beyond_ascii(observed)
                key = (start, b"".join(parts))
                if key not in seen:
                    seen.add(key)
                    yield reader, parts, observed
            if covered == odd and not (reader == "cp936" and EURO in text):
                break


class _Readers(dict[str, frozenset[str]]):
    """Of each character the pages of `READERS` that can write it."""

    def __missing__(self, char: str) -> frozenset[str]:
        if len(self) >= CHARACTERS:
            self.clear()
        every = (name for group in READERS for name, _ in group)
        found = self[char] = frozenset(name for name in every if char_bytes(name)[char] is not None)
        return found


@cache
def _readers() -> _Readers:
    return _Readers()


_NONE: frozenset[str] = frozenset()


def may_have_read(reader: str, observed: str, data: bytes) -> bool:
    """Whether a page may have read a run by mistake: what text has no bytes like these is so for another reason.

    Args:
        reader: the page.
        observed: the run.
        data: its bytes in the page.
    """
    if reader == "utf-16le":
        return max(observed) >= _NO_CONTROLS
    if reader == "utf-8":
        return utf8_bits(observed) < NO_ACCIDENT_BITS
    if reader == "gb18030":
        beyond = _beyond_ascii(observed)
        return beyond < FOUR_BYTES or len(data) < len(observed) + 3 * beyond
    return True


def _beyond_ascii(text: str) -> int:
    """Return how many characters are beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def alike(reader: str, reading: Reading) -> Iterator[str]:
    """Yield the other readers that would have read the bytes of a reading as the same text."""
    for group in READERS:
        for other, _ in group:
            table = char_bytes(other)
            if other != reader and all(map(eq, map(table.__getitem__, reading.observed), reading.parts)):
                yield other


def widest(reader: str, reading: Reading, text: str) -> str:
    """Return the reader that can write most of a text, of those that agree on a part of it."""
    lacking = [char for char in {*text} if char_bytes(reader)[char] is None]
    if not lacking:
        return reader

    def written(name: str) -> int:
        return sum(char_bytes(name)[char] is not None for char in lacking)

    return max((reader, *alike(reader, reading)), key=written)
