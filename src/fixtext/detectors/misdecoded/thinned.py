"""Double-byte text that was read in a single-byte page and lost bytes there: soft hyphens, and what Windows-1252 lacks.

Behind a byte that is missing everything is one byte out of step, so a plain repair says wrong ideographs up to the next
ASCII character. Here a byte may be put back anywhere, for a price, and the language model says where.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.pair_lattice import PLACE_BITS, likeliest
from fixtext.detectors.western.choosing import SOFT_HYPHEN
from fixtext.detectors.western.vanished import AFTERWARDS, VANISHING, marked
from fixtext.findings import Candidate, Span, Suspect

if TYPE_CHECKING:
    from fixtext.config import Config
    from fixtext.detectors.misdecoded.plausible import Plausibility

SOURCES = frozenset({"gbk", "gb18030", "cp936", "big5", "cp950", "big5-hkscs", "cp949", "euc-kr", "cp932", "euc-jp"})
"""Code pages whose characters beyond ASCII are pairs of bytes, nearly all of them."""

EVIDENT_BITS = 48.0
MARGIN_BITS = 32.0
"""What an explanation of a stretch that nothing else explains has to save beyond what is required, and against every
other page. Lines of 20 characters save 200 to 600 bits, and other pages cost 180 more."""

LEAST = 8
MOST = 64
"""Characters beyond ASCII of such a stretch at least, and stretches of a text at most: each takes up to 30 ms."""

IN_A_ROW, UNLIKELY_BITS = 3, 13.5
"""Characters of a plain repair, and bits each, from which a byte may be missing: nine lines in ten of exam/clean that
lost a soft hyphen have such a place, and one in ten that did not (1,900 lines of four languages)."""

LONGEST = 400
"""Code points of a stretch at most."""


class _Loss(NamedTuple):
    """How a text was read, and the bytes that vanished with it."""

    reading: Decode
    vanishing: bytes


def thinned(
    text: str, findings: Sequence[Candidate | Suspect], scorer: Plausibility, config: Config
) -> list[Candidate | Suspect]:
    """Return findings, with better repairs in the place of those of stretches that lost bytes.

    A text in which `MOST` stretches in a row lost none is left as it is from there on.
    """
    better: list[Candidate] = []
    repairs = sorted((one for one in findings if isinstance(one, Candidate)), key=lambda one: one.span)
    lines = [line for repair in repairs for line in _lines(text, repair)]
    done = failed = 0
    for place, line in enumerate(lines):
        pages = _pages(line) if line.span.start >= done else None
        span = None if pages is None else _stretch(text, line.span, pages[1], done)
        if pages is None or span is None:
            continue
        done = span.end
        inside = lines[place : bisect_right(lines, done, place, key=lambda one: one.span.end)]
        plain, is_partial = _repaired(text, span, inside)
        if is_partial or _is_out_of_step(plain, scorer):
            failed += 1
            if failed > MOST:
                break
            found = _best(text, span, pages, scorer, config)
            beside = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
            if found is not None and found[1] < scorer.healthy_bits(plain, *beside):
                better.append(found[0])
                failed = 0
    if not better:
        return list(findings)
    kept = (
        part for one in findings for part in ([one] if not _is_within(one.span, better) else _left(text, one, better))
    )
    return [*kept, *better]


def _lines(text: str, repair: Candidate) -> list[Candidate]:
    """Return the lines of a repair that is too long to be searched at once, if it may have lost bytes throughout."""
    start, end = repair.span
    observed = text[start:end]
    if end - start <= LONGEST or "\xad" in observed or _pages(repair) is None:
        return [repair]
    before, after = observed.split("\n"), repair.text.split("\n")
    if len(before) != len(after) or any(
        repair.channel.damage(new) != old for old, new in zip(before, after, strict=True)
    ):
        return [repair]
    lines = []
    for old, new in zip(before, after, strict=True):
        span = Span(start, start + len(old))
        if old != new:
            lines.append(replace(repair, span=span, text=new, bits=repair.bits * len(old) / len(observed)))
        start = span.end + 1
    return lines


def _left(text: str, finding: Candidate | Suspect, better: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what is left of a finding in whose lines better repairs were found: the lines between them, together."""
    lines = _lines(text, finding) if isinstance(finding, Candidate) else []
    for is_kept, some in groupby(lines, key=lambda line: not _is_within(line.span, better)):
        if is_kept and len(lines) > 1:
            first, *others = some
            last = others[-1] if others else first
            between = zip([first, *others], others, strict=False)
            gaps = (text[one.span.end : other.span.start] + other.text for one, other in between)
            bits = sum(line.bits for line in (first, *others))
            yield replace(first, span=Span(first.span.start, last.span.end), text=first.text + "".join(gaps), bits=bits)


