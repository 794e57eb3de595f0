"""ISO-2022-JP and HZ whose escape bytes were lost on the way: ``$B$3$s(B`` was once Japanese, ``~{VPND~}`` Chinese.

What is left is plain ASCII. A run is taken back only as a whole, from its designation to where it closes or its line
ends, and only if the characters behind it are plain text.
"""

from __future__ import annotations

from collections.abc import Iterator

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.detectors.misdecoded.designations import designations
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.findings import Candidate, Span

PAGE_BITS = 6.0
"""Cost of such a run, before anything is seen: mail gateways that drop escape bytes have become rare."""

PLAIN_BITS = 11.0
"""Bits a character up to which the text behind a run is plain. Code in braces and shell variables give 15 and more."""


def candidates(text: str, span: Span, scorer: Plausibility) -> Iterator[Candidate]:
    """Yield the runs whose characters are plainer than the ASCII that is left of them."""
    for start, end, page in designations(text[span.start : span.end]):
        start, end = start + span.start, end + span.start
        observed = text[start:end]
        data = observed.encode("ascii", "replace")
        try:
            healthy = codepages.decode(data, page)
        except UnicodeError:
            continue
        channel = Channel((Encode(page), Decode("ascii")))
        if healthy.isascii() or not _goes_through(channel, healthy, observed):
            continue
        bits = scorer.healthy_bits(healthy)
        saved = scorer.bits(observed, text[max(0, start - 2) : start]) - bits - PAGE_BITS
        if saved > 0 and bits <= PLAIN_BITS * len(healthy):
            yield Candidate("misdecoded", Span(start, end), healthy, channel, saved)


def _goes_through(channel: Channel, healthy: str, observed: str) -> bool:
    try:
        return channel.damage(healthy) == observed
    except UnicodeError:
        return False
