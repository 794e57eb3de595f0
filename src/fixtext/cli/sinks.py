"""Where the text goes: one class a mode."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import click

from fixtext.cli import streams
from fixtext.cli.errors import EXIT_TERMINATED, Failure
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome


class Sink(Protocol):
    """Takes what came of each file."""

    def take(self, outcome: Outcome) -> None:
        """Do with the text what the mode says.

        Raises:
            Failure: it cannot be written.
        """
        ...


class Nowhere:
    """Writes nothing: ``--check``, or a report in the text's place."""

    def take(self, outcome: Outcome) -> None:
        """Do nothing."""


class StandardOutput:
    """Writes the text to standard output."""

    def take(self, outcome: Outcome) -> None:
        """Write the text."""
        streams.write(outcome.output)


class InPlace:
    """Replaces files that change; leaves the others untouched."""

    def __init__(self, backup: str | None) -> None:
        """Keep the old files with this suffix, if there is one. SIGTERM ends the process as Ctrl-C does: cleanly."""
        import signal

        self._backup = backup
        with suppress(ValueError):  # only the main thread may say what becomes of signals
            signal.signal(signal.SIGTERM, _terminate)

    def take(self, outcome: Outcome) -> None:
        """Replace the file, after keeping the old one if that was asked for."""
        path = outcome.item.path
        if not outcome.changed or path is None:
            return
        from fixtext.cli.files.atomic import create_beside, replace_file

        if self._backup is not None:
            create_beside(path, self._backup, outcome.item.name, outcome.document.data)
        replace_file(path, outcome.item.name, outcome.output, outcome.known)


def _terminate(_number: int, _frame: object) -> None:
    sys.exit(EXIT_TERMINATED)


class OutputFile:
    """Writes the text to a file, whole or not at all."""

    def __init__(self, path: str) -> None:
        self._path = path

    def take(self, outcome: Outcome) -> None:
        """Write the text, changed or not."""
        from fixtext.cli.files.atomic import replace_file

        replace_file(self._path, self._path, outcome.output)


class UnifiedDiff:
    """Prints what would change, as a unified diff."""

    def __init__(self, color: bool) -> None:
        self._color = color

    def take(self, outcome: Outcome) -> None:
        """Print the difference."""
        if outcome.changed:
            from fixtext.cli.formats.diff import painted, unified

            path = outcome.item.path or outcome.item.name
            lines = unified(os.fsencode(path), outcome.document.data, outcome.output)
            streams.write(b"".join(painted(lines) if self._color else lines))


def refuse_same_file(item_path: str | None, output: str | None) -> None:
    """Refuse to write over the input, which only ``-w`` does, and safely.

    Raises:
        click.UsageError: input and output are the same file.
        Failure: standard output goes into the input.
    """
    if item_path is None:
        return
    advice = _("input and output are the same file; to repair it in place use --write")
    if output is None:
        if streams.is_standard_output(item_path):
            raise Failure(item_path, advice)
    elif is_same_file(item_path, output):
        raise click.UsageError(advice)


def is_same_file(one: str, other: str) -> bool:
    """Whether two paths lead to the same file; if there is none, they do not."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False
