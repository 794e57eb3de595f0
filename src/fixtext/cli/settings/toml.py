"""Configuration files read strictly: an error names the file and the key, and suggests the right one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

import click

from fixtext.cli.errors import Failure
from fixtext.cli.grouping import FileName, GroupedOption
from fixtext.cli.settings.discovery import SHARED, Found
from fixtext.cli.wording import gettext as _

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

OVERRIDES = "overrides"


class Override(NamedTuple):
    """Values for the files that globs name."""

    files: tuple[str, ...]
    values: Mapping[str, Any]


class Loaded(NamedTuple):
    """A configuration file that was read.

    Attributes:
        path: where it is.
        folder: what its globs and paths are relative to.
        values: values by the name of the parameter that they are for.
        overrides: further values for some files; of several that fit, the last counts.
    """

    path: str
    folder: str
    values: Mapping[str, Any]
    overrides: tuple[Override, ...] = ()


def has_table(found: Found) -> bool:
    """Whether a ``pyproject.toml`` has a table for us."""
    return "fixtext" in _parsed(found).get("tool", {})


def load(found: Found, context: click.Context) -> Loaded:
    """Read a configuration file; the options of the context's command say which keys there are.

    Raises:
        Failure: it is no TOML, a key is not known, or a value does not fit.
    """
    document = _parsed(found)
    prefix = ""
    if os.path.basename(found.path) == SHARED:
        document = document["tool"]["fixtext"]
        prefix = "tool.fixtext."
        if not isinstance(document, dict):
            raise Failure(found.path, _("{key} has to be a table").format(key="tool.fixtext"))
    reader = _Reader(found, context)
    overrides = []
    tables = document.get(OVERRIDES, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        name = f"{prefix}{OVERRIDES}"
        raise Failure(found.path, _("{key} has to be an array of tables: [[{key}]]").format(key=name))
    for index, table in enumerate(tables):
        where = f"{prefix}{OVERRIDES}[{index}]."
        files = table.get("files")
        if not _is_strings(files) or not files:
            raise Failure(found.path, _("{key} has to be a list of globs").format(key=f"{where}files"))
        rest = {key: value for key, value in table.items() if key != "files"}
        overrides.append(Override(tuple(files), reader.values(rest, where, per_file=True)))
    rest = {key: value for key, value in document.items() if key != OVERRIDES}
    return Loaded(found.path, found.folder, reader.values(rest, prefix, per_file=False), tuple(overrides))


def configurable(context: click.Context, *, per_file: bool = False) -> dict[str, GroupedOption]:
    """Return the options that a configuration file may set, by key; with ``per_file`` only those of overrides."""
    return {
        param.key: param
        for param in context.command.get_params(context)
        if isinstance(param, GroupedOption) and param.key is not None and (param.per_file or not per_file)
    }


class _Reader:
    def __init__(self, found: Found, context: click.Context) -> None:
        self._found = found
        self._context = context

    def values(self, table: Mapping[str, Any], prefix: str, *, per_file: bool) -> dict[str, Any]:
        known = configurable(self._context, per_file=per_file)
        values = {}
        for key, value in table.items():
            option = known.get(key)
            if option is None:
                raise Failure(self._found.path, self._unknown(prefix, key, per_file=per_file, known=list(known)))
            assert option.name is not None
            values[option.name] = self._value(option, prefix + key, value)
        return values

    def _unknown(self, prefix: str, key: str, *, per_file: bool, known: Sequence[str]) -> str:
        shown = repr(prefix + key)
        if per_file and key in configurable(self._context):
            return _("{key} counts for the whole run; move it out of the overrides").format(key=shown)
        close = get_close_matches(key.replace("_", "-"), known, 1)
        if close:
            return _("unknown key {key}; did you mean {close}?").format(key=shown, close=repr(close[0]))
        return _("unknown key {key}; there are: {known}").format(key=shown, known=", ".join(known))

    def _value(self, option: GroupedOption, key: str, value: Any) -> Any:
        path = self._found.path
        if option.multiple:
            if not _is_strings(value):
                raise Failure(path, _("{key} has to be a list of strings").format(key=repr(key)))
        elif option.is_flag:
            if not isinstance(value, bool):
                raise Failure(path, _("{key} has to be true or false").format(key=repr(key)))
        elif isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise Failure(path, _("{key} has to be a string or a number").format(key=repr(key)))
        if isinstance(option.type, FileName):
            folder = self._found.folder
            value = [os.path.join(folder, name) for name in value] if option.multiple else os.path.join(folder, value)
        try:
            return option.process_value(self._context, value)
        except click.BadParameter as error:
            raise Failure(path, f"{key!r}: {error.message}") from None


def _parsed(found: Found) -> dict[str, Any]:
    try:
        document: dict[str, Any] = tomllib.loads(found.data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Failure(found.path, _("it is not valid TOML: {reason}").format(reason=str(error))) from None
    return document


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
