"""Text in which everything beyond ASCII is UTF-8 that one page has read: undone at once, run by run.

Letters of Western words stand far apart, a few in each line; no place says as much as all of them do. To search and
weigh each by itself takes fifty times the repair, and what they became in East Asia are ideographs as any text has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from fixtext import codepages
from fixtext.detectors.misdecoded.at_first_sight import EAST_ASIA
from fixtext.detectors.misdecoded.atoms import is_single
from fixtext.detectors.misdecoded.costs import costs_of
from fixtext.detectors.misdecoded.debris import BARRIER
from fixtext.detectors.misdecoded.explanation import Explanation
from fixtext.detectors.misdecoded.objections import unassigned
from fixtext.detectors.misdecoded.plausible import plausibility
from fixtext.detectors.misdecoded.quoting import are_examples
from fixtext.detectors.misdecoded.throughout import EVIDENCE_BITS, undone

SHORT = 300
"""Code points up to which a text is a line by itself, whose places are searched."""

PLACE_BITS = 16.0
"""What the whole text adds to each of its places."""

WORDS = 0.5
WORD = 3
"""Share of the runs that have to stand at letters of ASCII or to be so many letters. Charts, and tables of what to put
in the place of misread text, have theirs in quotation marks and cells."""

GLUED, GLUED_SHARE = 3, 0.1
"""Runs between two small letters of ASCII, at least, and share of all, that would be letters: in a page of East Asia no
healthy text has them (`inside_words.UNSEEN_BITS`), so the evidence that is not enough elsewhere is enough with them."""

SURE_BITS, DISTINCT = 480.0, 20
"""Evidence from so many different runs, without an exception, from which they need not be Western words."""

FIRST, SAMPLE, NEARLY = 32, 256, 0.75
"""Runs of a text by which pages of East Asia are tried where bytes were lost in others: half of the first, then this
share of all. Of single ideographs of a page one in seven is UTF-8."""

_RUN = re.compile("[^\0-\x7f]+")
_NEVER = re.compile("[\x80-\x84\x86-\x9f\ufffd\ue000-\uf8ff\ufff0-\uffff]")
"""What no text is made of; a place that would say it is for others to judge."""


@lru_cache(maxsize=1)
def undone_everywhere(text: str) -> tuple[Explanation, ...]:
    """Return what explains the runs beyond ASCII of a text, none if it is not so of all, or nearly all in East Asia."""
    reader = _reader(text) if len(text) > SHORT else None
    if reader is None:
        return ()
    chain = (("utf-8", reader),)
    known = _Runs(reader)
    explained = []
    for run in _RUN.finditer(text):
        new, bits = known[run[0]]
        if bits > 0.0:
            explained.append(Explanation(run.start(), run.end(), new, chain, bits))
    if len({one.text for one in explained}) < 2 or not _are_words(text, explained, reader):
        return ()
    return () if are_examples(text, explained) else tuple(explained)


def _reader(text: str) -> str | None:
    """Return the page that may have read a text throughout."""
    found = undone(text) if BARRIER not in text else None
    if found is not None:
        ((_, reader),) = found.chain
        return None if reader == "utf-16le" or (is_single(reader) and found.bits < EVIDENCE_BITS) else reader
    first = [run[0] for run in islice(_RUN.finditer(text), FIRST)]
    for reader in EAST_ASIA:
        known = _Runs(reader)
        if sum(known[run][1] > 0.0 for run in first) >= len(first) / 2:
            runs = _RUN.findall(text)
            sample = runs[:: len(runs) // SAMPLE + 1]
            if sum(known[run][1] > 0.0 for run in sample) >= NEARLY * len(sample):
                return reader
    return None


class _Runs(dict[str, tuple[str, float]]):
    """Of each run what it was, and the bits that this saves with what the text says of it; 0 if it would be no text."""

    def __init__(self, reader: str) -> None:
        super().__init__()
        self._reader, self._costs = reader, costs_of(plausibility())

    def __missing__(self, old: str) -> tuple[str, float]:
        try:
            new = codepages.encode(old, self._reader).decode()
        except UnicodeError:
            new = old
        bits, costs = 0.0, self._costs
        if new != old and not _NEVER.search(new) and not unassigned(new, old):
            bits = PLACE_BITS + max(0.0, sum(map(costs.__getitem__, old)) - sum(map(costs.__getitem__, new)))
        found = self[old] = new, bits
        return found


def _are_words(text: str, explained: Sequence[Explanation], reader: str) -> bool:
    """Whether runs are letters of words, so many as a text has."""
    beside = [(one, text[one.start - 1 : one.start], text[one.end : one.end + 1]) for one in explained]
    if is_single(reader):
        words = sum(_is_letter(before) or _is_letter(after) or _is_word(one.text) for one, before, after in beside)
        return words >= WORDS * len(explained)
    found = undone(text)
    if found is not None and found.bits >= SURE_BITS and len({one.text for one in explained}) >= DISTINCT:
        return True
    glued = sum(before.islower() and after.islower() and one.text[0].isalpha() for one, before, after in beside)
    return glued >= max(GLUED, GLUED_SHARE * len(explained))


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_word(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= WORD
