"""Bytes in, bytes out: standard input and output without any translation."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from fixtext.cli.errors import Unreadable, Unwritable, reason
from fixtext.cli.wording import gettext as _

_PIECE = 1 << 18
"""Bytes written at once: a reader that goes away is noticed at the next piece. (Some kernels report one long write to a
pipe that is closed on the way as done.)"""


before_writing: Callable[[], None] | None = None
"""What has to leave a terminal before something is written to it: a progress bar."""


def note_text(text: str) -> None:
    """Write text for people to standard error, escaped where it cannot say it."""
    if before_writing is not None:
        before_writing()
    sys.stderr.write(text)
    sys.stderr.flush()


def is_watched() -> bool:
    """Whether standard error is a terminal, where somebody may wait."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def is_terminal() -> bool:
    """Whether standard input is a terminal, where nothing is likely to come."""
    return sys.stdin is not None and sys.stdin.isatty()


def read(name: str, most: int = -1) -> bytes:
    """Return all bytes of standard input, or at most so many; ``name`` is what errors call it.

    Raises:
        Unreadable: it is closed, or reading failed.
    """
    try:
        return reader(name)(most)
    except OSError as error:
        raise Unreadable(name, _("it cannot be read: {reason}").format(reason=reason(error))) from None


def reader(name: str) -> Callable[[int], bytes]:
    """Return a function that reads bytes of standard input: at most so many, all if the number is negative.

    Raises:
        Unreadable: it is closed.
    """
    if sys.stdin is None:
        raise Unreadable(name, _("it is closed; name a file"))
    return sys.stdin.buffer.read


def line_reader(name: str) -> Callable[[int], bytes]:
    """Return a function that reads a line of standard input, or at most so many bytes of it.

    Raises:
        Unreadable: it is closed.
    """
    if sys.stdin is None:
        raise Unreadable(name, _("it is closed; name a file"))
    return sys.stdin.buffer.readline


def write(data: bytes) -> None:
    """Write bytes to standard output as they are.

    Raises:
        BrokenPipeError: nobody reads it any more.
        Unwritable: the output is closed, the disk is full, or the like.
    """
    if before_writing is not None:
        before_writing()
    if sys.stdout is None:
        raise Unwritable(_("standard output"), _("it is closed"))
    try:
        for start in range(0, len(data), _PIECE):
            sys.stdout.buffer.write(memoryview(data)[start : start + _PIECE])
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_output()
        raise Unwritable(
            _("standard output"), _("it cannot be written: {reason}").format(reason=reason(error))
        ) from None


def tell(line: str) -> None:
    """Write a line for people or programs to standard output, in UTF-8 if it can be and escaped where it cannot."""
    write((line + "\n").encode("utf-8", "backslashreplace"))


def note(line: str) -> None:
    """Write a line for people to standard error."""
    if before_writing is not None:
        before_writing()
    click.echo(line, err=True)


def is_standard_output(path: str) -> bool:
    """Whether standard output goes into the file with this path."""
    if sys.stdout is None:
        return False
    try:
        output, file = os.fstat(sys.stdout.fileno()), os.stat(path)
    except (OSError, ValueError):
        return False
    import stat

    return stat.S_ISREG(output.st_mode) and os.path.samestat(output, file)


def abandon_output() -> None:
    """Point standard output and error to nowhere, so that the interpreter's last flush does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
