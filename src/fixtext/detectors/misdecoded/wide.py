"""UTF-16 that was read in bytes, or with its bytes swapped: every second character is a NUL, or of one small row.

Here ASCII is misread too, and a line does not end where it seems to: U+4E0A is written 0A 4E, and a newline 0A 00. So
this is sought along whole regions, at either byte, instead of line by line among the other pages.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from fixtext.detectors.misdecoded.atoms import MALFORMED, Reading, char_bytes, read_back
from fixtext.detectors.misdecoded.explanation import Explanation, by_bits, chain_bits, rivals
from fixtext.detectors.misdecoded.kana_rows import has_kana_row
from fixtext.detectors.misdecoded.pairs import OF_UTF8_ALONE, READERS, pair_bits
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.segments import WORD_BORDER, segments
from fixtext.detectors.misdecoded.wide_lines import LEAST, SPARE_BITS, has_high_bytes, spare_bits
from fixtext.detectors.misdecoded.wide_lines import LONGEST as LONGEST_LINE
from fixtext.findings import Candidate, Span, Suspect

ORDERS = ("utf-16le", "utf-16be")

PLAIN_BITS = 11.0
"""Bits a character up to which what comes out is plain text (as in `escapes`): any two bytes are a character of UTF-16,
half of them ideographs, so that base64 and code read as text too, but not as plain text."""

ALONE_BITS = 15.0
"""The same of the characters by themselves, which is quicker to know: most readings are ideographs that no text has."""

ODD_BITS = 16.0
"""Excess from which a region without a control is looked at."""

MORE_BITS = 8.0
"""What the next line has to save with a region to be part of it."""

PROBED = 240
LONGEST = 1_200
"""Code points of a region by which order and page are chosen, and how many of it are weighed at once."""

TRIED = 4
"""Readings of a region that are weighed along it, and regions in a row in which nothing may be found."""

_start_of, _end_of = attrgetter("start"), attrgetter("end")

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff\ue000-\uf8ff\U00033480-\U000e00ff\U000e01f0-\U0010ffff]"
)


class _Way(NamedTuple):
    """How a region may be read: the page, the order of bytes, whether its first character belongs to what is before."""

    reader: str
    order: str
    skipped: int


def findings(
    text: str, spans: Sequence[Span], scorer: Plausibility, explained: Sequence[Span]
) -> Iterator[Candidate | Suspect]:
    """Yield the stretches that were UTF-16; as suspects those that may have been read in several pages.

    Args:
        text: the whole text.
        spans: what a scan found in it.
        scorer: tells bits.
        explained: what has another good explanation; lines that are mostly that are passed over if no control is there.
    """
    failed = done = taken = 0
    for span in spans:
        start = max(done, text.rfind("\n", 0, span.start) + 1)
        end = text.find("\n", span.end) + 1 or len(text)
        if end <= start or failed >= TRIED:
            continue
        done = end
        entire = _whole_lines(text, start, end, scorer)
        if not entire and not _CONTROL.search(text, start, end):
            if end - start > LONGEST or 2 * _shared(explained, start, end) > end - start:
                continue
            if scorer.excess(text[start : start + PROBED]) < ODD_BITS and not has_kana_row(text[start:end]):
                continue
        line = start, end
        found = list(_explained(text, start, end, scorer))
        # A newline may be half of a character: U+300A and U+300B, the brackets of titles and readings, have one.
        while found and end < len(text) and end - start < LONGEST:
            further = text.find("\n", end) + 1 or len(text)
            longer = list(_explained(text, start, further, scorer))
            if _bits(longer) < _bits(found) + (0.0 if _is_cut(found, end) else MORE_BITS):
                break
            found, done, end = longer, further, further
        while found and start > taken and end - start < LONGEST:
            further = max(taken, text.rfind("\n", 0, start - 1) + 1)
            longer = list(_explained(text, further, end, scorer))
            if _bits(longer) < _bits(found) + MORE_BITS:
                break
            found, start = longer, further
        if (start, end) == line and _bits(entire) >= _bits(found):
            found = entire
        failed, taken = (0, end) if found else (failed + 1, taken)
        for best, *others in found:
            candidate = _candidate(best)
            if others:
                close = (candidate, *map(_candidate, others[:2]))
                yield Suspect("misdecoded", candidate.span, "several misreadings explain it about as well", close)
            else:
                yield candidate


def whole(line: str, scorer: Plausibility) -> Iterator[Explanation]:
    """Yield what a line was if it is UTF-16 as a whole, most bits first, as far as it saves enough against anything."""
    if len(line) < LEAST:
        return
    found = []
    for reader, order, reading in _readings_of(line):
        if len(reading.observed) < len(line) or not _is_text(reading.healthy) or MALFORMED.search(reading.healthy):
            continue
        if spare_bits(line, reading.healthy, order, reader, scorer) >= SPARE_BITS:
            pairs = ((order, reader),)
            bits = scorer.bits(line) - scorer.healthy_bits(reading.healthy) - chain_bits(pairs)
            found.append(Explanation(0, len(line), reading.healthy, pairs, bits))
    yield from sorted(found, key=by_bits)


def _readings_of(line: str) -> Iterator[tuple[str, str, Reading]]:
    seen = set()
    for group in READERS:
        for reader, _ in group:
            for order in ORDERS:
                if reader == order or reader in OF_UTF8_ALONE:
                    continue
                reading = _read(line, reader, order)
                if reading is not None and reading.healthy not in seen:
                    seen.add(reading.healthy)
                    yield reader, order, reading


def _whole_lines(text: str, start: int, end: int, scorer: Plausibility) -> list[list[Explanation]]:
    """Return what a short line is as a whole, with what comes close; nothing if that is not UTF-16."""
    stop = end - 1 if text[end - 1 : end] == "\n" else end
    if stop - start > LONGEST_LINE or not (_CONTROL.search(text, start, stop) or has_high_bytes(text[start:stop])):
        return []
    found = list(whole(text[start:stop], scorer))
    chosen, torn = rivals([replace(one, start=start, end=stop) for one in found])
    return [*([best] for best in chosen), *torn]


def _shared(spans: Sequence[Span], start: int, end: int) -> int:
    """Return how many code points of a stretch some spans cover, which are in order and do not overlap."""
    first = bisect_right(spans, start, key=_end_of)
    last = bisect_left(spans, end, key=_start_of)
    return sum(min(span.end, end) - max(span.start, start) for span in spans[first:last])


def _bits(found: Sequence[Sequence[Explanation]]) -> float:
    return sum(group[0].bits for group in found)


def _is_cut(found: Sequence[Sequence[Explanation]], end: int) -> bool:
    """Whether the newline at the end of a region is a part of a character."""
    last = found[-1][0]
    return last.end == end and not last.text.endswith("\n")


def _candidate(found: Explanation) -> Candidate:
    return Candidate("misdecoded", Span(found.start, found.end), found.text, found.channel, found.bits)


def _explained(text: str, start: int, end: int, scorer: Plausibility) -> Iterator[list[Explanation]]:
    """Yield explanations of a region, each with those that come close to it."""
    first = text[start : min(end, start + PROBED)]
    ways = _ways(first, scorer)
    position = start
    while ways and position < end:
        stop = end if end - position <= LONGEST else position + LONGEST
        found: list[Explanation] = []
        for way in ways:
            found += _weighed(text, position, stop, way, scorer)
        chosen, torn = rivals(sorted(found, key=by_bits))
        yield from sorted([*([best] for best in chosen), *torn], key=lambda group: group[0].start)
        position = stop


def _ways(first: str, scorer: Plausibility) -> list[_Way]:
    """Return how the beginning of a region may be read, the few likeliest ways."""
    ranked: dict[str, tuple[float, _Way]] = {}
    refused: set[str] = set()  # most pages write the same bytes
    for reader in [reader for group in READERS for reader, _ in group if reader not in OF_UTF8_ALONE]:
        for skipped in (0, 1):
            run = _written(first[skipped:], reader)
            for order in ORDERS:
                reading = read_back(*run, order) if run is not None and reader != order else None
                if reading is None or reading.healthy in ranked or reading.healthy in refused:
                    continue
                text = MALFORMED.sub("", reading.healthy)
                if len(_NO_TEXT.findall(text)) > len(text) // 8 or scorer.alone(text) > ALONE_BITS * len(text):
                    refused.add(reading.healthy)
                    continue
                way = _Way(reader, order, skipped)
                saved = scorer.bits(reading.observed) - scorer.healthy_bits(text) - pair_bits(order, reader)
                if saved > 0:
                    ranked[reading.healthy] = (-saved, way)
    return [way for _, way in sorted(ranked.values())[:TRIED]]


def _written(text: str, reader: str) -> tuple[str, list[bytes], bytes] | None:
    """Return as much of a text as its page can write, from the first character on, with the bytes of each, and all.

    Of half a character, which the codec would not read, nothing is left; None if that is all.
    """
    parts = [part for part in takewhile(_is_known, map(char_bytes(reader).__getitem__, text)) if part is not None]
    size = sum(map(len, parts))
    while size % 2:
        size -= len(parts.pop())
    return (text[: len(parts)], parts, b"".join(parts)) if size else None


def _is_known(part: bytes | None) -> bool:
    return part is not None


def _read(observed: str, reader: str, order: str) -> Reading | None:
    """Read as much of a text as its page can write, from the first character on."""
    run = _written(observed, reader)
    return read_back(*run, order) if run is not None else None


def _weighed(text: str, start: int, end: int, way: _Way, scorer: Plausibility) -> Iterator[Explanation]:
    pairs = ((way.order, way.reader),)
    prior = chain_bits(pairs)
    begun = start + way.skipped
    observed = text[begun:end]
    reading = _read(observed, way.reader, way.order)
    if reading is None:
        return
    context = text[max(0, begun - 2) : begun], text[begun + len(reading.observed) :][:2]
    for part in segments(reading, scorer, prior, context):
        if _is_text(part.text) and scorer.healthy_bits(part.text) <= PLAIN_BITS * len(part.text):
            inside = way.skipped and not part.start and text[start] > " "
            bits = part.gain - prior - (WORD_BORDER if inside else 0.0)
            yield Explanation(begun + part.start, begun + part.end, part.text, pairs, bits)


def _is_text(text: str) -> bool:
    return not _NO_TEXT.search(text) and all(unicodedata.category(char) != "Cn" for char in {*text})
