"""What ftfy makes of the lines of a text: the stretches that it would change, as small as they can be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fixtext.detectors.western.places import is_apart, is_text, misread_chars
from fixtext.findings import Guess, Span

if TYPE_CHECKING:
    from fixtext.config import Config
    from fixtext.detectors.misdecoded.plausible import Plausibility
    from fixtext.detectors.western.plans import Answer

LONGEST = 2_000
BESIDE = 80
"""Code points of a line that ftfy is asked about at once, and how many beside a place in a longer one."""

C1 = (("cp1252", "latin-1"),)
"""The misreading that gives C1 controls. Any text of 256 characters can have gone through it, so what comes out has to
look healthy as a whole."""


UNLIKELY_BITS = 9.0
EXCESS_BITS = 6.5
"""A row of such characters is odd if it takes so many bits more than so many a character (as letters of alphabets in
`detectors.misdecoded.document`)."""


PLAIN_BITS = 16.0
"""Bits a character at most of what is made of a place by itself; rare letters of several scripts in a row have more."""


class Piece(NamedTuple):
    """A stretch of text and what ftfy makes of it.

    Attributes:
        start: index of its first character.
        end: index behind its last.
        answer: the repair of just this stretch; it has a channel.
        places: the places of the scan in it.
        guesses: characters that the language model chose.
        likeliest: the text without holes, by which it is weighed; empty if that is the answer.
    """

    start: int
    end: int
    answer: Answer
    places: Sequence[Span]
    guesses: tuple[Guess, ...] = ()
    likeliest: str = ""


def lines(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield (start, end) of the lines, or the parts of long ones, that hold the spans, with the spans."""
    start = end = 0
    inner: list[Span] = []
    for span in spans:
        if span.start >= end:
            if inner:
                yield start, end, inner
            inner = []
            start, end = _line(text, span, end)
        inner.append(span)
        end = max(end, span.end)
    if inner:
        yield start, end, inner


def _line(text: str, span: Span, done: int) -> tuple[int, int]:
    """Return the line of a span, or the part around it, from ``done`` on at most."""
    first, last = max(done, span.start - LONGEST), min(len(text), span.end + LONGEST)
    start, end = text.rfind("\n", first, span.start) + 1, text.find("\n", span.end, last)
    whole = (start or first == done) and (end >= 0 or last == len(text))
    if whole:
        return start or first, end if end >= 0 else last
    return max(start, done, span.start - BESIDE), min(last if end < 0 else end, span.end + BESIDE)


def pieces(
    text: str, start: int, end: int, inner: Sequence[Span], scorer: Plausibility, config: Config
) -> Iterator[Piece]:
    """Ask ftfy about a line; where it repairs parts of it, about the places one by one.

    A line that is odd even when these are repaired was misread in another way as a whole, and parts of it look like
    UTF-8 by accident. So does a place with more such characters beside it.
    """
    from fixtext.detectors.western.plans import answer
    from fixtext.detectors.western.vanished import may_have_vanished

    whole = answer(text[start:end])
    found = whole is not None and whole.channel is not None and is_text(whole.text)
    doubtful = _spaced(whole) and may_have_vanished(text, start, end, scorer)
    found = found and not doubtful
    if whole is not None and found and (whole.pairs != C1 or not _is_odd(whole.text, scorer)):
        yield _trimmed(text, Piece(start, end, whole, inner))
    mended = [] if found and not _spaced(whole) else list(_mended(text, start, end, inner, scorer, config))
    if mended and _is_odd(_repaired(text, start, end, mended), scorer):
        mended = []
    yield from mended
    if whole is None or found or mended:
        return
    parts = []
    for span in inner:
        if doubtful and text[span.end - 1] == " ":
            continue
        part = answer(text[slice(*span)]) if is_apart(text, *span) else None
        if part is None or part.channel is None or not is_text(part.text):
            continue
        if scorer.healthy_bits(part.text) <= PLAIN_BITS * len(part.text):
            parts.append(Piece(*span, part, (span,)))
    if parts and not _is_odd(_repaired(text, start, end, parts), scorer):
        yield from parts


def _spaced(answer: Answer | None) -> bool:
    """Whether something became a space."""
    return answer is not None and answer.channel is not None and len(answer.channel.steps) > 2 * len(answer.pairs)


def _mended(
    text: str, start: int, end: int, inner: Sequence[Span], scorer: Plausibility, config: Config
) -> Iterator[Piece]:
    """Put vanished bytes back in the stretches of a line that have places, if that makes them healthy."""
    from fixtext.detectors.western.plans import Answer
    from fixtext.detectors.western.vanished import mended, stretches

    for first, last in stretches(text, start, end):
        held = [place for place in inner if first <= place.start < last]
        for found in mended(text, first, last, scorer, config) if held else ():
            inside = [place for place in held if found.start <= place.start < found.end]
            answer = Answer(found.text, (("utf-8", "cp1252"),), found.channel)
            yield Piece(found.start, found.end, answer, inside, found.guesses, found.likeliest)


def _is_odd(text: str, scorer: Plausibility) -> bool:
    """Whether characters that UTF-8 becomes stand in rows that are unlikely, as in what was misread in another way."""
    odd = misread_chars()
    excess = 0.0
    for place, char in enumerate(text):
        if char not in odd:
            excess = 0.0
            continue
        excess = max(0.0, excess + scorer.transition(text[max(0, place - 2) : place + 1]) - UNLIKELY_BITS)
        if excess >= EXCESS_BITS:
            return True
    return False


def _repaired(text: str, start: int, end: int, parts: Sequence[Piece]) -> str:
    found = []
    for piece in parts:
        found += [text[start : piece.start], piece.answer.text]
        start = piece.end
    return "".join([*found, text[start:end]])


def _trimmed(text: str, piece: Piece) -> Piece:
    """Cut off the ASCII at both ends that is the same before and after, as far as the channel still leads there.

    Where spaces were squeezed, one of them is needed for that.
    """
    old, new, channel = text[piece.start : piece.end], piece.answer.text, piece.answer.channel
    before = _same(old, new)
    after = _same(old[before:][::-1], new[before:][::-1])
    for last in (after, after - 1):
        cut_old, cut_new = old[before : len(old) - last], new[before : len(new) - last]
        if last >= 0 and cut_new and channel is not None and channel.damage(cut_new) == cut_old:
            answer = piece.answer._replace(text=cut_new)
            return piece._replace(start=piece.start + before, end=piece.end - last, answer=answer)
    return piece


def _same(old: str, new: str) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other or one > "\x7f":
            break
        count += 1
    return count
