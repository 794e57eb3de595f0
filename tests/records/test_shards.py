"""Shards: read, treated, written whole or not at all; what is complete is not done again."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fixtext import fix
from fixtext.records import Limits, Shard, Treatment, run_shard
from fixtext.records.errors import RecordsError
from fixtext.records.runner import Done, run_shards
from fixtext.records.shards import shards
from tests.records.corpus import READ_AS_LATIN, lines, records

TEXT = Treatment(("text",))


def zstd(data: bytes) -> bytes:
    pa = pytest.importorskip("pyarrow")
    return bytes(pa.compress(data, "zstd", asbytes=True))


def unzstd(data: bytes) -> bytes:
    pa = pytest.importorskip("pyarrow")
    return bytes(pa.CompressedInputStream(pa.BufferReader(data), "zstd").read())


def write(folder: Path, name: str, data: bytes | None = None) -> Path:
    """Write the records of the corpus, or bytes, in the format that the name tells."""
    path = folder / name
    if data is None:
        data = lines(records())
    if name.endswith(".gz"):
        data = gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])
    elif name.endswith(".zst"):
        data = zstd(data[:1000]) + zstd(data[1000:])
    path.write_bytes(data)
    return path


def run(source: Path, output: Path, treatment: Treatment = TEXT, **choices: Any) -> Done:
    (shard,) = shards([str(source)], str(output))
    return run_shard(shard, treatment, **choices)


def healthy() -> list[str]:
    return [fix(record["text"]) for record in records()]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson.zst"])
def test_json_lines(tmp_path: Path, name: str) -> None:
    output = tmp_path / "out" / name
    done = run(write(tmp_path, name), output)
    assert done.error is None
    data = output.read_bytes()
    data = gzip.decompress(data) if name.endswith(".gz") else unzstd(data) if name.endswith(".zst") else data
    assert [json.loads(line)["text"] for line in data.splitlines()] == healthy()
    assert (done.counters.bytes_read, done.counters.bytes_written) == (
        (tmp_path / name).stat().st_size,
        output.stat().st_size,
    )
    assert done.counters.bytes_unpacked == len(lines(records()))


def test_the_packing_may_change(tmp_path: Path) -> None:
    run(write(tmp_path, "a.jsonl.gz"), tmp_path / "b.jsonl")
    assert [json.loads(line)["text"] for line in (tmp_path / "b.jsonl").read_bytes().splitlines()] == healthy()


def test_parquet(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = pa.Table.from_pylist(records()).append_column("more", pa.array([[1, 2]] * len(records())))
    table = table.replace_schema_metadata({"whose": "ours"})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=5, compression="zstd")
    done = run(tmp_path / "a.parquet", tmp_path / "b.parquet")
    assert done.error is None
    result = pq.ParquetFile(tmp_path / "b.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert result.read().equals(table.set_column(1, "text", pa.array(healthy())), check_metadata=True)
    assert [result.metadata.row_group(each).num_rows for each in range(result.num_row_groups)][:2] == [5, 5]
    assert result.metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("kind", ["file", "stream"])
def test_arrow(tmp_path: Path, kind: str) -> None:
    pa, ipc = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.ipc")
    table = pa.Table.from_pylist(records())
    with getattr(ipc, f"new_{kind}")(tmp_path / "a.arrow", table.schema) as writer:
        writer.write_table(table, max_chunksize=5)
    assert run(tmp_path / "a.arrow", tmp_path / "b.arrow").error is None
    with pa.memory_map(str(tmp_path / "b.arrow")) as stream:
        result = getattr(ipc, f"open_{kind}")(stream).read_all()
    assert result.equals(table.set_column(1, "text", pa.array(healthy())))


def test_what_is_complete_is_not_done_again(tmp_path: Path) -> None:
    source, output = write(tmp_path, "a.jsonl", lines(records()) + b"nonsense\n"), tmp_path / "b.jsonl"
    first = run(source, output)
    known = output.stat()
    again = run(source, output)
    assert again.skipped
    assert not first.skipped
    assert output.stat() == known
    assert again.counters == first.counters
    os.utime(source, ns=(1, 1))
    assert run(source, output).skipped, "only its date has changed"
    assert not run(source, output, again=True).skipped
    assert not run(source, output, Treatment(("url",))).skipped
    assert not run(source, output).skipped
    (tmp_path / "b.jsonl.rejects.jsonl").unlink()
    assert not run(source, output).skipped
    output.write_bytes(b"x" + output.read_bytes()[1:])
    assert not run(source, output).skipped
    source.write_bytes(source.read_bytes().replace(b"plain", b"Plain"))
    assert not run(source, output).skipped
    assert run(source, output).skipped
    manifest = tmp_path / "b.jsonl.manifest.json"
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**told, "fixtext": "0.0.1"}))
    assert not run(source, output).skipped
    manifest.write_text("{")
    assert not run(source, output).skipped


def test_a_shard_that_fails_leaves_the_old_output(tmp_path: Path) -> None:
    source, output = write(tmp_path, "a.jsonl.gz"), tmp_path / "b.jsonl.gz"
    run(source, output)
    old = output.read_bytes()
    source.write_bytes(source.read_bytes()[:-20])
    done = run(source, output)
    assert done.error is not None
    assert "cannot be read to its end" in done.error
    assert output.read_bytes() == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl.gz", "b.jsonl.gz"]


@pytest.mark.parametrize("cut", [1, 10, 500])
def test_a_zstd_stream_that_ends_too_early_is_no_end(tmp_path: Path, cut: int) -> None:
    source = write(tmp_path, "a.jsonl.zst")
    source.write_bytes(source.read_bytes()[:-cut])
    assert "cannot be read to its end" in str(run(source, tmp_path / "b.jsonl.zst").error)
    assert not (tmp_path / "b.jsonl.zst").exists()


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.jsonl.zst"])
def test_what_is_something_else_fails(tmp_path: Path, name: str) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / name).write_bytes(b"this is no such file, but some other text" * 9)
    assert run(tmp_path / name, tmp_path / "out" / name).error is not None
    assert list((tmp_path / "out").iterdir()) == []


def test_processes_give_the_same_as_one(tmp_path: Path) -> None:
    names = [f"{number}.jsonl" for number in range(4)]
    for name in names:
        write(tmp_path, name)
    one, two = (
        list(run_shards(shards([str(tmp_path / "*.jsonl")], f"{tmp_path}/{folder}/"), TEXT, workers=workers))
        for folder, workers in (("one", 1), ("two", 2))
    )
    assert [done.error for done in [*one, *two]] == [None] * 8
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_order_and_shards_change_nothing(tmp_path: Path) -> None:
    whole = lines(records()).splitlines(keepends=True)
    write(tmp_path, "whole.jsonl")
    write(tmp_path, "part1.jsonl", b"".join(whole[1::2][::-1]))
    write(tmp_path, "part2.jsonl", b"".join(whole[0::2]))
    results = []
    for names in (["whole.jsonl"], ["part1.jsonl", "part2.jsonl"]):
        found: set[bytes] = set()
        for name in names:
            run(tmp_path / name, tmp_path / "out" / name, Treatment(("text",), edits=True))
            found.update((tmp_path / "out" / name).read_bytes().splitlines())
        results.append(found)
    assert results[0] == results[1]


def test_names(tmp_path: Path) -> None:
    (tmp_path / "in" / "x").mkdir(parents=True)
    for name in ("in/a.jsonl", "in/x/a.jsonl", "in/x/b.csv"):
        (tmp_path / name).write_bytes(b"")
    found = shards([f"{tmp_path}/in/**/*.*"], f"{tmp_path}/out/")
    assert [(shard.output, shard.form) for shard in found] == [
        (f"{tmp_path}/out/a.jsonl", "jsonl"),
        (f"{tmp_path}/out/x/a.jsonl", "jsonl"),
        (f"{tmp_path}/out/x/b.csv", "csv"),
    ]
    assert shards(["-"], None, "csv") == [Shard(None, None, "csv")]
    for names, output, form, message in (
        (["-"], None, None, "does not tell the format"),
        (["-"], None, "parquet", "read from a file"),
        ([f"{tmp_path}/nothing*"], "x/", None, "no file fits"),
        ([f"{tmp_path}/in/*.jsonl", f"{tmp_path}/in/x/*.csv"], None, None, "need a folder"),
        ([f"{tmp_path}/in/a.jsonl"], f"{tmp_path}/in/x/../a.jsonl", None, "is an input"),
        ([f"{tmp_path}/in/a.jsonl"], "a.csv", None, "stay in their format"),
        (["a.parquet.gz"], "x/", None, "packed inside"),
    ):
        with pytest.raises(RecordsError, match=message):
            shards(names, output, form)


def test_a_record_to_be_rejected_needs_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))
    source = write(tmp_path, "a.jsonl", b'{"text": "a"}\nnonsense\n')
    done = run_shard(Shard(str(source), None, "jsonl"), TEXT)
    assert "line 2 is rejected" in str(done.error)


STOPPING = """
import os, sys, time
import fixtext.records.lines
import fixtext.records.treatment
from fixtext.cli.command import main

