"""``--format json``: one document; ``--format jsonl``: one object a line for each file with findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import fixtext
from fixtext.cli import streams
from fixtext.cli.formats.records import VERSION, Findings, summary

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome, Summary, Tally


class Json:
    """Everything in one document, which is a plan too."""

    def __init__(self) -> None:
        self._files: list[dict[str, Any]] = []
        self._findings = Findings()

    def part(self, outcome: Outcome) -> None:
        """Keep the findings of a file, or of a window of it."""
        self._findings.add(outcome)

    def add(self, file: Summary) -> None:
        """Keep what there is to say about a file."""
        record = self._findings.record(file)
        if file.changed or file.suspects:
            self._files.append(record)

    def finish(self, tally: Tally) -> None:
        """Print the document. ASCII only: no terminal, pipe or pager can do anything to it."""
        document = {
            "fixtext": fixtext.__version__,
            "version": VERSION,
            "files": self._files,
            "summary": summary(tally),
        }
        streams.tell(json.dumps(document, indent=1))


class JsonLines:
    """The findings of each file as soon as they are known."""

    def __init__(self) -> None:
        self._findings = Findings()

    def part(self, outcome: Outcome) -> None:
        """Keep the findings of a file, or of a window of it."""
        self._findings.add(outcome)

    def add(self, file: Summary) -> None:
        """Print the findings of a file."""
        record = self._findings.record(file)
        if file.changed or file.suspects:
            streams.tell(json.dumps({"version": VERSION, **record}))

    def finish(self, tally: Tally) -> None:
        """Print nothing: each line stands for itself."""
