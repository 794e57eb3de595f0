"""Whether to use colours, and which."""

from __future__ import annotations

import os
from typing import IO, Any

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


def wanted(choice: str, stream: IO[Any] | None) -> bool:
    """Return whether to use colours on a stream.

    What was asked for counts first, then ``NO_COLOR`` (no-color.org) and ``FORCE_COLOR`` (force-color.org), neither of
    which counts when empty, then whether the stream is a terminal.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


class Paint:
    """Colours text, or leaves it as it is."""

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, text: str, *colors: str) -> str:
        """Return the text in these colours: bold, dim, red, green, yellow, cyan."""
        if not self._on or not text:
            return text
        return f"\x1b[{';'.join(_CODES[color] for color in colors)}m{text}\x1b[m"
