"""Repairs round trips: UTF-8 read as a code page and written back, with a question mark where bytes were lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.config import Config
from fixtext.detectors.lossy.choices import script_of_text
from fixtext.detectors.lossy.holes import Filled, fill
from fixtext.detectors.lossy.sites import Site
from fixtext.detectors.lossy.weigh import Place, Weighed, weigh
from fixtext.findings import Candidate, Span, Suspect
from fixtext.language import LanguageModel

CHANNEL_BITS = 8.0
"""Bits of saying that a place was damaged: one in 256 characters is more than any real file has."""

_WINDOW = 200
"""Characters of a line that are looked at on either side of a place."""

_ENOUGH = 400
"""Characters of healthy text from which a document's own words are worth counting."""

_PAGES = ("cp936", "cp949", "cp950", "cp932")
"""Code pages whose Windows decoder swallows, the likeliest first."""


class RoundTrip:
    """One text with the marks of a round trip."""

    def __init__(self, text: str, found: Sequence[Site], model: LanguageModel, config: Config) -> None:
        """Take a text and all of its broken sequences."""
        self._text = text
        self._sites = found
        self._config = config
        pieces = self._healthy_pieces()
        self._script = script_of_text("".join(pieces)[:20000])
        self._model = model.with_document(pieces) if sum(map(len, pieces)) >= _ENOUGH else model
        self._swallows = self._mark_swallows()
        self._pages = dict.fromkeys(_PAGES, 0)

    def findings(self) -> Iterator[Candidate | Suspect]:
        """Yield a repair for each place, or a suspect."""
        weighed = self._weigh_all()
        for index, (site, found) in enumerate(zip(self._sites, weighed, strict=True)):
            if found is not None:
                start = self._sites[index - 1].end if index else 0
                yield from self._finding(site, start, found)

    def _healthy_pieces(self) -> list[str]:
        pieces = []
        position = 0
        for site in self._sites:
            pieces.append(self._text[position : site.start])
            position = site.end
        pieces.append(self._text[position:])
        return pieces

    def _mark_swallows(self) -> bool:
        """Whether the marks took an ASCII character with them.

        Windows' decoders do that, most others keep it: then every mark has one below U+0040, or the end, behind it.
        """
        text = self._text
        behind = [text[site.end : site.end + 1] for site in self._sites]
        return len(behind) < 4 or any(char >= "@" for char in behind)

    def _weigh_all(self) -> list[Weighed | None]:
        """Weigh the places of each line from left to right, those of all lines side by side."""
        results: list[Weighed | None] = [None] * len(self._sites)
        lefts: dict[int, str] = {}
        for numbers in self._rounds():
            places = [self._place(number, lefts) for number in numbers]
            for number, place, found in zip(numbers, places, weigh(places, self._model, self._script), strict=True):
                results[number] = found
                if found is None:
                    lefts[number] = place.left
                else:
                    left = place.left + found.char.best + (found.ascii.best if found.ascii else "")
                    lefts[number] = left[-_WINDOW:]
        return results

    def _rounds(self) -> list[list[int]]:
        """Return the numbers of the sites: the first of every line, then the second of every line, and so on."""
        rounds: defaultdict[int, list[int]] = defaultdict(list)
        rank = line_end = -1
        for number, site in enumerate(self._sites):
            rank = 0 if site.start > line_end else rank + 1
            if site.start > line_end:
                line_end = self._line_end(site.end)
            rounds[rank].append(number)
        return list(rounds.values())

    def _line_end(self, position: int) -> int:
        end = self._text.find("\n", position)
        return len(self._text) if end < 0 else end

    def _place(self, number: int, lefts: dict[int, str]) -> Place:
        text, site = self._text, self._sites[number]
        previous = self._sites[number - 1] if number else None
        begin = max(text.rfind("\n", 0, site.start) + 1, site.start - _WINDOW)
        left = text[begin : site.start]
        if previous is not None and previous.end > begin:
            left = lefts.get(number - 1, "") + text[previous.end : site.start]
            left = left[left.rfind("\n") + 1 :]
        end = min(self._line_end(site.end), site.end + _WINDOW)
        behind = text[site.end : end]
        following = self._sites[number + 1].start if number + 1 < len(self._sites) else end
        right = text[site.end : min(following, end)]
        return Place(left, right, left + behind, site.known, self._swallows)

    def _finding(self, site: Site, floor: int, found: Weighed) -> Iterator[Candidate | Suspect]:
        text = self._text
        start = site.start
        while start > floor and text[start - 1] >= "\x80":
            start -= 1
        run, observed = text[start : site.start], text[start : site.end]
        at_end = site.end == len(text) and "\n" not in text
        filled = fill(run, found, self._config, drop_ascii=at_end)
        channel = self._channel(filled.certain, observed)
        if channel is None:
            yield Suspect("lossy", Span(site.start, site.end), "bytes are lost here, and no reading that loses them fits")
            return
        bits = self._bits(site, start, filled)
        proposed = Candidate(
            "lossy",
            Span(start, site.end),
            filled.text,
            Channel((*filled.steps, *channel.steps)),
            bits,
            filled.guesses,
        )
        if filled.below and self._config.holes == "keep":
            reason = "what was lost here is too uncertain to guess"
            if bits >= self._config.required_bits:
                yield Suspect("lossy", Span(site.start, site.end), reason, ())
            return
        yield proposed

    def _bits(self, site: Site, start: int, filled: Filled) -> float:
        text = self._text
        before, after = text[max(0, start - 2) : start] or "\n", text[site.end : site.end + 2]
        observed = self._model.bits(text[start : site.end], before, after)
        healthy = self._model.bits(filled.certain, before, after)
        return observed - healthy - CHANNEL_BITS

    def _channel(self, healthy: str, observed: str) -> Channel | None:
        """Return the channel that leads back to what was observed; the page that fitted most places comes first."""
        replaced = "\ufffd" in observed
        for page in sorted(self._pages, key=self._pages.__getitem__, reverse=True):
            channel = _channel(page, self._swallows, replaced)
            try:
                fits = channel.damage(healthy) == observed
            except UnicodeError:
                fits = False
            if fits:
                self._pages[page] += 1
                return channel
        return None


@lru_cache(maxsize=32)
def _channel(page: str, swallows: bool, replaced: bool) -> Channel:
    habit = "windows" if swallows else "replace"
    return Channel(
        (
            Encode("utf-8"),
            Decode(page, habit),
            Encode(page, habit),
            Decode("utf-8", "replace" if replaced else "surrogateescape"),
        )
    )
