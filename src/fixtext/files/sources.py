"""Where bytes come from: a file, of which any part can be read at any time, or a pipe, which is kept while needed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from typing import Protocol

BLOCK = 1 << 18
"""Bytes that are asked of a pipe at once. The result does not depend on it."""


class Source(Protocol):
    """Bytes by their offsets."""

    def at(self, start: int, stop: int) -> bytes:
        """Return the bytes in a range; fewer only where the input ends."""
        ...

    def release(self, offset: int) -> None:
        """Promise that nothing before an offset is asked for any more."""
        ...


class FileSource:
    """A regular file that is open."""

    def __init__(self, handle: int) -> None:
        """Take an open file descriptor; who opened it closes it."""
        self._handle = handle

    def at(self, start: int, stop: int) -> bytes:
        """Return the bytes in a range; fewer only where the file ends.

        Raises:
            OSError: reading failed.
        """
        data = self._read(stop - start, start)
        if len(data) == stop - start or not data:
            return data
        pieces = [data]
        position = start + len(data)
        while position < stop and (data := self._read(stop - position, position)):
            pieces.append(data)
            position += len(data)
        return b"".join(pieces)

    def _read(self, count: int, offset: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._handle, count, offset)
        os.lseek(self._handle, offset, os.SEEK_SET)
        return os.read(self._handle, count)

    def release(self, offset: int) -> None:
        """Do nothing: the system keeps files."""


class PipeSource:
    """What comes once: all that has been read and may be asked for again is kept."""

    def __init__(self, read: Callable[[int], bytes], block: int = BLOCK, beginning: bytes = b"") -> None:
        """Take what there is.

        Args:
            read: returns at most so many bytes, and none at the end.
            block: bytes that are asked of it at once.
            beginning: bytes that have been read before.
        """
        self._read = read
        self._block = block
        self._kept = bytearray(beginning)
        self._first = 0
        self._ended = False

    def at(self, start: int, stop: int) -> bytes:
        """Return the bytes in a range, after waiting for them; fewer only where the input ends.

        Raises:
            OSError: reading failed.
            ValueError: they have been released.
        """
        if start < self._first:
            raise ValueError(f"the bytes before {self._first} are gone")
        while self._first + len(self._kept) < stop and not self._ended:
            data = self._read(self._block)
            self._kept += data
            self._ended = not data
        return bytes(memoryview(self._kept)[start - self._first : max(start, stop) - self._first])

    def release(self, offset: int) -> None:
        """Forget what stands before an offset."""
        count = min(max(0, offset - self._first), len(self._kept))
        del self._kept[:count]
        self._first += count


def is_regular(handle: int) -> bool:
    """Whether an open file is one that can be read at any place."""
    return stat.S_ISREG(os.fstat(handle).st_mode)
