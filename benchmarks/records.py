"""Records: megabytes of text a second and a core, in each format, and what engines add to the library alone.

Records are pieces of healthy texts in many languages, of which one in a hundred is damaged, in each way in turn. Speed
of one process is text by processor time; engines are told by the clock, for their processes are many, against the
library in as many processes in the same run.
"""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.healthy import Text
from benchmarks.speed import machine
from benchmarks.tables import Table
from fixtext.channels import Channel, Decode, Encode
from fixtext.records import Treatment, run_shard
from fixtext.records.runner import run_shards
from fixtext.records.shards import shards
from fixtext.records.texts import fix_texts

SHORTEST, LONGEST = 300, 6_000
"""Code points of a record."""

CHANNELS = {
    "UTF-8 read as GBK": Channel((Encode("utf-8"), Decode("gb18030", "replace"))),
    "UTF-8 read as Latin-1": Channel((Encode("utf-8"), Decode("latin-1"))),
    "UTF-8 read as Windows-1252": Channel((Encode("utf-8"), Decode("windows-1252"))),
}

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
        text = pieces[number % len(pieces)]
        if number >= len(pieces):
            text = f"{text}\n{number}"
        if one_in and number % one_in == one_in // 2:
            text = _damaged(text, number // one_in)
        done += len(text.encode("utf-8", "replace"))
        yield {"id": number, "url": f"https://example.org/{number}", "text": text, "score": chance.random()}
        number += 1


def _pieces(texts: Iterator[Text], chance: random.Random, size: int) -> Iterator[str]:
    by_source: dict[str, list[str]] = {}
    for text in texts:
        by_source.setdefault("/".join(text.name.split("/")[:2][:-1] or ["x"]), []).append(text.text)
    each = size // max(1, len(by_source))
    for source in sorted(by_source):
        left = each
        for text in by_source[source]:
            start = 0
            while start < len(text) and left > 0:
                end = start + chance.randint(SHORTEST, LONGEST)
                piece = text[start:end]
                start = end
                if len(piece) >= SHORTEST:
                    left -= len(piece.encode())
                    yield piece


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


def write(found: list[dict[str, Any]], folder: Path, parts: int = 1) -> dict[str, list[Path]]:
    """Write records in every format; return the shards of each."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, list[Path]] = {}
    for part in range(parts):
        some = found[part::parts]
        data = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in some).encode()
        escaped = "".join(json.dumps(record) + "\n" for record in some).encode()
        table = pa.Table.from_pylist(some)
        for name, content in {
            f"{part}.jsonl": data,
            f"{part}.jsonl.zst": pa.compress(data, "zstd", asbytes=True),
            f"{part}.escaped.jsonl": escaped,
        }.items():
            (folder / name).write_bytes(content)
            written.setdefault(name.partition(".")[2], []).append(folder / name)
        pq.write_table(table, folder / f"{part}.parquet", compression="zstd", row_group_size=10_000)
        written.setdefault("parquet", []).append(folder / f"{part}.parquet")
    return written


def measure(texts: Iterator[Text], megabytes: float, folder: Path, rounds: int = 3) -> Table:
    """Return the speed of one process: of the library alone, and of each format from file to file."""
    table = Table("Records, one process", "MB of text a second", ("what", "healthy", "1 % damaged"), 1)
    columns: dict[str, list[float]] = {}
    pool = list(texts)
    for one_in in (0, 100):
        found = list(records(iter(pool), int(megabytes * 1e6), one_in))
        bytes_of_text = sum(len(record["text"].encode("utf-8", "replace")) for record in found)
        written = write(found, folder / str(one_in))
        some = [record["text"] for record in found]
        fix_texts(some[:100])
        works: dict[str, Callable[[], object]] = {"library: fix_texts": lambda some=some: fix_texts(some)}  # type: ignore[misc]
        for name, (path,) in written.items():
            (shard,) = shards([str(path)], f"{folder}/out/")
            works[f"file to file: {name}"] = lambda shard=shard: run_shard(shard, TREATMENT, again=True)  # type: ignore[misc]
        best: dict[str, float] = {}
        for _round in range(rounds):
            for name, work in works.items():
                start = time.process_time()
                work()
                best[name] = min(best.get(name, 1e9), time.process_time() - start)
        for name, seconds in best.items():
            columns.setdefault(name, []).append(bytes_of_text / seconds / 1e6)
    table.rows = [(name, *values) for name, values in columns.items()]
    table.notes += [f"{megabytes:g} MB of text, {len(found):,} records, {machine()}"]
    shutil.rmtree(folder)
    return table


def engines(texts: Iterator[Text], megabytes: float, folder: Path, rounds: int = 3) -> Table:
    """Return what each engine adds with two workers to the library in two processes, Parquet to Parquet.

    The start of an engine is left out: each does the work once before it is measured.
    """
    from benchmarks import record_engines

    found = list(records(texts, int(megabytes * 1e6)))
    written = write(found, folder / "in", parts=8)
    bytes_of_text = sum(len(record["text"].encode("utf-8", "replace")) for record in found)
    names = [str(path) for path in written["parquet"]]

    def library() -> None:
        for done in run_shards(shards(names, f"{folder}/out/"), TREATMENT, workers=2, again=True):
            assert done.error is None, done.error

    best: dict[str, float] = {}
    plain: dict[str, float] = {}
    with record_engines.started(folder) as works:
        works = {"library, 2 processes": (library, None), **works}
        for number in range(rounds + 1):
            for name, (work, without) in works.items():
                for what, told in ((work, best), (without, plain)):
                    if what is None:
                        continue
                    start = time.perf_counter()
                    what()
                    if number:
                        told[name] = min(told.get(name, 1e9), time.perf_counter() - start)
    alone = best["library, 2 processes"]
    columns = ("what", "MB/s", "of that reading and writing, s", "overhead, %")
    table = Table("Engines, two workers, Parquet to Parquet", "MB of text a second", columns, 1)
    for name, seconds in best.items():
        share = plain.get(name, 0.0)
        table.rows.append((name, bytes_of_text / seconds / 1e6, share, 100 * (seconds / alone - 1)))
    table.notes += [f"{megabytes:g} MB of text, {len(found):,} records, {machine()}"]
    shutil.rmtree(folder)
    return table
