"""Colours and other sequences meant for a terminal (ECMA-48)."""

from __future__ import annotations

import re

from fixtext.normalization.registry import normalizer

_SEQUENCES = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, moving the cursor
    "|\x1b[P\\]X^_][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # strings: window titles, links
    "|\x1b[ -/]+[0-~]"  # choice of a character set
    "|\x1b[0-OQ-WYZ\\\\`-~]"  # single functions
)


@normalizer("ansi", "terminal colours and other escape sequences, removed")
def ansi(text: str) -> str:
    """Remove terminal escape sequences."""
    # What is removed may bring the halves of another sequence together.
    while (shorter := _SEQUENCES.sub("", text)) != text:
        text = shorter
    return text
