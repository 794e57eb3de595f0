"""Weighs all broken places of a text, line by line from left to right, the lines side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from fixtext.detectors.lossy.choices import Fits, script_of_text, strange_in
from fixtext.detectors.lossy.ends import Ends
from fixtext.detectors.lossy.open_marks import LOST
from fixtext.detectors.lossy.places import Place, Weighed
from fixtext.detectors.lossy.readings import byte_of
from fixtext.detectors.lossy.sites import Site, is_cut
from fixtext.detectors.lossy.swallowed import habits_of
from fixtext.detectors.lossy.temperature import TEMPERATURE, temperature_of
from fixtext.detectors.lossy.weigh import Scales, looks_ahead
from fixtext.language import LanguageModel

_WINDOW = 200
"""Characters of a line that are looked at on either side of a place."""

_NEAR = 24
"""Characters before a place inside a stretch that are looked at."""

_FEW = 200
"""Chains in a round, on the average, up to which those of all rounds are ranked together beforehand."""

_THIN = 8
"""Chains in a round, on the average, below which all rounds that are left are weighed at once, and again where what
stands in front of a place has changed: a line of thousands of places would be as many rounds, and each takes as long as
three places, while a place has to be weighed three times then."""

_AGAIN = 16
"""How often all of them are weighed so before they are weighed one after the other: it takes 3 to 5 times, but in a
line that says the same again and again as often as it has places."""

_LONGEST = 64
"""Places of a chain at most; what is longer is no text."""

_CLOSE = 2
"""Characters between two places from which on they are no context to each other."""

_ENOUGH = 400
"""Characters of healthy text from which a document's own words are worth counting."""

_READ = 20_000
"""Characters that the script of a document is told by."""


