"""How far off the language model's bits are for a document, told by its healthy characters.

A model that has seen little like a document, of Korean or of verse, is surer than it should be: its first choice is
right less often than it says. What stands healthy in the document shows by how much: of each of some characters the
last byte is taken for lost, and the one temperature is looked for by which the bits are to be divided so that they say
best what stood there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

import numpy as np

from fixtext.codepages import fitting
from fixtext.detectors.lossy.choices import Choices, Known, choices
from fixtext.detectors.lossy.open_marks import LOST

if TYPE_CHECKING:
    from fixtext.language import LanguageModel

TEMPERATURE = 1.15
"""That of a document of which nothing is known."""

SAMPLE = 96
"""Healthy characters that are looked at."""

_READ = 20_000
"""Characters of a document that are looked at."""

_LEARNED = 0.75
"""Share of its pieces whose words the model may know; the characters are taken from the others."""

_PRIOR = 24.0
"""Characters of the usual temperature that are added."""

_TRIED = np.exp(np.linspace(np.log(0.8), np.log(3.2), 29))


def temperature_of(pieces: Sequence[str], model: LanguageModel, script: str) -> float:
    """Return by what the bits of lost characters are to be divided.

    Args:
        pieces: what is healthy of the document, parted where something is missing.
        model: the language model, without the document's own words.
        script: the script of the document, as in `choices.choices`.
    """
    read = 1 + sum(1 for _ in takewhile(_READ.__gt__, accumulate(map(len, pieces))))
    first = int(read * _LEARNED)
    model = model.with_document(pieces[:first])
    text = LOST.join(pieces[first:read])
    found: dict[Known, Choices] = {}
    asked: list[tuple[int, Known]] = []
    for place in _sample(text):
        known = (*text[place].encode()[:2], None)
        if known not in found:
            found[known] = choices(fitting(known, "utf-8"), script)
        if text[place] in found[known].chars:
            asked.append((place, known))
    if not asked:
        return TEMPERATURE
    looked_up = {known: model.look_up(group.chars) for known, group in found.items()}
    groups = [looked_up[known] for _, known in asked]
    sizes = [len(group.codes) for group in groups]
    bits = model.costs_behind([text[place - 2 : place] for place, _ in asked], groups)
    bits += np.concatenate([found[known].extra for _, known in asked])
    codes = np.concatenate([group.codes for group in groups])
    true = codes == np.repeat([ord(text[place]) for place, _ in asked], sizes)
    shares = 2.0 ** (-bits / _TRIED[:, np.newaxis])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    said = bits[true].sum() / _TRIED + np.log2(np.add.reduceat(shares, starts, axis=1)).sum(axis=1)
    prior = _PRIOR * np.log(_TRIED / TEMPERATURE) ** 2
    return float(_TRIED[np.argmin(said + prior)])


def _sample(text: str) -> Sequence[int]:
    """Return where healthy characters of three bytes stand, with two healthy ones in front of them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    missing = codes == ord(LOST)
    fit = (codes[2:] >= 0x800) & (codes[2:] <= 0xFFFF) & ~(missing[2:] | missing[1:-1] | missing[:-2])
    places = np.flatnonzero(fit) + 2
    if len(places) > SAMPLE:
        places = places[np.linspace(0, len(places) - 1, SAMPLE).astype(int)]
    return [int(place) for place in places]