def _is_out_of_step(healthy: str, scorer: Plausibility) -> bool:
    """Whether a few characters in a row are so unlikely that a byte may be missing before them, or a letter of ASCII
    stands where it may be the second byte of an ideograph.
    """
    if _SECOND_BYTE.search(healthy):
        return True
    if not scorer.excess(healthy):
        return False
    bits = [scorer.healthy(healthy[max(0, at - 2) : at + 1]) for at in range(len(healthy))]
    return any(sum(bits[at : at + IN_A_ROW]) >= IN_A_ROW * UNLIKELY_BITS for at in range(len(bits) - IN_A_ROW + 1))


def unexplained(
    text: str, spans: Sequence[Span], repairs: Sequence[Candidate], scorer: Plausibility, config: Config
) -> Iterator[Candidate]:
    """Yield repairs of dense stretches that lost bytes and that nothing else explains, of `MOST` at most."""
    left = MOST
    done = 0
    for span in spans:
        observed = text[slice(*span)]
        if span.start < done or len(observed) < LEAST or not _READ.fullmatch(observed) or _is_within(span, repairs):
            continue
        reader = "latin-1" if _C1.search(observed) else "cp1252"
        stretch = _stretch(text, span, reader, done)
        if stretch is None:
            continue
        done = stretch.end
        if not _is_dense(text[slice(*stretch)]) or _is_within(stretch, repairs):
            continue
        left -= 1
        if left < 0:
            return
        ranked = [_best(text, stretch, (source, reader), scorer, config) for source in _COMMON]
        found = sorted((one for one in ranked if one is not None), key=lambda one: one[1])
        if not found or found[0][0].bits < config.required_bits + EVIDENT_BITS:
            continue
        if len(found) == 1 or found[0][1] + MARGIN_BITS <= found[1][1]:
            yield found[0][0]


_COMMON = ("gbk", "cp950", "cp949", "euc-jp", "cp932")
_READ = re.compile("[\x20-\x7e\x80-\xff\u0100-\u2122]+")


def _is_dense(stretch: str) -> bool:
    odd = sum(char > "\x7f" for char in stretch)
    return odd >= LEAST and 10 * odd >= 7 * len(stretch)


def _is_within(span: Span, repairs: Sequence[Candidate]) -> bool:
    """Whether a span overlaps one of some repairs, which are in order."""
    place = bisect_left(repairs, span.end, key=lambda one: one.span.start)
    return place > 0 and repairs[place - 1].span.end > span.start


def _pages(repair: Candidate) -> tuple[str, str] | None:
    """Return source and reader of a plain misreading of such text in a page that has soft hyphens."""
    match repair.channel.steps:
        case (Encode(code_page=source), Decode(code_page=reader)) if source in SOURCES and _has_soft_hyphens(reader):
            return source, reader
    return None


@cache
def _has_soft_hyphens(reader: str) -> bool:
    try:
        return codepages.decode(bytes([SOFT_HYPHEN]), reader) == "\xad"
    except UnicodeError:
        return False


