"""What was chosen for one file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from fixtext.config import Config


class Choices(NamedTuple):
    """The choices that may differ from file to file.

    Attributes:
        values: the value of every option that is ``per_file``, by the name of its parameter.
        config: what the pipeline makes of them.
    """

    values: Mapping[str, Any]
    config: Config


def choices(values: Mapping[str, Any]) -> Choices:
    """Return the choices with these values."""
    config = Config(
        detectors=tuple(values["detectors"]) or None,
        quote_aware=values["quote_aware"],
        holes=values["holes"],
        required_probability=values["min_probability"],
        script=values["script"],
        converter=values["converter"],
        dictionaries=tuple(values["dictionaries"]),
        normalize=tuple(values["normalize"]),
        encoding=values["encoding"],
        errors=values["errors"],
    )
    return Choices(values, config)
