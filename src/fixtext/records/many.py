"""Many texts at once."""

from __future__ import annotations

from collections.abc import Sequence

from fixtext.config import Config
from fixtext.findings import Repair
from fixtext.pipeline import repair


def repair_many(texts: Sequence[str], config: Config | None = None) -> list[Repair]:
    """Return what comes of each text, as `fixtext.repair` tells it of one."""
    return [repair(text, config) for text in texts]
