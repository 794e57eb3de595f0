"""Repairs round trips: UTF-8 read as a code page and written back, with a question mark where bytes were lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.config import Config
from fixtext.detectors.lossy.holes import Filled, fill
from fixtext.detectors.lossy.lines import Lines
from fixtext.detectors.lossy.readings import fits_swallowing
from fixtext.detectors.lossy.sites import Site, swallowing_bits
from fixtext.detectors.lossy.weigh import Fits, Ranked, Weighed
from fixtext.findings import Candidate, Span, Suspect
from fixtext.language import LanguageModel

CHANNEL_BITS = 8.0
"""Bits of saying that a place was damaged: one in 256 characters is more than any real file has."""

_PAGES = ("cp936", "cp949", "cp950", "cp932")
"""Code pages whose Windows decoder swallows, the likeliest first."""

_LAST_LINE_ENDS = 0.98
"""Probability that a file of several lines ends with a line feed, where its end was swallowed."""

_SWALLOWED = 20.0
"""Bits that speak for marks that swallow: round trips through other decoders are rare."""


class RoundTrip:
    """One text with the marks of a round trip."""

    def __init__(self, text: str, found: Sequence[Site], model: LanguageModel, config: Config) -> None:
        """Take a text and all of its broken sequences."""
        self._text = text
        self._sites = found
        self._config = config
        self._swallows = marks_swallow(text, found)
        fits = Fits(fits_swallowing, lambda _behind: None) if self._swallows else None
        self._lines = Lines(text, found, model, swallows=self._swallows, fits=fits)
        self._pages = dict.fromkeys(_PAGES, 0)

    def findings(self) -> Iterator[Candidate | Suspect]:
        """Yield a repair for each place, or a suspect."""
        floor = 0
        drafts: list[tuple[Site, Span, Filled, Channel]] = []
        for site, found in zip(self._sites, self._lines.weigh(), strict=True):
            finding = self._finding(site, floor, found)
            floor = site.end
            if isinstance(finding, Suspect):
                yield finding
            else:
                drafts.append((site, *finding))
        text, model = self._text, self._lines.model
        around = [
            (text[max(0, site.start - 2) : site.start] or "\n", text[site.end : site.end + 2]) for site, *_ in drafts
        ]
        # The run in front of the place costs the same before and after.
        before = model.bits_of([(text[d[0].start : d[0].end], *a) for d, a in zip(drafts, around, strict=True)])
        after = model.bits_of(
            [
                (filled.certain[site.start - span.start :], *a)
                for (site, span, filled, _), a in zip(drafts, around, strict=True)
            ]
        )
        for (_, span, filled, channel), observed, healthy in zip(drafts, before, after, strict=True):
            bits = observed - healthy - CHANNEL_BITS
            yield Candidate("lossy", span, filled.text, channel, bits, filled.guesses)

    def _finding(self, site: Site, floor: int, found: Weighed | None) -> tuple[Span, Filled, Channel] | Suspect:
        text = self._text
        start = site.start
        while start > floor and text[start - 1] >= "\x80":
            start -= 1
        run, observed = text[start : site.start], text[start : site.end]
        place = Span(site.start, site.end)
        if found is None:
            return Suspect("lossy", place, "bytes are lost here, and no character fits those that are left")
        if site.end == len(text) and "\n" in text and found.ascii is not None and found.ascii.best == "\n":
            found = found._replace(ascii=Ranked((("\n", _LAST_LINE_ENDS),)))
        filled = fill(run, found, self._config, drop_ascii=site.end == len(text) and "\n" not in text)
        channel = self._channel(filled.certain, observed)
        if channel is None:
            return Suspect("lossy", place, "bytes are lost here, and no reading that loses them fits")
        if filled.below and self._config.holes == "keep":
            return Suspect("lossy", place, "bytes are lost here, and what they were is too uncertain")
        if filled.steps:
            channel = Channel((*filled.steps, *channel.steps))
        return Span(start, site.end), filled, channel

    def _channel(self, healthy: str, observed: str) -> Channel | None:
        """Return the channel that leads back to what was observed; the page that fitted most places comes first."""
        replaced = "\ufffd" in observed
        for page in sorted(self._pages, key=self._pages.__getitem__, reverse=True):
            channel = round_trip_channel(page, swallows=self._swallows, replaced=replaced)
            try:
                fits = channel.damage(healthy) == observed
            except UnicodeError:
                fits = False
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
