"""Finds damaged text, works out how it was damaged, and puts the healthy text back."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fixtext.channels.channel import Channel
    from fixtext.charset import Detection, detect
    from fixtext.config import Config
    from fixtext.detectors.protocol import Detector
    from fixtext.files.streaming import repair_stream
    from fixtext.findings import Candidate, Edit, Guess, Repair, Span, Suspect
    from fixtext.normalization import normalize
    from fixtext.pipeline import fix, fix_many, repair, repair_bytes
    from fixtext.script import convert

__version__ = "0.1.0"

__all__ = [
    "Candidate",
    "Channel",
    "Config",
    "Detection",
    "Detector",
    "Edit",
    "Guess",
    "Repair",
    "Span",
    "Suspect",
    "convert",
    "detect",
    "fix",
    "fix_many",
    "normalize",
    "repair",
    "repair_bytes",
    "repair_stream",
]

_HOME = {
    "Channel": "fixtext.channels.channel",
    "Config": "fixtext.config",
    "Detection": "fixtext.charset",
    "Detector": "fixtext.detectors.protocol",
    "convert": "fixtext.script",
    "detect": "fixtext.charset",
    "fix": "fixtext.pipeline",
    "fix_many": "fixtext.pipeline",
    "normalize": "fixtext.normalization",
    "repair": "fixtext.pipeline",
    "repair_bytes": "fixtext.pipeline",
    "repair_stream": "fixtext.files.streaming",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for (PEP 562), so that a bare import costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME.get(name, "fixtext.findings")), name)
    globals()[name] = value
    return value
