"""Whether anything can come of a place before it is searched, which takes 5 ms: the last sieve of the scan.

Rare ideographs and syllables stand in healthy text too, mostly one by one. A misreading that would explain such a place
has to make something more usual of the characters around it as well. How much more, character by character, is looked
up here for the pages in which a character takes as many bytes as it was read from, and worked out for UTF-8.

Of 1,940 misread lines (all pairs of `pairs`, 4 to 60 code points, parts of lines, chains) 1 was lost by it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import inf
from typing import TYPE_CHECKING

from fixtext import codepages
from fixtext.detectors.misdecoded.atoms import MALFORMED, Reading, char_bytes, read_back
from fixtext.detectors.misdecoded.debris import masked
from fixtext.detectors.misdecoded.pairs import SOURCES
from fixtext.detectors.misdecoded.plausible import ESCAPE_BITS, plausibility
from fixtext.detectors.misdecoded.search import Search, _costs
from fixtext.detectors.misdecoded.undoing import without_cut_ends

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

LEAST_BITS = 9.5
"""What a stretch around a place has to gain, character by character. A repair has to save 16 bits, in context."""

FEW = 6
FEW_LEAST_BITS = 7.0
"""The same where there are so few ideographs and syllables around a place: a misread word of two."""

AROUND = 4
"""Code points on either side of a place that are looked at."""

# By Python's own codecs: a look has no need of the cells in which those of `codepages` differ.
READERS = ("gb18030", "cp950", "cp932", "cp949", "euc-jp", "utf-16le")
WIDE_SOURCES = ("gb18030", "cp950", "cp932", "cp949", "euc-jp", "johab", "utf-16le")
NARROW_SOURCES = tuple(name for ((name, _), *_) in SOURCES if name not in (*WIDE_SOURCES, "gbk", "utf-8"))
_PAIRS = len(READERS) * (len(WIDE_SOURCES) + len(NARROW_SOURCES))
_NEVER = -inf
BEFORE, BEHIND = 8, 16
"""Code points of a window before the beginning of its place, and from there on, where it is weighed."""

_UTF8 = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|(?:[\xc2-\xdf][\x80-\xbf]){2}|[\xf0-\xf4][\x80-\xbf]{3}")
LETTERS_LEAST_BITS = 4.0
LETTERS_SAVED_BITS = 5.5
"""What a stretch of letters has to save in its place. Of 1,319 misread lines with letters none that nothing else would
find saves less than 10; of the windows in healthy text that gain enough by single characters, three in four do."""
LETTERS_AROUND = 5
"""The same for places with other characters than ideographs and syllables: a word may have a single such place."""

EXCHANGE_BITS = 14.0
"""What a stretch has to gain by the tables of `exchange`, where single characters are weighed against what stands there
in its place. Of 365 misread lines with ideographs or syllables, but for those that were UTF-8, the least gains 14."""

PLENTY_BITS = 45.0
"""Bits from which that is enough: what was misread twice saves nothing more in its place before the second step."""

SAVED_BITS = 18.0
"""What it has to save in its place, with what it becomes in its place. A repair has to save 16 bits, and pay for the
misreading (2 to 12) and its borders (1 to 16 each)."""

SHORT = 300
"""Code points up to which a text is a line by itself."""

LONGEST_PLACE = 8
"""Code points up to which places are looked up together."""

LONGEST = 64
"""Code points from which on a place is a stretch of damaged text."""

SAMPLE = 32
"""Places of a text that are looked at to tell whether it is damaged all over."""

SAMPLE_BITS = 0.5
"""What more they have to gain for that."""

MANY = 200
DAMAGED = 100
"""Places, and code points for each of them, from which a text may be damaged all over."""

SHARE = 2
"""One in so many of them has to be promising for that: of damaged text all are, of classical Chinese a quarter."""


def promising(text: str, places: Sequence[tuple[int, int]], more: float = 0.0) -> list[tuple[int, int]]:
    """Return the places that gain what they have to, and some more bits.

    Of a text that is damaged all over all are: to look into each takes 100 times the repair.
    """
    if len(places) > MANY and len(places) * DAMAGED > len(text) and are_promising(text, [start for start, _ in places]):
        return list(places)
    return [place for place, may in zip(places, prospects(text, places, more), strict=True) if may]


def prospects(text: str, places: Sequence[tuple[int, int]], more: float = 0.0) -> list[bool]:
    """Return for each place whether it gains what it has to, and some more bits.

    A line by itself is looked at place by place; of longer texts, where healthy places are many, what the first look
    leaves is weighed in its place.
    """
    if len(text) <= SHORT:
        return [bits_around(text, *place) >= more for place in places]
    wide = [index for index, place in enumerate(places) if _is_wide(text, *place)]
    found = [index not in wide and bits_around(text, *place) >= more for index, place in enumerate(places)]
    if wide:
        from fixtext.detectors.misdecoded.exchange import PAIRS, gains

        for index, row in zip(wide, gains(text, [places[index] for index in wide]), strict=True):
            start, end = places[index]
            likely = [PAIRS[column] for column in (row >= EXCHANGE_BITS + more).nonzero()[0]]
            found[index] = bool(likely and row.max() >= PLENTY_BITS) or _is_confirmed(text, start, end, likely, more)
    return found


def _is_wide(text: str, start: int, end: int) -> bool:
    """Whether a place is one of ideographs and syllables, among nothing that a page of single bytes could have read."""
    if end - start > LONGEST_PLACE:
        return False
    window = text[max(0, start - BEFORE) : start + BEHIND]
    return (
        _OTHER.search(window) is None
        and _PRIVATE.search(window) is None
        and not text[start:end].isascii()
        and _IN_WORD.search(text[start:end]) is None
    )


def _is_confirmed(text: str, start: int, end: int, likely: list[tuple[str, str]], more: float) -> bool:
    """Whether a stretch with something of a place saves bits in one of the likely misreadings, or was UTF-8."""
    first = max(0, start - BEFORE)
    window, before = text[first : start + BEHIND], text[max(0, first - 2) : first]
    place = start - first, end - first
    if any(_is_ascii(match[0]) for match in _ASCII_PAIRS.finditer(window)):
        return True
    near = max(0, start - AROUND), end + AROUND
    least = LEAST_BITS if len(_WIDE.findall(text, *near)) > FEW else FEW_LEAST_BITS
    for reader in READERS:
        if _may_be_utf8(text, start, end, reader):
            gains = _gains_of_utf8(text[near[0] : near[1]], start - near[0], end - near[0], reader)
            if max(gains, default=0.0) >= least + more:
                likely = [*likely, ("utf-8", reader)]
    return any(_saved(window, before, *place, source, reader) >= SAVED_BITS for source, reader in likely)


def _is_ascii(observed: str) -> bool:
    """Whether ASCII of which each two characters were read as one is plainer."""
    scorer = plausibility()
    standing = scorer.bits(observed)
    return any(
        standing - scorer.bits(observed.encode(order).decode("ascii")) >= SAVED_BITS
        for order in ("utf-16-le", "utf-16-be")
    )


def _may_be_utf8(text: str, start: int, end: int, reader: str) -> bool:
    """Whether the bytes of a place may be a part of characters in UTF-8."""
    before = text[max(0, start - AROUND) : start].encode(reader, "replace")
    own = text[start:end].encode(reader, "replace")
    behind = text[end : end + AROUND].encode(reader, "replace")
    last = len(before) + len(own)
    return any(match.start() < last and match.end() > len(before) for match in _UTF8.finditer(before + own + behind))


def _saved(window: str, before: str, start: int, end: int, source: str, reader: str) -> float:
    """Return the most that a stretch with something of a place saves where it stands, before borders."""
    parts = [_encoded(char, reader) for char in window]
    first, last = start, end
    while first > 0 and parts[first - 1]:
        first -= 1
    while last < len(window) and parts[last]:
        last += 1
    if not all(parts[start:end]):
        return 0.0
    observed, standing = window[first:last], before + window
    reading = read_back(observed, parts[first:last], b"".join(parts[first:last]), source)
    if reading is None:
        return 0.0
    return saved_by(reading, standing, len(before) + first, start - first, end - first)


def saved_by(reading: Reading, standing: str, shift: int, start: int, end: int) -> float:
    """Return the most that a stretch of a reading saves in its place which has something of a part of it.

    Args:
        reading: some text read back.
        standing: what it stands in.
        shift: where it begins there.
        start: index of the first character of the part.
        end: index behind its last.
    """
    scorer, new, observed = plausibility(), reading.healthy, reading.observed
    best = with_place = _NEVER
    total = 0.0
    for begin, stop, left, right in reading.atoms():
        if MALFORMED.search(new[left:right]):
            gain = _NEVER
        elif observed[begin:stop] == new[left:right]:
            gain = 0.0
        else:
            gain = 0.0
            for at in range(begin + shift, stop + shift):
                gain += scorer.transition(standing[max(0, at - 2) : at + 1])
            for at in range(left, right):
                gain -= min(scorer.healthy(new[max(0, at - 2) : at + 1]), scorer.healthy(new[at]) + ESCAPE_BITS)
        total = max(total, 0.0) + gain
        with_place += gain
        if begin < end and start < stop:
            with_place = max(with_place, total)
        best = max(best, with_place)
    return best


def are_promising(text: str, starts: Sequence[int] | NDArray[intp]) -> bool:
    """Return whether so many of the places that begin at some indices are promising that a text is damaged all over.

    Only ideographs and syllables are looked into: letters are dear to try, and healthy text has few odd ones.
    """
    sample = [int(start) for start in starts[:: len(starts) // SAMPLE + 1]]
    wide = [(start, start + 1) for start in sample if _WIDE.match(text, start) is not None]
    if SHARE * sum(_is_utf8(text, start) for start, _ in wide) >= len(sample):
        return True  # seven times quicker than a look at every misreading
    found = len(sample) - len(wide) + sum(prospects(text, wide, SAMPLE_BITS))
    return SHARE * found >= len(sample)


def _is_utf8(text: str, start: int) -> bool:
    """Whether the text around a place, all of it, is UTF-8 in the page of one reader; the ends may be cut off."""
    window = text[max(0, start - AROUND) : start + AROUND]
    if len(_WIDE.findall(window)) < AROUND:
        return False
    for reader in READERS:
        try:
            data = window.encode(reader)
        except UnicodeEncodeError:
            continue
        if MALFORMED.search(without_cut_ends(data.decode("utf-8", "surrogateescape"))) is None:
            return True
    return False


def bits_around(text: str, start: int, end: int) -> float:
    """Return how many bits more a place gains than it has to."""
    if end - start > LONGEST or _CONTROL.search(text, start, end):
        return inf
    first = max(0, start - AROUND)
    window = text[first : end + AROUND]
    if _ASCII_PAIRS.search(window):
        return inf
    if _OTHER.search(window) is None and _WIDE.search(text, start, end) and not _IN_WORD.search(text[start:end]):
        least = LEAST_BITS if len(_WIDE.findall(window)) > FEW else FEW_LEAST_BITS
        return _gain(window, start - first, end - first) - least
    if len(text) <= SHORT:
        letters = text[max(0, start - LETTERS_AROUND) : end + LETTERS_AROUND]
        return _gain_of_letters(masked(letters), 0.0) - LETTERS_LEAST_BITS
    # By words, which come again and again.
    first = max(text.rfind(" ", 0, start), start - LETTERS_AROUND, 0)
    last = min(text.find(" ", end) + 1 or len(text), end + LETTERS_AROUND)
    letters = text[first:last]
    least = 0.0 if _PRIVATE.search(letters) else LETTERS_SAVED_BITS
    return _gain_of_letters(masked(letters), least) - LETTERS_LEAST_BITS


_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
"""What few texts have by themselves: `wide` and `escapes` know more of it than a look at single characters."""
_WIDE = re.compile("[^\0-\u2e7f\uff61-\uff9f]")
_OTHER = re.compile("[\0-\x08\x0e-\x1f\x7f-\xb6\xb8-\u200f\u2028-\u202f\u203c-\u25bf\u25e0-\u2e7f\uff61-\uff9f]")
_ASCII_PAIRS = re.compile("[" + "".join(f"\\u{high:02x}21-\\u{high:02x}7e" for high in range(0x21, 0x7F)) + "]{5}")
"""ASCII read as UTF-16, which single characters do not tell. Five ideographs in a row are that one time in 1,000."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""What has bytes in the pages of `codepages` alone."""
_IN_WORD = re.compile("\\A[A-Za-z]|[A-Za-z]\\Z")


