"""Python's collector of cycles, held back while a long text is repaired."""

from __future__ import annotations

import gc

LONG = 10_000
"""Code points of a text from which it is worth the call."""


class HeldBack:
    """Holds the collector back as a context, if a text is long and nobody else has done so.

    A repair makes many objects that live until it ends, and hardly a cycle. To look for cycles among them again and
    again took a third of the repair of glossed pages, 6 % of that of lost bytes (a megabyte of each as a library call,
    CPython 3.11, 2026-11-28). The collector is the process's: other threads go without it as long.
    """

    __slots__ = ("_held",)

    def __init__(self, text: str) -> None:
        """Take the text that is looked at."""
        self._held = len(text) >= LONG and gc.isenabled()

    def __enter__(self) -> None:
        """Hold the collector back."""
        if self._held:
            gc.disable()

    def __exit__(self, *_: object) -> None:
        """Let it go on."""
        if self._held:
            gc.enable()
