"""The detector of lost bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fixtext.config import Config
from fixtext.detectors.lossy.sites import Site, may_have_sites, sites
from fixtext.findings import Candidate, Span, Suspect


class LossyDetector:
    """Finds places where bytes were lost on the way, and restores what context can tell."""

    name = "lossy"
    summary = "bytes lost in a wrong reading, with ? or U+FFFD in their place: \u64cd\ufffd? for \u64cd\u4f5c"

    def scan(self, text: str) -> Sequence[Span]:
        """Return the broken places of UTF-8, and the runs that are misread UTF-8 with marks."""
        if text.isascii() or ("?" not in text and "\ufffd" not in text and "\u30fb" not in text):
            return ()
        from fixtext.detectors.lossy.runs import hits  # healthy text starts without it

        found = [Span(site.start, site.end) for site in sites(text)] if may_have_sites(text) else []
        return sorted([*found, *(span for span, _ in hits(text))])

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Weigh what may have stood at each place."""
        from fixtext.detectors.lossy.runs import hits

        found = [site for site in sites(text) if _is_plausible(text, site)]
        if found and _is_utf8(text, found):
            yield from _round_trip(text, found, config)
        misread = hits(text)
        if misread:
            from fixtext.detectors.lossy.misread import Misread
            from fixtext.language import default_model

            yield from Misread(text, misread, default_model(), config).findings()


def _round_trip(text: str, found: Sequence[Site], config: Config) -> Iterator[Candidate | Suspect]:
    from fixtext.detectors.lossy.roundtrip import RoundTrip
    from fixtext.language import default_model

    yield from RoundTrip(text, found, default_model(), config).findings()


def _is_plausible(text: str, site: Site) -> bool:
    """Whether a place is one; where no byte is left, only behind Chinese or Japanese text."""
    if site.known:
        return True
    return site.start > 0 and "\u2e80" <= text[site.start - 1] <= "\uffef" and text[site.start - 1] != "\ufffd"


def _is_utf8(text: str, found: Sequence[Site]) -> bool:
    """Whether what is not broken is UTF-8: in a text of another encoding such places occur by chance."""
    escaped = sum("\udc80" <= char <= "\udcff" for char in text) if not text.isascii() else 0
    explained = sum(sum(value is not None for value in site.known) for site in found)
    if escaped <= explained:
        return True
    healthy = sum(char >= "\x80" for char in text) - escaped
    return healthy > 4 * (escaped - explained)
