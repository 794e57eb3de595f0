"""``--line-buffered``: each line is written as soon as it is complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from fixtext.cli import streams
from fixtext.cli.errors import Failure
from fixtext.cli.formats.places import START
from fixtext.cli.jobs import outcome_of
from fixtext.cli.outcome import Summary
from fixtext.cli.wording import gettext as _
from fixtext.files.encoding import STATEFUL

if TYPE_CHECKING:
    from fixtext.cli.files.walking import Item
    from fixtext.cli.formats.reporter import Reporter
    from fixtext.cli.outcome import Tally
    from fixtext.cli.settings.choices import Choices


def is_growing(name: str) -> bool:
    """Whether an input is a pipe, or somebody who types."""
    from stat import S_ISREG

    try:
        status = os.fstat(sys.stdin.fileno()) if name == "-" else os.stat(name)
    except (OSError, ValueError, AttributeError):
        return False
    return not S_ISREG(status.st_mode)


def run(item: Item, choices: Choices, reporter: Reporter, tally: Tally) -> bytes:
    """Repair an input line by line.

    Returns:
        nothing, or the first bytes of standard input if it is in an encoding that is not read by lines.

    Raises:
        Failure: it cannot be read, or a detector failed on it: the lines before are written.
    """
    from fixtext.cli.files.reading import open_file, unreadable

    try:
        if item.path is None:
            return _lines(item, streams.line_reader(item.name), choices, reporter, tally)
        handle, _status = open_file(item.path, item.name)
        with open(handle, "rb") as file:
            return _lines(item, file.readline, choices, reporter, tally)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise unreadable(error, item.name) from None


def _lines(item: Item, read_line: Callable[[int], bytes], choices: Choices, reporter: Reporter, tally: Tally) -> bytes:
    from fixtext.charset.reading import UnreadableError
    from fixtext.cli.documents import refusal
    from fixtext.cli.foreign import told
    from fixtext.engine import DetectorError
    from fixtext.files.encoding import opening
    from fixtext.files.lines import complete, repair_lines

    base = START
    changed, edits, suspects = False, 0, 0
    encoding = encoding_after = "utf-8"
    try:
        lines = complete(read_line)
        first = next(lines, b"")
        known = opening(first, choices.config)
        if known.unit > 1 or known.pages[0] in STATEFUL:
            if item.path is None:
                return first
            message = _("it is in {encoding}, which is not read line by line; use --no-line-buffered")
            raise Failure(item.name, message.format(encoding=known.pages[0]))
        for line, piece in repair_lines(_again(first, lines), choices.config, known):
            outcome = outcome_of(item, line, piece, choices, keep_encoding=False, first=base is START)
            outcome = outcome._replace(base=base)
            encoding, encoding_after = outcome.document.encoding, outcome.encoding
            if outcome.repair.edits or outcome.repair.suspects:
                edits += len(outcome.repair.edits)
                suspects += len(outcome.repair.suspects)
                reporter.part(outcome)
            changed |= outcome.changed
            streams.write(outcome.output)
            base = base.after(line, piece.source)
    except DetectorError as error:
        message = _("line {line}: {error}").format(line=base.line + 1, error=told(str(error)))
        raise Failure(item.name, message) from error
    except UnreadableError as error:
        raise refusal(item.name, error) from None
    summary = Summary(item, changed, edits, suspects, (), encoding, encoding_after, lambda: ("", ""))
    tally.add(summary)
    reporter.add(summary)
    return b""


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest
