"""``--format github``: workflow commands, which GitHub Actions shows beside the lines that they are about.

The form is that of the page "Workflow commands for GitHub Actions" in GitHub's documentation.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fixtext.channels.words import in_words
from fixtext.cli import streams
from fixtext.cli.formats.places import places
from fixtext.cli.printable import printable, shortened

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome, Summary, Tally


class GitHub:
    """One line a repair: a warning."""

    def part(self, outcome: Outcome) -> None:
        """Print the repairs of a file."""
        edits = outcome.repair.edits
        where = places(outcome.document, (offset for edit in edits for offset in edit.span), outcome.base)
        for edit in edits:
            start, end = where[edit.span.start], where[edit.span.end]
            message = f"{shortened(edit.before)} -> {shortened(edit.after)}: {printable(in_words(edit.channel))}"
            properties = {
                "file": printable(os.path.normpath(outcome.item.name)),  # GitHub knows no "./a.txt"
                "line": start.line,
                "endLine": end.line,
                "col": start.column,
                "endColumn": end.column,
                "title": f"fixtext {edit.damage}",
            }
            told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
            streams.tell(f"::warning {told}::{_data(message)}")

    def add(self, file: Summary) -> None:
        """Print nothing: each repair stands for itself."""

    def finish(self, tally: Tally) -> None:
        """Print nothing: GitHub counts itself."""


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
