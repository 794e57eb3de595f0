"""Long stretches that went through one chain as a whole: undone by the codecs at once, believed line by line.

Where the source is UTF-8, a piece that is valid is proof enough, and a few samples weigh it. Any other source may read
a healthy line too; so every line has to become plainer by itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fixtext import codepages
from fixtext.detectors.misdecoded.debris import is_debris
from fixtext.detectors.misdecoded.explanation import Explanation, Pair, chain_bits
from fixtext.detectors.misdecoded.plausible import Plausibility

PIECE = 1 << 14
"""Code points, to the end of their line, that are undone at once. A piece that cannot be is halved."""

SAMPLE = 32
SAMPLES = 16
"""Code points of one sample, and how many samples of a stretch are weighed."""

SAMPLED = 200
"""Characters of a piece that are weighed by themselves, where its being valid UTF-8 says most."""

SAVED_SHARE = 0.25
"""Share of the bits of a piece that must be saved."""

LINE_SHARE = 0.05
"""The same for each of its lines, by the bits of the characters by themselves: those of two pages of Cyrillic differ in
little but their case."""

ISLAND = 400
SMALL = 12
ISLAND_BITS = 16.0
"""Between missing bytes: code points that are tried at once, and the bits that less than so many must save."""

_BEYOND = re.compile("[^\x00-\x7f]")
_ASCII_START = re.compile("[\x00-\x7f]*")


class _Piece(NamedTuple):
    """A stretch of lines that was undone; None where the text stays as it is."""

    start: int
    end: int
    text: str | None


def undo(text: str, chain: tuple[Pair, ...]) -> str | None:
    """Return the text before a chain of misreadings, None if it cannot have gone through it without loss."""
    try:
        for source, reader in reversed(chain):
            text = codepages.decode(codepages.encode(text, reader), source)
    except UnicodeError:
        return None
    return text


def whole_stretches(
    text: str, start: int, end: int, chain: tuple[Pair, ...], scorer: Plausibility
) -> Iterator[Explanation]:
    """Yield the largest runs of lines that a chain explains as a whole, whatever it says of the lines between.

    Args:
        text: the whole text.
        start: index of the first character, the beginning of a line.
        end: index behind the last, the end of a line.
        chain: misreadings, first to last.
        scorer: tells bits.
    """
    run: list[_Piece] = []
    for piece in _pieces(text, start, end, chain, scorer):
        if piece.text is not None and (not run or run[-1].end == piece.start):
            run.append(piece)
            continue
        yield from _explained(text, run, chain, scorer)
        run = [piece] if piece.text is not None else []
    yield from _explained(text, run, chain, scorer)


def _pieces(text: str, start: int, end: int, chain: tuple[Pair, ...], scorer: Plausibility) -> Iterator[_Piece]:
    position = start
    while position < end:
        stop = text.find("\n", min(position + PIECE, end - 1), end) + 1 or end
        yield from _undone(text, position, stop, chain, scorer)
        position = stop


def _undone(text: str, start: int, end: int, chain: tuple[Pair, ...], scorer: Plausibility) -> Iterator[_Piece]:
    """Yield what of some lines a chain can have made, by halving."""
    observed = text[start:end]
    healthy = undo(observed, chain)
    if healthy is None:
        middle = text.rfind("\n", start, (start + end) // 2) + 1
        if middle <= start:
            middle = text.find("\n", (start + end) // 2, end - 1) + 1
        if start < middle < end:
            yield from _undone(text, start, middle, chain, scorer)
            yield from _undone(text, middle, end, chain, scorer)
        elif len(chain) == 1 and chain[0][0] == "utf-8" and chain[0][1] != "utf-16le":
            yield from _islands(text, start, end, chain[0][1], scorer)
        else:
            yield _Piece(start, end, None)
    elif healthy == observed:
        yield _Piece(start, end, healthy)
    elif chain[0][0] == "utf-8":  # what is valid UTF-8 hardly needs to be weighed
        standing = _by_themselves(observed, scorer)
        saves = standing - _by_themselves(healthy, scorer) >= SAVED_SHARE * standing
        yield _Piece(start, end, healthy if saves else None)
    elif _sampled(healthy, scorer) <= (1.0 - SAVED_SHARE) * _sampled(observed, scorer):
        yield from _line_by_line(observed, healthy, start, scorer)
    else:
        yield _Piece(start, end, None)


def _islands(text: str, start: int, end: int, reader: str, scorer: Plausibility) -> Iterator[_Piece]:
    """Yield what of a line is UTF-8, where bytes are missing in between."""
    position = start
    while True:
        beyond = _BEYOND.search(text, position, end)
        if beyond is None:
            return
        position = beyond.start()
        piece = text[position : min(end, position + ISLAND)]
        length, healthy = _valid_start(piece, reader)
        if length and healthy != piece[:length]:
            saved = scorer.bits(piece[:length]) - scorer.healthy_bits(healthy) if length < SMALL else ISLAND_BITS
            if saved >= ISLAND_BITS and not is_debris(piece[:length]):
                yield _Piece(position, position + length, healthy)
        position += max(1, length)


def _valid_start(piece: str, reader: str) -> tuple[int, str]:
    """Return how many characters of a text a page can have read from valid UTF-8, from the first on, and its text."""
    try:
        data = codepages.encode(piece, reader)
    except UnicodeEncodeError as error:
        piece = piece[: error.start]
        data = codepages.encode(piece, reader)
    length = len(piece)
    while length:
        try:
            return length, data.decode("utf-8")
        except UnicodeDecodeError as error:
            valid = error.start
        # A character of the page may reach over the end of what is valid; then the one before it has to be the last.
        length = min(length - 1, len(codepages.decode(data[:valid], reader, "ignore")))
        data = codepages.encode(piece[:length], reader)
    return 0, ""


def _line_by_line(observed: str, healthy: str, start: int, scorer: Plausibility) -> Iterator[_Piece]:
    lines, mended = observed.split("\n"), healthy.split("\n")
    if len(lines) != len(mended):
        yield _Piece(start, start + len(observed), None)
        return
    position = begun = start
    run: list[str] = []
    last = len(lines) - 1
    for number, (line, new, plainer) in enumerate(
        zip(lines, mended, _plainer(observed, healthy, lines, mended, scorer), strict=True)
    ):
        stop = position + len(line) + (number < last)
        if line == new or plainer:
            run.append(new)
        else:
            if run:
                yield _Piece(begun, position, "\n".join([*run, ""]))
            yield _Piece(position, stop, None)
            run, begun = [], stop
        position = stop
    if run:
        yield _Piece(begun, position, "\n".join(run))


def _plainer(observed: str, healthy: str, lines: list[str], mended: list[str], scorer: Plausibility) -> Iterable[bool]:
    """Return for each line whether it takes so many bits less than before, character by character."""
    if "numpy" in sys.modules:
        from fixtext.detectors.misdecoded.long_texts import bits_of_lines

        saved = bits_of_lines(healthy) <= (1.0 - LINE_SHARE) * bits_of_lines(observed)
        return list(map(bool, saved.tolist()))
    bits = scorer.transition
    return [
        sum(map(bits, filter(_beyond_ascii, new))) <= (1.0 - LINE_SHARE) * sum(map(bits, filter(_beyond_ascii, line)))
        for line, new in zip(lines, mended, strict=True)
    ]


def _beyond_ascii(char: str) -> bool:
    return char > "\x7f"


def _explained(text: str, run: list[_Piece], chain: tuple[Pair, ...], scorer: Plausibility) -> Iterator[Explanation]:
    if not run:
        return
    start, end = run[0].start, run[-1].end
    observed, healthy = text[start:end], "".join([piece.text or "" for piece in run])
    if observed == healthy:
        return
    first, last = _common_ends(observed, healthy)
    old, new = observed[first : len(observed) - last], healthy[first : len(healthy) - last]
    bits = _sampled(old, scorer) - _sampled(new, scorer) - chain_bits(chain)
    if bits > 0:
        yield Explanation(start + first, start + first + len(old), new, chain, bits)


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


def _by_themselves(text: str, scorer: Plausibility) -> float:
    """Estimate the bits of the characters beyond ASCII, each by itself."""
    step = max(1, len(text) // SAMPLED)
    return step * sum(map(scorer.transition, filter(_beyond_ascii, text[::step])))


def _sampled(text: str, scorer: Plausibility) -> float:
    """Return the bits of the characters beyond ASCII, by samples spread over a text."""
    step = max(SAMPLE, len(text) // SAMPLES)
    bits, characters = 0.0, 0
    for place in range(0, len(text), step):
        sample = text[place : place + SAMPLE]
        characters += len(sample)
        for index, char in enumerate(sample):
            if char > "\x7f":
                bits += scorer.transition(sample[index - 2 if index > 2 else 0 : index + 1])
    return bits * len(text) / max(1, characters)