class Lines:
    """A text with its broken places, and the language model that has read what is healthy of it."""

    def __init__(
        self,
        text: str,
        found: Sequence[Site],
        model: LanguageModel,
        *,
        swallows: bool,
        fits: Fits,
        asked: Sequence[bool] | None = None,
    ) -> None:
        """Take a text and all of its broken places.

        Args:
            text: the text.
            found: the places, in order.
            model: the language model without the document.
            swallows: whether the marks took an ASCII character with them.
            fits: which characters can have been lost.
            asked: for each place whether it is to be weighed, the same for all of a line; by default all are.
        """
        self._text = text
        self._sites: Sequence[Site] = found
        self._asked = asked
        self._swallows = swallows
        pieces = self._healthy_pieces()
        read = "".join(pieces)[:_READ]
        self._script = script_of_text(read)
        self.model, temperature = model, TEMPERATURE
        if sum(map(len, pieces)) >= _ENOUGH:
            self.model = model.with_document(pieces)
            # Lines without broken places may still be misread.
            certainly_read = pieces if asked is None else [*_beside_places(pieces)]
            temperature = temperature_of(certainly_read, model, self._script)
        self._scales = Scales(
            self.model,
            self._script,
            lambda: habits_of(pieces),
            fits,
            strange=strange_in(read, self._script),
            temperature=temperature,
            ends=lambda: Ends(pieces, sum(self._are_ends)),
        )
        self._certain = self._put_certain()
        pieces = self._healthy_pieces()
        self._starts = [site.start for site in self._sites]
        self._are_ends = [self._is_end(number) for number in range(len(self._sites))]
        self._put = [""] * len(self._sites)
        self._known: dict[int, Place] = {}
        self._results: list[Weighed | None] = []
        self._masked = LOST.join(pieces)
        self._masked_ends = list(accumulate(len(piece) + 1 for piece in pieces[:-1]))
        self._has_lines = "\n" in text
        self._carriages = "\r\n" in text

    def weigh(self) -> list[Weighed | None]:
        """Return what was found for each place; None where nothing fits."""
        found = iter(self._weigh())
        return [next(found) if certain is None else certain for certain in self._certain]

    def _put_certain(self) -> list[Weighed | None]:
        """Put characters in where a single one fits, so that they are context to the others; return them."""
        text = self._text
        certain: list[Weighed | None] = []
        parts: list[str] = []
        open_sites: list[Site] = []
        swallows, certainly = self._swallows, self._scales.certain
        position = length = 0
        for start, end, known, mark in self._sites:
            found = None
            if known and not (swallows and mark == "?"):
                found = certainly(known, byte_of(text[end]) if end < len(text) else b"")
            certain.append(found)
            length += start - position
            part = text[start:end] if found is None else found.char.best
            parts += text[position:start], part
            if found is None:
                open_sites.append(Site(length, length + len(part), known, mark))
            position, length = end, length + len(part)
        self._text = "".join([*parts, text[position:]])
        self._sites = open_sites
        if self._asked is not None:
            self._asked = [asked for asked, found in zip(self._asked, certain, strict=True) if found is None]
        return certain

    def _weigh(self) -> list[Weighed | None]:
        rounds = self._rounds()
        if sum(map(len, rounds)) < _FEW * len(rounds):
            self._scales.prepare([self._place(chain[0]) for chains in rounds for chain in chains])
        self._results = [None] * len(self._sites)
        for number, chains in enumerate(rounds):
            if number and sum(map(len, rounds[number:])) < _THIN * (len(rounds) - number):
                self._settle([chain for later in rounds[number:] for chain in later])
                break
            self._weigh_together(chains)
        return self._results

    def _settle(self, chains: Sequence[list[int]]) -> None:
        """Weigh chains that are context to each other, all at once, and again those in front of which that changed.

        The first of each line is right at once and never changes, so what comes out is the same as one after the other.
        That is how they are weighed where each goes on changing the next.
        """
        lefts: dict[int, str] = {}
        changed = chains
        for _ in range(_AGAIN):
            now = {chain[0]: self._left(chain[0]) for chain in chains}
            changed = [chain for chain in chains if lefts.get(chain[0]) != now[chain[0]]]
            if not changed:
                return
            lefts = now
            self._weigh_together(changed)
        first = min(chain[0] for chain in changed)
        for chain in chains:
            if chain[0] > first and self._left(chain[0]) != lefts[chain[0]]:
                self._weigh_together([chain])

    def _weigh_together(self, chains: Sequence[list[int]]) -> None:
        """Weigh chains by what has been put in so far, and put in what is found."""
        results, put = self._results, self._put
        single = [chain[0] for chain in chains if len(chain) == 1]
        for number, found in zip(single, self._scales.weigh(list(map(self._place, single))), strict=True):
            results[number] = found
            put[number] = _likeliest(found)
        several = [chain for chain in chains if len(chain) > 1]
        weighed = self._scales.weigh_chains([list(map(self._place, chain)) for chain in several])
        for chain, founds in zip(several, weighed, strict=True):
            results[chain[0] : chain[-1] + 1] = founds
            put[chain[0] : chain[-1] + 1] = map(_likeliest, founds)

    def _healthy_pieces(self) -> list[str]:
        pieces = []
        position = 0
        for site in self._sites:
            pieces.append(self._text[position : site.start])
            position = site.end
        pieces.append(self._text[position:])
        return pieces

    def _rounds(self) -> list[list[list[int]]]:
        """Return the numbers of the sites in chains, and the chains in rounds that can be weighed at once.

        Sites that are context to each other make a chain: those with less than two characters between them, and
        nothing swallowed. Those inside stretches come first, all at once. Those where a stretch ends depend on the
        whole line in front of them: the first of every line, then the second, and so on.
        """
        rounds: defaultdict[int, list[list[int]]] = defaultdict(list)
        chain: list[int] = []
        rank = 0
        line_end = end = -1
        swallowed = False
        asked = self._asked
        for number, site in enumerate(self._sites):
            if asked is not None and not asked[number]:
                continue
            starts_line = site.start > line_end
            swallowing = self._swallowing(number)
            apart = starts_line or site.start - end >= _CLOSE or len(chain) >= _LONGEST
            if not chain or apart or swallowed or swallowing:
                rank = self._into(rounds, chain, rank)
                chain = []
            if starts_line:
                rank, line_end = 0, self._line_end(site.end)
            chain.append(number)
            end, swallowed = site.end, swallowing
        self._into(rounds, chain, rank)
        return [rounds[number] for number in sorted(rounds)]

    def _into(self, rounds: dict[int, list[list[int]]], chain: list[int], rank: int) -> int:
        """Put a chain into its round; return how many ends of stretches the line has so far."""
        ends = any(map(self._are_ends.__getitem__, chain))
        if chain:
            rounds[rank + 1 if ends else 0].append(chain)
        return rank + ends

    def _swallowing(self, number: int) -> bool:
        site = self._sites[number]
        return self._swallows and site.mark == "?" and not is_cut(site)

    def _is_end(self, number: int) -> bool:
        """Whether a stretch ends at a site, as `weigh` sees it."""
        site = self._sites[number]
        if self._swallowing(number):
            return True
        if is_cut(site):
            return False
        joined = number + 1 < len(self._sites) and self._sites[number + 1].start == site.end
        return not joined and self._text[site.end : site.end + 1] < "@"

    def _line_end(self, position: int, limit: int | None = None) -> int:
        """Return where a line ends, without its line feed and carriage return; the limit if that comes first."""
        limit = len(self._text) if limit is None else limit
        end = self._text.find("\n", position, limit)
        if end < 0:
            return limit
        return end - 1 if end > position and self._text[end - 1] == "\r" else end

    def _left(self, number: int) -> str:
        """Return the line in front of a site, with what was put into it so far."""
        text = self._text
        end = self._sites[number].start
        begin = max(text.rfind("\n", max(0, end - _WINDOW), end) + 1, end - _WINDOW, 0)
        parts: list[str] = []
        before = number - 1
        while before >= 0 and self._sites[before].end > begin:
            previous = self._sites[before]
            parts += text[previous.end : end], self._put[before]
            end = previous.start
            before -= 1
        parts.append(text[min(begin, end) : end])
        left = "".join(reversed(parts))
        return left[left.rfind("\n") + 1 :]

    def _place(self, number: int) -> Place:
        """Return what is known of a site by now: where a stretch ends, all of the line in front counts."""
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._read(number)
        elif self._are_ends[number]:
            return Place(self._left(number), *known[1:])
        return known

    def _read(self, number: int) -> Place:
        text, site = self._text, self._sites[number]
        is_end, swallowing = self._are_ends[number], self._swallowing(number)
        if is_end:
            left = self._left(number)
        else:
            begin = max(self._sites[number - 1].end if number else 0, site.start - _NEAR)
            left = text[begin : site.start]
            left = left[left.rfind("\n") + 1 :]
        end = self._line_end(site.end, min(site.end + _WINDOW, len(text)))
        following = self._sites[number + 1].start if number + 1 < len(self._sites) else end
        right = text[site.end : min(following, end)]
        return Place(
            left,
            right,
            self._rest(number, end) if is_end or looks_ahead(site.known) else "",
            site.known,
            swallowing,
            byte_of(text[site.end]) if site.end < len(text) and not swallowing else b"",
            self._swallows and self._carriages and not right and text.startswith("\n", site.end),
            site.end == len(text) and not self._has_lines,
            following < end or is_cut(site),
        )

    def _rest(self, number: int, end: int) -> str:
        """Return the text behind a place up to an offset, with `LOST` for what other places lost."""
        start = self._masked_ends[number]
        last = bisect_left(self._starts, end, number + 1) - 1
        return self._masked[start : self._masked_ends[last] + max(0, end - self._sites[last].end)]


def _likeliest(found: Weighed | None) -> str:
    """Return what most probably stood at a place."""
    if found is None:
        return ""
    return found.char.best if found.ascii is None else found.char.best + found.ascii.best


def _beside_places(pieces: Sequence[str]) -> Iterator[str]:
    """Yield what of some stretches between broken places stands in the lines of these places."""
    for piece in pieces:
        before, feed, after = piece.partition("\n")
        yield before
        if feed:
            yield after.rpartition("\n")[2]
