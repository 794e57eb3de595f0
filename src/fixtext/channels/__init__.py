"""Floor 2: what can happen to a text, forwards and backwards."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fixtext.channels.channel import Channel, Step, register_step
    from fixtext.channels.codec_steps import Decode, Encode
    from fixtext.channels.gloss_steps import FoldPunctuation, InsertGlosses, ReadPieces, glossed_page
    from fixtext.channels.parts import Within

__all__ = [
    "Channel",
    "Decode",
    "Encode",
    "FoldPunctuation",
    "InsertGlosses",
    "ReadPieces",
    "Step",
    "Within",
    "glossed_page",
    "register_step",
]

_HOME = {
    "Channel": "channel",
    "Decode": "codec_steps",
    "Encode": "codec_steps",
    "FoldPunctuation": "gloss_steps",
    "InsertGlosses": "gloss_steps",
    "ReadPieces": "gloss_steps",
    "Step": "channel",
    "Within": "parts",
    "glossed_page": "gloss_steps",
    "register_step": "channel",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for (PEP 562): healthy text needs none of the steps."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"fixtext.channels.{_HOME[name]}"), name)
    globals()[name] = value
    return value
