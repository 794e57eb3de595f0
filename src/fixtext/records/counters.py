"""What is counted of a shard, and of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fixtext.records.treatment import Outcome


@dataclass(slots=True)
class Counters:
    """What is counted of records.

    Attributes:
        records: records that were read, rejected ones included.
        changed: records of which a text was, or with ``score_only`` would be, changed.
        damaged: records in which something is damaged, repaired or not.
        unrepaired: records in which something looks damaged and was left alone.
        texts: texts that were looked at.
        characters: code points of them.
        edits: repairs, by the kind of damage.
        suspects: places that look damaged and were left alone, by the kind of damage.
        rejected: records kept aside, by the kind of reason.
        bytes_read: bytes of the shard as it lies on the disk.
        bytes_unpacked: bytes of it without compression; for Parquet and Arrow those of the texts.
        bytes_written: bytes of the output.
        seconds: wall-clock time.
    """

    records: int = 0
    changed: int = 0
    damaged: int = 0
    unrepaired: int = 0
    texts: int = 0
    characters: int = 0
    edits: dict[str, int] = field(default_factory=dict)
    suspects: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    bytes_read: int = 0
    bytes_unpacked: int = 0
    bytes_written: int = 0
    seconds: float = 0.0

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """Count what was found in the texts of one record."""
        changed = left = False
        for _path, _text, repair in outcomes:
            if repair is None:
                continue
            changed = changed or bool(repair.edits)
            left = left or bool(repair.suspects)
            for edit in repair.edits:
                self.edits[edit.damage] = self.edits.get(edit.damage, 0) + 1
            for suspect in repair.suspects:
                self.suspects[suspect.damage] = self.suspects.get(suspect.damage, 0) + 1
        self.changed += changed
        self.unrepaired += left
        self.damaged += changed or left

    def reject(self, kind: str) -> None:
        """Count a record that is kept aside."""
        self.rejected[kind] = self.rejected.get(kind, 0) + 1

    def add(self, other: Counters) -> None:
        """Add what was counted elsewhere."""
        for name, value in asdict(other).items():
            if isinstance(value, dict):
                mine = getattr(self, name)
                for kind, count in value.items():
                    mine[kind] = mine.get(kind, 0) + count
            else:
                setattr(self, name, getattr(self, name) + value)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as a value of JSON, kinds sorted."""
        told = asdict(self)
        return {name: dict(sorted(value.items())) if isinstance(value, dict) else value for name, value in told.items()}

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Counters:
        """Return the counts that `to_dict` told."""
        return cls(**told)
