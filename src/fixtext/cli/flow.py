"""All inputs of a run as one stream of jobs, done by one or several processes, and what came of them in order."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from fixtext.cli import jobs
from fixtext.cli.errors import Binary, Failure
from fixtext.cli.files.reading import is_binary
from fixtext.cli.jobs import End, Entry, Job, Small, Stretch
from fixtext.cli.long_inputs import Long, Manner, opened
from fixtext.files import workers

if TYPE_CHECKING:
    from fixtext.cli.files.walking import Item
    from fixtext.cli.formats.reporter import Reporter
    from fixtext.cli.jobs import Result
    from fixtext.cli.outcome import Outcome, Tally
    from fixtext.cli.settings.choices import Choices
    from fixtext.cli.sinks import Sink
    from fixtext.cli.work import Examine

_FILES = 32
"""Small files of one job at most; a job costs 0.2 ms beside its work when another process does it."""

_SINGLY = 64
"""Files done one by one before as many are put into a job as this goes into the number of those done."""


class Manners(NamedTuple):
    """How a run works.

    Attributes:
        choices: tells what was chosen for a file.
        is_taken: whether a file is looked at at all; may refuse.
        examine: how small files are looked at.
        long: how long ones are.
        cut: whether long inputs are cut into windows; or else all are read whole.
        tell_last: whether findings are told after the text was written.
        workers: processes at most.
    """

    choices: Callable[[Item], Choices]
    is_taken: Callable[[Item], bool]
    examine: Examine
    long: Manner
    cut: bool
    tell_last: bool
    workers: int


class Flow:
    """The work on all inputs."""

    def __init__(
        self,
        manners: Manners,
        reporter: Reporter,
        sink: Sink,
        tally: Tally,
        fail: Callable[[Failure], None],
        advance: Callable[[int], None],
        beginning: bytes = b"",
    ) -> None:
        """Take who is told what.

        Args:
            manners: how the run works.
            reporter: is told findings.
            sink: takes the text.
            tally: counts.
            fail: is told what went wrong with one file.
            advance: is told how many bytes are done.
            beginning: bytes of standard input that have been read before.
        """
        self._manners = manners
        self._reporter = reporter
        self._sink = sink
        self._tally = tally
        self._fail = fail
        self._advance = advance
        self._beginning = beginning
        self._under_way: deque[tuple[Job, Long | None]] = deque()
        self._open: list[Long] = []

    def run(self, items: Iterable[Item], total: int | None = None) -> None:
        """Do all the work.

        Args:
            items: the inputs.
            total: bytes of all of them, if somebody knows.
        """
        try:
            results = workers.ordered(
                jobs.done,
                self._jobs(items),
                workers=self._manners.workers,
                name=jobs.name,
                size=_size,
                total=total,
                pays=workers.PAYS,
                elsewhere=jobs.done_elsewhere,
            )
            for result in results:
                job, long = self._under_way.popleft()
                self._take(job, long, result)
                self._advance(job.size)
        except workers.WorkerError as error:
            self._fail(Failure(error.job, error.message))
        finally:
            for long in self._open:
                long.give_up()

    def _jobs(self, items: Iterable[Item]) -> Iterator[Job]:
        batch: list[Entry | Failure] = []
        size = files = 0
        for item in items:
            try:
                if not self._manners.is_taken(item):
                    continue
                choices = self._manners.choices(item)
            except Failure as failure:
                batch.append(failure)
                continue
            length = _length(item)
            if self._manners.cut and (length is None or length > self._manners.long.size):
                if batch:
                    yield self._small(batch, size)
                    batch, size = [], 0
                yield from self._long(item, choices)
                continue
            batch.append((item, choices, None))
            size += length or 0
            files += 1
            if len(batch) >= min(_FILES, 1 + files // _SINGLY) or size >= self._manners.long.size:
                yield self._small(batch, size)
                batch, size = [], 0
        if batch:
            yield self._small(batch, size)

    def _small(self, entries: list[Entry | Failure], size: int) -> Small:
        long = self._manners.long
        job = Small(tuple(entries), self._manners.examine, long.skip_binary, long.keep_encoding, size)
        self._under_way.append((job, None))
        return job

    def _long(self, item: Item, choices: Choices) -> Iterator[Job]:
        manner = self._manners.long
        try:
            found = opened(item, manner, self._beginning)
        except Failure as failure:
            yield self._small([failure], 0)
            return
        if isinstance(found, bytes):
            yield self._small([(item, choices, found)], len(found))
        elif manner.skip_binary and item.path is not None and is_binary(found.source.at(0, manner.size)):
            found.close()
            self._tally.skipped += 1
        else:
            long = Long(item, choices, found, manner, self._sink, self._reporter)
            self._open.append(long)
            for job in long.jobs():
                self._under_way.append((job, long))
                yield job

    def _take(self, job: Job, long: Long | None, result: Result) -> None:
        if isinstance(result, (ValueError, RuntimeError)) and not isinstance(result, Failure):
            raise result
        if isinstance(result, list):
            for one in result:
                self._take_small(one)
            return
        assert long is not None
        assert isinstance(job, (Stretch, End))
        try:
            summary = long.take(job, result)
            if summary is None:
                return
            self._tally.add(summary)
            self._reporter.add(summary)
        except Binary as failure:
            if self._manners.long.skip_binary and long.item.path is not None:
                self._tally.skipped += 1
            else:
                self._fail(failure)
        except Failure as failure:
            self._fail(failure)
        with suppress(ValueError):
            self._open.remove(long)

    def _take_small(self, one: Outcome | Failure | None) -> None:
        if one is None:
            self._tally.skipped += 1
            return
        try:
            if isinstance(one, Failure):
                raise one
            summary = one.summary()
            self._tally.add(summary)
            if self._manners.tell_last:
                self._sink.take(one)
            self._reporter.part(one)
            self._reporter.add(summary)
            if not self._manners.tell_last:
                self._sink.take(one)
        except Failure as failure:
            self._fail(failure)


def _size(job: Job) -> int:
    return job.size


def _length(item: Item) -> int | None:
    """Return the length of a file, None if it has to be read to know that."""
    if item.path is None:
        return None
    try:
        status = os.stat(item.path)
    except (OSError, ValueError):
        return 0  # reading it will tell what is wrong
    return status.st_size if stat.S_ISREG(status.st_mode) else None
