"""Records that are kept aside: why, where they were, and what they were, as JSON lines."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from typing import IO, Any

from fixtext.records.errors import ShardError

KINDS = {
    "not-json": "no JSON at all, or a mistake in it",
    "truncated": "JSON that ends too early",
    "not-an-object": "JSON, but no object, so it has no fields",
    "nul": "a NUL byte, as a file has it that was not written to its end",
    "not-utf-8": "bytes that are not UTF-8",
    "surrogate": "a text with half of a surrogate pair, which is no Unicode text",
    "missing": "a field is not there",
    "wrong-type": "a field is no string, or what should lead to it is no object or array",
    "too-large": "more bytes than a record may have",
    "too-deep": "more levels of objects and arrays than a record may have",
    "too-many-fields": "more names than a record may have",
    "columns": "a row of CSV has more or fewer columns than the header",
    "quoting": "a quoted column of CSV that does not end",
    "column-taken": "a field has the name of a column that is to be added",
}
"""Kind of reason -> what it means."""

SAMPLE = 1 << 16
"""Bytes kept of a record that is too large. The whole of it is in the input, at the offset that is told."""


class Rejects:
    """Writes one line of JSON for each record that is kept aside.

    Each has ``source`` (the name of the shard), ``line`` (counted from 1; of Parquet and Arrow, ``row``), ``kind``,
    ``reason``, and the record: ``record`` as text, or ``record_base64`` if it is not UTF-8. One that is too large has
    its first bytes there, with ``bytes`` and ``sha256`` of the whole and its ``offset`` in the unpacked shard.
    """

    def __init__(self, stream: IO[bytes] | None, source: str) -> None:
        """Write to a stream; with None the first record to be kept is an error."""
        self._stream = stream
        self._source = source
        self.count = 0

    def add(self, place: tuple[str, int], kind: str, reason: str, record: bytes, **more: Any) -> None:
        """Keep a record.

        Args:
            place: ``("line", number)`` or ``("row", number)``.
            kind: one of `KINDS`.
            reason: one clause.
            record: its bytes, without the end of the line.
            more: what else is told.

        Raises:
            ShardError: there is nowhere to keep it.
        """
        if self._stream is None:
            raise ShardError(
                f"{place[0]} {place[1]:,} is rejected: {reason}; name a file for such records: --rejects FILE"
            )
        self.count += 1
        told: dict[str, Any] = {"source": self._source, place[0]: place[1], "kind": kind, "reason": reason}
        try:
            told["record"] = record.decode("utf-8")
        except UnicodeDecodeError:
            told["record_base64"] = b64encode(record).decode("ascii")
        told.update(more)
        self._stream.write(json.dumps(told).encode("ascii") + b"\n")


class Oversize:
    """A record that is passed over while it is read, so that it is never in memory whole."""

    def __init__(self, line: int, offset: int) -> None:
        self.line = line
        self.offset = offset
        self.size = 0
        self.sample = b""
        self._digest = sha256()

    def feed(self, data: bytes) -> None:
        """Take the next part of it."""
        self.size += len(data)
        self._digest.update(data)
        if len(self.sample) < SAMPLE:
            self.sample += data[: SAMPLE - len(self.sample)]

    def keep(self, rejects: Rejects, limit: int) -> None:
        """Write what is kept of it."""
        reason = f"it has {self.size:,} bytes, and {limit:,} are allowed"
        more = {"offset": self.offset, "bytes": self.size, "sha256": self._digest.hexdigest()}
        rejects.add(("line", self.line), "too-large", reason, self.sample, **more)
