"""What a format has to offer, and which one is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome, Tally


class Reporter(Protocol):
    """Tells what came of files, one after the other."""

    def add(self, outcome: Outcome) -> None:
        """Tell what came of one file."""
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
