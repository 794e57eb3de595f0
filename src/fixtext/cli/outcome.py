"""What came of one file, and what came of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fixtext.cli.errors import EXIT_FINDINGS, EXIT_USAGE
from fixtext.cli.formats.places import START, Base

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from fixtext.cli.documents import Document
    from fixtext.cli.files.walking import Item
    from fixtext.findings import Repair


class Outcome(NamedTuple):
    """What came of one file, or of one window of a long one.

    Attributes:
        item: the file.
        document: what was read.
        repair: what is to become of its text.
        output: the bytes of the repaired text; the very object that was read if nothing changes.
        encoding: the encoding that the output is in.
        known: what the system said about the file when it was read; None for standard input.
        base: where the window begins in the file.
    """

    item: Item
    document: Document
    repair: Repair
    output: bytes
    encoding: str
    known: os.stat_result | None
    base: Base = START

    @property
    def changed(self) -> bool:
        """Whether the bytes would change."""
        return self.output is not self.document.data

    def summary(self) -> Summary:
        """Return what there is to say about the file as a whole."""
        return Summary(
            self.item,
            self.changed,
            len(self.repair.edits),
            len(self.repair.suspects),
            self.repair.notes,
            self.document.encoding,
            self.encoding,
            lambda: (_digest(self.document.data), _digest(self.output)),
        )


class Summary(NamedTuple):
    """What there is to say about a file as a whole.

    Attributes:
        item: the file.
        changed: whether its bytes would change.
        edits: how many repairs there are in it.
        suspects: how many places look damaged and were left alone.
        notes: what else there is to tell, a sentence each.
        encoding: what it is in.
        encoding_after: what the output is in.
        digests: tells the SHA-256 of its bytes and of those of the output, in hexadecimal.
    """

    item: Item
    changed: bool
    edits: int
    suspects: int
    notes: tuple[str, ...]
    encoding: str
    encoding_after: str
    digests: Callable[[], tuple[str, str]]


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


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

    def add(self, file: Summary) -> None:
        """Count a file."""
        self.files += 1
        self.changed += file.changed
        self.edits += file.edits
        self.suspects += file.suspects

    def status(self, *, findings_count: bool) -> int:
        """Return the exit status: failures outrank findings.

        Args:
            findings_count: whether a change alone makes the status 1.
        """
        if self.failures:
            return EXIT_USAGE
        return EXIT_FINDINGS if findings_count and self.changed else 0
