"""What a caller may choose: one immutable value that is handed through every stage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """The choices of one repair.

    Attributes:
        detectors: names of the detectors that look at the text, in no particular order; None means the built-in
            detectors that are on by default.
        required_bits: a repair is made only if it saves at least this many bits against "nothing happened".
    """

    detectors: tuple[str, ...] | None = None
    required_bits: float = 16.0

    def __post_init__(self) -> None:
        if self.required_bits <= 0:
            raise ValueError("required_bits must be positive")