@lru_cache(maxsize=1 << 14)
def _gain(window: str, start: int, end: int) -> float:
    return max(_gains(window, start, end), default=0.0)


@lru_cache(maxsize=1 << 16)
def _gain_of_letters(window: str, least: float) -> float:
    gain = 0.0
    for _, bits, reading in Search(plausibility())._readings(window):
        if bits > max(gain, LETTERS_LEAST_BITS) and (not least or _saves(reading, least)):
            gain = bits
    return gain


def _saves(reading: Reading, least: float) -> bool:
    return saved_by(reading, reading.observed, 0, 0, len(reading.observed)) >= least


def _gains(window: str, start: int, end: int) -> Iterator[float]:
    """Yield what misreadings gain that have to do with the place."""
    rows = [_rows()[char] for char in window]
    if end - start == 1:
        pairs = [pair for pair, gain in enumerate(rows[start]) if gain > 0]
    else:
        pairs = [pair for pair, gains in enumerate(zip(*rows[start:end], strict=True)) if max(gains) > 0]
    for pair in pairs:
        yield _best_stretch([row[pair] for row in rows], start, end)
    for reader in READERS:
        yield from _gains_of_utf8(window, start, end, reader)


def _best_stretch(gains: Sequence[float], start: int, end: int) -> float:
    """Return the most that a stretch gains which has something of the place in it."""
    best = with_place = _NEVER
    total = 0.0
    for index, gain in enumerate(gains):
        total = max(total, 0.0) + gain
        with_place = max(with_place + gain, total) if start <= index < end else with_place + gain
        best = max(best, with_place)
    return best