def _stretch(text: str, span: Span, reader: str, done: int) -> Span | None:
    """Return the part of a line around a span that its reader may have given, without ASCII at its ends; None if it is
    too long, or not all of the span can be that.

    Args:
        text: the whole text.
        span: a part of it.
        reader: the code page.
        done: index before which the stretch does not begin.
    """
    first = max(done, text.rfind("\n", done, span.start) + 1)
    runs = _writable(reader).finditer(text, first)
    start, end = next((run.span() for run in runs if run.end() > span.start), (0, 0))
    within = _WITHIN.search(text, start, end)
    if within is None or not start <= span.start < span.end <= end or within.end() - within.start() > LONGEST:
        return None
    # ASCII may be the second byte of a pair
    return Span(max(first, start, within.start() - 1), min(end, within.end() + 1))


_SECOND_BYTE = re.compile("(?<![!-~])[@-~](?=[\u2e80-\u9fff])")
_WITHIN = re.compile("[^\0-\x7f](?:.*[^\0-\x7f])?")


@cache
def _writable(reader: str) -> re.Pattern[str]:
    chars = codepages.decode(bytes([*range(0x20, 0x7F), *range(0x80, 0x100)]), reader, "ignore")
    return re.compile(f"[{re.escape(chars)}]+")


def _repaired(text: str, span: Span, inside: Sequence[Candidate]) -> tuple[str, bool]:
    """Return a stretch with its repairs made, and whether something beyond ASCII in it stays as it is."""
    parts = []
    is_partial = False
    at = span.start
    for one in inside:
        kept = text[at : one.span.start]
        parts += [kept, one.text]
        at = one.span.end
        is_partial |= not kept.isascii()
    kept = text[at : span.end]
    return "".join([*parts, kept]), is_partial or not kept.isascii()


def _best(
    text: str, span: Span, pages: tuple[str, str], scorer: Plausibility, config: Config
) -> tuple[Candidate, float] | None:
    """Return the repair that puts bytes back, and its bits; None if none has to be."""
    found = (_with(text, span, pages, loss, scorer, config) for loss in _losses(text[slice(*span)], pages[1]))
    return min((one for one in found if one is not None), key=lambda one: one[1], default=None)


def _losses(observed: str, reader: str) -> Iterator[_Loss]:
    soft = b"" if "\xad" in observed else bytes([SOFT_HYPHEN])
    yield _Loss(Decode(reader), soft)
    if reader == "cp1252" and max(observed) > "\xff" and not _C1.search(observed):  # others of 80 to 9F are seen
        five = Decode("cp1252", "drop-c1")
        yield _Loss(five, bytes(VANISHING))
        if soft:
            yield _Loss(five, bytes(sorted((*VANISHING, SOFT_HYPHEN))))


_C1 = re.compile("[\x80-\x9f]")


def _with(
    text: str, span: Span, pages: tuple[str, str], loss: _Loss, scorer: Plausibility, config: Config
) -> tuple[Candidate, float] | None:
    start, end = span
    observed = text[start:end]
    try:
        data = codepages.encode(observed, pages[1])
    except UnicodeError:
        return None
    found = likeliest(data, loss.vanishing, pages[0], text[max(0, start - 2) : start], scorer)
    if found is None or not found[1]:
        return None
    healthy, guesses = found
    channels = (Channel((Encode(pages[0]), loss.reading, *more)) for more in AFTERWARDS)
    channel = next((one for one in channels if one.damage(healthy) == observed), None)
    if channel is None:
        return None
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    cost = scorer.healthy_bits(healthy, before, after) + PLACE_BITS * len(guesses)
    bits = scorer.bits(observed, before, after) - cost
    if config.holes != "guess":
        healthy, guesses, filled = marked(healthy, guesses, config.required_probability)
        if filled and config.holes == "keep":
            return None
        channel = Channel((*filled, *channel.steps))
    return Candidate("misdecoded", span, healthy, channel, bits, guesses), cost
