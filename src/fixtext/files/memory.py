"""What the allocator keeps between windows: not more with each (and enough for the next, see `keep_memory`)."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache

WINDOWS = 8
"""Windows after which it is looked how much memory there is."""

GROWN = 2 << 20
"""Bytes more than after the first of those windows from which what is free goes back to the system. Where a small block
lies in the room of a large one, the next large one does not fit, and takes new room: with this and `_fill` 1 GB of
English takes 56 MB of memory instead of 78; 10 MB take 53. It takes 5 ms, most of them until that memory is there
again, and is needed every 50 to 100 windows."""

_SMALL, _EACH = 1024, 7
"""numpy keeps so many freed arrays of each number of bytes below this for the next ones: 3.6 MB in the end."""


class _Counted:
    windows = 0
    level = 0
    is_trimmed = False


def settle() -> None:
    """Give back what lies between blocks that are in use, if it has become much; after each window."""
    _Counted.windows += 1
    if _Counted.windows % WINDOWS == 0:
        if "numpy" in sys.modules:
            _fill()
        with suppress(OSError, AttributeError, TypeError):  # not everywhere
            _look(_resident())


def _look(resident: int) -> None:
    """Give back what is free where there is more than before; what is more even then is in use, and the new measure."""
    is_more = resident > _Counted.level + GROWN
    if not _Counted.level or (is_more and _Counted.is_trimmed):
        _Counted.level = resident
        is_more = False
    elif is_more:
        _trim()
    _Counted.is_trimmed = is_more


def _resident() -> int:
    """Return how many bytes of memory this process has, as Linux tells."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib takes 9 ms to load
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@cache
def _fill() -> None:
    """Make numpy keep at once what it would keep in the end, or it would lie scattered among larger blocks (4 ms)."""
    import numpy as np

    for size in range(1, _SMALL):
        [np.empty(size, np.uint8) for _ in range(_EACH)]


def _trim() -> None:
    import ctypes  # numpy has loaded it

    ctypes.CDLL(None).malloc_trim(0)
