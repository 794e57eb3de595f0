"""What can be wrong with a record, with a shard, and with what was asked for."""

from __future__ import annotations


class RecordsError(ValueError):
    """What was asked for cannot be done: a path that is none, a format that is not known."""


class ShardError(RuntimeError):
    """A shard cannot be read to its end, or its output cannot be written; the message says why, in one clause."""


class RejectedError(ValueError):
    """A record is kept aside.

    Attributes:
        kind: a stable identifier, one of `fixtext.records.rejects.KINDS`.
        reason: one clause for the reader.
    """

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(kind, reason)
        self.kind = kind
        self.reason = reason

    def __str__(self) -> str:
        return self.reason
