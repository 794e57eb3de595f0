"""Lists of texts, as engines hand them over: None is no text, and what is too large is left as it is."""

from __future__ import annotations

from collections.abc import Sequence

from fixtext.config import Config
from fixtext.findings import Repair
from fixtext.records.limits import Limits
from fixtext.records.many import repairs_of
from fixtext.records.scoring import HEALTHY, Score, of_texts, without_conversions

_LIMITS = Limits()


def fix_texts(texts: Sequence[str | None], config: Config | None = None, limits: Limits = _LIMITS) -> list[str | None]:
    """Return the texts with their damage repaired, each a document of its own; healthy ones are the same objects.

    Raises:
        TypeError: one is neither a str nor None.
        ValueError: a detector, conversion or normaliser is not known.
        engine.DetectorError: a detector failed.
    """
    fixed = list(texts)
    for index, repair in repair_texts(texts, config, limits).items():
        if repair is not None:
            fixed[index] = repair.text
    return fixed


def score_texts(
    texts: Sequence[str | None], config: Config | None = None, limits: Limits = _LIMITS
) -> list[Score | None]:
    """Return how damaged each text is; None of what is no text, or too large.

    Raises:
        TypeError: one is neither a str nor None.
        ValueError: a detector is not known.
        engine.DetectorError: a detector failed.
    """
    scores = [None if text is None else HEALTHY for text in texts]
    for index, repair in repair_texts(texts, without_conversions(config), limits).items():
        scores[index] = None if repair is None else of_texts([texts[index] or ""], [repair])
    return scores


def repair_texts(
    texts: Sequence[str | None], config: Config | None = None, limits: Limits = _LIMITS
) -> dict[int, Repair | None]:
    """Return what was found in each text, by its index; healthy ones are not there, and what is too large has None.

    Raises:
        TypeError: one is neither a str nor None.
        ValueError: a detector, conversion or normaliser is not known.
        engine.DetectorError: a detector failed.
    """
    most = limits.record_bytes
    found: dict[int, Repair | None] = {}
    places: list[int] = []
    wanted: list[str] = []
    for place, text in enumerate(texts):
        if text is None:
            continue
        # only a text with so many characters can have so many bytes
        if isinstance(text, str) and len(text) * 4 > most and len(text.encode("utf-8", "surrogatepass")) > most:
            found[place] = None
            continue
        places.append(place)
        wanted.append(text)
    for index, repair in repairs_of(wanted, config).items():
        found[places[index]] = repair
    return found
