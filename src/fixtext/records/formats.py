"""Which format a shard is in."""

from __future__ import annotations

import os

from fixtext.records.errors import RecordsError
from fixtext.records.streams import COMPRESSIONS

SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".arrows": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
}
"""Suffix -> format, behind which there may be one of a compression."""

FORMATS = ("jsonl", "csv", "tsv", "parquet", "arrow")

COLUMNS = ("parquet", "arrow")
"""Formats that are read here and there, so that they have to be files."""


def format_of(name: str) -> str:
    """Return the format of a file, by its name.

    Raises:
        RecordsError: its name does not tell.
    """
    stem, suffix = os.path.splitext(name.lower())
    if suffix in COMPRESSIONS:
        stem, suffix = os.path.splitext(stem)
    try:
        return SUFFIXES[suffix]
    except KeyError:
        raise RecordsError(f"its name does not tell the format; it is one of {', '.join(FORMATS)}") from None
