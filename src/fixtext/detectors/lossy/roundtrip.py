"""Repairs round trips: UTF-8 read as a code page and written back, with a question mark where bytes were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import prod
from typing import NamedTuple

from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.config import Config
from fixtext.detectors.lossy.choices import Fits
from fixtext.detectors.lossy.holes import Filled, fill
from fixtext.detectors.lossy.lines import Lines
from fixtext.detectors.lossy.places import Ranked, Weighed
from fixtext.detectors.lossy.readings import fits_swallowing
from fixtext.detectors.lossy.sites import Site, swallowing_bits
from fixtext.findings import Candidate, Span, Suspect
from fixtext.language import LanguageModel

CHANNEL_BITS = 8.0
"""Bits of saying that a place was damaged: one in 256 characters is more than any real file has."""

_DOUBT = 0.045
"""Holes stay in all places of a line if it is more probable than this that nothing put back in it is right. Of 3,187
real lines, each alone, 0.02, 0.05 and 0.1 leave 179, 118 and 90 as they were, and 3, 6 and 9 no nearer the truth."""

_NOTHING_LEFT = 0.9
"""Probability that a character needs to be put back where no byte of it is left: the holes that a repair leaves look
the same, and those characters were too uncertain even with their bytes."""

_PAGES = ("cp936", "cp949", "cp950", "cp932")
"""Code pages whose Windows decoder swallows, the likeliest first."""

_LAST_LINE_ENDS = 0.98
"""Probability that a file of several lines ends with a line feed, where its end was swallowed."""

_CLOSING = "\"')*>"
"""What may end a file without a line feed all the same, because the line owes it."""

_SWALLOWED = 20.0
"""Bits that speak for marks that swallow: round trips through other decoders are rare."""


_BEYOND_ASCII = re.compile("[^\x00-\x7f]*")


class _Draft(NamedTuple):
    """A repair of one place that is not weighed yet."""

    site: Site
    span: Span
    found: Weighed
    filled: Filled
    channel: Channel


class RoundTrip:
    """One text with the marks of a round trip."""

    def __init__(self, text: str, found: Sequence[Site], model: LanguageModel, config: Config) -> None:
        """Take a text and all of its broken sequences."""
        self._text = text
        self._sites = found
        if not any(site.known for site in found):
            config = replace(config, required_probability=max(_NOTHING_LEFT, config.required_probability))
        self._config = config
        self._swallows = marks_swallow(text, found)
        fits = Fits(fits_swallowing if self._swallows else None)
        self._lines = Lines(text, found, model, swallows=self._swallows, fits=fits)
        self._pages = dict.fromkeys(_PAGES, 0)
        self._proofs: dict[tuple[str, str, str], bool] = {}

    def is_told(self) -> bool:
        """Whether any of the places can be told."""
        required = self._config.required_probability
        return self._config.holes == "guess" or any(
            found is not None and found.char.probability >= required for found in self._lines.weigh()
        )

    def findings(self) -> Iterator[Candidate | Suspect]:
        """Yield a repair for each place, or a suspect."""
        floor = 0
        drafts: list[_Draft] = []
        line: list[_Draft] = []
        line_end = -1
        for site, found in zip(self._sites, self._lines.weigh(), strict=True):
            draft = self._draft(site, floor, found)
            floor = site.end
            if isinstance(draft, str):
                yield Suspect("lossy", Span(site.start, site.end), draft)
                continue
            if site.start > line_end:
                drafts += self._trusted(line)
                line = []
                line_end = self._text.find("\n", site.end)
                line_end = len(self._text) if line_end < 0 else line_end
            line.append(draft)
        drafts += self._trusted(line)
        text, model = self._text, self._lines.model
        around = [
            (text[max(0, site.start - 2) : site.start] or "\n", text[site.end : site.end + 2]) for (site, *_) in drafts
        ]
        # The run in front of the place costs the same before and after.
        before = model.bits_of([(text[d.site.start : d.site.end], *a) for d, a in zip(drafts, around, strict=True)])
        after = model.bits_of(
            [(d.filled.certain[d.site.start - d.span.start :], *a) for d, a in zip(drafts, around, strict=True)]
        )
        for (_, span, _, filled, channel), observed, healthy in zip(drafts, before, after, strict=True):
            if filled.steps:
                channel = Channel((*filled.steps, *channel.steps))
            yield Candidate("lossy", span, filled.text, channel, observed - healthy - CHANNEL_BITS, filled.guesses)

    def _trusted(self, line: list[_Draft]) -> list[_Draft]:
        """Return the repairs of a line, or holes in their places if it is likely that none of them is right."""
        if self._config.holes == "guess" or prod(draft.filled.wrong for draft in line) <= _DOUBT:
            return line
        return [
            draft._replace(filled=self._fill(draft.site, draft.span.start, draft.found, trusted=False))
            for draft in line
        ]

    def _fill(self, site: Site, start: int, found: Weighed, *, trusted: bool = True) -> Filled:
        drop_ascii = site.end == len(self._text) and "\n" not in self._text
        return fill(self._text[start : site.start], found, self._config, drop_ascii=drop_ascii, trusted=trusted)

    def _draft(self, site: Site, floor: int, found: Weighed | None) -> _Draft | str:
        """Return the repair of a place, or why there is none."""
        text = self._text
        if found is None:
            return "bytes are lost here, and no character fits those that are left"
        before = _BEYOND_ASCII.match(text[floor : site.start][::-1])
        start = site.start - before.end() if before else site.start
        if site.end == len(text) and "\n" in text and found.ascii is not None and found.ascii.best not in _CLOSING:
            found = found._replace(ascii=Ranked((("\n", _LAST_LINE_ENDS),)))
        filled = self._fill(site, start, found)
        if not site.known and filled.steps:
            return "bytes are lost here, and nothing of what they were is left"
        channel = self._channel(filled.certain, text[start : site.end])
        if channel is None:
            return "bytes are lost here, and no reading that loses them fits"
        if filled.below and self._config.holes == "keep":
            return "bytes are lost here, and what they were is too uncertain"
        return _Draft(site, Span(start, site.end), found, filled, channel)

    def _channel(self, healthy: str, observed: str) -> Channel | None:
        """Return the channel that leads back to what was observed; the page that fitted most places comes first."""
        replaced = "\ufffd" in observed
        for page in sorted(self._pages, key=self._pages.__getitem__, reverse=True):
            channel = round_trip_channel(page, swallows=self._swallows, replaced=replaced)
            fits = self._proofs.get((page, healthy, observed))
            if fits is None:
                try:
                    fits = channel.damage(healthy) == observed
                except UnicodeError:
                    fits = False
                self._proofs[page, healthy, observed] = fits
            if fits:
                self._pages[page] += 1
                return channel
        return None


def marks_swallow(text: str, found: Sequence[Site]) -> bool:
    """Whether the marks of a text took an ASCII character with them.

    Windows' decoders do that at the end of a sequence. Most others keep it: then every mark has one below U+0040, or
    the end, behind it, most often a line feed.
    """
    if any(site.known and site.known[-1] is not None for site in found):
        return False
    return swallowing_bits(text, found) + _SWALLOWED > 0


@lru_cache(maxsize=32)
def round_trip_channel(page: str, *, swallows: bool, replaced: bool) -> Channel:
    """Return what happens to UTF-8 that is read as a page, written back, and read as UTF-8.

    Args:
        page: the code page.
        swallows: whether its decoder takes an ASCII character together with an odd byte.
        replaced: whether what is no UTF-8 afterwards shows as U+FFFD, or else as escaped bytes.
    """
    habit = "windows" if swallows else "replace"
    return Channel(
        (
            Encode("utf-8"),
            Decode(page, habit),
            Encode(page, habit),
            Decode("utf-8", "replace" if replaced else "surrogateescape"),
        )
    )
