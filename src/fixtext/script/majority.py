"""The runs of a long text most of whose lines are in one Chinese script: only the other lines are looked at one by one.

One gather over the text finds the characters that speak against the majority. Around each, lines are judged exactly,
until one tells again, by itself, for the majority: from there on all is as if nothing had been.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fixtext.script.classification import Counts, Run, Script, evidence, judge_line, settle

_CHUNK = 1 << 16
_MOST = 60
"""Code points a character against the majority must be apart on average: to judge a line takes 4 us, to count all
evidence over arrays 8 ns a code point."""
_LONGEST_LINE = 20_000
_KINDS = dict(zip(Counts._fields, (1 << kind for kind in range(len(Counts._fields))), strict=True))
_FOREIGN = _KINDS["kana"] | _KINDS["hangul"] | _KINDS["shinjitai"]
_AGAINST = {
    Script.SIMPLIFIED: _KINDS["traditional_shared"] | _KINDS["traditional"] | _FOREIGN,
    Script.TRADITIONAL: _KINDS["simplified_shared"] | _KINDS["simplified"] | _FOREIGN,
}


def majority_runs(text: str) -> list[Run] | None:
    """Return the runs that `classification.classify` yields, but that segments are not counted (0 or 1).

    Args:
        text: a long text; lines without evidence are Chinese.

    Returns:
        The runs, or None if the text is too mixed for this to be quick.
    """
    table = _flags()
    places: list[NDArray[np.int64]] = []
    majority: Script | None = None
    left = len(text) // _MOST
    index = np.empty(min(_CHUNK, len(text)), dtype=np.int64)
    for offset in range(0, len(text), _CHUNK):
        codes = np.array([text[offset : offset + _CHUNK]]).view(np.uint32)
        index[: len(codes)] = codes
        flags = table.take(index[: len(codes)], mode="clip")
        if majority is None:
            sizes = {script: int(np.count_nonzero(flags & against)) for script, against in _AGAINST.items()}
            if not any(sizes.values()):
                continue
            majority = min(sizes, key=sizes.__getitem__)
        flags &= np.uint8(_AGAINST[majority])
        found = flags.astype(bool).nonzero()[0]
        left -= len(found)
        if left < 0:
            return None
        places.append(found + offset)
    if majority is None:
        return None
    try:
        return list(_joined(text, _stretches(text, np.concatenate(places), majority)))
    except _TooLongError:
        return None


class _TooLongError(Exception):
    """A line is so long that to judge it alone is slow."""


def _stretches(text: str, places: NDArray[np.int64], majority: Script) -> Iterator[tuple[int, int, Script, bool]]:
    """Yield start, end, verdict and whether there is anything to convert: lines, or all between two windows."""
    start = 0
    size = len(text)
    done = 0
    while start < size:
        window = _window(text, start, majority, first=start == 0)
        if start > done:
            yield done, start, majority, True
        yield from window
        done = window[-1][1]
        following = int(np.searchsorted(places, done))
        if done >= size or following == len(places):
            break
        start = text.rfind("\n", done, int(places[following])) + 1 or done
    if done < size:
        yield done, size, majority, True


def _window(text: str, start: int, majority: Script, *, first: bool) -> list[tuple[int, int, Script, bool]]:
    """Judge lines from a place on, up to one that tells by itself for the majority, or to the end."""
    lines: list[tuple[int, int]] = []
    own: list[Script] = []
    languages: list[Script | None] = []
    convertible: list[bool] = []
    chinese = not first  # all before this line is known to be
    if not first:  # what stands before a window is the majority
        own.append(majority)
        languages.append(Script.NEUTRAL)
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        if end - start > _LONGEST_LINE:
            raise _TooLongError
        script, language, has_text = judge_line(text[start:end])
        lines.append((start, end))
        own.append(script)
        languages.append(language)
        convertible.append(has_text)
        start = end
        if language is not None:
            chinese = language is Script.NEUTRAL
        if script is majority and chinese:
            break
    verdicts = settle(own, languages, Script.NEUTRAL)[len(own) - len(lines) :]
    return [(*line, verdict, has) for line, verdict, has in zip(lines, verdicts, convertible, strict=True)]


def _joined(text: str, stretches: Iterator[tuple[int, int, Script, bool]]) -> Iterator[Run]:
    """Put together what follows in one script; what has nothing to convert goes with what stands before it."""
    start = 0
    current: Script | None = None
    for first, _, script, convertible in stretches:
        if convertible and script is not current:
            if current is not None:
                yield Run(start, first, current, 1)
                start = first
            current = script
    yield Run(start, len(text), current or Script.NEUTRAL, int(current is not None))


@cache
def _flags() -> NDArray[np.uint8]:
    """Return the kinds of evidence of each code point as bits."""
    flags = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
    for code, kind in evidence().items():
        flags[code] |= 1 << kind
    return flags
