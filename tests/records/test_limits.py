"""Hostile shards: bounded by limits that can be set, rejected with a reason, never out of memory."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtext.records import Limits, Treatment, run_shard
from fixtext.records.limits import size
from fixtext.records.runner import Done
from fixtext.records.shards import shards


def run(source: Path, limits: Limits) -> Done:
    (shard,) = shards([str(source)], f"{source.parent}/out/")
    return run_shard(shard, Treatment(("text",), limits=limits))


def peak(source: Path, *options: str) -> tuple[int, int, bytes]:
    """Run the command; return its status, the most memory it had (bytes, resident), and what it said."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the most memory of a process is read from /proc")
    # Not ru_maxrss: before it becomes another program, a child of a large process counts as that large.
    program = (
        "import sys; from fixtext.cli.command import _status\n"
        "sys.argv[0] = 'fixtext'; status = _status()\n"
        "(most,) = [line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "print(status, int(most) * 1024)"
    )
    arguments = ["--field", "text", str(source), "-o", f"{source.parent}/out/", *options]
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=True, timeout=120)
    status, memory = done.stdout.split()
    return int(status), int(memory), done.stderr


@pytest.mark.parametrize(
    ("words", "count"), [("5", 5), ("64M", 64 << 20), ("1GiB", 1 << 30), ("2kb", 2048), (" 3 t ", 3 << 40)]
)
def test_sizes(words: str, count: int) -> None:
    assert size(words) == count


@pytest.mark.parametrize("words", ["", "M", "1.5G", "-", "12 apples"])
def test_what_is_no_size(words: str) -> None:
    with pytest.raises(ValueError, match="no number of bytes"):
        size(words)


def bomb(path: Path, name: str, unpacked: int) -> Path:
    """Write a compressed shard that unpacks to one line of so many bytes."""
    source = path / name
    if name.endswith(".gz"):
        with gzip.open(source, "wb", compresslevel=9) as stream:
            for _ in range(unpacked >> 20):
                stream.write(b" " * (1 << 20))
    else:
        pa = pytest.importorskip("pyarrow")
        with pa.CompressedOutputStream(str(source), "zstd") as stream:
            for _ in range(unpacked >> 20):
                stream.write(b" " * (1 << 20))
    return source


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_what_unpacks_without_end(tmp_path: Path, name: str) -> None:
    source = bomb(tmp_path, name, 400 << 20)
    assert source.stat().st_size < 1 << 20
    status, memory, said = peak(source)
    assert status == 2
    assert b"unpacks to more than 200 times its size" in said
    assert memory < 300 << 20
    assert not (tmp_path / "out" / name).exists()


def test_the_bound_can_be_set(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl.gz"
    source.write_bytes(gzip.compress(b'{"text": "fine"}\n' * 10_000))
    assert run(source, Limits()).error is None
    assert "more than 9,999 bytes" in str(run(source, Limits(unpacked_bytes=9_999)).error)


def test_a_record_of_a_gigabyte(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    with source.open("wb") as stream:
        stream.write(b'{"text": "first"}\n{"text": "')
        stream.seek((1 << 30) - 3, 1)  # a hole in the file, which reads as NUL
        stream.write(b'"}\n{"text": "last"}\n')
    status, memory, _said = peak(source, "-q")
    assert status == 1
    assert memory < 300 << 20
    assert (tmp_path / "out" / "a.jsonl").read_bytes() == b'{"text": "first"}\n{"text": "last"}\n'
    (rejected,) = (tmp_path / "out" / "a.jsonl.rejects.jsonl").read_text().splitlines()
    told = json.loads(rejected)
    assert (told["line"], told["kind"], told["offset"], told["bytes"]) == (2, "too-large", 18, (1 << 30) + 9)


def test_a_million_fields(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    fields = b",".join(b'"f%d":0' % number for number in range(1_000_000))
    source.write_bytes(b'{"text":"a",' + fields + b'}\n{"text": "b"}\n')
    done = run(source, Limits())
    assert done.counters.rejected == {"too-many-fields": 1}
    done = run(source, Limits(fields=1_000_001))
    assert done.counters.rejected == {}


@pytest.mark.parametrize("record", ['{"text": %s}', '{"text": "a", "more": %s}'])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting(tmp_path: Path, record: str, opens: str, closes: str) -> None:
    source = tmp_path / "a.jsonl"
    deep = record.replace("%s", opens * 200_000 + "1" + closes * 200_000)
    open_ended = record.replace("%s", opens * 200_000)
    source.write_text(f'{deep}\n{open_ended}\n{{"text": "b"}}\n')
    done = run(source, Limits())
    assert done.error is None
    assert done.counters.rejected == {"too-deep": 2}


def test_brackets_in_a_text_are_no_depth(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"text": "[" * 5000 + "\\" + '"{' * 5000}))
    assert run(source, Limits()).counters.rejected == {}


def test_a_dictionary_that_unpacks_without_end(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    source = tmp_path / "a.parquet"
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), pa.array(["x" * 1_000_000]))
    pq.write_table(pa.table({"text": column}), source, dictionary_pagesize_limit=1 << 24, store_schema=False)
    assert source.stat().st_size < 1 << 20
    status, memory, said = peak(source)
    assert status == 2
    assert b"unpacks to more than 200 times its size" in said
    assert memory < 900 << 20


def test_a_row_group_that_is_too_large(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    source = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [str(number) for number in range(10_000)]}), source)
    assert "10,000 are allowed" in str(run(source, Limits(group_bytes=10_000)).error)
    pq.write_table(pa.table({"text": [str(number) for number in range(10_000)]}), source, row_group_size=500)
    assert run(source, Limits(group_bytes=10_000)).error is None


def test_rows_that_are_kept_aside_are_told_with_their_number(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    source = tmp_path / "a.parquet"
    texts = pa.array([b"fine", b"x" * 1000, b"\xff", b"fine"] * 2).view(pa.string())
    pq.write_table(pa.table({"text": texts, "id": range(8), "data": [b"\x00"] * 8}), source, row_group_size=3)
    done = run(source, Limits(record_bytes=999))
    assert done.counters.rejected == {"not-utf-8": 2, "too-large": 2}
    assert pq.read_table(tmp_path / "out" / "a.parquet")["id"].to_pylist() == [0, 3, 4, 7]
    kept = [json.loads(line) for line in (tmp_path / "out" / "a.parquet.rejects.jsonl").read_text().splitlines()]
    assert [(told["row"], told["kind"]) for told in kept] == [
        (2, "too-large"),
        (3, "not-utf-8"),
        (6, "too-large"),
        (7, "not-utf-8"),
    ]
    assert json.loads(kept[0]["record"]) == {"text": "x" * 1000, "id": 1, "data": "AA=="}