def _gains_of_utf8(window: str, start: int, end: int, reader: str) -> Iterator[float]:
    first, last = start, end
    parts = [_encoded(char, reader) for char in window]
    if not all(parts[start:end]):
        return
    while first > 0 and parts[first - 1]:
        first -= 1
    while last < len(window) and parts[last]:
        last += 1
    data = b"".join(parts[first:last])
    if not _UTF8.search(data):
        return
    observed, costs = window[first:last], _costs(plausibility())
    reading = read_back(observed, parts[first:last], data, "utf-8")
    total = 0.0
    for begin, stop, new, new_end in reading.atoms() if reading else ():
        healthy = reading.healthy[new:new_end] if reading else ""
        if MALFORMED.search(healthy):
            total = 0.0
            continue
        gain = sum(map(costs.__getitem__, observed[begin:stop])) - sum(map(costs.__getitem__, healthy))
        total = max(0.0, total + gain)
        yield total


@lru_cache(maxsize=1 << 14)
def _encoded(char: str, reader: str) -> bytes:
    """Return the bytes of a character, none if the page lacks it; some pages of Windows have private characters."""
    return char_bytes(reader)[char] or b"" if "\ue000" <= char <= "\uf8ff" else char.encode(reader, "ignore")


class _Rows(dict[str, "array[float]"]):
    """What a character gains in each pair of pages, by itself; -inf where it cannot have been misread so."""

    def __missing__(self, char: str) -> array[float]:
        if len(self) >= 1 << 12:
            self.clear()
        row = self[char] = array("f", _row(char))
        return row


