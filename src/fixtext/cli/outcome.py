"""What came of one file, and what came of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fixtext.cli.errors import EXIT_FINDINGS, EXIT_USAGE

if TYPE_CHECKING:
    import os

    from fixtext.cli.documents import Document
    from fixtext.cli.files.walking import Item
    from fixtext.findings import Repair


class Outcome(NamedTuple):
    """What came of one file.

    Attributes:
        item: the file.
        document: what was read.
        repair: what is to become of its text.
        output: the bytes of the repaired text; the very object that was read if nothing changes.
        encoding: the encoding that the output is in.
        known: what the system said about the file when it was read; None for standard input.
    """

    item: Item
    document: Document
    repair: Repair
    output: bytes
    encoding: str
    known: os.stat_result | None

    @property
    def changed(self) -> bool:
        """Whether the bytes would change."""
        return self.output is not self.document.data


class Tally:
    """What came of all files, and the exit status that follows.

    Attributes:
        files: files that were looked at.
        changed: files that were, or would be, changed.
        edits: repairs in them.
        suspects: places that look damaged and were left alone.
        skipped: binary files.
        failures: files that could not be read, repaired or written.
    """

    def __init__(self) -> None:
        """Begin to count."""
        self.files = self.changed = self.edits = self.suspects = self.skipped = self.failures = 0

    def add(self, outcome: Outcome) -> None:
        """Count a file."""
        self.files += 1
        self.changed += outcome.changed
        self.edits += len(outcome.repair.edits)
        self.suspects += len(outcome.repair.suspects)

    def status(self, *, findings_count: bool) -> int:
        """Return the exit status: failures outrank findings.

        Args:
            findings_count: whether a change alone makes the status 1.
        """
        if self.failures:
            return EXIT_USAGE
        return EXIT_FINDINGS if findings_count and self.changed else 0