calls, last, repairs = 0, int(sys.argv.pop(1)), fixtext.records.treatment.Treatment.repairs

def stopping(self, texts):
    global calls
    calls += 1
    if calls > last:
        print("stopped", flush=True)
        parent = os.getppid()
        while os.getppid() == parent:
            time.sleep(0.01)
        os._exit(1)
    return repairs(self, texts)

fixtext.records.treatment.Treatment.repairs = stopping
fixtext.records.lines.BLOCK = 2000
sys.argv[0] = "fixtext"
main()
"""
"""The command, which stops after so many batches, says so, and waits to be killed."""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_in_the_middle_it_is_done_by_the_next_run(tmp_path: Path, jobs: str) -> None:
    for number in range(4):
        write(tmp_path, f"{number}.jsonl", lines(records()[: 8 + number]) + b"nonsense\n")
    command = ["--field", "text", f"{tmp_path}/*.jsonl", "-q", "-j", jobs, "--rejects"]
    whole = [*command, f"{tmp_path}/whole.rejects", "-o", f"{tmp_path}/whole/"]
    assert subprocess.run([sys.executable, "-m", "fixtext", *whole], check=False).returncode == 1
    again = [*command, f"{tmp_path}/killed.rejects", "-o", f"{tmp_path}/killed/"]
    kills = 0
    for batches in (0, 1, 2, 3, 5):
        arguments = [sys.executable, "-c", STOPPING, str(batches), *again]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()  # or its end, if there was less to do
            process.send_signal(signal.SIGKILL)
        kills += process.returncode == -signal.SIGKILL
        for path in (tmp_path / "killed").glob("*.jsonl") if (tmp_path / "killed").is_dir() else ():
            assert path.read_bytes() == (tmp_path / "whole" / path.name).read_bytes(), "what is there is whole"
    assert kills > 1
    assert subprocess.run([sys.executable, "-m", "fixtext", *again], check=False).returncode == 1
    assert (tmp_path / "killed.rejects").read_bytes() == (tmp_path / "whole.rejects").read_bytes()
    names = {path.name for path in (tmp_path / "whole").iterdir()}
    if jobs == "1":  # otherwise a process may be at its last shard still, and gives the same
        assert {path.name for path in (tmp_path / "killed").iterdir()} == names, "no temporary file stays"
    for name in names:
        if not name.endswith(".manifest.json"):
            assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_an_error_of_a_detector_fails_the_shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fixtext.engine import DetectorError

    def fails(self: Treatment, texts: list[str]) -> None:
        raise DetectorError("glossed", "a bug")

    monkeypatch.setattr(Treatment, "repairs", fails)
    done = run(write(tmp_path, "a.jsonl"), tmp_path / "b.jsonl")
    assert done.error == "the detector 'glossed' failed: a bug"
    assert not (tmp_path / "b.jsonl").exists()


def test_a_text_may_be_shown(tmp_path: Path) -> None:
    source = write(tmp_path, "a.jsonl", json.dumps({"text": READ_AS_LATIN}).encode())
    (shown,) = run(source, tmp_path / "b.jsonl", show=True).shown
    assert (shown.line, shown.path, shown.text) == (1, "text", READ_AS_LATIN)


def test_limits_are_positive() -> None:
    with pytest.raises(RecordsError, match="depth must be"):
        Limits(depth=0)