@cache
def _rows() -> _Rows:
    return _Rows()


def _row(char: str) -> Iterator[float]:
    costs = _costs(plausibility())
    standing = costs[char]
    for reader in READERS:
        data = _encoded(char, reader)
        if not data:
            yield from [_NEVER] * (len(WIDE_SOURCES) + len(NARROW_SOURCES))
            continue
        for source in WIDE_SOURCES:
            try:
                healthy = data.decode(source)
            except UnicodeDecodeError:
                yield _NEVER
                continue
            yield 0.0 if healthy == char else standing - sum(map(costs.__getitem__, healthy))
        if data.isascii() and reader != "utf-16le":
            yield from [0.0] * len(NARROW_SOURCES)
        elif len(data) == 2:
            first, second = data
            for bits in _bits_of_bytes():
                yield standing - bits[first] - bits[second]
        else:
            for bits in _bits_of_bytes():
                yield standing - sum([bits[byte] for byte in data])


@cache
def _bits_of_bytes() -> list[list[float]]:
    """Return the bits of each byte in the single-byte pages, infinite for those that a page does not know."""
    costs = _costs(plausibility())
    found = []
    for page in NARROW_SOURCES:
        read = [codepages.decode(bytes((byte,)), page, "replace") for byte in range(256)]
        found.append([inf if char == "\ufffd" else costs[char] for char in read])
    return found
