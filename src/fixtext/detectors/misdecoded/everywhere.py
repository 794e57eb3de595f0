"""Text in which everything beyond ASCII is UTF-8 that one page of single bytes has read: undone at once, run by run.

Letters of Western words stand far apart, a few in each line. Where hundreds of them are UTF-8 without an exception, no
place says more than all of them do, and to search and weigh each by itself takes fifty times the repair.
"""

from __future__ import annotations

import re

from fixtext.detectors.misdecoded.atoms import is_single
from fixtext.detectors.misdecoded.costs import Costs
from fixtext.detectors.misdecoded.debris import BARRIER
from fixtext.detectors.misdecoded.explanation import Explanation
from fixtext.detectors.misdecoded.objections import unassigned
from fixtext.detectors.misdecoded.throughout import Undone

LEAST_BITS = 480.0
"""Evidence from which it is so: 240 bytes that continue a character. A page of examples has some dozen."""

EVIDENCE_BITS = 16.0
"""What that adds to each place."""

_RUN = re.compile("[^\0-\x7f]+")
_NEVER = re.compile("[\x80-\x84\x86-\x9f\ufffd\ue000-\uf8ff\ufff0-\uffff]")
"""What no text is made of; a place that would say it is for others to judge."""


def undone_everywhere(text: str, undone: Undone, costs: Costs) -> list[Explanation]:
    """Return what explains the runs beyond ASCII of a text, none if it is not so of all.

    Args:
        text: a long text.
        undone: what it says as UTF-8.
        costs: what characters cost by themselves.
    """
    ((_, reader),) = undone.chain
    if undone.bits < LEAST_BITS or not is_single(reader) or BARRIER in text:
        return []
    runs, healthy = list(_RUN.finditer(text)), _RUN.findall(undone.healthy)
    if len(runs) != len(healthy):
        return []
    known: dict[str, float] = {}
    found = []
    for run, new in zip(runs, healthy, strict=True):
        old = run[0]
        bits = known.get(old)
        if bits is None:
            bits = known[old] = _saved(old, new, costs)
        if bits > 0.0:
            found.append(Explanation(run.start(), run.end(), new, undone.chain, bits))
    return found


def _saved(old: str, new: str, costs: Costs) -> float:
    """Return the bits that a run saves, with what the text says of it; 0 if it would be no text."""
    if _NEVER.search(new) or unassigned(new, old):
        return 0.0
    return EVIDENCE_BITS + max(0.0, sum(map(costs.__getitem__, old)) - sum(map(costs.__getitem__, new)))
