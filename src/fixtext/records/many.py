"""Many texts at once."""

from __future__ import annotations

from collections.abc import Sequence

from fixtext.config import Config
from fixtext.detectors import registry
from fixtext.detectors.watch import watch
from fixtext.findings import Repair
from fixtext.pipeline import repair


def repairs_of(texts: Sequence[str], config: Config | None = None) -> dict[int, Repair]:
    """Return by its index what `fixtext.repair` tells of each text, but for those of which there is nothing to tell.

    Healthy texts are sorted out together.

    Raises:
        TypeError: one is no str.
        ValueError: a detector, conversion or normaliser is not known.
        engine.DetectorError: a detector failed.
    """
    indices: Sequence[int] = range(len(texts))
    if config is None or not (config.script or config.normalize):
        for text in texts:
            if not isinstance(text, str):
                raise TypeError(f"a text is a str, not {type(text).__name__}")
        indices = watch(registry.select(None if config is None else config.detectors)).flagged(texts)
    found = {}
    for index in indices:
        told = repair(texts[index], config)
        if told.edits or told.suspects:
            found[index] = told
    return found
