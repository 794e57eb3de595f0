"""One search for all damage to bytes: the likeliest text whose bytes run along a lattice.

A lattice has a node before every character of the observed text and one behind the last. An arc leads from a node to
a later one and says which original bytes were shown as the characters between: known bytes, unknown ones (a set of
values), none (something was put in), or more than one would expect (something vanished). The search goes through
the nodes in order and keeps at each the few best texts (a beam), weighed in bits by the language model. Texts that
agree in their last two characters and in their pending bytes have the same future, so only the best one is kept.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple, Protocol

from fixtext.channels.alphabet import Alphabet, Pending, spellings

PENDING_BITS = 7.0
"""Expected cost of a character half read, so that texts in and out of step are compared fairly (its mean cost)."""


INNER = 4
"""Texts that are kept in the middle of an arc."""


class Scorer(Protocol):
    """What the search asks of a language model."""

    def transition(self, before: str, char: str) -> float:
        """Return the bits of one character after the last two characters of ``before``."""
        ...

    def ranked(self, before: str, chars: str) -> Sequence[tuple[float, str]]:
        """Return the same of some characters with the character, ascending; only the first ``width`` are used."""
        ...


class Arc(NamedTuple):
    """One way in which a part of the observed text may have come about.

    Attributes:
        target: the node that the arc leads to; never before its own node.
        data: the original bytes, each a set of possible values.
        bits: what this event costs.
        after: original bytes that must stand right before, two at most; empty if anything may.
        char: a character taken as it stands, instead of ``data``; only between characters.
        event: what happened, for whoever reads the path; None where nothing did.
    """

    target: int
    data: tuple[bytes, ...] = ()
    bits: float = 0.0
    after: bytes = b""
    char: str = ""
    event: object = None


class Hypothesis(NamedTuple):
    """A text so far, as a linked list: its last step and what came before it.

    Attributes:
        bits: cost so far, of text and channel.
        context: the last two characters.
        pending: bytes of a character that is not complete yet.
        node: the node reached.
        added: characters that the last step added.
        arc: the arc of the last step; None at the start.
        previous: the text before the last step; None at the start.
        choices: for each character of ``added`` all characters that the known bytes allowed; "" where only one.
    """

    bits: float
    context: str
    pending: Pending
    node: int
    added: str
    arc: Arc | None
    previous: Hypothesis | None
    choices: tuple[str, ...]

    def path(self) -> list[Hypothesis]:
        """Return the steps from the first to this one."""
        steps: list[Hypothesis] = []
        step: Hypothesis | None = self
        while step is not None:
            steps.append(step)
            step = step.previous
        steps.reverse()
        return steps


ArcsOf = Callable[[int, bool, bytes], Sequence[Arc]]
"""Gives the arcs that leave a node. The second argument tells whether the text is in step there (nothing pending), the
third which values its last byte may have: arcs that need another one before them may be left out."""


def search(
    arcs_of: ArcsOf,
    end: int,
    alphabet: Alphabet,
    model: Scorer,
    *,
    before: str = "",
    start: int = 0,
    width: int = 24,
    margin: float = 40.0,
    settled: Callable[[int], bool] = lambda node: False,
    likely: Callable[[str], str] = lambda chars: chars,
) -> list[Hypothesis]:
    """Find the likeliest texts along a lattice.

    Args:
        arcs_of: the lattice.
        end: its last node.
        alphabet: how bytes become characters.
        model: weighs the characters.
        before: the text before the first node (its last two characters count).
        start: the first node.
        width: how many texts are kept at a node.
        margin: texts that are this many bits worse than the best at their node are dropped.
        likely: picks those worth trying of several characters that fit.
        settled: asked for a node where only one text is left, in step: whether the search may stop there.

    Returns:
        The texts at the last node reached, in step, the best first; empty if the lattice cannot be read.
    """
    seed = Hypothesis(0.0, before[-2:], (), start, "", None, None, ())
    agenda: dict[int, _Arrivals] = {start: _Arrivals(width, margin)}
    agenda[start].add(seed)
    for node in range(start, end):
        here = agenda.pop(node, None)
        if not here:
            continue
        beam = _prune(here.texts, width, margin)
        if len(beam) == 1 and not beam[0].pending and not agenda and node > start and settled(node):
            return beam
        for hypothesis in beam:
            before, pending = hypothesis.context, hypothesis.pending
            byte = pending[-1] if pending else alphabet.encode(before[-1:])[-1:]
            for arc in arcs_of(node, not pending, byte):
                if arc.after and arc.after[-1] not in byte:
                    continue
                there = agenda.get(arc.target)
                limit = inf if there is None else there.limit
                base = hypothesis.bits + arc.bits
                if base > limit:
                    continue
                if not arc.char:
                    longer = _follow(hypothesis, arc, alphabet, model, width, limit, likely)
                elif pending:
                    continue
                else:
                    bits = base + model.transition(before, arc.char)
                    context = before[-1:] + arc.char
                    longer = [Hypothesis(bits, context, (), arc.target, arc.char, arc, hypothesis, ("",))]
                for text in longer:
                    if there is None:
                        there = agenda[arc.target] = _Arrivals(width, margin)
                    there.add(text)
    last = agenda.get(end)
    return [h for h in _prune(last.texts, width, margin) if not h.pending] if last else []


class _Arrivals:
    """The texts that have reached a node so far.

    Attributes:
        texts: the best one for each future.
        limit: what a text may cost to be among those that are kept there.
    """

    __slots__ = ("_costs", "_margin", "_width", "limit", "texts")

    def __init__(self, width: int, margin: float) -> None:
        self.texts: dict[tuple[str, Pending], Hypothesis] = {}
        self.limit = inf
        self._width, self._margin = width, margin
        self._costs: list[float] = []  # of the best texts, ascending

    def add(self, text: Hypothesis) -> None:
        """Take a text if no better one has the same future."""
        key = (text.context, text.pending)
        cost = text.bits + PENDING_BITS if text.pending else text.bits
        rival = self.texts.get(key)
        costs = self._costs
        if rival is not None:
            if rival.bits <= text.bits:
                return
            place = bisect_left(costs, _cost(rival))
            if place < len(costs) and costs[place] == _cost(rival):
                del costs[place]
        self.texts[key] = text
        insort(costs, cost)
        del costs[self._width :]
        limit = costs[0] + self._margin
        self.limit = limit if len(costs) < self._width else min(limit, costs[-1])


def _prune(here: dict[tuple[str, Pending], Hypothesis], width: int, margin: float) -> list[Hypothesis]:
    if len(here) < 2:
        return list(here.values())
    ranked = sorted(here.values(), key=_cost)
    limit = _cost(ranked[0]) + margin
    return [hypothesis for hypothesis in ranked[:width] if _cost(hypothesis) <= limit]


def _cost(hypothesis: Hypothesis) -> float:
    return hypothesis.bits + PENDING_BITS if hypothesis.pending else hypothesis.bits


def _follow(
    hypothesis: Hypothesis,
    arc: Arc,
    alphabet: Alphabet,
    model: Scorer,
    width: int,
    limit: float,
    likely: Callable[[str], str],
) -> list[Hypothesis]:
    """Return what a hypothesis becomes along an arc: nothing, or one or more texts that cost no more than a limit."""
    base = hypothesis.bits + arc.bits
    before, pending = hypothesis.context, hypothesis.pending
    if arc.after:
        narrowed = _stands_after(hypothesis, arc.after, alphabet)
        if narrowed is None:
            return []
        pending = narrowed
    found: list[Hypothesis] = []
    for spelling in spellings(alphabet, pending, arc.data):
        held = spelling.pending
        most = limit - PENDING_BITS if held else limit
        if spelling.known is not None:
            bits, context = base, before
            for char in spelling.known:
                bits += model.transition(context, char)
                context = context[-1:] + char
            if bits <= most:
                found.append(
                    Hypothesis(bits, context, held, arc.target, spelling.known, arc, hypothesis, spelling.choices)
                )
            continue
        partial: list[_Partial] = [(base, before, "")]
        left = len(spelling.chars)
        for chars in spelling.chars:
            left -= 1
            partial = _longer(partial, chars, model, INNER if left else width, most, likely)
        found += [
            Hypothesis(bits, context, held, arc.target, added, arc, hypothesis, spelling.choices)
            for bits, context, added in partial
        ]
    return found


_Partial = tuple[float, str, str]


def _longer(
    partial: list[_Partial], chars: str, model: Scorer, kept: int, most: float, likely: Callable[[str], str]
) -> list[_Partial]:
    """Return the cheapest texts with one more character, as many as are kept; none costs more than ``most``."""
    longer: list[_Partial] = []
    if len(chars) == 1:
        for bits, context, added in partial:
            bits += model.transition(context, chars)
            if bits <= most:
                longer.append((bits, context[-1:] + chars, added + chars))
        return longer
    tried = likely(chars)
    for bits, context, added in partial:
        last = context[-1:]
        for cost, char in model.ranked(context, tried)[:kept]:
            if bits + cost > most:
                break
            longer.append((bits + cost, last + char, added + char))
    if len(longer) > kept:
        longer.sort()
        del longer[kept:]
    return longer


def _stands_after(hypothesis: Hypothesis, after: bytes, alphabet: Alphabet) -> Pending | None:
    """Return the pending bytes, narrowed so that the original bytes end in ``after``; None if they cannot."""
    pending = list(hypothesis.pending)
    known = alphabet.encode(hypothesis.context[-1:])
    for back in range(1, len(after) + 1):
        wanted = after[-back]
        if back <= len(pending):
            if wanted not in pending[-back]:
                return None
            pending[-back] = bytes((wanted,))
        else:
            index = back - len(pending)
            if index > len(known) or known[-index] != wanted:
                return None
    return tuple(pending)
