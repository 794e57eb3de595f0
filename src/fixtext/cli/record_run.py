"""One run over files of records: which, what is done to them, and what is told."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from fixtext.cli import streams
from fixtext.cli.errors import EXIT_FINDINGS, EXIT_USAGE, Failure, Unwritable, reason
from fixtext.cli.outcome import Tally
from fixtext.cli.record_options import limits_of
from fixtext.cli.wording import gettext as _
from fixtext.cli.wording import ngettext
from fixtext.records.counters import Counters
from fixtext.records.errors import RecordsError, ShardError
from fixtext.records.limits import Limits
from fixtext.records.runner import Done, run_shards
from fixtext.records.shards import shards
from fixtext.records.treatment import Treatment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fixtext.cli.outcome import Outcome, Summary
    from fixtext.cli.report import Report
    from fixtext.cli.settings.settings import Settings

_NOT_WITH = (
    *("write", "check", "diff", "patch", "backup", "explain", "names", "detect", "history", "apply", "undo"),
    *("stdin_filename", "include", "exclude", "line_buffered", "chunk_size"),
    *("encoding", "output_encoding", "keep_encoding", "newline", "bom", "errors"),
)
"""Parameters that are about files of text."""


class RecordRun:
    """What the options ask for, checked before anything is read."""

    def __init__(self, names: tuple[str, ...], options: dict[str, Any], settings: Settings) -> None:
        """Put the run together.

        Raises:
            click.UsageError: the options contradict each other, or name what there is not.
            ValueError: a detector is not known.
        """
        _refuse(options, settings)
        self._options = options
        self._settings = settings
        self._tally = Tally()
        self._total = Counters()
        try:
            self._treatment = _treatment(options, settings)
            self._shards = shards(_named(names, options), options["output"], options["records"], options["rejects"])
        except RecordsError as error:
            raise click.UsageError(str(error)) from None
        self._treatment.repairs([""])  # what is not known has to be told before anything is written

    def status(self) -> int:
        """Do the work, and return the exit status: 2 for a file that failed, 1 for a record that was rejected."""
        report = self._report()
        log = self._options["log"]
        try:
            with nullcontext() if log is None else open(log, "ab", buffering=0) as stream:
                for done in self._watched():
                    self._take(done, report)
                    if stream is not None:
                        stream.write(json.dumps(done.to_dict()).encode("ascii") + b"\n")
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Unwritable(log, _("it cannot be written: {reason}").format(reason=reason(error))) from None
        self._gather_rejects()
        if report is not None:
            report.finish(self._tally)
        if not self._settings.run["quiet"]:
            streams.note_text("".join(f"{line}\n" for line in self._told()))
        if self._tally.failures:
            return EXIT_USAGE
        found = self._settings.run["exit_non_zero_on_fix"] and self._total.changed
        return EXIT_FINDINGS if self._total.rejected or found else 0

    def _take(self, done: Done, report: Report | None) -> None:
        counters = done.counters
        if done.error is not None:
            self._tally.failures += 1
            if streams.before_writing is not None:
                streams.before_writing()
            Failure(done.shard.name, done.error).show()
            return
        self._tally.files += 1
        self._tally.skipped += done.skipped
        self._tally.changed += bool(counters.changed)
        self._tally.edits += sum(counters.edits.values())
        self._tally.suspects += sum(counters.suspects.values())
        self._total.add(counters)
        if report is not None:
            for outcome in _outcomes(done):
                report.part(outcome)
            report.add(_summary(done))

    def _watched(self) -> Iterator[Done]:
        """Yield what came of each shard; show on a terminal how far the work is."""
        from fixtext.files.workers import WorkerError, cores

        workers = self._options["jobs"] or cores()
        work = run_shards(
            self._shards,
            self._treatment,
            workers=workers,
            again=self._options["again"],
            show=self._options["report"] is not None,
        )
        if self._settings.run["quiet"] or not streams.is_watched():
            bar = None
        else:
            from fixtext.cli.progress import Bar
            from fixtext.records.runner import size_of

            bar = Bar(sys.stderr, sum(map(size_of, self._shards)))
            streams.before_writing = bar.clear
        try:
            for done in work:
                yield done
                if bar is not None:
                    bar.advance(done.counters.bytes_read, self._tally.edits)
        except WorkerError as error:
            self._tally.failures += 1
            Failure(error.job, _("{error}; run it again to do the rest").format(error=error.message)).show()
        finally:
            if bar is not None:
                bar.clear()
                streams.before_writing = None

    def _gather_rejects(self) -> None:
        """Put the rejected records of several shards into the one file that was named."""
        path = self._options["rejects"]
        if path is None or len(self._shards) == 1:
            return
        import os
        from shutil import copyfileobj

        from fixtext.records.streams import written

        try:
            with written(path) as target:
                for shard in self._shards:
                    if shard.rejects is not None and os.path.exists(shard.rejects):
                        with open(shard.rejects, "rb") as part:
                            copyfileobj(part, target)
        except ShardError as error:
            self._tally.failures += 1
            Failure(path, str(error)).show()

    def _report(self) -> Report | None:
        path = self._options["report"]
        if path is None:
            return None
        from fixtext.cli.report import Report

        return Report(path, _Silent())

    def _told(self) -> Iterator[str]:
        """Yield the totals, for people."""
        total, tally = self._total, self._tally
        yield "fixtext: " + ngettext(
            "{records:,} records in {files} file: {changed:,} with repairs, {left:,} with damage that is left",
            "{records:,} records in {files} files: {changed:,} with repairs, {left:,} with damage that is left",
            tally.files,
        ).format(records=total.records, files=tally.files, changed=total.changed, left=total.unrepaired)
        if tally.skipped:
            yield "fixtext: " + ngettext(
                "{count} file was complete already", "{count} files were complete already", tally.skipped
            ).format(count=tally.skipped)
        for words, counts in (
            (_("repairs: {counts}"), total.edits),
            (_("left alone: {counts}"), total.suspects),
            (_("rejected: {counts}"), total.rejected),
        ):
            if counts:
                listed = ", ".join(f"{kind} {count:,}" for kind, count in sorted(counts.items()))
                yield "fixtext: " + words.format(counts=listed)


class _Silent:
    """A reporter that tells nothing."""

    def part(self, outcome: Outcome) -> None:
        """Tell nothing of a text."""

    def add(self, file: Summary) -> None:
        """Tell nothing of a file."""

    def finish(self, tally: Tally) -> None:
        """Tell nothing of all of them."""


def _outcomes(done: Done) -> Iterator[Outcome]:
    """Yield the texts of a shard that a report shows, each as if it were a file."""
    from fixtext.cli.documents import Document
    from fixtext.cli.files.walking import Item
    from fixtext.cli.outcome import Outcome

    for shown in done.shown:
        item = Item(None, f"{done.shard.name}:{shown.line} {shown.path}")
        document = Document(shown.text.encode("utf-8", "surrogatepass"), shown.text)
        yield Outcome(item, document, shown.repair, document.encode(shown.repair.text), "utf-8", None)


def _summary(done: Done) -> Summary:
    """Return what a report says about a shard as a whole."""
    from fixtext.cli.files.walking import Item
    from fixtext.cli.outcome import Summary

    counters = done.counters
    edits, suspects = sum(counters.edits.values()), sum(counters.suspects.values())
    item = Item(done.shard.source, done.shard.name)
    return Summary(item, bool(counters.changed), edits, suspects, (), "utf-8", "utf-8", lambda: ("", ""))


def _named(names: tuple[str, ...], options: dict[str, Any]) -> list[str]:
    source = options["files_from"]
    if source is None:
        return list(names) or ["-"]
    from fixtext.cli.files.walking import listed

    return [*names, *listed(source)]


def _refuse(options: dict[str, Any], settings: Settings) -> None:
    for name in _NOT_WITH:
        if options[name] and settings.is_given(name):
            given = "--git" if name == "history" else "--" + name.replace("_", "-")
            raise click.UsageError(_("--field and {option} exclude each other").format(option=given))
    if settings.run["form"] != "text" and settings.is_given("form"):
        raise click.UsageError(_("--field and {option} exclude each other").format(option="--format"))


def _treatment(options: dict[str, Any], settings: Settings) -> Treatment:
    choices = settings.for_file(None)
    return Treatment(
        tuple(options["fields"]),
        choices.config,
        score_only=options["score_only"],
        edits=options["record_edits"],
        confident=choices.values["confident"],
        allow_missing=options["allow_missing"],
        limits=Limits(**limits_of(options)),
    )
