"""The verdicts of `classification` over arrays, for large texts; the same runs come out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fixtext.script.classification import CONVERTIBLE, Run, Script, evidence

_CHUNK = 1 << 16
_KINDS = 8  # those of `classification.Counts`, and characters that make a line a segment
_BITS = 8
_PIECE = (1 << _BITS) - 1  # code points that can be counted before a lane overflows

_SCRIPTS = (Script.NEUTRAL, Script.SIMPLIFIED, Script.TRADITIONAL, Script.JAPANESE, Script.KOREAN)
_NEUTRAL, _SIMPLIFIED, _TRADITIONAL, _JAPANESE, _KOREAN = range(5)

Numbers = NDArray[np.int64]


def classify_arrays(text: str, default: Script) -> Iterator[Run]:
    """Yield what `classification.classify_lines` yields."""
    if not text:
        return
    starts, counts = _count(text)
    verdicts = _settle(*_judge(counts), _SCRIPTS.index(default))
    segments = counts[7].nonzero()[0]
    if not len(segments):
        yield Run(0, len(text), Script.NEUTRAL, 0)
        return
    scripts = verdicts[segments]
    changes = (scripts[1:] != scripts[:-1]).nonzero()[0] + 1
    bounds = [0, *changes.tolist(), len(segments)]
    places = [0, *starts[segments[changes]].tolist(), len(text)]
    for index in range(len(bounds) - 1):
        script = _SCRIPTS[int(scripts[bounds[index]])]
        yield Run(places[index], places[index + 1], script, bounds[index + 1] - bounds[index])


def _count(text: str) -> tuple[Numbers, list[Numbers]]:
    """Return where lines start, and for each kind of evidence how many characters of it each line has."""
    lanes = _lanes()
    newlines: list[Numbers] = []
    lines: list[Numbers] = []
    sums: list[NDArray[np.uint64]] = []
    line = 0
    index = np.empty(_CHUNK, dtype=np.int64)
    weights = np.empty(_CHUNK, dtype=np.uint64)
    for offset in range(0, len(text), _CHUNK):
        chunk = text[offset : offset + _CHUNK]
        codes = np.array([chunk]).view(np.uint32)
        size = len(codes)
        breaks = (codes == 10).nonzero()[0]
        index[:size] = codes
        lanes.take(index[:size], out=weights[:size], mode="clip")
        pieces = _pieces(breaks, size)
        sums.append(np.add.reduceat(weights[:size], pieces))
        lines.append(line + np.searchsorted(breaks, pieces))
        newlines.append(breaks + offset)
        line += len(breaks)
    starts = np.concatenate((np.zeros(1, dtype=np.int64), *(breaks + 1 for breaks in newlines)))
    all_lines, all_sums = np.concatenate(lines), np.concatenate(sums)
    counts = []
    for kind in range(_KINDS):
        lane = (all_sums >> np.uint64(kind * _BITS)) & np.uint64(_PIECE)
        # Sums below 2**53 are exact in the doubles that bincount adds up.
        counts.append(np.bincount(all_lines, weights=lane, minlength=line + 1).astype(np.int64))
    return starts, counts


def _pieces(breaks: Numbers, size: int) -> Numbers:
    """Return where lines start, and places in longer lines, so that no stretch is longer than lanes can count."""
    pieces = np.concatenate((np.zeros(1, dtype=np.int64), breaks + 1))
    if len(breaks) and breaks[-1] + 1 == size:
        pieces = pieces[:-1]
    if np.diff(pieces, append=size).max() > _PIECE:
        pieces = np.concatenate((pieces, np.arange(0, size, _PIECE)))
        pieces.sort()
        pieces = pieces[np.diff(pieces, prepend=-1) > 0]
    return pieces


@cache
def _lanes() -> NDArray[np.uint64]:
    """Return for each code point a one in the lane of its kind."""
    lanes = np.zeros(sys.maxunicode + 1, dtype=np.uint64)
    for one in CONVERTIBLE:
        lanes[one.start : one.stop] = 1 << 7 * _BITS
    kinds = evidence()
    codes = np.fromiter(kinds, dtype=np.int64)
    lanes[codes] |= np.uint64(1) << np.fromiter(kinds.values(), dtype=np.uint64) * np.uint64(_BITS)
    return lanes


def _judge(counts: list[Numbers]) -> tuple[Numbers, Numbers]:
    """Return the verdicts on lines by themselves, and the languages that they are sure of, -1 if none."""
    simplified_shared, strong_simplified, traditional_shared, strong_traditional, kana, hangul, shinjitai, _ = counts
    chinese = strong_simplified + strong_traditional
    simplified = simplified_shared + strong_simplified
    traditional = traditional_shared + strong_traditional
    own = np.where((strong_simplified > 0) | (simplified > 1), _SIMPLIFIED, _NEUTRAL)
    own[traditional > simplified] = _TRADITIONAL
    foreign = np.maximum(kana, hangul)
    is_foreign = (foreign > 0) & ((chinese == 0) | (foreign > 2 * chinese))
    own = np.where(is_foreign, np.where(kana >= hangul, _JAPANESE, _KOREAN), own)
    is_kanji = ~is_foreign & (shinjitai > 0) & (chinese == 0) & (traditional_shared == 0)
    own[is_kanji] = _JAPANESE
    is_foreign |= is_kanji
    languages = np.where(is_foreign, own, np.where((chinese > 0) & (chinese > 2 * foreign), _NEUTRAL, -1))
    return own, languages


def _settle(own: Numbers, languages: Numbers, default: int) -> Numbers:
    languages = _follow(languages, languages >= 0, default)
    verdicts = np.where(languages == _NEUTRAL, own, languages)
    telling = (verdicts == _SIMPLIFIED) | (verdicts == _TRADITIONAL)
    return np.where(verdicts == _NEUTRAL, _follow(verdicts, telling, _NEUTRAL), verdicts)


def _follow(values: Numbers, telling: NDArray[np.bool_], default: int) -> Numbers:
    """Return at each place the nearest telling value at or before it, else the first after it, else the default."""
    places = telling.nonzero()[0]
    if not len(places):
        return np.full_like(values, default)
    last = np.maximum.accumulate(np.where(telling, np.arange(len(values)), places[0]))
    return values[last]
