"""``--format sarif``: the Static Analysis Results Interchange Format 2.1.0 (OASIS standard, 2020)."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

import fixtext
from fixtext.channels.words import in_words
from fixtext.cli import streams
from fixtext.cli.formats.places import Place, all_offsets, places
from fixtext.cli.formats.rules import summary_of
from fixtext.cli.printable import printable, shortened

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome, Summary, Tally
    from fixtext.findings import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Sarif:
    """One log with one run; a repair is a result with its fix, a suspect a note."""

    def __init__(self) -> None:
        self._results: list[dict[str, Any]] = []
        self._rules: dict[str, int] = {}

    def part(self, outcome: Outcome) -> None:
        """Keep the findings of a file, or of a window of it."""
        edits, suspects = outcome.repair.edits, outcome.repair.suspects
        where = places(outcome.document, all_offsets(outcome.repair), outcome.base)
        artifact = {"uri": _uri(outcome.item.name)}
        for edit in edits:
            region = _region(edit.span, where, outcome.base.char)
            result = self._result(edit.damage, "warning", artifact, region)
            result["message"] = {
                "text": f"{shortened(edit.before)} -> {shortened(edit.after)}: {printable(in_words(edit.channel))}"
            }
            replacement = {"deletedRegion": region, "insertedContent": {"text": _valid(edit.after)}}
            result["fixes"] = [{"artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}]}]
            self._results.append(result)
        for suspect in suspects:
            result = self._result(suspect.damage, "note", artifact, _region(suspect.span, where, outcome.base.char))
            result["message"] = {"text": printable(suspect.reason)}
            self._results.append(result)

    def add(self, file: Summary) -> None:
        """Keep nothing: the log is about findings."""

    def _result(self, damage: str, level: str, artifact: dict[str, str], region: dict[str, int]) -> dict[str, Any]:
        return {
            "ruleId": damage,
            "ruleIndex": self._rules.setdefault(damage, len(self._rules)),
            "level": level,
            "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        }

    def finish(self, tally: Tally) -> None:
        """Print the log, ASCII only."""
        driver = {
            "name": "fixtext",
            "version": fixtext.__version__,
            "rules": [
                {"id": damage, "shortDescription": {"text": _valid(summary_of(damage))}} for damage in self._rules
            ],
        }
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": not tally.failures}],
            "results": self._results,
        }
        streams.tell(json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1))


def _region(span: Span, where: dict[int, Place], base: int) -> dict[str, int]:
    start, end = where[span.start], where[span.end]
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": base + span.start,
        "charLength": span.end - span.start,
        "byteOffset": start.byte,
        "byteLength": end.byte - start.byte,
    }


def _uri(name: str) -> str:
    """Return a name as a relative reference (RFC 3986), or as a file URI if it is absolute."""
    path = os.fsencode(os.path.normpath(name).replace(os.sep, "/"))
    if path.startswith(b"/"):
        return "file://" + quote_from_bytes(path)
    return quote_from_bytes(path, safe="/")


def _valid(text: str) -> str:
    """Return the text without lone surrogates, which many readers of JSON refuse."""
    return text.encode("utf-8", "replace").decode("utf-8")
