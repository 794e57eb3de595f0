"""Whether a misreading pays for itself around a place of a longer text: what `search` would ask of it, before a search.

A stretch has to save what the misreading costs and what its borders cost, each stretch by itself. Of what gains bits by
chance in healthy text hardly anything does: a border between characters that could have been misread too costs 9 bits.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fixtext.detectors.misdecoded.atoms import char_bytes, read_back
from fixtext.detectors.misdecoded.in_place import saved
from fixtext.detectors.misdecoded.pairs import READERS, SOURCES, pair_bits
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.search import ODD_ALL_ALONG
from fixtext.detectors.misdecoded.segments import segments

BEFORE, BEHIND = 8, 16
"""Code points of a window before the beginning of its place, and from there on, where it is weighed."""

SAVED_BITS = 18.0
"""What it has to save in its place, with what it becomes in its place. A repair has to save 16 bits, and pay for the
misreading (2 to 12) and its borders (1 to 16 each)."""

_FOUR_BYTES = re.compile(b"[\x81-\xfe][0-9][\x81-\xfe][0-9]")


def pays(text: str, start: int, end: int, source: str, reader: str) -> bool:
    """Return whether a misreading saves what it costs on a stretch around a place, or something may lie behind it.

    Args:
        text: the whole text.
        start: index of the first character of the place.
        end: index behind its last.
        source: the page in which it may have been written.
        reader: the page in which it may have been read.
    """
    if source == "utf-8":  # which a search looks behind though nothing is plainer in it
        return saved(*window_around(text, start, end), source, reader) >= SAVED_BITS
    if source == "utf-16le":
        return True
    # Lines are searched by themselves.
    first = max(start - BEFORE, text.rfind("\n", 0, start) + 1)
    last = max(end, min(start + BEHIND, (text.find("\n", end) + 1 or len(text) + 1) - 1))
    written = char_bytes(reader)
    begin, stop = start, end
    while begin > first and written[text[begin - 1]]:
        begin -= 1
    while stop < last and written[text[stop]]:
        stop += 1
    observed = text[begin:stop]
    parts = [written[char] or b"" for char in observed]
    if not all(parts):
        return True  # a part of the place, which the search will tell
    data = b"".join(parts)
    reading = read_back(observed, parts, data, source)
    if reading is None or _FOUR_BYTES.search(data):
        return True
    # What goes on beyond the window is not held against it.
    context = (
        "" if begin == start - BEFORE else text[max(0, begin - 2) : begin],
        "" if stop == start + BEHIND else text[stop : stop + 2],
    )
    if segments(reading, plausibility(), _least_bits(source, reader), context):
        return True
    return plausibility().excess(observed) >= ODD_ALL_ALONG * len(observed)


def window_around(text: str, start: int, end: int) -> tuple[str, str, int, int]:
    """Return what is around a place, the two characters before that, and where the place is in it."""
    first = max(0, start - BEFORE)
    return text[first : start + BEHIND], text[max(0, first - 2) : first], start - first, end - first


@lru_cache(maxsize=1024)
def _least_bits(source: str, reader: str) -> float:
    """Return what the cheapest misreading of the same groups costs."""
    sources = next((group for group in SOURCES if any(source == name for name, _ in group)), ((source, 0.0),))
    readers = next((group for group in READERS if any(reader == name for name, _ in group)), ((reader, 0.0),))
    return min(pair_bits(one, other) for one, _ in sources for other, _ in readers)
