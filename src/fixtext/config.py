"""What a caller may choose: one immutable value that is handed through every stage."""

from __future__ import annotations

from dataclasses import dataclass

ERRORS = ("keep", "replace", "strict")
"""What can become of bytes that cannot be read: they come out as they were, as U+FFFD, or nothing comes out."""

HOLES = ("mark", "keep", "guess")
"""What can become of a lost character that is too uncertain to put back."""


@dataclass(frozen=True, slots=True)
class Config:
    """The choices of one repair.

    Attributes:
        detectors: names of the detectors that look at the text, in no particular order; None means the built-in
            detectors that are on by default.
        required_bits: a repair is made only if it saves at least this many bits against "nothing happened".
        quote_aware: whether what Markdown, reStructuredText and HTML show as code or quotation needs far more bits
            (`fixtext.exemptions.EXAMPLE_BITS`) where the same damage is nowhere else in the text.
        holes: what becomes of a lost character that is too uncertain to put back: ``mark`` puts U+FFFD in its place
            and repairs the rest, ``keep`` leaves the place as it was, ``guess`` takes the likeliest character.
        required_probability: a lost character is put back only if it is at least this probable, 0 to 1;
            a Latin letter beyond ASCII needs more (`fixtext.detectors.certainty`).
        script: after repair, convert to this script: a configuration of OpenCC such as ``s2twp``, or one of ``hans``,
            ``hant``, ``tw``, ``twp``, ``hk``, ``jp``; None leaves the script alone.
        converter: what converts it: ``fixtext``, or ``opencc`` for the module of that name that is installed.
        dictionaries: files of further entries for the conversion, in OpenCC's text format.
        normalize: after that, clean up by these normalisers (see docs/normalize.md), in this order.
        encoding: what bytes are in; None finds it out. Does not matter for text.
        errors: what becomes of bytes that cannot be read: ``keep``, ``replace`` by U+FFFD, or ``strict`` for an error.

    Raises:
        TypeError: ``detectors`` is not a tuple of names.
        ValueError: ``required_bits`` is not a positive number, ``holes`` or ``errors`` is none of the three, or
            ``required_probability`` is not between 0 and 1.
    """

    detectors: tuple[str, ...] | None = None
    required_bits: float = 16.0
    quote_aware: bool = True
    holes: str = "mark"
    required_probability: float = 0.5
    script: str | None = None
    converter: str = "fixtext"
    dictionaries: tuple[str, ...] = ()
    normalize: tuple[str, ...] = ()
    encoding: str | None = None
    errors: str = "keep"

    def __post_init__(self) -> None:
        names = self.detectors
        if names is not None and not (isinstance(names, tuple) and all(isinstance(name, str) for name in names)):
            raise TypeError(f"detectors must be a tuple of names such as ('glossed',), not {names!r}")
        if not self.required_bits > 0:  # written so that NaN is refused too
            raise ValueError(f"required_bits must be a positive number, not {self.required_bits!r}")
        if self.holes not in HOLES:
            raise ValueError(f"holes must be one of {', '.join(HOLES)}, not {self.holes!r}")
        if self.errors not in ERRORS:
            raise ValueError(f"errors must be one of {', '.join(ERRORS)}, not {self.errors!r}")
        if not 0 <= self.required_probability <= 1:
            raise ValueError(f"required_probability must be between 0 and 1, not {self.required_probability!r}")
