"""Floor 6: records in files and batches, each text of a record a document of its own.

The command, the integrations and callers of the library share it all: `score` one text, `Treatment` says what is done
to the fields of records, `treat_batch` does it to a batch of Arrow, and `run_shard` to a file.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fixtext.records.columns import treat_batch
    from fixtext.records.counters import Counters
    from fixtext.records.limits import Limits
    from fixtext.records.runner import run_shard
    from fixtext.records.scoring import Score, score
    from fixtext.records.shards import Shard
    from fixtext.records.treatment import Treatment

_HOME = {
    "Counters": "counters",
    "Limits": "limits",
    "Score": "scoring",
    "Shard": "shards",
    "Treatment": "treatment",
    "run_shard": "runner",
    "score": "scoring",
    "treat_batch": "columns",
}

__all__ = ["Counters", "Limits", "Score", "Shard", "Treatment", "run_shard", "score", "treat_batch"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
