"""Where a glossed page begins and ends: stretches of lines whose glosses one set explains."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fixtext.detectors.glossed.evidence import Evidence, weigh
from fixtext.detectors.glossed.tokens import Gloss, aligned_glosses
from fixtext.detectors.glossed.torn import Model
from fixtext.findings import Span

BLOCK = 4000
"""Code points that are weighed as one page at first. Pages are 500 to 1,500 long; a longer one is weighed in parts."""


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of text that a site has glossed.

    Attributes:
        start: index of its first character.
        end: index behind its last.
        glosses: its aligned glosses, in order.
        set: character -> gloss.
        bits: what the explanation saves.
        model: the language model, with the words of the page mixed in.
    """

    start: int
    end: int
    glosses: tuple[Gloss, ...]
    set: dict[str, str]
    bits: float
    model: Model
