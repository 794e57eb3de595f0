"""Torn places: where bytes of a gloss or a mark straddled two characters and the text ran out of step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fixtext.channels.beam import Hypothesis, search
from fixtext.channels.gloss_steps import CUT_MARKS
from fixtext.detectors.glossed.lattice import ALPHABET, TornLattice
from fixtext.detectors.glossed.page_model import PageModel, likely
from fixtext.detectors.glossed.signs import is_gloss_sign

REACH = 40
"""Code points that a torn stretch may run on behind the last sign of it."""

BACK = 12
"""Code points before a sign without ``?`` in which the mark is looked for where the stretch began."""

MARGIN = 40.0
VANISHED_MARGIN = 25.0
"""Bits by which a text may be behind the best one and stay in the search; narrower where pairs may have vanished,
because every gap between two characters then multiplies what there is to try."""

POOR_BITS = 15.0
"""Bits of one step above which a restored stretch is doubted: healthy prose costs 7 to 8 bits a character."""

GIBBERISH_BITS = 13.0
"""Bits a character; healthy prose costs 7 to 8, misread text 15 and more."""

WIDTH = 12
VANISHED_WIDTH = 5
"""Texts kept at a node. On the pages measured 8 to 24, and 4 to 12 for vanished pairs, gave the same result."""


@dataclass(frozen=True, slots=True)
class Look:
    """What came of one look at a torn stretch.

    Attributes:
        start: index of the first character looked at.
        before: the healthy text before it (its last two characters).
        steps: the way of the best text along the lattice; empty if there is none.
    """

    start: int
    before: str
    steps: tuple[Hypothesis, ...] = ()

    @property
    def stop(self) -> int:
        """Index behind the last character looked at."""
        return self.steps[-1].node if self.steps else self.start

    @property
    def bits(self) -> float:
        """Cost of the best text and its channel."""
        return self.steps[-1].bits if self.steps else 0.0


def look(
    text: str, page: dict[str, str], model: PageModel, sign: int, more: Sequence[int], floor: int, end: int
) -> Look:
    """Find the likeliest healthy text of the stretch around a sign.

    Args:
        text: the observed text.
        page: the gloss set of the page, character -> gloss.
        model: weighs the characters.
        sign: index where something was torn.
        more: further signs, in order.
        floor: index before which the text is settled.
        end: index behind the last character that may belong to the page.
    """
    start, hidden = _start(text, sign, floor)
    hidden |= {other for other in more if text[other] in CUT_MARKS + ",;:!"}
    before = re.sub(r"\([^()]{1,7}\)", "", text[max(0, start - 24) : start])[-2:]
    line = text[text.rfind("\n", 0, sign) + 1 : sign]
    model.quotes(line.rfind("“") > line.rfind("”"))

    def settled(node: int) -> bool:
        return node > sign + 3 and not any(node - 3 < other <= node + 1 for other in more)

    def best(vanished: Sequence[int] | range, margin: float) -> Look:
        last = max([sign, *(other for other in more if other < sign + REACH)])
        found = search(
            TornLattice(text, page, hidden, vanished).arcs,
            min(end, last + REACH),
            ALPHABET,
            model,
            before=before,
            start=start,
            width=VANISHED_WIDTH if vanished else WIDTH,
            margin=margin,
            settled=settled,
            likely=likely,
        )
        return Look(start, before, tuple(found[0].path()[1:]) if found else ())

    plain = best((), MARGIN)
    doubtful = _doubtful(plain, sign)
    if doubtful is None or (doubtful == sign and not _gibberish(text, sign, before, model)):
        return plain
    other = best(range(doubtful - 2, doubtful + 2) if doubtful > sign else range(sign, sign + REACH), VANISHED_MARGIN)
    return max(plain, other, key=lambda found: _saved(text, found, model))


def _gibberish(text: str, sign: int, before: str, model: PageModel) -> bool:
    """Whether what stands behind a sign reads like no language: only then is it worth while to look for lost pairs."""
    words = text[sign + 1 : sign + 7].partition("\n")[0]
    return is_gloss_sign(text, sign) or model.bits(words, before) > GIBBERISH_BITS * len(words)


def _start(text: str, sign: int, floor: int) -> tuple[int, set[int]]:
    """Return where to begin, surely in step, and the marks before which a byte may be hidden."""
    if text[sign] == "?":
        return max(floor, sign - 1), set()
    for at in range(sign, max(floor, sign - BACK) - 1, -1):
        if text[at] in CUT_MARKS + ",;:!":
            return at, {at}
        if at < sign and text[at] in "?\n":
            break
    return max(floor, sign - 1), set()


def _doubtful(found: Look, sign: int) -> int | None:
    """Return the node where the text found reads badly, the sign if nothing was mended; None if all is well."""
    bits = 0.0
    mended = False
    for step in found.steps:
        torn = is_torn(step)
        mended = mended or (torn and step.node > sign)
        if torn and step.bits - bits > POOR_BITS:
            return max(sign, step.previous.node if step.previous else sign) + 1
        bits = step.bits
    return None if mended else sign


def _saved(text: str, found: Look, model: PageModel) -> float:
    """Return the bits saved against the text as it stands, over the characters looked at."""
    return model.bits(text[found.start : found.stop], found.before) - found.bits


def is_torn(step: Hypothesis) -> bool:
    """Whether a step is more than a character taken as it stands."""
    return step.arc is not None and not step.arc.char
