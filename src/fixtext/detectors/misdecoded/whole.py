"""Long stretches that went through one chain as a whole: undone by the codecs at once, believed line by line.

Where the source is UTF-8, lines that are valid are proof enough, and their characters by themselves weigh them. Any
other source may read a healthy line too; so every line has to become plainer by itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from fixtext import codepages
from fixtext.detectors.misdecoded.explanation import Explanation, Pair, chain_bits
from fixtext.detectors.misdecoded.islands import islands
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.sampling import estimated_bits, line_bits, odd_places, sampled_bits
from fixtext.findings import Span

PIECE = 1 << 16
"""Code points, to the end of their line, that are undone at once."""

FEW = 32
"""Lines of a piece that cannot be undone at once which are tried one by one; more are halved."""

SAMPLE = 64
"""Lines by which the pages of a group are put in order."""

SAVED_SHARE = 0.25
"""Share of the bits of a stretch that must be saved."""

MUCH = 64.0
MUCH_SHARE = 0.1
"""Bits from which this share is enough: of Japanese in EUC-JP that was read as GBK only the kanji change."""

SURE_SHARE = 0.5
"""The same from which a single sample is enough."""

LINE_SHARE = 0.05
"""The same for each of its lines, by the bits of the characters by themselves: those of two pages of Cyrillic differ in
little but their case."""

_UTF_8 = ("utf-8", "cesu-8")

_ASCII_START = re.compile("[\x00-\x7f]*")


class _Run:
    """Lines in a row that were undone."""

    __slots__ = ("end", "parts", "start")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start, self.end, self.parts = start, end, [text]


class _Undone(NamedTuple):
    """A run that was undone, without the ASCII that both ends share: how it stands and what it was."""

    start: int
    old: str
    new: str


def undo(text: str, chain: tuple[Pair, ...]) -> str | None:
    """Return the text before a chain of misreadings, None if it cannot have gone through it without loss."""
    try:
        for source, reader in reversed(chain):
            text = codepages.decode(codepages.encode(text, reader), source)
    except UnicodeError:
        return None
    return text


def widest_first(text: str, spans: Sequence[Span], chains: Sequence[tuple[Pair, ...]]) -> list[tuple[Pair, ...]]:
    """Return chains, those first that most lines of a text can have gone through; by some lines of it.

    Where every second line needs a page of its own, no run is longer than a line, and each takes as long as a hundred.
    """
    lines = [line for start, end in spans for line in text[start:end].split("\n")]
    sample = lines[:: len(lines) // SAMPLE + 1]
    return sorted(chains, key=lambda chain: _failures(sample, chain))


def _failures(lines: Sequence[str], chain: tuple[Pair, ...]) -> int:
    """Return how many lines cannot have gone through a chain without loss."""
    if all(source in _UTF_8 and reader != "utf-16le" for source, reader in chain) and undo("\n".join(lines), chain):
        return 0  # UTF-8 does not go over the end of a line
    return sum(undo(line, chain) is None for line in lines)


def whole_stretches(
    text: str, spans: Iterable[Span], chain: tuple[Pair, ...], scorer: Plausibility, *, torn: bool = True
) -> list[Explanation]:
    """Return the largest runs of lines that a chain explains as a whole, whatever it says of the lines between.

    Args:
        text: the whole text.
        spans: stretches in order, whole lines but for what is explained already.
        chain: misreadings, first to last.
        scorer: tells bits.
        torn: whether to look into lines that are UTF-8 only in parts.
    """
    runs: list[_Run] = []
    for start, end, healthy in _believed(text, spans, chain, scorer, torn):
        if runs and runs[-1].end == start:
            runs[-1].end = end
            runs[-1].parts.append(healthy)
        else:
            runs.append(_Run(start, end, healthy))
    undone = [trimmed for run in runs if (trimmed := _trimmed(text, run)) is not None]
    cost = chain_bits(chain)
    explained = []
    for run, (before, after) in zip(undone, _weighed(undone, scorer), strict=True):
        if len(undone) > FEW and chain[0][0] != "utf-8" and after > (1.0 - SURE_SHARE) * before:
            ((before, after),) = _weighed([run], scorer)
        saved = before - after - cost
        if saved > 0 and (chain[0][0] == "utf-8" or saved >= (SAVED_SHARE if saved < MUCH else MUCH_SHARE) * before):
            end = run.start + len(run.old)
            explained.append(Explanation(run.start, end, run.new, chain, saved))
    return explained


def odd_lines(text: str, spans: Sequence[Span], least: int = 1, every: int = sys.maxsize) -> list[Span]:
    """Return the lines of some stretches of whole lines in which unlikely neighbours stand, adjacent ones together.

    Args:
        text: the whole text.
        spans: stretches, in order.
        least: such places in a line, at least.
        every: code points of a line for which there must be one of them.
    """
    starts, lines = _lines(text, spans)
    odd: list[Span] = []
    for start, line, places in zip(starts, lines, odd_places(lines), strict=True):
        if places >= least and places * every >= len(line):
            end = min(start + len(line) + 1, len(text))
            if odd and odd[-1].end == start:
                odd[-1] = Span(odd[-1].start, end)
            else:
                odd.append(Span(start, end))
    return odd


def _believed(
    text: str, spans: Iterable[Span], chain: tuple[Pair, ...], scorer: Plausibility, torn: bool
) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, healthy text) of what a chain can have made, in order."""
    batch: list[Span] = []
    size = 0
    for piece in _pieces(text, spans):
        if size + piece.end - piece.start > PIECE and batch:
            yield from _in_batch(text, batch, chain, scorer, torn)
            batch, size = [], 0
        batch.append(piece)
        size += piece.end - piece.start
    if batch:
        yield from _in_batch(text, batch, chain, scorer, torn)


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Cut stretches of whole lines where they are long."""
    for start, end in spans:
        while start < end:
            stop = text.find("\n", min(start + PIECE, end - 1), end) + 1 or end
            yield Span(start, stop)
            start = stop


def _in_batch(
    text: str, pieces: Sequence[Span], chain: tuple[Pair, ...], scorer: Plausibility, torn: bool
) -> Iterator[tuple[int, int, str]]:
    starts, lines = _lines(text, pieces) if len(pieces) > 1 else ([], [])
    observed = "\n".join(lines) if lines else text[pieces[0].start : pieces[0].end]
    healthy = undo(observed, chain)
    utf8 = chain[0][0] == "utf-8"
    if utf8 and healthy is not None and len(pieces) == 1:
        standing = estimated_bits(observed, scorer)
        if healthy == observed or standing - estimated_bits(healthy, scorer) >= SAVED_SHARE * standing:
            yield (*pieces[0], healthy)
        return
    if not lines:
        starts, lines = _lines(text, pieces)
    mended: Sequence[str | None] = healthy.removesuffix("\n").split("\n") if healthy is not None else ()
    if len(mended) != len(lines):
        mended = _undone_lines(lines, chain)
    before, after = line_bits(lines, scorer), line_bits([new or "" for new in mended], scorer)
    if utf8:
        believed = _valid_together(mended, before, after)
    else:
        believed = [
            new is not None and (new == line or plain <= (1.0 - LINE_SHARE) * odd)
            for line, new, odd, plain in zip(lines, mended, before, after, strict=True)
        ]
    single = chain[0][1] if torn and utf8 and len(chain) == 1 and chain[0][1] != "utf-16le" else None
    odd = odd_places([line if new is None else "" for line, new in zip(lines, mended, strict=True)]) if single else ()
    for number, (start, line, new, good) in enumerate(zip(starts, lines, mended, believed, strict=True)):
        end = start + len(line)
        if good and new is not None:
            newline = "\n" if text.startswith("\n", end) else ""
            yield start, end + len(newline), new + newline
        elif new is None and single and odd[number]:
            yield from islands(text, start, end, single, scorer)


def _lines(text: str, spans: Iterable[Span]) -> tuple[list[int], list[str]]:
    """Return where the lines of some stretches begin, and the lines; the first and the last may be parts of lines."""
    starts: list[int] = []
    lines: list[str] = []
    for start, end in spans:
        found = text[start:end].removesuffix("\n").split("\n")
        starts += accumulate([len(line) + 1 for line in found[:-1]], initial=start)
        lines += found
    return starts, lines


def _undone_lines(lines: Sequence[str], chain: tuple[Pair, ...]) -> list[str | None]:
    """Undo lines: all at once, or else by halving, a few one by one; None for those that cannot be."""
    if len(lines) <= FEW:
        undone = [undo(line, chain) for line in lines]
        return [None if line is None or "\n" in line else line for line in undone]
    middle = len(lines) // 2
    found: list[str | None] = []
    for half in (lines[:middle], lines[middle:]):
        healthy = undo("\n".join(half), chain)
        mended = healthy.split("\n") if healthy is not None else []
        found += mended if len(mended) == len(half) else _undone_lines(half, chain)
    return found


def _valid_together(mended: Sequence[str | None], before: Sequence[float], after: Sequence[float]) -> list[bool]:
    """Return for each line whether it is UTF-8, and those in a row with it save enough together."""
    believed: list[bool] = []
    for valid, group in groupby(mended, lambda line: line is not None):
        first = len(believed)
        last = first + len(list(group))
        standing = sum(before[first:last])
        saves = valid and standing - sum(after[first:last]) >= SAVED_SHARE * standing
        believed += [saves] * (last - first)
    return believed


def _trimmed(text: str, run: _Run) -> _Undone | None:
    """Return a run without the ASCII that it begins and ends with either way; None if nothing was changed."""
    observed, healthy = text[run.start : run.end], "".join(run.parts)
    if observed == healthy:
        return None
    if max(observed[:1], healthy[:1]) > "\x7f" and max(observed[-1:], healthy[-1:]) > "\x7f":  # as an island does
        return _Undone(run.start, observed, healthy)
    first, last = _common_ends(observed, healthy)
    return _Undone(run.start + first, observed[first : len(observed) - last], healthy[first : len(healthy) - last])


def _common_ends(observed: str, healthy: str) -> tuple[int, int]:
    """Return how many ASCII characters both begin and end with."""
    first = min(_length(_ASCII_START, observed), _length(_ASCII_START, healthy))
    while observed[:first] != healthy[:first]:
        first -= 1
    last = min(_tail(observed), _tail(healthy), len(observed) - first, len(healthy) - first)
    while last and observed[-last:] != healthy[-last:]:
        last -= 1
    return first, last


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _tail(text: str) -> int:
    """Return how many ASCII characters a text ends with, up to a few thousand."""
    count = 0
    for char in reversed(text[-4096:]):
        if char > "\x7f":
            break
        count += 1
    return count


def _weighed(runs: Sequence[_Undone], scorer: Plausibility) -> Iterator[tuple[float, float]]:
    """Return the bits of each run, as it stands and undone."""
    return zip(
        sampled_bits([run.old for run in runs], scorer), sampled_bits([run.new for run in runs], scorer), strict=True
    )
