"""Torn places: where bytes of a gloss or a mark straddled two characters and the text ran out of step."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from fixtext.channels.beam import Hypothesis, search
from fixtext.channels.gloss_steps import CUT_MARKS
from fixtext.detectors.glossed.lattice import ALPHABET, TornLattice
from fixtext.detectors.glossed.page_model import RANKED, PageModel, likely, page_model
from fixtext.detectors.glossed.pages import PageSet
from fixtext.detectors.glossed.signs import is_gloss_sign

REACH = 40
"""Code points that a torn stretch may run on behind the last sign of it."""

BACK = 12
"""Code points before a sign without ``?`` in which the mark is looked for where the stretch began."""

MARGIN = 40.0
VANISHED_MARGIN = 25.0
"""Bits by which a text may be behind the best one and stay in the search; narrower where pairs may have vanished,
because every gap between two characters then multiplies what there is to try."""

VANISHED_LOOKS = 3
"""How often the search may be widened by places where a pair may have vanished."""

POOR_BITS = 15.0
"""Bits of one step above which a restored stretch is doubted: healthy prose costs 7 to 8 bits a character."""

GIBBERISH_BITS = 13.0
"""Bits a character; healthy prose costs 7 to 8, misread text 15 and more."""

WIDTH = RANKED
VANISHED_WIDTH = 5
"""Texts kept at a node, 12 and 5. On the pages measured 8 to 24, and 4 to 12 for vanished pairs, gave the same."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that may be torn, with all that the search needs to know of its surroundings.

    Attributes:
        text: the observed text, from a place where it is surely in step on.
        before: the healthy text before it (its last two characters).
        in_quotes: whether a quotation is open there.
        line_start: whether it begins a line.
        signs: indexes where something was torn, the first one first.
        hidden: index of a mark before which a byte may be hidden, or -1.
    """

    text: str
    before: str
    in_quotes: bool
    line_start: bool
    signs: tuple[int, ...]
    hidden: int

    def best(self, page: PageSet) -> tuple[Hypothesis, ...]:
        """Return the way of the likeliest text along the lattice; empty if there is none."""
        model = page_model(page, self.in_quotes)
        best = self._search(page, model, set())
        vanished: set[int] = set()
        for _ in range(VANISHED_LOOKS):
            doubtful = _doubtful(best, self.signs[0], vanished)
            if doubtful is None or (doubtful == self.signs[0] and not self._gibberish(model)):
                break
            vanished |= (
                {*range(doubtful - 2, doubtful + 2)} if doubtful > self.signs[0] else {*range(doubtful, len(self.text))}
            )
            best = max(best, self._search(page, model, vanished), key=lambda steps: self._saved(steps, model))
        return best

    def _search(self, page: PageSet, model: PageModel, vanished: set[int]) -> tuple[Hypothesis, ...]:
        def settled(node: int) -> bool:
            return node > self.signs[0] + 3 and not any(node - 3 < sign <= node + 1 for sign in self.signs)

        found = search(
            TornLattice(self.text, dict(page), self.hidden, vanished, self.line_start).arcs,
            len(self.text),
            ALPHABET,
            model,
            before=self.before,
            width=VANISHED_WIDTH if vanished else WIDTH,
            margin=VANISHED_MARGIN if vanished else MARGIN,
            settled=settled,
            likely=likely,
        )
        return tuple(found[0].path()[1:]) if found else ()

    def _gibberish(self, model: PageModel) -> bool:
        """Whether what stands behind the sign reads like no language: only then may pairs have vanished."""
        sign = self.signs[0]
        words = self.text[sign + 1 : sign + 7].partition("\n")[0]
        return is_gloss_sign(self.text, sign) or model.bits(words, self.before) > GIBBERISH_BITS * len(words)

    def _saved(self, steps: Sequence[Hypothesis], model: PageModel) -> float:
        """Return the bits saved against the text as it stands."""
        return model.bits(self.text[: steps[-1].node], self.before) - steps[-1].bits if steps else 0.0


def stretch_around(text: str, sign: int, more: Sequence[int], floor: int, end: int) -> tuple[int, Stretch]:
    """Cut out the stretch that a sign speaks for.

    Args:
        text: the observed text.
        sign: index where something was torn.
        more: further signs, in order.
        floor: index before which the text is settled.
        end: index behind the last character that may belong to the page.

    Returns:
        The index where the stretch starts, and the stretch.
    """
    start, hidden = _start(text, sign, floor)
    near = [other for other in more if other < sign + REACH]
    limit = min(end, max([sign, *near]) + REACH)
    return start, Stretch(
        text[start:limit],
        re.sub(r"\([^()]{1,7}\)", "", text[max(0, start - 24) : start])[-2:],
        in_quotes(text, sign),
        start == 0 or text[start - 1] == "\n",
        tuple(other - start for other in (sign, *near)),
        hidden,
    )


def in_quotes(text: str, at: int) -> bool:
    """Whether a quotation that began in the same line is open there."""
    line = text.rfind("\n", 0, at) + 1
    return text.rfind("\u201c", line, at) > text.rfind("\u201d", line, at)


def _start(text: str, sign: int, floor: int) -> tuple[int, int]:
    """Return where to begin, surely in step, and the mark (relative) before which a byte may be hidden, or -1."""
    if text[sign] != "?":
        for at in range(sign, max(floor, sign - BACK) - 1, -1):
            if text[at] in CUT_MARKS + ",;:!":
                return at, 0
            if at < sign and text[at] in "?\n":
                break
    if text[sign - 1 : sign] == ")":
        # The bytes of the character before the gloss are what the torn ones follow.
        sign = max(text.rfind("(", floor, sign), floor)
    return max(floor, sign - 1), -1


def _doubtful(steps: Sequence[Hypothesis], sign: int, known: Container[int]) -> int | None:
    """Return the first node, not known yet, where the text found reads badly; the sign if nothing was mended."""
    bits = 0.0
    mended = False
    for step in steps:
        mended = mended or (is_torn(step) and step.node > sign)
        if is_torn(step) and step.bits - bits > POOR_BITS:
            node = max(sign, step.previous.node if step.previous else sign) + 1
            if node not in known:
                return node
        bits = step.bits
    return None if mended or sign in known else sign


def is_torn(step: Hypothesis) -> bool:
    """Whether a step is more than a character taken as it stands."""
    return step.arc is not None and not step.arc.char
