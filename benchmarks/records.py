"""Records: megabytes of text a second and a core, in each format, and what engines add to the library alone.

Records are pieces of healthy texts in many languages (manuals in roff are left out), of which one in a hundred is
damaged, in each way in turn. One process is measured in processor time, engines by the clock, for their processes come
and go: the machine has to be idle.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

from benchmarks.healthy import Text
from benchmarks.speed import machine
from benchmarks.tables import Table
from fixtext.channels import Channel, Decode, Encode
from fixtext.detectors import registry
from fixtext.detectors.watch import watch
from fixtext.findings import Repair
from fixtext.records import Treatment, run_shard
from fixtext.records.many import repairs_of
from fixtext.records.shards import shards

SHORTEST, LONGEST = 300, 6_000
"""Code points of a record."""

CHANNELS = {
    "UTF-8 read as GBK": Channel((Encode("utf-8"), Decode("gb18030", "replace"))),
    "UTF-8 read as Latin-1": Channel((Encode("utf-8"), Decode("latin-1"))),
    "UTF-8 read as Windows-1252": Channel((Encode("utf-8"), Decode("windows-1252"))),
}

TIMES = 8
"""How many times as large the files are that are read and written alone."""

TREATMENT = Treatment(("text",))


def records(texts: Iterator[Text], size: int, one_in: int = 100, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield records of about so many bytes of text in all.

    Args:
        texts: healthy texts.
        size: bytes in UTF-8.
        one_in: one record in so many is damaged; 0 is none.
        seed: of the choices.
    """
    chance = random.Random(seed)
    pieces = list(_pieces(texts, chance, 2 * size))
    chance.shuffle(pieces)
    done = number = 0
    while done < size and pieces:
        source, text = pieces[number % len(pieces)]
        if number >= len(pieces):
            text = f"{text}\n{number}"
        if one_in and number % one_in == one_in // 2:
            text = _damaged(text, number // one_in)
        done += len(text.encode("utf-8", "replace"))
        url = f"https://example.org/{source}/{number}"
        yield {"id": f"record-{number}", "url": url, "text": text, "score": chance.random()}
        number += 1


def _pieces(texts: Iterator[Text], chance: random.Random, size: int) -> Iterator[tuple[str, str]]:
    """Yield pieces of texts, each with its source, of which none gives more than its part of so many bytes."""
    by_source: dict[str, list[str]] = {}
    for text in texts:
        by_source.setdefault(_source(text.name), []).append(text.text)
    each = size // max(1, len(by_source))
    for source in sorted(by_source):
        left = each
        for whole in by_source[source]:
            start = 0
            while start < len(whole) and left > 0:
                end = start + chance.randint(SHORTEST, LONGEST)
                piece = whole[start:end]
                start = end
                if len(piece) >= SHORTEST:
                    left -= len(piece.encode())
                    yield source, piece


def _source(name: str) -> str:
    """Return the package that a text is from, or the corpus."""
    first, *others = name.split("/")
    return f"{first}-{others[0]}" if first == "exam" or first.startswith("@") else first


def _damaged(text: str, number: int) -> str:
    """Damage a text as a whole; one that a channel cannot carry line by line where it can."""
    channel = list(CHANNELS.values())[number % len(CHANNELS)]
    lines = []
    for line in text.split("\n"):
        try:
            lines.append(channel.damage(line))
        except UnicodeError:
            lines.append(line)
    return "\n".join(lines)


def write(found: list[dict[str, Any]], folder: Path) -> dict[str, Path]:
    """Write records in every format; return the file of each."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True)
    data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in found).encode()
    contents = {
        "jsonl": data,
        "jsonl.zst": pa.compress(data, "zstd", asbytes=True),
        "escaped.jsonl": "".join(json.dumps(record) + "\n" for record in found).encode(),
    }
    written = {name: folder / f"a.{name}" for name in (*contents, "parquet")}
    for name, content in contents.items():
        written[name].write_bytes(content)
    pq.write_table(pa.Table.from_pylist(found), written["parquet"], compression="zstd", row_group_size=10_000)
    return written


def measure(texts: Iterator[Text], megabytes: float, folder: Path, rounds: int = 3) -> Table:
    """Return the speed of one process: of repair alone, of records alone in each format, and of both together.

    Records alone are read, taken apart, put together again with what is repaired, and written; what repair would say is
    known beforehand. So what a faster or slower repair does to the whole can be seen. Where texts are repaired, they
    have not been met before.
    """
    pool = [text for text in texts if not text.name.startswith("manpages")]
    found = list(records(iter(pool), int(megabytes * 1e6)))
    passing = _passing(iter(pool), TIMES * int(megabytes * 1e6))
    passing_size = _megabytes([record["text"] for record in passing])
    written, larger = write(found, folder / "in"), write(found * TIMES, folder / "larger")
    some = [record["text"] for record in found]
    size = _megabytes(some)
    damaged = [text for number, text in enumerate(some) if number % 100 == 50]
    healthy = [text for number, text in enumerate(some) if number % 100 != 50]
    others = [record["text"] for record in records(iter(pool), 1_000_000, seed=2)]
    table = Table("Records, one process", "MB of text a second of processor time", ("what", "MB/s"), 1)
    alone = {"repair alone, healthy": healthy, "repair alone, damaged": damaged, "repair alone, 1 % damaged": some}
    for name, part in alone.items():
        table.rows.append((name, _megabytes(part) / _anew(partial(repairs_of, part), others)))
    for name, path in written.items():
        table.rows.append((f"file to file, 1 % damaged: {name}", size / _anew(_work(path, folder), others)))
    known = {some[at]: repair for at, repair in repairs_of(some).items()}

    def remembered(_self: Treatment, asked: Sequence[str]) -> dict[int, Repair]:
        return {index: known[text] for index, text in enumerate(asked) if text in known}

    with mock.patch.object(Treatment, "repairs", remembered):
        for name, path in larger.items():
            table.rows.append((f"records alone: {name}", TIMES * size / _best(_work(path, folder), rounds)))
    for name, path in write(passing, folder / "passing").items():
        work = _work(path, folder)
        table.rows.append((f"file to file, texts that pass at a look: {name}", passing_size / _best(work, rounds)))
    table.notes += [f"{megabytes:g} MB of text, {len(found):,} records, {machine()}"]
    shutil.rmtree(folder)
    return table


def _passing(texts: Iterator[Text], size: int) -> list[dict[str, Any]]:
    """Return records of about so many bytes of text, in which there is nothing to look into."""
    some = list(records(texts, 30_000_000, 0))
    flagged = set(watch(registry.select(None)).flagged([record["text"] for record in some]))
    passing = [record for number, record in enumerate(some) if number not in flagged]
    each = sum(len(record["text"].encode()) for record in passing)
    return [{**record, "id": f"record-{number}"} for number, record in enumerate(passing * (size // each + 1))][
        : len(passing) * size // each
    ]


def _work(path: Path, folder: Path) -> Callable[[], object]:
    (shard,) = shards([str(path)], f"{folder}/out/")
    return partial(run_shard, shard, TREATMENT, again=True)


def size_of(texts: Sequence[str]) -> int:
    """Return the bytes of texts in UTF-8."""
    return sum(len(text.encode("utf-8", "replace")) for text in texts)


def _megabytes(texts: Sequence[str]) -> float:
    return size_of(texts) / 1e6


def _anew(work: Callable[[], object], others: Sequence[str]) -> float:
    """Return the processor time of work in a process that has met other texts but not these, in seconds.

    What has been searched once is remembered; so this process must not have met them either.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def run() -> None:
        repairs_of(others)
        start = time.process_time()
        work()
        sender.send(time.process_time() - start)

    process = context.Process(target=run)
    process.start()
    sender.close()
    seconds: float = receiver.recv()
    process.join()
    return seconds


def _best(work: Callable[[], object], rounds: int) -> float:
    """Return the least processor time of some rounds, in seconds."""
    times = []
    for _round in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def engines(texts: Iterator[Text], megabytes: float, folder: Path, rounds: int = 3) -> Table:
    """Return what each engine adds with two workers to the library in two processes, Parquet to Parquet.

    Two sizes are measured, and what a further megabyte costs is told: the start of an engine, of its workers and of
    their models is no part of it, and those who let idle workers go have them back before. Once with records that pass
    at a look, with which an engine weighs most, and once with a mixture of which one in a hundred is damaged, a
    twentieth as large; of these each round has its own, for some engines keep their workers, and those remember what
    they have searched.
    """
    from benchmarks import record_engines

    pool = [text for text in texts if not text.name.startswith("manpages")]
    passing = _passing(iter(pool), int(megabytes * 1e6))
    costs: dict[tuple[str, str], list[float]] = {}
    with record_engines.started() as works:
        for number in range(rounds + 1):  # the first is not counted: engines compile, and start what they keep
            mixed = list(records(iter(pool[number :: rounds + 1]), int(megabytes * 5e4), seed=number))
            for corpus, found in {"pass at a look": passing, "damaged, 1 %": mixed}.items():
                tenth = len(found) // 10
                parts = found[:tenth], found[tenth : 3 * tenth], found[3 * tenth :]
                _, less, more = (_megabytes([record["text"] for record in part]) for part in parts)
                sources = [folder / f"in-{number}-{corpus[:4]}-{len(part)}" for part in parts]
                for part, source in zip(parts, sources, strict=True):
                    _write_parquet(part, source)
                for name, work in works.items():
                    target = f"{folder}/out-{name.split()[0]}"
                    _, small, large = (_by_clock(partial(work, str(source), target)) for source in sources)
                    if number:
                        costs.setdefault((corpus, name), []).append((large - small) / (more - less))
    columns = ("records", "what", "MB/s", "overhead, %")
    table = Table("Engines, two workers, Parquet to Parquet", "MB of text a second", columns, 2)
    for (corpus, name), found_costs in costs.items():
        cost, alone = median(found_costs), median(costs[corpus, record_engines.LIBRARY])
        table.rows.append((corpus, name, 1 / cost, 100 * (cost / alone - 1)))
    table.notes += [f"{megabytes:g} MB of text, {machine()}"]
    shutil.rmtree(folder)
    return table


def _by_clock(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _write_parquet(found: list[dict[str, Any]], folder: Path, parts: int = 8) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True)
    for part in range(parts):
        pq.write_table(pa.Table.from_pylist(found[part::parts]), folder / f"{part}.parquet", compression="zstd")
