"""One shard after the other, or several at once: read, treated, written whole or not at all."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Any

from fixtext.findings import Repair
from fixtext.records import manifest
from fixtext.records.counters import Counters
from fixtext.records.delimited import Delimited
from fixtext.records.errors import ShardError
from fixtext.records.formats import COLUMNS
from fixtext.records.jsonl import JsonLines
from fixtext.records.rejects import Rejects
from fixtext.records.rows import Format, Found, treat_rows
from fixtext.records.shards import Shard
from fixtext.records.streams import Source, arrow, compression_of, file_sha256, packed, written
from fixtext.records.treatment import Treatment

SHOWN = 500
"""Texts of a shard that are kept for a report, the first in which something was found."""

SHOWN_CHARACTERS = 100_000
"""Code points that such a text has at the most; longer ones are counted, but not shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in which something was found, for a report: its line or row, its path, itself, and what was found."""

    line: int
    path: str
    text: str
    repair: Repair


@dataclass(slots=True)
class Done:
    """What came of a shard.

    Attributes:
        shard: the shard.
        counters: what was counted.
        error: why it could not be treated; its output is then as it was before.
        skipped: whether it was complete already.
        shown: texts for a report.
    """

    shard: Shard
    counters: Counters
    error: str | None = None
    skipped: bool = False
    shown: list[Shown] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the line of the log."""
        status = "failed" if self.error is not None else "skipped" if self.skipped else "done"
        told = {"shard": self.shard.name, "output": self.shard.output, "status": status, "error": self.error}
        return told | self.counters.to_dict()


def run_shards(
    shards: Sequence[Shard], treatment: Treatment, *, workers: int = 1, again: bool = False, show: bool = False
) -> Iterator[Done]:
    """Treat shards, and yield what came of each in their order.

    Args:
        shards: what is treated.
        treatment: what is done.
        workers: processes.
        again: treat also what is complete.
        show: keep texts for a report.

    Raises:
        fixtext.files.workers.WorkerError: a process died; shards that were complete by then stay so.
    """
    from fixtext.files.workers import ordered

    if len(shards) == 1:
        workers = 1
    work = partial(run_shard, treatment=treatment, again=again, show=show)
    sizes = {shard: size_of(shard) for shard in shards}
    yield from ordered(
        work,
        shards,
        workers=workers,
        name=lambda shard: shard.name,
        size=sizes.__getitem__,
        total=sum(sizes.values()),
    )


def size_of(shard: Shard) -> int:
    """Return the bytes of a shard on the disk, as far as they are known."""
    with suppress(OSError):
        return os.stat(shard.source).st_size if shard.source is not None else 0
    return 0


def run_shard(shard: Shard, treatment: Treatment, *, again: bool = False, show: bool = False) -> Done:
    """Treat one shard. What can be wrong with it is told in the result, not raised.

    The rejected records are in place first, then the output, then the manifest: whenever the work is cut off, what is
    there is whole, and what is missing is done by the next run.

    Raises:
        ValueError: a detector, conversion or normaliser is not known.
    """
    if not again:
        known = manifest.complete(shard, treatment)
        if known is not None:
            return Done(shard, known, skipped=True)
    counters = Counters()
    shown: list[Shown] = []
    start = time.perf_counter()
    try:
        _run(shard, treatment, counters, shown if show else None, start)
    except ShardError as error:
        counters.seconds = round(time.perf_counter() - start, 3)
        return Done(shard, counters, str(error))
    return Done(shard, counters, shown=shown)


def _run(shard: Shard, treatment: Treatment, counters: Counters, shown: list[Shown] | None, start: float) -> None:
    from fixtext.engine import DetectorError

    def keep(line: int, path: str, text: str, repair: Repair) -> None:
        if shown is not None and len(shown) < SHOWN and len(text) <= SHOWN_CHARACTERS:
            shown.append(Shown(line, path, text, repair))

    found = None if shown is None else keep
    try:
        status = os.stat(shard.source if shard.source is not None else sys.stdin.fileno())
        if shard.manifest is not None:
            _prepare(shard)
        with _output(shard) as sink:
            with _rejects(shard) as rejects:
                treat = _columns if shard.form in COLUMNS else _rows
                digest = treat(shard, sink, treatment, rejects, counters, found)
            if shard.source is not None and _changed(status, os.stat(shard.source)):
                raise ShardError("it changed while it was read; run it again")
        counters.bytes_written = os.stat(shard.output).st_size if shard.output is not None else 0
        counters.seconds = round(time.perf_counter() - start, 3)
        if shard.source is not None:
            manifest.remember(shard, treatment, status, digest, counters)
    except DetectorError as error:
        raise ShardError(str(error)) from error
    except MemoryError as error:
        raise ShardError("there is not enough memory for it; lower the limits") from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise ShardError(error.strerror or str(error)) from error


def _prepare(shard: Shard) -> None:
    """Make the folder of the output, and forget that the shard was complete."""
    assert shard.output is not None and shard.manifest is not None
    os.makedirs(os.path.dirname(shard.output) or os.curdir, exist_ok=True)
    with suppress(FileNotFoundError):
        os.unlink(shard.manifest)


@contextmanager
def _output(shard: Shard) -> Iterator[IO[bytes]]:
    if shard.output is not None:
        with written(shard.output) as sink:
            yield sink
    else:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


@contextmanager
def _rejects(shard: Shard) -> Iterator[Rejects]:
    """Give what keeps rejected records; the file is in its place when the block ends well, and not there if empty."""
    if shard.rejects is None:
        yield Rejects(None, shard.name)
        return
    with written(shard.rejects) as stream:
        rejects = Rejects(stream, shard.name)
        yield rejects
    if not rejects.count and not shard.keep_empty:
        os.unlink(shard.rejects)


def _rows(
    shard: Shard, sink: IO[bytes], treatment: Treatment, rejects: Rejects, counters: Counters, found: Found | None
) -> str:
    """Treat rows of bytes; return the digest of the input."""
    form: Format = (
        JsonLines(treatment) if shard.form == "jsonl" else Delimited(treatment, b"\t" if shard.form == "tsv" else b",")
    )
    with ExitStack() as stack:
        stream = sys.stdin.buffer if shard.source is None else stack.enter_context(open(shard.source, "rb"))
        source = Source(stream, compression_of(shard.source or ""), treatment.limits)
        out = stack.enter_context(packed(sink, compression_of(shard.output or "")))
        treat_rows(source, out, form, treatment, rejects, counters, found)
        source.rest()
    counters.bytes_read, counters.bytes_unpacked = source.packed.count, source.count
    return source.packed.sha256()


def _columns(
    shard: Shard, sink: IO[bytes], treatment: Treatment, rejects: Rejects, counters: Counters, found: Found | None
) -> str:
    """Treat columns; return the digest of the input."""
    arrow()  # tells what to install
    from fixtext.records.ipc import treat_ipc
    from fixtext.records.parquet import treat_parquet

    assert shard.source is not None
    treat = treat_parquet if shard.form == "parquet" else treat_ipc
    treat(shard.source, sink, treatment, rejects, counters, found)
    counters.bytes_read = os.stat(shard.source).st_size
    return file_sha256(shard.source)


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
