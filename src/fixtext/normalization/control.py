"""Control characters that no text means."""

from __future__ import annotations

import re

from fixtext.normalization.registry import normalizer

# Kept: tab, line feed, form feed, carriage return, NEL (which `newlines` knows). The deprecated format characters
# U+206A to U+206F and the interlinear annotation marks U+FFF9 to U+FFFB control rendering alone.
_CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u206a-\u206f\ufff9-\ufffb]")


@normalizer("control", "control characters other than tabs and line ends, removed")
def control(text: str) -> str:
    """Remove control characters. Ask for `ansi` before: without its escape, a terminal sequence cannot be told."""
    return _CONTROLS.sub("", text)
