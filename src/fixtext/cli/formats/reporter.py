"""What a format has to offer, and which one is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome, Summary, Tally


class Reporter(Protocol):
    """Tells what came of files, one after the other."""

    def part(self, outcome: Outcome) -> None:
        """Tell the findings of one file, or of one window of it."""
        ...

    def add(self, file: Summary) -> None:
        """Tell about a file as a whole, once all of its findings have been told."""
        ...

    def finish(self, tally: Tally) -> None:
        """Tell what came of all of them."""
        ...


def machine_reporter(name: str) -> Reporter:
    """Return the reporter of a format for programs: json, jsonl, sarif or github."""
    if name == "sarif":
        from fixtext.cli.formats.sarif import Sarif

        return Sarif()
    if name == "github":
        from fixtext.cli.formats.github import GitHub

        return GitHub()
    from fixtext.cli.formats.json import Json, JsonLines

    return Json() if name == "json" else JsonLines()
