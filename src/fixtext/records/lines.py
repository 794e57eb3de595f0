"""Lines of a shard in batches, of which at no time more are in memory than a block and one record."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple, Protocol

from fixtext.records.rejects import Oversize
from fixtext.records.streams import Source

BLOCK = 1 << 20
"""Bytes that are read and treated at once. From 256 KB to 4 MB makes no difference that can be measured."""


class Batch(NamedTuple):
    """Some records, or one that is too large.

    Attributes:
        rows: the bytes of each, the end of the line included.
        lines: the number of the line in which each begins, counted from 1.
        oversize: the record that is too large.
    """

    rows: list[bytes]
    lines: list[int]
    oversize: Oversize | None = None


def lines(source: Source, limit: int) -> Iterator[Batch]:
    """Yield the lines of a source, whose lines end in LF; what is longer than ``limit`` bytes is passed over.

    Raises:
        ShardError: the source cannot be read to its end.
    """
    number, offset = 1, 0
    rest = b""
    large: Oversize | None = None
    while block := source.read(BLOCK):
        if large is not None:
            end = block.find(b"\n")
            if end < 0:
                large.feed(block)
                continue
            large.feed(block[:end])
            yield Batch([], [], large)
            number, offset, block = number + 1, large.offset + large.size + 1, block[end + 1 :]
            large = None
        data = rest + block
        cut = data.rfind(b"\n") + 1
        rest = data[cut:]
        if cut:
            rows = BytesIO(data[:cut]).readlines()
            yield from _within(rows, number, offset, limit) if cut > limit else [_batch(rows, number)]
            number, offset = number + len(rows), offset + cut
        if len(rest) > limit:
            large = Oversize(number, offset)
            large.feed(rest)
            rest = b""
    if large is not None:
        yield Batch([], [], large)
    elif rest:
        yield _batch([rest], number)


def _batch(rows: list[bytes], number: int) -> Batch:
    return Batch(rows, list(range(number, number + len(rows))))


def _within(rows: list[bytes], number: int, offset: int, limit: int) -> Iterator[Batch]:
    """Yield lines of which some may be too long."""
    start = 0
    for index, row in enumerate(rows):
        if len(row) > limit + 1:
            if index > start:
                yield _batch(rows[start:index], number + start)
            large = Oversize(number + index, offset)
            large.feed(row[:-1])
            yield Batch([], [], large)
            start = index + 1
        offset += len(row)
    if start < len(rows):
        yield _batch(rows[start:], number + start)


class Quoting(Protocol):
    """Knows where a record of several lines ends."""

    def ends_quoted(self, line: bytes, *, quoted: bool) -> bool:
        """Return whether a line ends inside quotes, if it begins inside them or not."""
        ...

    def fits(self, record: bytes) -> bool:
        """Return whether a record of several lines can be one."""
        ...


def joined(batches: Iterator[Batch], quoting: Quoting, limit: int) -> Iterator[Batch]:
    """Yield records of which some go over several lines.

    Where a quote is opened and the record that it makes is none, or has more than ``limit`` bytes, the line with the
    quote is a record by itself, and a wrong one: the lines behind it are not lost to one stray quote.
    """
    pending: list[tuple[int, bytes]] = []
    size = 0
    for batch in batches:
        todo = deque(zip(batch.lines, batch.rows, strict=True))
        done: list[tuple[int, bytes]] = []
        if batch.oversize is not None and pending:
            done, pending = pending, []  # nothing behind the quote closed it, so none of these lines opens one
        while todo:
            number, line = todo.popleft()
            if not pending:
                if b'"' in line and quoting.ends_quoted(line, quoted=False):
                    pending, size = [(number, line)], len(line)
                else:
                    done.append((number, line))
                continue
            pending.append((number, line))
            size += len(line)
            is_open = b'"' not in line or quoting.ends_quoted(line, quoted=True)
            if is_open and size <= limit:
                continue
            record = b"".join(part for _number, part in pending)
            if not is_open and size <= limit and quoting.fits(record):
                done.append((pending[0][0], record))
            else:
                done.append(pending[0])
                todo.extendleft(reversed(pending[1:]))
            pending = []
        if done:
            yield _told(done)
        if batch.oversize is not None:
            yield batch
    if pending:
        yield _told(pending)


def _told(records: list[tuple[int, bytes]]) -> Batch:
    return Batch([row for _number, row in records], [number for number, _row in records])
