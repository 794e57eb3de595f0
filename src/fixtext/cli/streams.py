"""Bytes in, bytes out: reading the input and writing the text without any translation."""

from __future__ import annotations

import os
import sys

import click

from fixtext.cli.printable import printable

_PIECE = 1 << 18
"""Bytes written at once: a reader that goes away is noticed at the next piece. (Some kernels report one long write to a
pipe that is closed on the way as done.)"""


class Unwritable(click.ClickException):
    """The output cannot be written; shown as one line on stderr."""

    exit_code = 1

    def show(self, file: object = None) -> None:
        """Print the line on stderr."""
        click.echo(f"fixtext: standard output: {self.message}", err=True)


class Unreadable(click.ClickException):
    """The input cannot be read; shown as one line ``fixtext: NAME: what; what to do``."""

    exit_code = 2

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name

    def show(self, file: object = None) -> None:
        """Print the line on stderr."""
        click.echo(f"fixtext: {printable(self.name)}: {self.message}", err=True)


def name_of(file: str | None) -> str:
    """Return what to call the input in messages."""
    return "standard input" if file in (None, "-") else str(file)


def read(file: str | None) -> bytes:
    """Return all bytes of a file, or of standard input for None and ``-``.

    Raises:
        click.UsageError: no file is named and standard input is a terminal, where nothing is likely to come.
        Unreadable: there is no such file, it is a directory, it may not be read, or reading failed.
    """
    if file is None and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError("name a file, send text through a pipe, or give - to type it here")
    try:
        if file in (None, "-"):
            if sys.stdin is None:
                raise Unreadable(name_of(file), "it is closed; name a file")
            return sys.stdin.buffer.read()
        with open(str(file), "rb") as stream:  # noqa: PTH123 (pathlib would cost 9 ms of the start)
            return stream.read()
    except FileNotFoundError:
        raise Unreadable(name_of(file), "there is no such file; check the name") from None
    except IsADirectoryError:
        raise Unreadable(name_of(file), "it is a directory; name a file in it") from None
    except PermissionError as error:
        if os.path.isdir(str(file)):  # noqa: PTH112 (Windows reports a directory as a lack of permission)
            raise Unreadable(name_of(file), "it is a directory; name a file in it") from None
        raise Unreadable(name_of(file), f"{reason(error)}; check who may read it") from None
    except OSError as error:
        raise Unreadable(name_of(file), f"it cannot be read: {reason(error)}") from None


def reason(error: OSError) -> str:
    """Return what the system says went wrong, in a few words."""
    return (error.strerror or str(error)).lower()


def not_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    """Say where bytes are not UTF-8 and what to do: offset in bytes from 0, line from 1."""
    offset = error.start
    line = data.count(b"\n", 0, offset) + 1
    return (
        f"not UTF-8: byte 0x{data[offset]:02X} at offset {offset} (line {line}); "
        "convert it to UTF-8 first, for example with: iconv -f GB18030 -t UTF-8"
    )


def write(content: str | bytes) -> None:
    """Write a text as UTF-8, or bytes as they are, to standard output: line ends are left alone.

    Raises:
        BrokenPipeError: nobody reads it any more.
        Unwritable: the output is closed, the disk is full, or the like.
    """
    data = content if isinstance(content, bytes) else _encoded(content)
    if sys.stdout is None:
        raise Unwritable("it is closed")
    try:
        for start in range(0, len(data), _PIECE):
            sys.stdout.buffer.write(memoryview(data)[start : start + _PIECE])
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_output()
        raise Unwritable(f"it cannot be written: {reason(error)}") from None


def _encoded(text: str) -> bytes:
    """Write U+DC80 to U+DCFF as the bytes that they stand for (PEP 383): what came in damaged goes out as it was."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # A lone surrogate is no valid UTF-8, but losing it, or the rest of the text, would be worse.
        return text.encode("utf-8", "surrogatepass")


def abandon_output() -> None:
    """Point standard output and error to nowhere, so that the interpreter's last flush does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
