"""ISO-2022 and HZ that nobody decoded, with their escape bytes or without: ``$B$3$s(B`` was once Japanese, ``~{VPND~}``
Chinese.

What is left is plain ASCII. A run is taken back only as a whole, from its designation to where it closes or its line
ends, and only if the characters behind it are plain text. The ASCII itself may have been read as UTF-16.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.designations import designations
from fixtext.detectors.misdecoded.pairs import READERS
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.findings import Candidate, Span

PAGE_BITS = {"iso-2022-jp": 2.0, "iso-2022-kr": 2.0, "iso-2022-jp-stripped": 6.0, "hz": 6.0, "hz-stripped": 12.0}
"""Cost of such a run, before anything is seen: mail gateways that drop escape bytes have become rare. Braces stand for
much else; an escape control before them for nothing else."""

PLAIN_BITS = {"iso-2022-jp": 18.0, "iso-2022-kr": 18.0, "iso-2022-jp-stripped": 11.0, "hz": 11.0, "hz-stripped": 12.0}
"""Bits a character up to which the text behind a run is plain. Code in braces and shell variables give 15 and more."""

CHANCE_BITS = {"hz-stripped": 5.0}
"""What it must take less, all characters together: of any pair of bytes the rows in use make one of some 4,000
characters, 12 bits, so that four of 10.7 are as rare a chance as twelve of 11.6. Of 12,191 runs in braces in 2 GB of
code, markup and text none saves enough."""

CLOSED_BITS = 2.0
"""What more a character may take in a run that lost its escapes and still has what goes back to ASCII."""

MET_BITS = 3.0
"""The same where another run of its page stands in the text beyond doubt: a character by itself has no context."""

BEYOND_DOUBT = 48.0
"""Bits that such a run saves."""

_CONTROLS = (0x09, 0x0A, 0x0D, 0x0E, 0x0F, 0x1B)
_BYTES = (*_CONTROLS, *range(0x20, 0x7F))


@cache
def _ascii_pairs() -> re.Pattern[str]:
    """Return the pattern of characters of UTF-16 whose bytes are ASCII; 1.5 ms to make."""
    return re.compile(
        "["
        + "".join(rf"\u{high:02x}{low:02x}" for high in _BYTES for low in _CONTROLS)
        + "".join(rf"\u{high:02x}20-\u{high:02x}7e" for high in _BYTES)
        + "]{4,}"
    )


_WIDE_BITS = dict(reader for group in READERS for reader in group)["utf-16le"]


def candidates(text: str, span: Span, scorer: Plausibility) -> Iterator[Candidate]:
    """Yield the runs whose characters are plainer than the ASCII that is left of them."""
    runs = [
        (start + span.start, end + span.start, page) for start, end, page in designations(text[span.start : span.end])
    ]
    results = [_explained(text, *run, scorer) for run in runs]
    met = {page for (_, _, page), found in zip(runs, results, strict=True) if found and found[2] >= BEYOND_DOUBT}
    for (start, end, page), found in zip(runs, results, strict=True):
        if found is None and page in met:
            found = _explained(text, start, end, page, scorer, MET_BITS)
        if found is not None:
            healthy, channel, saved = found
            yield Candidate("misdecoded", Span(start, end), healthy, channel, saved)


def wide_candidates(text: str, span: Span, scorer: Plausibility) -> Iterator[Candidate]:
    """Yield the runs whose ASCII was read as UTF-16 in its turn."""
    first, last = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    for match in _ascii_pairs().finditer(text, first, len(text) if last < 0 else last):
        inner = codepages.encode(match[0], "utf-16le").decode("ascii")
        for page in {page for _, _, page in designations(inner)}:
            found = _found(match[0], inner, page, text[max(0, match.start() - 2) : match.start()], _WIDE, scorer)
            if found is not None:
                healthy, channel, saved = found
                yield Candidate("misdecoded", Span(*match.span()), healthy, channel, saved - _WIDE_BITS)


_WIDE, _ASCII = Decode("utf-16le"), Decode("ascii")

_Found = tuple[str, Channel, float]


def _explained(text: str, start: int, end: int, page: str, scorer: Plausibility, more: float = 0.0) -> _Found | None:
    observed = text[start:end]
    return _found(observed, observed, page, text[max(0, start - 2) : start], _ASCII, scorer, more)


def _found(
    observed: str, inner: str, page: str, before: str, read: Decode, scorer: Plausibility, more: float = 0.0
) -> _Found | None:
    """Return the text behind a run of ASCII, its channel and the bits that it saves; None if it is no plain text."""
    try:
        healthy = codepages.decode(inner.encode("ascii"), page)
    except UnicodeError:
        return None
    channel = Channel((Encode(page), read))
    if healthy.isascii() or not _goes_through(channel, healthy, observed):
        return None
    bits, wide = scorer.healthy_bits(healthy), len(healthy)
    if page == "hz-stripped":  # the ASCII between its groups says nothing for them
        places = [place for place, char in enumerate(healthy) if char > "\x7f"]
        bits, wide = sum(scorer.healthy(healthy[max(0, at - 2) : at + 1]) for at in places), len(places)
    saved = scorer.bits(observed, before) - scorer.healthy_bits(healthy) - PAGE_BITS[page]
    closed = page == "iso-2022-jp-stripped" and inner.endswith(("(B", "(J"))
    most = (PLAIN_BITS[page] + (CLOSED_BITS if closed else 0.0) + more) * wide - CHANCE_BITS.get(page, 0.0)
    if saved > 0 and bits <= most:
        return healthy, channel, saved
    return None


def _goes_through(channel: Channel, healthy: str, observed: str) -> bool:
    try:
        return channel.damage(healthy) == observed
    except UnicodeError:
        return False
