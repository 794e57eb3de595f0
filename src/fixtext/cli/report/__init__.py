"""``--report``: one self-contained page to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fixtext.cli.formats.places import all_offsets, places

if TYPE_CHECKING:
    from fixtext.cli.formats.places import Place
    from fixtext.cli.formats.reporter import Reporter
    from fixtext.cli.outcome import Outcome, Summary, Tally
    from fixtext.findings import Edit, Suspect

MOST = 5_000
"""Findings that a page shows at most; a browser takes about a second for as many. The counts are of all."""

_AROUND = 30
"""Characters of the line that are kept on each side of a finding."""


class Finding(NamedTuple):
    """A repair or a suspect with what is needed to show it, without the whole text.

    Attributes:
        path: the name of the file.
        place: where it begins.
        before: what stands in front of it in its line.
        behind: what stands behind it in its line.
        edit: the repair, if it is one.
        suspect: the suspect, if it is one.
        text: what stands there.
    """

    path: str
    place: Place
    before: str
    behind: str
    edit: Edit | None
    suspect: Suspect | None
    text: str


class Report:
    """Hands everything on to another reporter, and writes the page at the end."""

    def __init__(self, path: str, inner: Reporter) -> None:
        self._path = path
        self._inner = inner
        self._findings: list[Finding] = []
        self._counts: dict[tuple[str, str], int] = {}
        self._files: dict[str, int] = {}

    def add(self, file: Summary) -> None:
        """Keep how many repairs a file has."""
        self._inner.add(file)
        if file.edits:
            self._files[file.item.name] = file.edits

    def part(self, outcome: Outcome) -> None:
        """Keep what the page will show of a file, or of a window of it."""
        self._inner.part(outcome)
        from fixtext.cli.report.page import confidence

        repair, text = outcome.repair, outcome.document.text
        for edit in repair.edits:
            key = (edit.damage, confidence(edit))
            self._counts[key] = self._counts.get(key, 0) + 1
        if len(self._findings) >= MOST or not (repair.edits or repair.suspects):
            return
        where = places(outcome.document, all_offsets(repair), outcome.base)
        both: list[Edit | Suspect] = sorted([*repair.edits, *repair.suspects], key=lambda found: found.span)
        edits = set(map(id, repair.edits))
        for found in both[: MOST - len(self._findings)]:
            start, end = found.span
            line_start = text.rfind("\n", 0, start) + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            self._findings.append(
                Finding(
                    outcome.item.name,
                    where[start],
                    text[max(line_start, start - _AROUND) : start],
                    text[end : min(line_end, end + _AROUND)],
                    found if id(found) in edits else None,  # type: ignore[arg-type]
                    None if id(found) in edits else found,  # type: ignore[arg-type]
                    text[start:end],
                )
            )

    def finish(self, tally: Tally) -> None:
        """Write the page, whole or not at all.

        Raises:
            Unwritable: it cannot be written.
        """
        self._inner.finish(tally)
        from fixtext.cli.files.atomic import replace_file
        from fixtext.cli.report.page import page

        content = page(self._findings, self._counts, self._files, tally)
        replace_file(self._path, self._path, content.encode("utf-8", "backslashreplace"))
