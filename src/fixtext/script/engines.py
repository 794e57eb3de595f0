"""Chooses between the engines: pure Python for short texts, arrays for long ones. Their output is the same."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fixtext.script.islands import DESCRIPTIONS, Engine, engine

if TYPE_CHECKING:
    from fixtext.script.bulk import BulkEngine

# Code points from which arrays pay. Pure Python converts 5 to 7 million code points a second, arrays 80 million;
# importing numpy costs 60 to 130 ms, making the tables of arrays 15 ms.
BULK_READY = 1 << 13
BULK_IMPORTED = 1 << 17
BULK = 1 << 19

_ready: dict[str, BulkEngine] = {}


def convert(text: str, config: str) -> str:
    """Convert a text exactly as OpenCC does.

    Raises:
        ValueError: there is no such configuration.
    """
    bulk = bulk_engine(config, len(text))
    return bulk.convert(text) if bulk is not None else engine(config).convert(text)


def bulk_engine(config: str, size: int) -> BulkEngine | None:
    """Return the engine of arrays if a text of this many code points is worth it."""
    if config in _ready:
        return _ready[config] if size >= BULK_READY else None
    if not arrays_pay(size):
        return None
    from fixtext.script.bulk import BulkEngine

    _ready[config] = BulkEngine(engine(config))
    return _ready[config]


def arrays_pay(size: int) -> bool:
    """Return whether to load numpy for a text of this many code points."""
    return size >= (BULK_IMPORTED if "numpy" in sys.modules else BULK)


def is_described(text: str) -> bool:
    """Return whether there is an ideographic description character in a text."""
    if text.isascii() or not arrays_pay(len(text)):
        return DESCRIPTIONS.search(text) is not None
    from fixtext.script.bulk import is_described

    return is_described(text)


__all__ = ["Engine", "arrays_pay", "bulk_engine", "convert", "engine", "is_described"]
