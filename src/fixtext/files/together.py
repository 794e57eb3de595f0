"""Repairs of the windows of one input, put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fixtext.files.pieces import moved
from fixtext.findings import Edit, Repair, Suspect


def together(repairs: Sequence[Repair]) -> Repair | None:
    """Return the repair of a whole input; None if its windows are in several encodings.

    Args:
        repairs: of the windows, in order, at least one; spans count from the beginning of each.
    """
    encodings = {repair.encoding for repair in repairs}
    if len(encodings) > 1:
        return None
    edits: list[Edit] = []
    suspects: list[Suspect] = []
    notes: list[str] = []
    start = 0
    for repair in repairs:
        edits += [edit.moved(start) if start else edit for edit in repair.edits]
        suspects += [moved(suspect, -start) for suspect in repair.suspects]
        notes += repair.notes
        start += len(repair.text) - sum(len(edit.after) - len(edit.before) for edit in repair.edits)
    text = "".join(repair.text for repair in repairs)
    return Repair(text, tuple(edits), tuple(suspects), told_once(notes), encodings.pop())


def told_once(notes: Iterable[str]) -> tuple[str, ...]:
    """Return notes of several windows, with the numbers added up of those that say the same."""
    alike: dict[str, list[str]] = {}
    for note in notes:
        alike.setdefault(re.sub(r"\d+", "#", note), []).append(note)
    return tuple(map(_added_up, alike.values()))


def _added_up(notes: list[str]) -> str:
    if len(notes) == 1:
        return notes[0]
    columns = zip(*(map(int, re.findall(r"\d+", note)) for note in notes), strict=True)
    totals = iter([sum(column) for column in columns])
    return re.sub(r"\d+", lambda _match: str(next(totals)), notes[0])
