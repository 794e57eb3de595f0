"""One run over all files: sources, work, sink and reporter put together."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from fixtext.cli import sinks, streams, work
from fixtext.cli.errors import Failure
from fixtext.cli.file_options import selection
from fixtext.cli.files.walking import Item, files, listed
from fixtext.cli.mode_options import Mode, mode_of
from fixtext.cli.outcome import Tally
from fixtext.cli.plan_options import by_plan
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.cli.formats.reporter import Reporter
    from fixtext.cli.settings.settings import Settings


class Run:
    """What the options ask for, checked before anything is read."""

    def __init__(self, names: tuple[str, ...], options: dict[str, Any], settings: Settings) -> None:
        """Put the run together.

        Args:
            names: the words on the command line that are no options.
            options: the values of the options.
            settings: what holds for the run and for each file.

        Raises:
            click.UsageError: the options contradict each other, or too many files are named for what is asked.
        """
        self.mode = mode_of(options)
        self.tally = Tally()
        self._options = options
        self._settings = settings
        self._names = self._named(names)
        self._form = settings.run["form"]
        self._examine = self._how()
        self._refuse()
        self._choose = self._asking()

    def status(self) -> int:
        """Do the work, and return the exit status."""
        reporter, sink = self._reporter(), self._sink()
        items = self._items()
        if self.mode.takes_many and self._choose is None and not self._settings.run["quiet"] and streams.is_watched():
            items = self._with_progress(items)
        for item in items:
            try:
                self._one(item, reporter, sink)
            except Failure as failure:
                self._fail(failure)
        try:
            reporter.finish(self.tally)
        except Failure as failure:
            self._fail(failure)
        findings_count = self.mode in (Mode.CHECK, Mode.DIFF) or self._settings.run["exit_non_zero_on_fix"]
        return self.tally.status(findings_count=findings_count)

    def _one(self, item: Item, reporter: Reporter, sink: sinks.Sink) -> None:
        if self._is_report(item):
            return
        if self.mode in (Mode.STDOUT, Mode.OUTPUT):
            output = self._options["output"]
            sinks.refuse_same_file(item.path, output)
        filename = self._options["stdin_filename"] if item.path is None else item.path
        choices = self._settings.for_file(filename)
        skip = self.mode.takes_many and item.path is not None
        keep = self.mode.takes_many and not self._is_planned
        outcome = work.outcome(item, choices, self._examine, self._choose, skip_binary=skip, keep_encoding=keep)
        if outcome is None:
            self.tally.skipped += 1
            return
        self.tally.add(outcome)
        if self.mode is Mode.WRITE:  # what is told as done has to be done
            sink.take(outcome)
            reporter.add(outcome)
        else:
            reporter.add(outcome)
            sink.take(outcome)

    def _is_report(self, item: Item) -> bool:
        """Whether a file found in a directory is the report of an earlier run, which quotes what was damaged.

        Raises:
            click.UsageError: it is named itself: the report would be written over it.
        """
        report = self._options["report"]
        if report is None or item.path is None or not sinks.is_same_file(item.path, report):
            return False
        if item.named:
            raise click.UsageError(_("the report would be written over an input; give it another name"))
        return True

    def _with_progress(self, items: Iterator[Item]) -> Iterator[Item]:
        """Yield the items; show on a terminal how far the work is."""
        import os

        from fixtext.cli.progress import Bar

        def size(item: Item) -> int:
            try:
                return 0 if item.path is None else os.stat(item.path).st_size
            except OSError:
                return 0

        sized = [(item, size(item)) for item in items]
        bar = Bar(sys.stderr, sum(count for _item, count in sized))
        streams.before_writing = bar.clear
        try:
            for item, count in sized:
                yield item
                bar.advance(count, self.tally.edits)
        finally:
            bar.clear()
            streams.before_writing = None

    def _named(self, names: tuple[str, ...]) -> list[str]:
        source = self._options["files_from"]
        if source is not None:
            if source == "-" and "-" in names:
                raise click.UsageError(_("standard input is either a list of files or a text"))
            return [*names, *listed(source)]
        if names:
            return list(names)
        if streams.is_terminal():
            raise click.UsageError(_("name a file, send text through a pipe, or give - to type it here"))
        return ["-"]

    def _how(self) -> work.Examine:
        planned = by_plan(self._options, len(self._names))
        self._is_planned = planned is not None
        if planned is not None:
            return planned
        if not self._options["history"]:
            return work.for_damage
        if "-" in self._names:
            raise click.UsageError(_("--git needs the name of a FILE"))
        return work.with_history

    def _asking(self) -> work.Choose | None:
        if not self._options["patch"]:
            return None
        from fixtext.cli.formats import colors
        from fixtext.cli.patch import ControllingTerminal, Patch

        return Patch(ControllingTerminal(), colors.Paint(colors.wanted(self._settings.run["color"], sys.stderr)))

    def _refuse(self) -> None:
        """Refuse what makes no sense together."""
        if not self.mode.takes_many and len(self._names) > 1:
            raise click.UsageError(_("several files need --write, --check or --diff"))
        if self.mode is Mode.WRITE and "-" in self._names:
            raise click.UsageError(_("--write changes files; standard input is none"))
        if self._form != "text" and self.mode is Mode.DIFF:
            raise click.UsageError(
                _("--diff and --format {name} both want standard output; use --check").format(name=self._form)
            )

    def _items(self) -> Iterator[Item]:
        if self.mode.takes_many:
            found = files(self._names, selection(self._settings), self._fail)
        else:
            found = iter([Item(None if name == "-" else name, name) for name in self._names])
        stdin = self._options["stdin_filename"] or _("standard input")
        return (Item(None, stdin) if item.path is None else item for item in found)

    def _fail(self, failure: Failure) -> None:
        self.tally.failures += 1
        if streams.before_writing is not None:
            streams.before_writing()
        failure.show()

    def _sink(self) -> sinks.Sink:
        if self.mode is Mode.WRITE:
            return sinks.InPlace(self._options["backup"])
        if self.mode is Mode.OUTPUT:
            return sinks.OutputFile(self._options["output"])
        if self.mode is Mode.DIFF:
            from fixtext.cli.formats import colors

            return sinks.UnifiedDiff(colors.wanted(self._settings.run["color"], sys.stdout))
        return sinks.StandardOutput() if self.mode is Mode.STDOUT and self._form == "text" else sinks.Nowhere()

    def _reporter(self) -> Reporter:
        path = self._options["report"]
        if path is None:
            return self._teller()
        from fixtext.cli.report import Report

        return Report(path, self._teller())

    def _teller(self) -> Reporter:
        run = self._settings.run
        if self._form != "text":
            from fixtext.cli.formats.reporter import machine_reporter

            return machine_reporter(self._form)
        from fixtext.cli.formats.text import Text

        return Text(self.mode, explain=self._options["explain"], quiet=run["quiet"], color=run["color"])
