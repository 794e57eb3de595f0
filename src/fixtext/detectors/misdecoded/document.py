"""One document: its suspicious stretches, searched line by line, and what they say about each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from math import log2

from fixtext.detectors.misdecoded import inside_words, misplaced
from fixtext.detectors.misdecoded.explanation import Explanation, Pair, by_bits, rivals
from fixtext.detectors.misdecoded.figures import is_all_blocks
from fixtext.detectors.misdecoded.fragments import LONGEST, Fragment, Fragments, outside
from fixtext.detectors.misdecoded.kana import strangers
from fixtext.detectors.misdecoded.objections import objection, unassigned
from fixtext.detectors.misdecoded.plainness import is_strange
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.quoting import are_examples, is_example, is_quoted
from fixtext.detectors.misdecoded.search import Search
from fixtext.detectors.misdecoded.surroundings import unfit
from fixtext.detectors.misdecoded.suspicion import SHORT, suspicious
from fixtext.detectors.misdecoded.sweeping import LONG, PROVEN_BITS, REMAINDER, Sweep
from fixtext.detectors.misdecoded.throughout import misread_once, utf8_throughout
from fixtext.findings import Candidate, Span, Suspect

DAMAGE = "misdecoded"

KNOWN_BITS = 1.0
"""Cost of a chain that happened elsewhere in the document."""

EVIDENCE_BITS = 10.0
"""What a proven chain adds to a stretch that it explains: damage is no longer one chance in many thousands. A stretch
still has to save the rest of the required bits by itself. What few characters are read back from is so with the chance
that any of the document is, which counts once for them together: a rare character becomes a common one by chance in
every long document (docs/benchmark.md: of 83,000 healthy lines beside misread ones 21 were changed without that, now
one, and as many misread lines come back)."""

OWN_BITS = 6.0
"""What a stretch must save by itself even then."""

PATIENCE = 12
LESS_PATIENCE = 5
STRETCH = 100_000
"""Searches in a row that may lead nowhere, oddest fragments first, before the rest of a document is left alone, and one
more for so many code points: old poems and lists of rare characters look odd on every line. Of a text as long as that
the oddest lines are odder, so fewer of them tell as much. A search takes some 5 ms; each success gives one more."""

MARKS = 2
"""Odd places from which a line by itself is searched although none of them is very odd: one healthy line in 500 has
them, a line of Western letters misread has nothing else."""

OTHER_LINES = 5_000
"""Lines of a damaged document, from its start, that are looked at although nothing in them looks odd."""

FRUITLESS = 200
"""Such lines in a row that nothing explains before the rest is left alone."""

SEARCHES = 40
MORE_SEARCHES = 20_000
"""Searches in one document at most, and one more for so many code points: what bounds the time that damage of ever new
kinds can take. Most of a document's damage is of one kind, which is searched for no more than twice."""

WORK = 160_000
MORE_WORK = 2
"""Characters that may be read back for one document in one pass, and how many more for each of its own
(`Search.spent`; about 1 us each). Of 808 misread lines half take 4,600 for the whole document, 1 in 100 takes 78,000,
Latin letters at random 80,000 a search. UTF-8 read as GBK with bytes missing takes 2 for each of its characters. Each
pass has its own: what one call may find, a second call must not find too."""

RANKED = 400
"""Fragments whose oddness is weighed by the model, the oddest by their characters alone: some forty are searched at
most, and to weigh all of them takes longer than that."""

MET = 2
"""Times that a chain has been found before it is tried alone."""

ISLAND_BITS = 32.0
STAYS_ODD = 2
"""Bits beyond those required from which a repair is believed whatever stands beside it; below them, at most so many odd
places may be left in a line for one that is explained."""

CHAINS = 4
"""Proven chains that are tried on all that is left of a document."""

DENSE = 20
SCATTERED = 100_000
"""One character in so many inside of a stretch, or a stretch every so many code points, without which a text is not
asked whether all of it was misread once: where its beginning may be, that takes 12 ms a megabyte, and a megabyte of
English has one odd place. Of 400,000 code points of German among source code, read as Latin-1, eight are odd."""

SHARE = 0.3
"""Share of a document's letters that is misread from which it is no article with quotations."""


