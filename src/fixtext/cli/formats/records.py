"""Findings as JSON values: what ``--format json`` prints and what ``--apply`` and ``--undo`` read.

docs/plans.md tells the fields.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fixtext.channels.words import in_words
from fixtext.cli.formats.places import Place, all_offsets, places

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome, Tally
    from fixtext.findings import Edit, Guess, Suspect

VERSION = 1
"""The version of this form. It grows when a reader of the old one would misunderstand."""


def record(outcome: Outcome) -> dict[str, Any]:
    """Return what came of one file."""
    repair = outcome.repair
    where = places(outcome.document, all_offsets(repair))
    return {
        "path": outcome.item.name if outcome.item.path is None else outcome.item.path,
        "encoding": outcome.document.encoding,
        "encoding_after": outcome.encoding,
        "sha256": sha256(outcome.document.data).hexdigest(),
        "sha256_after": sha256(outcome.output).hexdigest(),
        "edits": [_edit(edit, where) for edit in repair.edits],
        "suspects": [_suspect(suspect, outcome.document.text, where) for suspect in repair.suspects],
        "notes": list(repair.notes),
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


def _span(start: int, end: int, where: dict[int, Place]) -> dict[str, int]:
    first, last = where[start], where[end]
    return {
        "line": first.line,
        "column": first.column,
        "end_line": last.line,
        "end_column": last.column,
        "byte": first.byte,
        "end_byte": last.byte,
        "start": start,
        "end": end,
    }


def _edit(edit: Edit, where: dict[int, Place]) -> dict[str, Any]:
    return {
        "rule": edit.damage,
        **_span(*edit.span, where),
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


def _suspect(suspect: Suspect, text: str, where: dict[int, Place]) -> dict[str, Any]:
    return {
        "rule": suspect.damage,
        **_span(*suspect.span, where),
        "text": text[slice(*suspect.span)],
        "reason": suspect.reason,
    }
