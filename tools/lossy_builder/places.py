"""The places of healthy texts where an odd run of bytes would swallow an ASCII character.

What an even run would swallow if it were odd counts too: what stands behind a stretch of Chinese has nothing to do with
how many characters it has, and there are as many even runs. On packages that nothing was counted from that was worth
0.3 points and 0.016 nats (docs/decisions/0007-lossy.md).

Many programmers write Chinese with the punctuation of ASCII, few of those whose packages are read here. So each text
counts once more with its wide punctuation written so, but with a third of its places.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from fixtext.detectors.lossy.open_marks import LOST
from fixtext.detectors.lossy.shapes import is_alone, kind_after, kind_before, word_after
from fixtext.detectors.lossy.surroundings import Surroundings
from fixtext.detectors.lossy.swallowed import SWALLOWABLE, kind_of_place

from .documents import HAN, Document

SAME_IN_FILE, SAME_IN_PACKAGE = 8, 60
"""How often the same kind of place counts in a file and in a package: a table of constants is one habit.
20 and 150 are no better on packages that nothing was counted from, neither counted so nor 40 and 400 times at most."""
PER_PACKAGE = 4000
"""Places of a package, chosen at random."""
NARROW_EVERY = 3
"""One in so many places of the texts with narrow punctuation counts. All of them, two and one in three do the same
within 0.3 points on packages that nothing was counted from."""
LEFT, RIGHT = 200, 400
"""Characters of a line that are looked at."""

NARROW = str.maketrans("\uff0c\uff1a\uff1b\uff08\uff09\uff01\uff1f", ",:;()!?")
_RUN = re.compile(r"[^\x00-\x7f]+")


class Place(NamedTuple):
    """One place, and what it would lose.

    Attributes:
        features: all features of what stands around it.
        swallowed: the ASCII character.
        kind: the kind of the place, as `kind_of_place` says.
        before: the kind of the character in front, as `kind_before` says.
        after: the kind of what stands behind.
        alone: the character in front, if it stands alone, and the word behind; empty otherwise.
    """

    features: tuple[str, ...]
    swallowed: str
    kind: str
    before: str
    after: str
    alone: tuple[()] | tuple[str, str]


def places(texts: Iterable[Document]) -> list[Place]:
    """Return the places of all texts, each with its features, no author's habits outweighing the others'.

    A package counts four times: as it is, with the places of its even runs, and both with narrow punctuation.
    """
    by_package: defaultdict[tuple[str, bool, bool], list[tuple[str, str, str, str]]] = defaultdict(list)
    for package, text, code in texts:
        for narrow, odd in product((False, True), (True, False)) if code else ():
            in_file: Counter[tuple[str, str, str]] = Counter()
            for left, swallowed, right, rest in broken_lines(text.translate(NARROW) if narrow else text, odd=odd):
                kind = kind_before(left), kind_after(right), swallowed
                in_file[kind] += 1
                if in_file[kind] <= SAME_IN_FILE:
                    by_package[package, narrow, odd].append((left, swallowed, right, rest))
    chosen = []
    seen: set[tuple[str, str, str]] = set()
    chance = random.Random(4)
    for (_, narrow, _), found in sorted(by_package.items(), key=lambda item: item[0][1]):
        in_package: Counter[tuple[str, str, str]] = Counter()
        chance.shuffle(found)
        kept = 0
        for left, swallowed, right, rest in found:
            kind = kind_before(left), kind_after(right), swallowed
            same = left[-9:], swallowed, right[:8]
            in_package[kind] += 1
            if in_package[kind] > SAME_IN_PACKAGE or same in seen or kept >= PER_PACKAGE:
                continue
            seen.add(same)
            if narrow and chance.randrange(NARROW_EVERY):
                continue
            kept += 1
            around = Surroundings(left[:-1], right, rest)
            features = around.base + around.by_kind(kind[0]) + around.by_char(left[-1])
            alone = (left[-1], word_after(right)) if is_alone(left[:-1]) else ()
            chosen.append(Place(features, swallowed, kind_of_place(kind[0], around.following), kind[0], kind[1], alone))
    return chosen


def broken_lines(text: str, *, odd: bool = True) -> Iterator[tuple[str, str, str, str]]:
    """Yield the line up to the lost character and with it, the swallowed one, what is behind, the rest of the line.

    Args:
        text: a healthy text.
        odd: whether odd runs lose their last character; otherwise the even ones do, all of them.
    """
    lost = [match.end() - 1 for match in _RUN.finditer(text) if _is_odd(match[0]) == odd]
    lost = [place for place in lost if text[place + 1 : place + 2] in SWALLOWABLE and place + 1 < len(text)]
    feeds = {place + 1 for place in lost if text[place + 1] == "\n"}
    for number, place in enumerate(lost):
        if not HAN.search(text, max(0, place - 10), place + 1):
            continue
        begin = max(text.rfind("\n", 0, place) + 1, place - LEFT)
        end = text.find("\n", place + 2)
        while end in feeds:  # a swallowed line feed joins two lines
            end = text.find("\n", end + 1)
        end = min(end if end >= 0 else len(text), place + RIGHT)
        following = lost[number + 1] if number + 1 < len(lost) else len(text)
        rest, position = "", place + 2
        for later in lost[number + 1 :]:
            if later >= end:
                break
            rest += text[position:later] + LOST
            position = later + 2
        rest += text[position:end]
        yield text[begin : place + 1], text[place + 1], text[place + 2 : min(following, end)], rest


def _is_odd(run: str) -> bool:
    """Whether a run of UTF-8 leaves one byte over when it is read as pairs; 80 is a character by itself."""
    data = run.encode("utf-8", "surrogatepass")
    position = 0
    while position < len(data):
        position += 1 if data[position] == 0x80 else 2
    return position > len(data)
