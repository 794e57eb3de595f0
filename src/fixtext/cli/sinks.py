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
    from collections.abc import Callable, Iterator

    from fixtext.cli.files.atomic import Replacement
    from fixtext.cli.files.walking import Item
    from fixtext.cli.outcome import Outcome
    from fixtext.files.sources import Source


class Written(Protocol):
    """Takes a long input window by window."""

    def part(self, start: int, output: bytes | None, raw: Callable[[], bytes]) -> None:
        """Do with a window what the mode says.

        Args:
            start: where it begins in the input, in bytes.
            output: its bytes afterwards, None if they stay as they are.
            raw: returns its bytes as they are.

        Raises:
            Failure: it cannot be written.
        """
        ...

    def commit(self) -> None:
        """All windows have been taken.

        Raises:
            Failure: it cannot be written.
        """
        ...

    def close(self) -> None:
        """Something failed: leave everything as it was."""
        ...


class Sink(Protocol):
    """Takes what came of each file."""

    def begin(self, item: Item, known: os.stat_result | None, source: Source) -> Written:
        """Begin to take a long input.

        Args:
            item: the input.
            known: what the system said about it when it was opened; None for standard input.
            source: its bytes, for a file from the beginning.

        Raises:
            Failure: it cannot be written.
        """
        ...

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

    def begin(self, item: Item, known: os.stat_result | None, source: Source) -> Written:
        """Begin to do nothing."""
        return self

    def part(self, start: int, output: bytes | None, raw: Callable[[], bytes]) -> None:
        """Do nothing."""

    def commit(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class StandardOutput:
    """Writes the text to standard output."""

    def begin(self, item: Item, known: os.stat_result | None, source: Source) -> Written:
        """Begin to write: nothing has to be opened."""
        return self

    def part(self, start: int, output: bytes | None, raw: Callable[[], bytes]) -> None:
        """Write a window."""
        streams.write(raw() if output is None else output)

    def commit(self) -> None:
        """Do nothing: all is written."""

    def close(self) -> None:
        """Do nothing: what is written stays."""

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
            create_beside(path, self._backup, outcome.item.name, [outcome.document.data])
        replace_file(path, outcome.item.name, outcome.output, outcome.known)

    def begin(self, item: Item, known: os.stat_result | None, source: Source) -> Written:
        """Begin to replace a file."""
        return _Replaced(item, known, source, self._backup)


_BLOCK = 1 << 20
"""Bytes that are copied at once."""


class _Replaced:
    """Replaces a long file, if a window of it changes."""

    def __init__(self, item: Item, known: os.stat_result | None, source: Source, backup: str | None) -> None:
        self._item = item
        self._known = known
        self._source = source
        self._backup = backup
        self._new: Replacement | None = None

    def part(self, start: int, output: bytes | None, raw: Callable[[], bytes]) -> None:
        """Write a window, unless nothing has changed so far."""
        if self._new is None:
            if output is None:
                return
            from fixtext.cli.files.atomic import Replacement

            self._new = Replacement(str(self._item.path), self._item.name, self._known)
            for piece in self._copied(start):
                self._new.write(piece)
        self._new.write(raw() if output is None else output)

    def _copied(self, stop: int | None) -> Iterator[bytes]:
        """Yield what stands before a place, or all."""
        at = 0
        while piece := self._source.at(at, at + _BLOCK if stop is None else min(stop, at + _BLOCK)):
            yield piece
            at += len(piece)

    def commit(self) -> None:
        """Let the new file take the place of the old one, which is kept if that was asked for."""
        if self._new is None:
            return
        try:
            if self._backup is not None:
                from fixtext.cli.files.atomic import create_beside

                create_beside(str(self._item.path), self._backup, self._item.name, self._copied(None))
            self._new.commit()
        finally:
            self.close()

    def close(self) -> None:
        """Leave the file as it is, if it has not been replaced."""
        if self._new is not None:
            self._new.close()


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

    def begin(self, item: Item, known: os.stat_result | None, source: Source) -> Written:
        """Begin to write it."""
        from fixtext.cli.files.atomic import Replacement

        return _Output(Replacement(self._path, self._path))


class _Output:
    """Writes a long text to a file."""

    def __init__(self, new: Replacement) -> None:
        self._new = new

    def part(self, start: int, output: bytes | None, raw: Callable[[], bytes]) -> None:
        """Write a window."""
        self._new.write(raw() if output is None else output)

    def commit(self) -> None:
        """Let the file take its place."""
        self._new.commit()

    def close(self) -> None:
        """Take it back."""
        self._new.close()


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

    def begin(self, item: Item, known: os.stat_result | None, source: Source) -> Written:
        """Refuse: a diff needs the lines around a change, so the command gives it whole files only.

        Raises:
            TypeError: always.
        """
        raise TypeError("a diff is made of whole files")


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
