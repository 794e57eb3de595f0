"""Options for what is done beyond repair, only if asked for: script conversion and normalisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _script(context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    if name is not None and not context.resilient_parsing:
        from fixtext.script.routes import route

        try:
            route(name)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return name


def _normalizers(context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    if names and not context.resilient_parsing:
        from fixtext.normalization import normalize

        try:
            normalize("", *names)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return names


_OPTIONS = (
    click.option(
        "--script",
        metavar="CONFIG",
        callback=_script,
        help="After repair, convert to a script: hans, hant, tw, twp, hk, jp, or any configuration of OpenCC.",
    ),
    click.option(
        "--converter",
        type=click.Choice(["fixtext", "opencc"]),
        default="fixtext",
        show_default=True,
        help="What converts it: our engine, or the module opencc that is installed.",
    ),
    click.option(
        "--dictionary",
        "dictionaries",
        multiple=True,
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False),
        help="Further entries for the conversion, in OpenCC's text format; may be given several times.",
    ),
    click.option(
        "--normalize",
        multiple=True,
        metavar="NAME",
        callback=_normalizers,
        help="After that, clean up: nfc, width, punctuation, spaces ...; may be given several times.",
    ),
)


def asked_options(command: F) -> F:
    """Give a command the options for what is done beyond repair."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
