"""Findings as JSON values: what ``--format json`` prints and what ``--apply`` and ``--undo`` read.

docs/plans.md tells the fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fixtext.channels.words import in_words
from fixtext.cli.formats.places import Place, all_offsets, places

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome, Summary, Tally
    from fixtext.findings import Edit, Guess, Suspect

VERSION = 1
"""The version of this form. It grows when a reader of the old one would misunderstand."""


class Findings:
    """Collects the findings of a file, window by window."""

    def __init__(self) -> None:
        self._edits: list[dict[str, Any]] = []
        self._suspects: list[dict[str, Any]] = []

    def add(self, outcome: Outcome) -> None:
        """Take the findings of a window, or of a whole file."""
        repair, text = outcome.repair, outcome.document.text
        if not (repair.edits or repair.suspects):
            return
        where = _Spans(places(outcome.document, all_offsets(repair), outcome.base), outcome.base.char)
        self._edits += [_edit(edit, where) for edit in repair.edits]
        self._suspects += [_suspect(suspect, text, where) for suspect in repair.suspects]

    def record(self, file: Summary) -> dict[str, Any]:
        """Return what came of the file, and forget it."""
        edits, suspects = self._edits, self._suspects
        self._edits, self._suspects = [], []
        if not (file.changed or file.suspects):
            return {}
        before, after = file.digests()
        return {
            "path": file.item.name if file.item.path is None else file.item.path,
            "encoding": file.encoding,
            "encoding_after": file.encoding_after,
            "sha256": before,
            "sha256_after": after,
            "edits": edits,
            "suspects": suspects,
            "notes": list(file.notes),
        }


def summary(tally: Tally) -> dict[str, int]:
    """Return the counts of a run."""
    return {
        "files": tally.files,
        "changed": tally.changed,
        "edits": tally.edits,
        "suspects": tally.suspects,
        "skipped": tally.skipped,
        "failures": tally.failures,
    }


class _Spans:
    """Tells spans of a window as places in its file."""

    def __init__(self, where: dict[int, Place], base: int) -> None:
        self._where = where
        self._base = base

    def __call__(self, start: int, end: int) -> dict[str, int]:
        first, last = self._where[start], self._where[end]
        return {
            "line": first.line,
            "column": first.column,
            "end_line": last.line,
            "end_column": last.column,
            "byte": first.byte,
            "end_byte": last.byte,
            "start": self._base + start,
            "end": self._base + end,
        }


def _edit(edit: Edit, where: _Spans) -> dict[str, Any]:
    return {
        "rule": edit.damage,
        **where(*edit.span),
        "before": edit.before,
        "after": edit.after,
        "bits": round(edit.bits, 3),
        "what_happened": in_words(edit.channel),
        "channel": edit.channel.to_dict(),
        "guesses": [_guess(guess) for guess in edit.guesses],
    }


def _guess(guess: Guess) -> dict[str, Any]:
    return {
        "offset": guess.offset,
        "char": guess.char,
        "probability": round(guess.probability, 6),
        "others": [[char, round(probability, 6)] for char, probability in guess.others],
    }


def _suspect(suspect: Suspect, text: str, where: _Spans) -> dict[str, Any]:
    return {
        "rule": suspect.damage,
        **where(*suspect.span),
        "text": text[slice(*suspect.span)],
        "reason": suspect.reason,
    }
