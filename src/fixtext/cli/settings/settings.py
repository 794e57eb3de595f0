"""What holds for the run and for each file: defaults, then the configuration file, its overrides, then options."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from fixtext.cli.grouping import GroupedOption
from fixtext.cli.settings.choices import Choices, choices
from fixtext.cli.settings.discovery import Discovery, Found

if TYPE_CHECKING:
    from fixtext.cli.files.ignoring import Patterns
    from fixtext.cli.settings.toml import Loaded


class Settings:
    """The settings of one run.

    Attributes:
        run: the value of every option that counts for the whole run, by the name of its parameter; for those that are
            not given, the configuration file counts that is nearest to the working directory.
    """

    def __init__(self, context: click.Context, *, isolated: bool) -> None:
        self._context = context
        self._isolated = isolated
        self._discovery = Discovery()
        self._loaded: dict[str, Loaded] = {}
        self._patterns: dict[str, list[Patterns]] = {}
        self._choices: dict[tuple[str, tuple[int, ...]], Choices] = {}
        self._in_folder: dict[str, Loaded | None] = {}
        self._given = {
            param.name
            for param in context.command.get_params(context)
            if param.name and context.get_parameter_source(param.name) is not ParameterSource.DEFAULT
        }
        values = {name: value for name, value in context.params.items() if not self._is_per_file(name)}
        self.here = self._configuration(os.getcwd())
        if self.here is not None:
            values |= self._unless_given(self.here.values, per_file=False)
        self.run: Mapping[str, Any] = values

    def is_given(self, name: str) -> bool:
        """Whether a parameter was given on the command line."""
        return name in self._given

    def for_file(self, path: str | None) -> Choices:
        """Return what was chosen for a file; None is standard input, for which the working directory counts.

        Raises:
            Failure: its configuration file is wrong.
        """
        path = os.path.join(os.getcwd(), "-") if path is None else os.path.abspath(path)
        loaded = self._configuration(os.path.dirname(path))
        fitting = self._fitting(loaded, path) if loaded is not None and loaded.overrides else ()
        key = ("" if loaded is None else loaded.path, fitting)
        known = self._choices.get(key)
        if known is None:
            values = {name: value for name, value in self._context.params.items() if self._is_per_file(name)}
            if loaded is not None:
                values |= self._unless_given(loaded.values, per_file=True)
                for index in fitting:
                    values |= self._unless_given(loaded.overrides[index].values, per_file=True)
            known = self._choices[key] = choices(values)
        return known

    def is_configured(self, name: str, path: str | None) -> bool:
        """Whether a configuration file says what a parameter is, for a file if it may differ between files."""
        loaded = self.configuration_of(path) if self._is_per_file(name) else self.here
        if loaded is None:
            return False
        fitting = self._fitting(loaded, os.path.abspath(path)) if path is not None else ()
        return name in loaded.values or any(name in loaded.overrides[index].values for index in fitting)

    def configuration_of(self, path: str | None) -> Loaded | None:
        """Return the configuration file that counts for a file."""
        return self._configuration(os.getcwd() if path is None else os.path.dirname(os.path.abspath(path)))

    def _is_per_file(self, name: str) -> bool:
        if not hasattr(self, "_per_file"):
            self._per_file = {
                param.name
                for param in self._context.command.get_params(self._context)
                if isinstance(param, GroupedOption) and param.per_file
            }
        return name in self._per_file

    def _unless_given(self, values: Mapping[str, Any], *, per_file: bool) -> dict[str, Any]:
        return {
            name: value
            for name, value in values.items()
            if name not in self._given and self._is_per_file(name) == per_file
        }

    def _configuration(self, folder: str) -> Loaded | None:
        if self._isolated:
            return None
        if folder not in self._in_folder:
            found = self._discovery.nearest(folder)
            self._in_folder[folder] = None if found is None else self._load(found)
        return self._in_folder[folder]

    def _load(self, found: Found) -> Loaded:
        loaded = self._loaded.get(found.path)
        if loaded is None:
            from fixtext.cli.settings.toml import load

            loaded = self._loaded[found.path] = load(found, self._context)
        return loaded

    def _fitting(self, loaded: Loaded, path: str) -> tuple[int, ...]:
        patterns = self._patterns.get(loaded.path)
        if patterns is None:
            from fixtext.cli.files.ignoring import Patterns

            patterns = [Patterns(loaded.folder, override.files) for override in loaded.overrides]
            self._patterns[loaded.path] = patterns
        return tuple(index for index, pattern in enumerate(patterns) if pattern.names(path))