class Document:
    """Finds the misreadings of one text.

    Attributes:
        once: the misreading that all of the text went through, if that is known (`throughout`).
    """

    def __init__(self, text: str, spans: Sequence[Span], required_bits: float) -> None:
        """Take a text and the stretches that a scan found in it."""
        self.text = text
        self.required_bits = required_bits
        self.scorer = plausibility()
        self.search = Search(self.scorer, {})
        self._lines = Fragments(text, self.search)
        odd = SCATTERED * len(spans) + DENSE * sum(end - start for start, end in spans)
        self.once = misread_once(text) if SHORT < len(text) <= odd else None
        sweep = Sweep(self._lines, self.scorer, self.once)
        self._whole = sweep.stretches(spans) if len(text) >= LONG else []
        if are_examples(text, self._whole):
            self._whole = []
        left = sweep.left(spans, self._whole) if self._whole else spans
        self._fragments = list(self._lines.cut(left, between_runs=self.once is not None))
        if self._whole:
            apart = outside([Span(*fragment) for fragment in self._fragments], self._whole)
            self._fragments = [Fragment(*span) for span in apart if span.end - span.start > REMAINDER]

    def findings(self) -> Iterator[Candidate | Suspect]:
        """Yield candidates and suspects, in no particular order."""
        first = {} if self._whole and self.once is not None else self._searched()
        proven = self._proven(first.values())
        self.search.known.update(dict.fromkeys(proven, KNOWN_BITS))
        settled: list[Explanation] = list(self._whole)
        suspected = len(self._fragments)
        if proven:
            self._fragments += self._unsuspected()
        fruitless = 0
        for number, fragment in enumerate(self._fragments):
            explanations = first.get(fragment, [])
            if proven and not self._is_worn_out():
                explanations = self._with_evidence(fragment, explanations, proven)
            if number >= suspected:
                fruitless = 0 if explanations else fruitless + 1
                if fruitless > FRUITLESS:
                    break
            chosen, torn = rivals(explanations)
            chosen = [explanation for explanation in chosen if explanation.bits >= self.required_bits]
            islands = self._islands(fragment, chosen, proven)
            settled += [explanation for explanation in chosen if explanation not in islands]
            for explanation in islands:
                yield self._suspect(explanation, "what stands beside it stays as odd as it is", [explanation])
            for group in torn:
                if group[0].bits >= self.required_bits:
                    yield self._suspect(group[0], "several misreadings explain it about as well", group[:3])
        article = bool(settled) and self._is_article(settled)
        for explanation in settled:
            place = self.text, explanation.start, explanation.end
            if is_example(self.text, explanation) or (article and is_quoted(*place, explanation.text)):
                yield self._suspect(explanation, "quoted in a text about misread text", [explanation])
            else:
                yield candidate_of(explanation)

    def swept(self) -> frozenset[Span]:
        """Return what was explained as a whole, if that is a good part of the document.

        What looks like a table or a drawing there was misread with the rest: chance is no rival any more.
        """
        if not self._whole or self._is_article(self._whole):
            return frozenset()
        text, sound = self.text, self._whole
        if unassigned("".join([whole.text for whole in sound]), ""):
            sound = [whole for whole in sound if not unassigned(whole.text, text[whole.start : whole.end])]
        sound = [whole for whole in sound if not is_all_blocks(text[whole.start : whole.end])]
        sound = [whole for whole in sound if not is_strange(text, candidate_of(whole), self.scorer)]
        return frozenset([Span(whole.start, whole.end) for whole in sound])

    def _islands(
        self, fragment: Fragment, chosen: list[Explanation], proven: Container[tuple[Pair, ...]]
    ) -> list[Explanation]:
        """Return the explanations that save little, where most of what is odd in their line is left unexplained.

        A few characters of what was misread in a way that is not found are by accident what another misreading makes.
        """
        if not chosen or max(explanation.bits for explanation in chosen) >= self.required_bits + ISLAND_BITS:
            return []
        marks = suspicious(self.text[fragment.start : fragment.end])
        left = sum(
            not any(e.start < end + fragment.start and start + fragment.start < e.end for e in chosen)
            for start, end in marks
        )
        return [e for e in chosen if e.pairs not in proven] if left > STAYS_ODD * (len(marks) - left) else []

    def _unsuspected(self) -> Iterator[Fragment]:
        """Yield the other lines that are not ASCII, of a document that is known to be damaged."""
        taken = {self.text.rfind("\n", 0, fragment.start) + 1 for fragment in self._fragments}
        starts = [whole.start for whole in self._whole]
        ends = [whole.end for whole in self._whole]
        position = 0
        for line in self.text.splitlines(keepends=True)[:OTHER_LINES]:
            if (
                position not in taken
                and not line.isascii()
                and len(line) <= LONGEST
                and bisect_right(ends, position) == bisect_left(starts, position + len(line))
            ):
                yield Fragment(position, position + len(line.rstrip("\r\n")))
            position += len(line)

    def _searched(self) -> dict[Fragment, list[Explanation]]:
        """Search the oddest fragments first, until too many in a row have led nowhere."""
        if self.once is not None:
            return self._told_until_proven(self.once)
        ranked = []
        for fragment in self._oddest():
            line = self.text[fragment.start : fragment.end]
            excess = self.scorer.excess(line)
            if excess > 0 or (len(self.text) <= SHORT and (_is_marked(line) or strangers(line))) or _has_unseen(line):
                ranked.append((-excess, fragment))
        ranked.sort()
        found: dict[Fragment, list[Explanation]] = {}
        met: defaultdict[tuple[Pair, ...], int] = defaultdict(int)
        throughout = utf8_throughout(self.text) if ranked and len(self.text) > SHORT else None
        if throughout is not None:
            met[throughout] = MET
        searches = 0
        patience = (PATIENCE if len(self.text) < STRETCH else LESS_PATIENCE) + len(self.text) // STRETCH
        most = SEARCHES + len(self.text) // MORE_SEARCHES
        for _, fragment in ranked:
            if self._is_worn_out():
                break
            explanations = self._known(fragment, met, throughout)
            if not explanations and searches < most:
                searches += 1
                explanations = self._lines.explain(fragment)
            found[fragment] = explanations
            if explanations and explanations[0].bits >= PROVEN_BITS:
                met[explanations[0].pairs] += 1
            patience += 1 if explanations and explanations[0].bits >= self.required_bits else -1
            if not patience:
                break
        return found

    def _oddest(self) -> Sequence[Fragment]:
        """Return the fragments that may be searched; of very many those with the oddest characters."""
        if len(self._fragments) <= RANKED:
            return self._fragments
        odd = self.search.oddness
        return nlargest(RANKED, self._fragments, key=lambda fragment: odd(self.text[fragment.start : fragment.end]))

    def _is_worn_out(self) -> bool:
        return self.search.spent > WORK + MORE_WORK * len(self.text)

    def _told_until_proven(self, once: tuple[Pair, ...]) -> dict[Fragment, list[Explanation]]:
        """Explain the oddest fragments by what the whole text went through; the others are weighed with evidence."""
        certain = utf8_throughout(self.text) is not None
        found: dict[Fragment, list[Explanation]] = {}
        for fragment in self._oddest():
            found[fragment] = self._told(fragment, once)
            if certain and self._proves_once(rivals(found[fragment])[0]):
                break
        return found

    def _proves_once(self, explanations: Sequence[Explanation]) -> bool:
        """Whether places save enough that are not quoted, where every byte of the text fits."""
        apart = [one.bits for one in explanations if not self._is_quoted(one)]
        return sum(apart) >= PROVEN_BITS and max(apart) >= self.required_bits

    def _told(self, fragment: Fragment, once: tuple[Pair, ...]) -> list[Explanation]:
        """Explain a fragment by what the whole text went through."""
        observed, context = self._lines.observed(fragment)
        return self._lines.shifted(sorted(self.search.apply(once, observed, context), key=by_bits), fragment)

    def _known(
        self, fragment: Fragment, met: dict[tuple[Pair, ...], int], throughout: tuple[Pair, ...] | None
    ) -> list[Explanation]:
        """Explain a fragment by a chain met before, if that leaves nothing to look behind."""
        observed, context = self._lines.observed(fragment)
        for chain, times in met.items():
            if times >= MET:
                found = sorted(self.search.apply(chain, observed, context), key=by_bits)
                least = self.required_bits if chain == throughout else PROVEN_BITS
                if found and found[0].bits >= least and self.search.settled(found[0], observed):
                    return self._lines.shifted(found, fragment)
        return []

    def _with_evidence(
        self, fragment: Fragment, explanations: list[Explanation], proven: Mapping[tuple[Pair, ...], float]
    ) -> list[Explanation]:
        """Weigh the proven chains again for a fragment, now that they are known to have happened."""
        merged = [explanation for explanation in explanations if explanation.pairs not in proven]
        observed, context = self._lines.observed(fragment)
        for chain, share in proven.items():
            merged += [
                replace(found, bits=found.bits + max(0.0, EVIDENCE_BITS + log2(share) / len(found.text)))
                for found in self._lines.shifted(self.search.apply(chain, observed, context), fragment)
                if found.bits >= (self.required_bits if self._is_amid_letters(found) else OWN_BITS)
                and not self.text[found.start : found.end].isascii()
            ]
        return sorted(merged, key=by_bits)

    def _is_amid_letters(self, found: Explanation) -> bool:
        """Whether a stretch begins or ends beside a letter that would look otherwise, had it been misread too."""
        for char in self.text[max(0, found.start - 1) : found.start], self.text[found.end : found.end + 1]:
            if char.isalpha():
                try:
                    if found.channel.damage(char) != char:
                        return True
                except UnicodeError:
                    return True
        return False

    def _proven(self, found: Iterable[list[Explanation]]) -> dict[tuple[Pair, ...], float]:
        """Return the chains that explain enough of the document, the few that explain most, and the share of it.

        What is quoted says what happened to another text, not to this one; what is not believed says nothing.
        """
        bits: defaultdict[tuple[Pair, ...], float] = defaultdict(float)
        most: defaultdict[tuple[Pair, ...], float] = defaultdict(float)
        size: defaultdict[tuple[Pair, ...], int] = defaultdict(int)
        groups = [rivals(explanations)[0] for explanations in found if explanations]
        certain = self.once is not None and utf8_throughout(self.text) is not None
        if self.once is not None and certain and self._proves_once([one for group in groups for one in group]):
            return {self.once: 1.0}  # that every byte fits says more than what a few places save
        others = sorted((candidate_of(one) for group in groups for one in group), key=lambda other: other.span)
        for explanations in [self._whole, *groups]:
            for explanation in explanations:
                if explanations is not self._whole and not self._is_evidence(explanation, others):
                    continue
                bits[explanation.pairs] += explanation.bits
                most[explanation.pairs] = max(most[explanation.pairs], explanation.bits)
                size[explanation.pairs] += explanation.end - explanation.start
        proven = [pairs for pairs in bits if bits[pairs] >= PROVEN_BITS and most[pairs] >= self.required_bits]
        if not proven:
            return {}
        strange = len(self.text) - len(self.text.encode("ascii", "ignore"))
        chosen = sorted(proven, key=lambda pairs: (-bits[pairs], pairs))[:CHAINS]
        return {pairs: min(1.0, size[pairs] / max(1, strange)) for pairs in chosen}

    def _is_evidence(self, explanation: Explanation, others: Sequence[Candidate]) -> bool:
        if self._is_quoted(explanation):
            return False
        candidate = candidate_of(explanation)
        return (
            objection(self.text, candidate, self.required_bits) is None
            and unfit(self.text, candidate, self.required_bits, self.scorer, others) is None
        )

    def _is_quoted(self, explanation: Explanation) -> bool:
        place = self.text, explanation.start, explanation.end
        return is_example(self.text, explanation) or is_quoted(*place, explanation.text)

    def _is_article(self, settled: list[Explanation]) -> bool:
        misread = sum(explanation.end - explanation.start for explanation in settled)
        if misread >= SHARE * len(self.text):
            return False
        return misread < SHARE * sum(map(str.isalpha, self.text))

    def _suspect(self, explanation: Explanation, reason: str, group: Sequence[Explanation]) -> Suspect:
        span = Span(explanation.start, explanation.end)
        return Suspect(DAMAGE, span, reason, tuple(candidate_of(member) for member in group))


def candidate_of(explanation: Explanation) -> Candidate:
    """Return the repair that an explanation asks for."""
    span = Span(explanation.start, explanation.end)
    return Candidate(DAMAGE, span, explanation.text, explanation.channel, explanation.bits)


def _has_unseen(line: str) -> bool:
    return inside_words.has_unseen(line) or misplaced.has_misplaced(line)


def _is_marked(line: str) -> bool:
    """Whether several places of a line are odd, or a single one in which all stands that is beyond ASCII, and several
    such characters: a letter of UTF-8 in a line of Western text."""
    marks = suspicious(line)
    if len(marks) != 1:
        return len(marks) >= MARKS
    place = line[slice(*marks[0])]
    inside = len(place) - sum(map("\x80".__gt__, place))
    return inside > 1 and inside == len(line) - sum(map("\x80".__gt__, line))
