"""``--names``: garbled file names, as archives leave them that were unpacked with the wrong code page."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from fixtext.cli import streams
from fixtext.cli.errors import EXIT_FINDINGS, EXIT_USAGE, Failure, reason
from fixtext.cli.files.walking import NEVER
from fixtext.cli.formats import colors
from fixtext.cli.mode_options import Mode, mode_of
from fixtext.cli.names.healing import Healed, healed, is_usable
from fixtext.cli.names.renaming import rename
from fixtext.cli.printable import printable
from fixtext.cli.wording import gettext as _
from fixtext.cli.wording import ngettext

if TYPE_CHECKING:
    from fixtext.cli.settings.settings import Settings


def run(arguments: Sequence[str], options: dict[str, Any], settings: Settings) -> int:
    """Tell which names are garbled, or rename what has them, and return the exit status.

    Raises:
        click.UsageError: nothing is named, or options are given that make no sense for names.
    """
    mode = mode_of(options)
    if not arguments or "-" in arguments:
        raise click.UsageError(_("--names needs files or directories"))
    if mode in (Mode.OUTPUT, Mode.DIFF) or settings.run["form"] != "text" or options["patch"]:
        raise click.UsageError(_("--names goes with --write, --check and --explain only"))
    return _Run(mode, options["explain"], settings).over(arguments)


class _Run:
    def __init__(self, mode: Mode, explain: bool, settings: Settings) -> None:
        self._mode = mode
        self._explain = explain
        self._settings = settings
        self._quiet = settings.run["quiet"]
        self._paint = colors.Paint(colors.wanted(settings.run["color"], sys.stdout))
        self._found = self._renamed = self._failures = 0

    def over(self, arguments: Sequence[str]) -> int:
        places = list(dict.fromkeys(place for argument in arguments for place in self._below(argument)))
        names = list(dict.fromkeys(name for _folder, name in places))
        known = healed(names, self._settings.for_file(None).config)
        # What is deepest comes first, so that the paths of the others stay what they are.
        for folder, name in sorted(places, key=lambda place: -place[0].count(os.sep)):
            if name in known:
                try:
                    self._one(folder, name, known[name])
                except Failure as failure:
                    self._failures += 1
                    failure.show()
        return self._status()

    def _below(self, argument: str) -> list[tuple[str, str]]:
        """Return folder and name of a file, or of all that is below a directory."""
        path = argument.rstrip(os.sep) or os.sep
        if not os.path.lexists(path):
            self._failures += 1
            Failure(argument, _("there is no such file; check the name")).show()
            return []
        if not os.path.isdir(path) or os.path.islink(path):
            return [os.path.split(path)]
        found = []
        for folder, folders, files in os.walk(path, onerror=self._unsearchable):
            folders[:] = sorted(set(folders) - NEVER)
            found += [(folder, name) for name in (*folders, *sorted(files))]
        return found

    def _unsearchable(self, error: OSError) -> None:
        self._failures += 1
        name = str(error.filename)
        Failure(name, _("{reason}; check who may read it").format(reason=reason(error))).show()

    def _one(self, folder: str, name: str, found: Healed) -> None:
        path, target = os.path.join(folder, name), os.path.join(folder, found.name)
        if not is_usable(found.name):
            raise Failure(
                path, _("its name would become {name}, which is none; left alone").format(name=printable(found.name))
            )
        self._found += 1
        if self._mode is Mode.WRITE:
            rename(path, target)
            self._renamed += 1
        elif os.path.lexists(target):
            raise Failure(path, _("there is {name} already; left alone").format(name=printable(found.name)))
        if not self._quiet:
            before, after = self._paint(printable(path), "red"), self._paint(printable(found.name), "green")
            streams.tell(f"{before} -> {after}")
            if self._explain and found.why:
                streams.tell(self._paint(f"    {printable(found.why)}", "dim"))

    def _status(self) -> int:
        if self._found and not self._quiet:
            if self._mode is Mode.WRITE:
                told = ngettext("{count} name repaired", "{count} names repaired", self._renamed)
                streams.note("fixtext: " + told.format(count=self._renamed))
            else:
                told = ngettext(
                    "{count} name would be repaired; add -w to do it",
                    "{count} names would be repaired; add -w to do it",
                    self._found,
                )
                streams.note("fixtext: " + told.format(count=self._found))
        if self._failures:
            return EXIT_USAGE
        counts = self._mode is Mode.CHECK or self._settings.run["exit_non_zero_on_fix"]
        return EXIT_FINDINGS if counts and self._found else 0
