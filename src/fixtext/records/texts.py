"""Lists of texts, as engines hand them over: None is no text, and what is too large is left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fixtext.config import Config
from fixtext.findings import Repair
from fixtext.records.limits import Limits
from fixtext.records.many import repair_many
from fixtext.records.scoring import Score, of_texts, without_conversions

_LIMITS = Limits()


def fix_texts(texts: Sequence[str | None], config: Config | None = None, limits: Limits = _LIMITS) -> list[str | None]:
    """Return the texts with their damage repaired, each a document of its own; healthy ones are the same objects.

    Raises:
        TypeError: one is neither a str nor None.
        ValueError: a detector, conversion or normaliser is not known.
        engine.DetectorError: a detector failed.
    """
    return [
        text if repair is None else repair.text
        for text, repair in zip(texts, repair_texts(texts, config, limits), strict=True)
    ]


def score_texts(
    texts: Sequence[str | None], config: Config | None = None, limits: Limits = _LIMITS
) -> list[Score | None]:
    """Return how damaged each text is; None of what is no text, or too large.

    Raises:
        TypeError: one is neither a str nor None.
        ValueError: a detector is not known.
        engine.DetectorError: a detector failed.
    """
    repairs = repair_texts(texts, without_conversions(config), limits)
    return [
        None if text is None or repair is None else of_texts([text], [repair])
        for text, repair in zip(texts, repairs, strict=True)
    ]


def repair_texts(
    texts: Sequence[str | None], config: Config | None = None, limits: Limits = _LIMITS
) -> Iterator[Repair | None]:
    """Yield what comes of each text; None of those that are not looked at."""
    wanted = list(_looked_at(texts, limits.record_bytes))
    found = iter(repair_many([text for text, _is_wanted in wanted if _is_wanted and text is not None], config))
    for _text, is_wanted in wanted:
        yield next(found) if is_wanted else None


def _looked_at(texts: Iterable[str | None], most: int) -> Iterator[tuple[str | None, bool]]:
    for text in texts:
        if text is None:
            yield text, False
        elif isinstance(text, str) and len(text) * 4 > most:  # only then can it have as many bytes
            yield text, len(text.encode("utf-8", "surrogatepass")) <= most
        else:
            yield text, True
