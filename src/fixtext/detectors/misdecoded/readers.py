"""Which pages can have read a text: those that can write it."""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq

from fixtext.detectors.misdecoded.atoms import Reading, char_bytes, runs
from fixtext.detectors.misdecoded.pairs import READERS

EURO = "\u20ac"
"""One byte in cp936, two in GB18030: UTF-8 of kana in a row has both."""


def written(text: str) -> Iterator[tuple[str, list[bytes], str]]:
    """Yield (reader, bytes of each character, text) of the runs that each page can write."""
    seen: set[tuple[int, bytes]] = set()
    odd = _beyond_ascii(text)
    for group in READERS:
        for reader, _ in group:
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
