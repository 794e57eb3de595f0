"""What does the converting: our own engine, or whatever module `opencc` is installed."""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import Any, Protocol

from fixtext.script import engines
from fixtext.script.configs import CONFIGS

CONVERTERS = ("fixtext", "opencc")

# The official package takes no lone surrogates, and where it cuts text it drops what follows a NUL.
_UNFIT = re.compile("([\0\ud800-\udfff]+)")


class ConverterUnavailableError(ImportError):
    """The converter that was asked for is not installed."""


class Backend(Protocol):
    """Converts a text with a configuration of OpenCC's."""

    def convert(self, text: str, config: str) -> str:
        """Convert a text.

        Raises:
            ValueError: the converter does not have this configuration.
        """
        ...


class OwnBackend:
    """Our engine, which imports nothing."""

    def convert(self, text: str, config: str) -> str:
        """Convert a text; see `Backend`."""
        return engines.convert(text, config)


class OpenccBackend:
    """The module `opencc`: the official binding, or opencc-python-reimplemented. Their dictionaries differ."""

    def __init__(self) -> None:
        """Import the module.

        Raises:
            ConverterUnavailableError: there is none.
        """
        try:
            self._module: Any = importlib.import_module("opencc")
        except ImportError as error:
            raise ConverterUnavailableError(
                "no module named opencc is installed; pip install 'fixtext[opencc]' installs one"
            ) from error
        self._open: dict[str, Any] = {}

    def convert(self, text: str, config: str) -> str:
        """Convert a text; see `Backend`."""
        if config not in self._open:
            self._open[config] = self._opened(config)
        convert = self._open[config].convert
        # Every other part is what cannot be given to it.
        parts = _UNFIT.split(text)
        parts[::2] = [convert(part) if part else part for part in parts[::2]]
        return "".join(parts)

    def _opened(self, config: str) -> Any:
        if config not in CONFIGS:
            raise ValueError(f"unknown conversion {config!r}; known: {', '.join(CONFIGS)}")
        try:
            return self._module.OpenCC(config)
        except (OSError, RuntimeError) as error:  # the one finds no file, the other throws in C++
            raise ValueError(f"the installed module opencc has no configuration {config!r}") from error


@cache
def backend(name: str) -> Backend:
    """Return a converter by its name.

    Raises:
        ValueError: there is no such converter.
        ConverterUnavailableError: it is not installed.
    """
    if name == "fixtext":
        return OwnBackend()
    if name == "opencc":
        return OpenccBackend()
    raise ValueError(f"unknown converter {name!r}; known: {', '.join(CONVERTERS)}")
