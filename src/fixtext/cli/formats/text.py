"""The format for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fixtext.cli import streams
from fixtext.cli.formats import colors
from fixtext.cli.formats.counts import counts
from fixtext.cli.mode_options import Mode
from fixtext.cli.printable import printable
from fixtext.cli.wording import gettext as _
from fixtext.cli.wording import ngettext

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome, Summary, Tally


class Text:
    """Tells people. Where the text or a diff goes to standard output, all of it goes to standard error."""

    def __init__(self, mode: Mode, *, explain: bool, quiet: bool, color: str) -> None:
        self._mode = mode
        self._explain = explain
        self._quiet = quiet
        self._to_stdout = mode in (Mode.CHECK, Mode.WRITE)
        self._paint = colors.Paint(colors.wanted(color, sys.stdout if self._to_stdout else sys.stderr))

    def part(self, outcome: Outcome) -> None:
        """Tell the findings, if that was asked for."""
        if self._explain:
            from fixtext.cli.explain import explanation

            name = outcome.item.name if self._mode.takes_many else None
            told = explanation(outcome.document.text, outcome.repair, name, self._paint, outcome.base)
            self._tell("".join(told))

    def add(self, file: Summary) -> None:
        """Tell what came of a file."""
        if self._explain and not self._mode.takes_many:
            self._tell(f"{counts(file.edits, file.suspects)}\n")
        if file.notes and not self._quiet:
            from fixtext.cli.foreign import told

            for note in file.notes:
                where = f"{printable(file.item.name)}: " if self._mode.takes_many else ""
                streams.note(f"fixtext: {where}{told(note)}")
        if file.changed and self._to_stdout and not self._quiet:
            summary = counts(file.edits, file.suspects)
            if file.encoding != file.encoding_after:
                summary += f"; {file.encoding} -> {file.encoding_after}"
            elif not file.edits:
                summary += "; " + _("line ends or byte order mark")
            self._tell(f"{self._paint(printable(file.item.name), 'bold')}: {summary}\n")

    def finish(self, tally: Tally) -> None:
        """Tell what came of all files, if there is anything to tell."""
        if self._quiet or not self._mode.takes_many:
            return
        if tally.changed:
            if self._mode is Mode.WRITE:
                told = ngettext("{count} file repaired", "{count} files repaired", tally.changed)
            else:
                told = ngettext("{count} file would be repaired", "{count} files would be repaired", tally.changed)
            parts = [told.format(count=tally.changed), counts(tally.edits, tally.suspects)]
        elif tally.failures or (tally.suspects and self._explain):
            parts = [_("nothing to repair"), counts(tally.edits, tally.suspects)]
        else:
            return
        looked = ngettext("{count} file looked at", "{count} files looked at", tally.files).format(count=tally.files)
        parts.append(looked)
        if tally.skipped:
            parts.append(
                ngettext("{count} binary file skipped", "{count} binary files skipped", tally.skipped).format(
                    count=tally.skipped
                )
            )
        if tally.failures:
            parts.append(ngettext("{count} failure", "{count} failures", tally.failures).format(count=tally.failures))
        streams.note("fixtext: " + "; ".join(parts))

    def _tell(self, text: str) -> None:
        if not text:
            return
        if self._to_stdout:
            streams.write(text.encode("utf-8", "backslashreplace"))
        else:
            streams.note_text(text)
