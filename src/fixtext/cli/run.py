"""One run over all files: sources, work, sink and reporter put together."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
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
from fixtext.files import SIZE

if TYPE_CHECKING:
    from fixtext.cli.formats.reporter import Reporter
    from fixtext.cli.progress import Bar
    from fixtext.cli.settings.choices import Choices
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
        try:
            self._work(reporter, sink)
        except Failure as failure:
            self._fail(failure)
        try:
            reporter.finish(self.tally)
        except Failure as failure:
            self._fail(failure)
        findings_count = self.mode in (Mode.CHECK, Mode.DIFF) or self._settings.run["exit_non_zero_on_fix"]
        return self.tally.status(findings_count=findings_count)

    def _work(self, reporter: Reporter, sink: sinks.Sink) -> None:
        """Work on all inputs: one by one where somebody has to be asked, or where there is only one and it is short."""
        items = self._items()
        beginning = b""
        if self._is_by_line():
            from fixtext.cli import line_by_line

            item = next(items)
            if self._is_taken(item):
                beginning = line_by_line.run(item, self._choices(item), reporter, self.tally)
            if beginning:
                self._flow(iter([item]), reporter, sink, beginning)
            return
        if self._is_long:
            if self._names == ["-"]:
                beginning = streams.read(_("standard input"), SIZE + 1)
            if len(beginning) > SIZE or not self._is_one_short_file(beginning):
                self._flow(items, reporter, sink, beginning)
                return
        for item in items:
            try:
                self._one(item, reporter, sink, beginning)
            except Failure as failure:
                self._fail(failure)

    def _one(self, item: Item, reporter: Reporter, sink: sinks.Sink, beginning: bytes) -> None:
        if not self._is_taken(item):
            return
        outcome = work.outcome(
            item,
            self._choices(item),
            self._examine,
            self._choose,
            skip_binary=self.mode.takes_many and item.path is not None,
            keep_encoding=self.mode.takes_many and not self._is_planned,
            given=(beginning, None) if item.path is None and self._is_long else None,
        )
        if outcome is None:
            self.tally.skipped += 1
            return
        self.tally.add(outcome.summary())
        if self.mode is Mode.WRITE:  # what is told as done has to be done
            sink.take(outcome)
        reporter.part(outcome)
        reporter.add(outcome.summary())
        if self.mode is not Mode.WRITE:
            sink.take(outcome)

    @property
    def _is_long(self) -> bool:
        """Whether inputs may be too long to be held: not where somebody is asked, or a plan or a history needs all."""
        return self._choose is None and self._examine is work.for_damage

    def _is_by_line(self) -> bool:
        wanted = self._options["line_buffered"]
        if wanted:
            if self.mode is not Mode.STDOUT or self._form != "text" or not self._is_long:
                raise click.UsageError(_("--line-buffered writes the text of one input to standard output"))
            return True
        if wanted is False or self.mode is not Mode.STDOUT or self._form != "text" or not self._is_long:
            return False
        if sys.stdout is None or not sys.stdout.isatty():
            return False
        from fixtext.cli import line_by_line

        return line_by_line.is_growing(self._names[0])

    def _is_one_short_file(self, beginning: bytes) -> bool:
        if len(self._names) != 1:
            return False
        if self._names == ["-"]:
            return True
        try:
            status = os.stat(self._names[0])
        except (OSError, ValueError):
            return True
        return stat.S_ISREG(status.st_mode) and status.st_size <= SIZE

    def _flow(self, items: Iterator[Item], reporter: Reporter, sink: sinks.Sink, beginning: bytes) -> None:
        """Work on many or on long inputs, in several processes if that pays."""
        from fixtext.cli.flow import Flow, Manners
        from fixtext.cli.long_inputs import Manner
        from fixtext.files.workers import cores

        many = self.mode.takes_many
        long = Manner(
            size=SIZE,
            block=self._options["chunk_size"],
            skip_binary=many,
            keep_encoding=many,
            places=self._options["explain"] or self._options["report"] is not None or self._form != "text",
            digests=self._form in ("json", "jsonl"),
        )
        manners = Manners(
            choices=self._choices,
            is_taken=self._is_taken,
            examine=self._examine,
            long=long,
            cut=self.mode is not Mode.DIFF,
            tell_last=self.mode is Mode.WRITE,
            workers=self._options["jobs"] or cores(),
        )
        with contextlib.ExitStack() as stack:
            advance, total = self._progress(stack)
            Flow(manners, reporter, sink, self.tally, self._fail, advance, beginning).run(items, total)

    def _progress(self, stack: contextlib.ExitStack) -> tuple[Callable[[int], None], int | None]:
        """Return what is told how many bytes are done, and how many there are in all if that is known."""
        total = None
        if self._names != ["-"] and len(self._names) == 1 and os.path.isfile(self._names[0]):
            total = os.path.getsize(self._names[0])
        if self._settings.run["quiet"] or not streams.is_watched() or not (self.mode.takes_many or total):
            return (lambda _count: None), total
        from fixtext.cli.progress import Bar

        if total is None:  # where somebody watches, all names are looked up before the work begins
            total = sum(map(_size, self._items(quiet=True)))
        bar = Bar(sys.stderr, total)
        stack.callback(_take_away, bar)
        streams.before_writing = bar.clear
        return (lambda count: bar.advance(count, self.tally.edits)), total

    def _choices(self, item: Item) -> Choices:
        return self._settings.for_file(self._options["stdin_filename"] if item.path is None else item.path)

    def _is_taken(self, item: Item) -> bool:
        """Whether a file is looked at; see `_is_report` and `sinks.refuse_same_file` for what is refused."""
        if self._is_report(item):
            return False
        if not self.mode.takes_many:
            sinks.refuse_same_file(item.path, self._options["output"])
        return True

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

    def _items(self, *, quiet: bool = False) -> Iterator[Item]:
        if self.mode.takes_many:
            found = files(self._names, selection(self._settings), (lambda _failure: None) if quiet else self._fail)
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


def _take_away(bar: Bar) -> None:
    bar.clear()
    streams.before_writing = None


def _size(item: Item) -> int:
    try:
        return 0 if item.path is None else os.stat(item.path).st_size
    except OSError:
        return 0
