"""``--show-settings``: what holds for a file, as TOML, and where each value is from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from fixtext.cli.printable import printable
from fixtext.cli.settings.toml import configurable
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.cli.settings.settings import Settings


def shown(settings: Settings, context: click.Context, files: tuple[str, ...]) -> Iterator[str]:
    """Yield lines of TOML; what is not set has no value there, and stands in a comment.

    Raises:
        click.UsageError: more than one file is named.
    """
    if len(files) > 1:
        raise click.UsageError(_("--show-settings shows those of one FILE"))
    path = files[0] if files and files[0] != "-" else context.params["stdin_filename"]
    values = settings.for_file(path).values
    loaded = settings.configuration_of(path)
    yield "# " + (_("no configuration file") if loaded is None else printable(loaded.path))
    for key, option in configurable(context).items():
        name = str(option.name)
        value = (values if option.per_file else settings.run)[name]
        if settings.is_given(name):
            origin = _("option")
        elif settings.is_configured(name, path):
            origin = _("configuration")
        else:
            origin = _("default")
        line = f"# {key} =" if value is None else f"{key} = {_toml(value)}"
        yield f"{line}  # {origin}"


def _toml(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)  # strings, numbers and booleans are written alike in TOML
