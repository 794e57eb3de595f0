"""A bar on standard error for work that takes longer than a second: bytes, rate, time left, repairs so far.

It moves from file to file, and within long files from window to window.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import IO

from fixtext.cli.wording import gettext as _

_PATIENCE = 1.0
"""Seconds of work before the bar appears."""

_PAUSE = 0.1
"""Seconds between two drawings."""

_WIDTH = 24
"""Characters of the bar."""

_CLEAR = "\r\x1b[K"


class Bar:
    """Shows how far the work is, on a terminal."""

    def __init__(self, stream: IO[str], total: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Start the clock.

        Args:
            stream: a terminal.
            total: bytes of all files.
            clock: seconds since some moment.
        """
        self._stream = stream
        self._total = total
        self._clock = clock
        self._start = self._drawn = clock()
        self._done = 0
        self._shown = False

    def advance(self, count: int, repairs: int) -> None:
        """Count the bytes of a file that is done, and draw the bar if it is time.

        Args:
            count: bytes of the file.
            repairs: repairs in all files so far.
        """
        self._done += count
        now = self._clock()
        if now - self._start >= _PATIENCE and now - self._drawn >= _PAUSE:
            self._drawn = now
            self._shown = True
            self._stream.write(_CLEAR + self._line(now - self._start, repairs))
            self._stream.flush()

    def clear(self) -> None:
        """Take the bar away, before something else is written or at the end."""
        if self._shown:
            self._shown = False
            self._stream.write(_CLEAR)
            self._stream.flush()

    def _line(self, seconds: float, repairs: int) -> str:
        share = min(1.0, self._done / self._total) if self._total else 1.0
        filled = int(share * _WIDTH)
        rate = self._done / seconds
        left = max(0, self._total - self._done) / rate if rate else 0.0
        return _("[{bar}] {share:3.0%}  {done} of {total}  {rate}/s  {left} left  {repairs} repairs").format(
            bar="#" * filled + "." * (_WIDTH - filled),
            share=share,
            done=size(self._done),
            total=size(self._total),
            rate=size(rate),
            left=duration(left),
            repairs=repairs,
        )


def size(count: float) -> str:
    """Return a number of bytes in decimal units.

    >>> size(999), size(1_500), size(2_345_678)
    ('999 B', '1.5 kB', '2.3 MB')
    """
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def duration(seconds: float) -> str:
    """Return a time in minutes and seconds, or hours, minutes and seconds.

    >>> duration(7.6), duration(3725)
    ('0:08', '1:02:05')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
