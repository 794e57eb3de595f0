"""The invertible chains of misreadings that could explain a stretch of text, best first.

This is a search, not a list of cases: write the text in each page that can have read it, read the bytes in each page
that a text may be written in, keep what makes it more plausible, and look further from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from fixtext.detectors.misdecoded import inside_words, misplaced
from fixtext.detectors.misdecoded.atoms import MALFORMED, Reading, char_bytes, read_back, runs
from fixtext.detectors.misdecoded.certain import is_of_four_bytes, is_utf8
from fixtext.detectors.misdecoded.costs import costs_of
from fixtext.detectors.misdecoded.debris import unmarked
from fixtext.detectors.misdecoded.explanation import Explanation, Pair, by_bits, chain_bits
from fixtext.detectors.misdecoded.pairs import foreign_bits, pair_bits, relatives, same_page
from fixtext.detectors.misdecoded.plausible import Plausibility
from fixtext.detectors.misdecoded.readers import alike, may_have_read, widest, written
from fixtext.detectors.misdecoded.run_readings import ALL, FOUR_BYTES, UTF8, RunReadings
from fixtext.detectors.misdecoded.segments import segments
from fixtext.detectors.misdecoded.suspicion import suspicious
from fixtext.detectors.misdecoded.undoing import trimmed, undone, without_cut_ends

MAX_MISREADINGS = 3
REMEMBERED = 1024
"""Searched lines whose outcome is kept, a kilobyte each or so."""
WORD = 12
RUNS = 4096
"""Code points up to which a run is a word or so, and how many of them are remembered, with few readings or none."""
LOST = "\xef\xbf\xbd"
"""U+FFFD, written in UTF-8 and read in a Western page: its own bytes say that they are UTF-8."""
KEPT = 16
"""Readings of a text that are weighed with the whole model, after a first look at single characters."""
ODD_BITS = 10.0
ODD_SHARE = 0.3
"""Of the runs that the readers could write, those with so large a share of what is odd are read: bits beyond so many a
character are odd."""
WEIGHED = 8
"""What it takes to weigh a character in its place, against reading it back."""
BEAM = 4
"""Readings that are looked behind, at each level of a chain."""
SAVED_SHARE = 0.35
"""Share of the bits of a stretch that an explanation must save for nothing to be sought behind it. Prose takes a third
of what misread text takes."""


EXCESS_SHARE = 0.5
ODD_LEFT = 0.5
"""Share of the excess of a line that the chain of the best explanation must save, and share of its odd places that
it may leave: by accident a few characters of what was misread twice are what one misreading makes of something."""

EXPLAINED = 0.8
"""Share of a line that a chain of several has to explain for the related pages not to be tried: a single character of
four bytes tells GB18030 from GBK."""

ODD_ALL_ALONG = 2.0
"""Bits a character by which a text must exceed what is unlikely for it to be looked behind a reading that makes nothing
of it plainer, unless that is UTF-8. Of 217 lines that were misread twice 3 had to be, with 4 bits and more; searching
healthy lines takes half as long without that."""


class Search:
    """Searches for chains; holds what one document makes cheaper.

    Attributes:
        model: tells bits.
        known: chains that have been met in this document, with the bits that each costs here.
        spent: characters that have been read back so far; those weighed in their places count several times.
    """

    def __init__(self, model: Plausibility, known: dict[tuple[Pair, ...], float] | None = None) -> None:
        """Take a model and what is known of the document."""
        self.model = model
        self.known = known if known is not None else {}
        self.spent = 0
        self._costs = costs_of(model)

    def explain(
        self, text: str, context: tuple[str, str] = ("", ""), core: tuple[int, int] | None = None
    ) -> list[Explanation]:
        """Return what explains stretches of a text better than "nothing happened", most bits first.

        Args:
            text: a line or a part of one; work grows with its length.
            context: what stands before and after it.
            core: the part of it that looks odd, all of it if None; misreadings are looked for there.
        """
        if self.known:
            return self._explain(text, context, core)
        found, spent = _remembered(self.model, text, context, core)
        self.spent += spent
        return list(found)

    def _explain(self, text: str, context: tuple[str, str], core: tuple[int, int] | None) -> list[Explanation]:
        start, end = core or (0, len(text))
        found: dict[tuple[int, int, str], Explanation] = {}
        level: list[tuple[str, tuple[Pair, ...]]] = [(one, ()) for one in _ways(text[start:end])]
        for depth in range(MAX_MISREADINGS):
            deeper: dict[str, tuple[float, str, tuple[Pair, ...]]] = {}
            for current, pairs in level:
                for (source, reader), gain, reading in self._best_readings(current):
                    if not pairs:
                        reader = widest(reader, reading, text)
                    elif same_page(pairs[0][0], reader):
                        continue  # written as it had been read: one misreading, found as such
                    chain = ((source, reader), *pairs)
                    if gain > 0:
                        explanations = self.apply(chain, text, context)
                        if pairs and sum(one.end - one.start for one in explanations) < EXPLAINED * len(text):
                            # What the core could be written in, the rest of the line may not.
                            others = [((source, other), *pairs) for other in alike(reader, reading)]
                            explanations += [
                                explanation
                                for another in (*others, *relatives(chain))
                                for explanation in self.apply(another, text, context)
                            ]
                        for explanation in explanations:
                            _keep(found, explanation)
                    if depth + 1 < MAX_MISREADINGS and self._promising(reading, current):
                        healthy = without_cut_ends(reading.healthy)
                        bits = sum(map(self._costs.__getitem__, healthy)) + chain_bits(chain)
                        if healthy not in deeper or bits < deeper[healthy][0]:
                            deeper[healthy] = (bits, healthy, chain)
            if found and self._is_settled(list(found.values()), text):
                break
            if not found and self.model.excess(text[start:end]) < ODD_ALL_ALONG * (end - start):
                # What was misread twice is plainer once the later misreading is undone, but for UTF-8 of rare
                # characters, and what is odd all along.
                deeper = {healthy: way for healthy, way in deeper.items() if way[2][0][0] in ("utf-8", "gb18030")}
            level = [(healthy, chain) for _, healthy, chain in sorted(deeper.values())[:BEAM]]
        return sorted(found.values(), key=by_bits)

    def apply(self, chain: tuple[Pair, ...], text: str, context: tuple[str, str] = ("", "")) -> list[Explanation]:
        """Return the stretches of a text that one chain of misreadings explains.

        Of a chain of several, all but the first misreading are undone wherever that is possible; where each
        character stands in the text is kept on the way.
        """
        prior = self.known.get(chain)
        prior = chain_bits(chain) if prior is None else prior
        *later, (source, reader) = reversed(chain)
        explanations = []
        seen: set[tuple[int, int, str]] = set()
        for start, end, inner in (stretch for one in _ways(text) for stretch in undone(one, later)):
            for first, last, parts in runs(inner, reader):
                observed = inner[first:last]
                if (start, first, observed) in seen:
                    continue
                seen.add((start, first, observed))
                reading = read_back(observed, parts, b"".join(parts), source)
                if reading is None:
                    continue
                self.spent += WEIGHED * len(observed)
                if later:
                    if first or last != len(inner) or MALFORMED.search(reading.healthy):
                        continue
                    if _NEVER.search(reading.healthy):
                        continue
                    begun, stop, healthy = trimmed(text, start, end, reading.healthy)
                    before, after = (context[0] + text[:begun])[-2:], (text[stop:] + context[1])[:2]
                    gain = self.model.bits(text[begun:stop], before, after)
                    gain -= self.model.healthy_bits(healthy, before, after) + prior + foreign_bits(source, healthy)
                    if gain > 0:
                        explanations.append(Explanation(begun, stop, healthy, chain, gain))
                    continue
                around = (context[0] + text[:first], text[last:] + context[1])
                for part in segments(reading, self.model, prior, around):
                    if _NEVER.search(part.text):
                        continue
                    place = first + part.start, first + part.end
                    gain = part.gain - prior - foreign_bits(source, part.text)
                    if source == "utf-8":
                        gain += inside_words.unseen_bits(text, *place, part.text, self.model)
                    elif part.end - part.start == len(part.text):
                        told = misplaced.unseen_bits(text, *place, part.text, (source, reader), self.model)
                        if told > 0:
                            explanations.append(self._told(text, place, part.text, chain, gain + told))
                            continue
                    explanations.append(Explanation(*place, part.text, chain, gain))
        return explanations

    def _told(
        self, text: str, place: tuple[int, int], healthy: str, chain: tuple[Pair, ...], bits: float
    ) -> Explanation:
        """Return what explains the words that are told by their letters, without signs that any line may have."""
        start, end = place
        first, last = misplaced.without_signs(text, start, end, healthy)
        for begin, stop in ((start, first), (last, end)):
            gone = healthy[begin - start : stop - start]
            bits -= max(0.0, self.model.bits(text[begin:stop]) - self.model.healthy_bits(gone))
        return Explanation(first, last, healthy[first - start : last - start], chain, bits)

    def oddness(self, text: str) -> float:
        """Return the bits of the characters beyond ASCII, each by itself, beyond what is odd for one."""
        return sum(max(0.0, bits - ODD_BITS) for bits in map(self._costs.__getitem__, filter(_beyond_ascii, text)))

    def settled(self, best: Explanation, text: str) -> bool:
        """Whether an explanation leaves nothing to look behind: it saves a good part, and the rest looks healthy."""
        if suspicious(best.text):
            return False
        return best.bits >= SAVED_SHARE * self.model.bits(text[best.start : best.end])

    def _is_settled(self, found: Sequence[Explanation], text: str) -> bool:
        """Whether to look no further: the best explanation is good, and its chain leaves little that looks odd."""
        best = min(found, key=by_bits)
        if not self.settled(best, text):
            return False
        same = [explanation for explanation in found if explanation.pairs == best.pairs]
        if sum(explanation.bits for explanation in same) < EXCESS_SHARE * self.model.excess(text):
            return False
        marks = suspicious(text)
        left = sum(not any(e.start < end and start < e.end for e in same) for start, end in marks)
        return left <= ODD_LEFT * len(marks)

    def _best_readings(self, text: str) -> list[tuple[Pair, float, Reading]]:
        """Return the readings that are worth weighing, of those that end in one text the likeliest."""
        best: dict[tuple[str, str], tuple[float, Pair, float, Reading]] = {}
        for pair, gain, reading in self._readings(text):
            if LOST in text and pair[0] != "utf-8":
                continue
            key = reading.observed, reading.healthy
            rank = pair_bits(*pair) - gain
            if key not in best or (rank, pair) < best[key][:2]:
                best[key] = rank, pair, gain, reading
        ranked = sorted(best.values(), key=lambda item: item[:2])
        return [(pair, gain, reading) for _, pair, gain, reading in ranked[:KEPT]]

    def _promising(self, reading: Reading, current: str) -> bool:
        """Whether to look behind a reading: all of the text takes part, and it still looks odd."""
        healthy = without_cut_ends(reading.healthy)
        if len(reading.observed) < len(current.strip()) or healthy.isascii() or MALFORMED.search(healthy):
            return False
        return bool(suspicious(healthy))

    def _readings(self, text: str, floor: float = 0.0) -> Iterator[tuple[Pair, float, Reading]]:
        """Yield the readings of the runs of a text that look better character by character, with the bits gained.

        Args:
            text: what was misread.
            floor: bits that must be gained, but for what is valid UTF-8.
        """
        candidates = []
        for reader, parts, observed in written(text):
            odd = self.oddness(observed)
            candidates.append((odd, reader, parts, observed, b"".join(parts)))
        if not candidates:
            return
        least = ODD_SHARE * max(odd for odd, *_ in candidates)
        candidates = [candidate for candidate in candidates if candidate[0] >= least]
        # Nothing but UTF-8 is valid UTF-8 for long: where all that is odd can be it, no other source is a rival. A part
        # of the text says nothing: of the parts that twenty readers can write, one will be UTF-8 by accident.
        most = max(odd for odd, *_ in candidates)
        whole = [(reader, data) for odd, reader, _, _, data in candidates if odd == most]
        choice = ALL
        if any(reader != "utf-8" and is_utf8(data) for reader, data in whole):
            choice = UTF8
        elif any(reader != "gb18030" and is_of_four_bytes(data) for reader, data in whole):
            choice = FOUR_BYTES
        for _, reader, parts, observed, data in candidates:
            if not may_have_read(reader, observed, data):
                continue
            if len(observed) > WORD:
                run = RunReadings(self.model, reader, parts, observed)
                yield from run.found(choice, floor)
                self.spent += run.spent
            else:
                found, spent = _remembered_run(self.model, reader, observed, choice, floor)
                self.spent += spent
                yield from found


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    model: Plausibility, text: str, context: tuple[str, str], core: tuple[int, int] | None
) -> tuple[tuple[Explanation, ...], int]:
    """Return what explains a text by itself, and what finding it took: the same lines return in many documents."""
    search = Search(model)
    return tuple(search._explain(text, context, core)), search.spent


@lru_cache(maxsize=RUNS)
def _remembered_run(
    model: Plausibility, reader: str, observed: str, choice: int, floor: float
) -> tuple[tuple[tuple[Pair, float, Reading], ...], int]:
    """Return the readings of a run, and what finding them took: words and what stands beside signs come again."""
    parts = [part for part in map(char_bytes(reader).__getitem__, observed) if part is not None]
    run = RunReadings(model, reader, parts, observed)
    return tuple(run.found(choice, floor)), run.spent


def _ways(text: str) -> tuple[str, ...]:
    """Return a text as it is, and without the marks that stand beside what may be misread."""
    bare = unmarked(text)
    return (text,) if bare == text else (text, bare)


def _beyond_ascii(char: str) -> bool:
    return char > "\x7f"


_NEVER = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\ufff0-\ufff8\ufffe\uffff\U00033480-\U000e00ff\U000e01f0-\U0010ffff]"
    "|\u951f\u65a4|\u65a4\u62f7|\u5360\uc3d9|\uc3d9\uc619|\u5699\u8e1d|\xef\xbf\xbd|\u951f"
)
"""What no healthy text holds: controls, private-use characters, the mark of lost bytes and what becomes of it."""


def _keep(found: dict[tuple[int, int, str], Explanation], new: Explanation) -> None:
    key = (new.start, new.end, new.text)
    old = found.get(key)
    if old is None or new.bits > old.bits:
        found[key] = new
