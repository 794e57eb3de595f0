"""Records by the gigabyte: the command on one file of each format, and which sources of text take its time.

The texts are the running ones of all sets of `benchmarks.healthy`, or those of every kind: word lists, keyboards and
source code too, of which no crawl has as many. A source gives no more than its part, so that they differ as far as they
can; they come again, with their number behind them, only when all have been used. What is searched once is remembered,
with a bound that is passed long before that.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path, PurePath
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import healthy, processes
from benchmarks.records import records, size_of
from benchmarks.speed import machine
from benchmarks.tables import Table
from fixtext.records.many import repairs_of

FORMATS = "jsonl", "parquet"

GROUP = 10_000
"""Records of a row group."""

COMMAND = (sys.executable, "-c", "from fixtext.cli.command import main; main()", "-j", "1", "--field", "text")

RUNNING = {".html", ".htm", ".txt", ".md", ".rst", ".tex", ".po"}
"""Endings of files that hold running text."""

SHOWN = 20
"""Sources that are told, the dearest."""


def texts(cache: Path, *, every_kind: bool = False) -> Iterator[healthy.Text]:
    """Yield the texts of all sets that are at hand, and English ones, but roff manuals."""
    sets = (healthy.texts(cache, which) for which in healthy.SETS if which not in healthy.HALVES)
    for text in chain(*sets, healthy.english(cache)):
        name = text.name.removesuffix(".gz")
        if text.text and not name.startswith("manpages") and (every_kind or _is_running(name)):
            yield text


def _is_running(name: str) -> bool:
    return name.startswith("exam/") or PurePath(name).suffix.lower() in RUNNING


def measure(cache: Path, megabytes: float, folder: Path, *, every_kind: bool = False) -> Table:
    """Return what the command takes for a file of each format, one process for each, both at the same time.

    Args:
        cache: where `healthy.fetch` has put the packages.
        megabytes: text in all, of which one record in a hundred is damaged.
        folder: where the files are made, three times as large as the text; removed at the end.
        every_kind: whether texts of every kind are in them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = write(records(texts(cache, every_kind=every_kind), int(megabytes * 1e6)), folder)
    with ThreadPoolExecutor(len(FORMATS)) as pool:
        runs = dict(zip(FORMATS, pool.map(lambda form: _run(folder, form), FORMATS), strict=True))
    columns = "format", "MB/s", "MB/s by the clock", "resident, MB", "records", "changed", "suspect", "rejected"
    table = Table("Records, the command with one process", "MB of text a second of processor time", columns, 1)
    for form, took in runs.items():
        told = json.loads((folder / f"{form}.log").read_text())
        rejected = sum(told["rejected"].values())
        speeds = text / took.processor, text / took.wall
        counts = told["records"], told["changed"], told["unrepaired"], rejected
        table.rows.append((form, *speeds, took.resident / 1e6, *map(float, counts)))
    table.notes += [f"{text:,.0f} MB of text, both at the same time, {machine()}"]
    shutil.rmtree(folder)
    return table


def write(found: Iterator[dict[str, Any]], folder: Path) -> float:
    """Write records as they come, in each format; return the megabytes of their texts."""
    size = 0
    writer = None
    with (folder / "in.jsonl").open("w", encoding="utf-8") as stream:
        for group in _groups(found):
            size += size_of([record["text"] for record in group])
            stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in group)
            table = pa.Table.from_pylist(group)
            writer = writer or pq.ParquetWriter(folder / "in.parquet", table.schema, compression="zstd")
            writer.write_table(table)
    if writer is not None:
        writer.close()
    return size / 1e6


def _groups(found: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for record in found:
        group.append(record)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group


def _run(folder: Path, form: str) -> processes.Run:
    source, target, log = folder / f"in.{form}", folder / f"out.{form}", folder / f"{form}.log"
    return processes.run([*COMMAND, str(source), "-o", str(target), "--log", str(log)])


def sources(cache: Path, megabytes: float, *, every_kind: bool = False) -> Table:
    """Return which sources take the processor time of repair: of each its share of the text, of the time, its speed."""
    by_source: dict[str, list[str]] = {}
    for record in records(texts(cache, every_kind=every_kind), int(megabytes * 1e6)):
        by_source.setdefault(record["url"].split("/")[3], []).append(record["text"])
    every = [text for found in by_source.values() for text in found]
    repairs_of(every[::50])  # what is loaded and made once
    times = {source: _seconds(found) for source, found in by_source.items()}
    whole, total = sum(times.values()), size_of(every)
    table = Table("Repair of records, by source", "", ("source", "text, %", "time, %", "MB/s"), 1)
    for source in sorted(times, key=times.__getitem__, reverse=True)[:SHOWN]:
        size = size_of(by_source[source])
        share = 100 * size / total, 100 * times[source] / whole
        table.rows.append((source, *share, size / 1e6 / times[source]))
    table.notes += [f"{total / 1e6:,.0f} MB of text from {len(times)} sources, {whole:,.0f} s, {machine()}"]
    return table


def _seconds(found: Sequence[str]) -> float:
    start = time.process_time()
    repairs_of(found)
    return time.process_time() - start
