"""The same bytes however an input is cut: blocks of several sizes, and several processes.

    python -m benchmarks.sameness [--window BYTES] [--most BYTES] CORPUS...

A corpus is a folder of files, or a file; of JSON lines the members ``damaged_hex`` or ``damaged`` are the text, a line
each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.tables import Table
from fixtext.files import SIZE
from fixtext.files.streaming import repair_stream

BLOCKS = (1 << 12, 1 << 16, 1 << 20, 1 << 26)
"""Bytes that arrive at a time."""

JOBS = (1, 2, 4)

_COMMAND = """
import sys
import fixtext.cli.long_inputs, fixtext.cli.run, fixtext.files.workers
fixtext.cli.long_inputs.SIZE = fixtext.cli.run.SIZE = int(sys.argv.pop(1))
fixtext.files.workers.PAYS = 0
from fixtext.cli.command import main
main()
"""
"""The command with windows of another size, so that a corpus has several, and processes however little is to do."""


def measure(corpora: list[Path], window: int, most: int) -> Table:
    """Return in how many ways each corpus was cut, and how many of them gave the same bytes.

    Args:
        corpora: see above.
        window: bytes of a window.
        most: bytes of each corpus.
    """
    blocks, jobs_of = (", ".join(f"{one:,}" for one in ones) for ones in (BLOCKS, JOBS))
    table = Table(
        f"Windows of {window:,} bytes: blocks of {blocks}; -j {jobs_of}",
        "ways",
        ["corpus", "bytes", "changed", "ways", "same"],
        keys=1,
    )
    for corpus in corpora:
        data = b"".join(_pieces(corpus))[:most]
        found = [_of_blocks(data, window, size) for size in BLOCKS] + [_of_jobs(data, window, jobs) for jobs in JOBS]
        same = max(map(found.count, found))
        table.rows.append([corpus.name, len(data), found[0] != hashlib.sha256(data).digest(), len(found), same])
    return table


def _pieces(corpus: Path) -> Iterator[bytes]:
    for path in sorted(corpus.rglob("*")) if corpus.is_dir() else [corpus]:
        if path.suffix == ".jsonl":
            for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
                yield (bytes.fromhex(row.get("damaged_hex", "")) or row["damaged"].encode()) + b"\n"
        elif path.is_file():
            yield path.read_bytes()


def _of_blocks(data: bytes, window: int, block: int) -> bytes:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        digest = hashlib.sha256()
        for repair in repair_stream(file.read, size=window, block=block):
            digest.update(repair.text.encode("utf-8", "surrogateescape"))
    return digest.digest()


def _of_jobs(data: bytes, window: int, jobs: int) -> bytes:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-c", _COMMAND, str(window), "-j", str(jobs), file.name]
        return hashlib.sha256(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout).digest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--window", type=int, default=SIZE)
    parser.add_argument("--most", type=int, default=1 << 26)
    choices = parser.parse_args()
    print(measure(choices.corpora, choices.window, choices.most).text())
