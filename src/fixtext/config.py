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

    Raises:
        TypeError: ``detectors`` is not a tuple of names.
        ValueError: ``required_bits`` is not a positive number.
    """

    detectors: tuple[str, ...] | None = None
    required_bits: float = 16.0

    def __post_init__(self) -> None:
        names = self.detectors
        if names is not None and not (isinstance(names, tuple) and all(isinstance(name, str) for name in names)):
            raise TypeError(f"detectors must be a tuple of names such as ('glossed',), not {names!r}")
        if not self.required_bits > 0:  # written so that NaN is refused too
            raise ValueError(f"required_bits must be a positive number, not {self.required_bits!r}")
