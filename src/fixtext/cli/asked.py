"""Options for what is done beyond repair, only if asked for: script conversion and normalisation."""

from __future__ import annotations

import click

from fixtext.cli.grouping import FileName, option, option_group


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


asked_options = option_group(
    "After repair, if asked for",
    option(
        "--script",
        key="script",
        per_file=True,
        metavar="CONFIG",
        callback=_script,
        help="After repair, convert to a script: hans, hant, tw, twp, hk, jp, or any configuration of OpenCC.",
    ),
    option(
        "--converter",
        key="converter",
        per_file=True,
        type=click.Choice(["fixtext", "opencc"]),
        default="fixtext",
        show_default=True,
        help="What converts it: our engine, or the module opencc that is installed.",
    ),
    option(
        "--dictionary",
        "dictionaries",
        key="dictionaries",
        per_file=True,
        multiple=True,
        metavar="FILE",
        type=FileName(exists=True),
        help="Further entries for the conversion, in OpenCC's text format; may be given several times.",
    ),
    option(
        "--normalize",
        key="normalize",
        per_file=True,
        multiple=True,
        metavar="NAME",
        callback=_normalizers,
        help="After that, clean up: nfc, width, punctuation, spaces ...; may be given several times.",
    ),
)
