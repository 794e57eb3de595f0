"""What can go wrong, each as one line on stderr: ``fixtext: WHERE: WHAT; WHAT TO DO``."""

from __future__ import annotations

import click

from fixtext.cli.printable import printable

EXIT_FINDINGS = 1
EXIT_USAGE = 2  # wrong usage, and also input that cannot be read or output that cannot be written
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells report it
EXIT_TERMINATED = 143  # 128 + SIGTERM
EXIT_BROKEN_PIPE = 141  # 128 + SIGPIPE, the status of `cat` in `cat big | head -1`


class Failure(click.ClickException):
    """Something about one file, or about one stream, that ends the work on it.

    Attributes:
        name: what the message is about, as people call it; None if it is about no file.
    """

    exit_code = EXIT_USAGE

    def __init__(self, name: str | None, message: str) -> None:
        super().__init__(message)
        self.name = name

    def __reduce__(self) -> tuple[type[Failure], tuple[str | None, str]]:
        """Let it come out of another process: an exception would be made of its message alone."""
        return type(self), (self.name, self.message)

    def show(self, file: object = None) -> None:
        """Print the line on stderr."""
        where = "" if self.name is None else f"{printable(self.name)}: "
        click.echo(f"fixtext: {where}{self.message}", err=True)


class Unreadable(Failure):
    """The input cannot be read."""


class Binary(Unreadable):
    """The input is no text at all."""


class Unwritable(Failure):
    """The output cannot be written."""


def reason(error: OSError) -> str:
    """Return what the system says went wrong, in a few words."""
    from fixtext.cli.foreign import system_reason

    return system_reason(error)
