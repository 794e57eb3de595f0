"""What the allocator keeps between windows: not more with each (and enough for the next, see `keep_memory`)."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache

WINDOWS = 16
"""Windows after which what is free goes back to the system. Where a small block lies in the room of a large one, the
next large one does not fit, and takes new room: with this and `_fill` 1 GB of English takes 56 MB of memory instead of
78; 10 MB take 53. It takes 1 ms, and as much again until that memory is there again."""

_SMALL, _EACH = 1024, 7
"""numpy keeps so many freed arrays of each number of bytes below this for the next ones: 3.6 MB in the end."""


class _Counted:
    windows = 0


def settle() -> None:
    """Give back what lies between blocks that are in use; after each window."""
    if "numpy" in sys.modules:
        _fill()
    _Counted.windows += 1
    if _Counted.windows % WINDOWS == 0:
        _trim()


@cache
def _fill() -> None:
    """Make numpy keep at once what it would keep in the end, or it would lie scattered among larger blocks (2 ms)."""
    import numpy as np

    for size in range(1, _SMALL):
        [np.empty(size, np.uint8) for _ in range(_EACH)]


def _trim() -> None:
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # not everywhere; numpy has loaded ctypes
        ctypes.CDLL(None).malloc_trim(0)
