"""How large, how deep and how wide a record may be, and how far a compressed shard may unpack."""

from __future__ import annotations

from dataclasses import dataclass, fields

from fixtext.records.errors import RecordsError

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is taken in; what is beyond them is rejected with a reason, and never held in memory whole.

    Attributes:
        record_bytes: bytes of a record of JSON lines or CSV, and of a text in a column.
        depth: objects and arrays inside each other in a record of JSON lines.
        fields: names in a record of JSON lines, or columns of the other formats.
        unpacked_ratio: how many times its size a compressed shard may unpack to, once it has given 64 MiB.
        unpacked_bytes: bytes that a shard may unpack to.
        group_bytes: bytes of a row group of Parquet or a record batch of Arrow, before compression: those formats hold
            a whole one in memory.

    Raises:
        RecordsError: one of them is not a positive number.
    """

    record_bytes: int = 16 << 20
    depth: int = 100
    fields: int = 10_000
    unpacked_ratio: int = 200
    unpacked_bytes: int = 1 << 40
    group_bytes: int = 1 << 30

    def __post_init__(self) -> None:
        for field in fields(self):
            if not getattr(self, field.name) > 0:
                raise RecordsError(f"{field.name} must be a positive number")


def size(words: str) -> int:
    """Return the number of bytes that words such as ``64M`` or ``1048576`` say; units are powers of 1,024.

    Raises:
        RecordsError: they say none.
    """
    number = words.strip().lower().removesuffix("b").removesuffix("i")
    unit = number[-1:] if number[-1:] in _UNITS else ""
    try:
        return int(number.removesuffix(unit)) * _UNITS[unit]
    except ValueError:
        raise RecordsError(f"{words!r} is no number of bytes such as 64M") from None
