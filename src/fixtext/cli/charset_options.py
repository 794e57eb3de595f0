"""Options that say what bytes are read as and written as."""

from __future__ import annotations

import click

from fixtext.cli.grouping import option, option_group


def _page(context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    """Refuse an encoding that there is not, before anything is read."""
    if name is not None and not context.resilient_parsing:
        from fixtext.codepages import UnknownCodePageError, lookup

        try:
            return lookup(name)
        except UnknownCodePageError as error:
            raise click.BadParameter(str(error)) from None
    return name


charset_options = option_group(
    "Bytes",
    option("--detect", is_flag=True, help="Print what encoding the files are in, how sure that is, and exit."),
    option(
        "--encoding",
        key="encoding",
        per_file=True,
        metavar="ENC",
        callback=_page,
        help="What the input is in; found out by default.",
    ),
    option(
        "--output-encoding",
        key="output-encoding",
        per_file=True,
        metavar="ENC",
        callback=_page,
        help="What the text is written in; UTF-8 by default.",
    ),
    option(
        "--keep-encoding",
        key="keep-encoding",
        per_file=True,
        is_flag=True,
        help="Write the text in the encoding it came in.",
    ),
    option(
        "--newline",
        key="newline",
        per_file=True,
        type=click.Choice(["keep", "lf", "crlf"]),
        default="keep",
        show_default=True,
        help="How lines are to end.",
    ),
    option(
        "--bom",
        key="bom",
        per_file=True,
        type=click.Choice(["keep", "add", "remove"]),
        default="keep",
        show_default=True,
        help="Whether there is to be a byte order mark.",
    ),
    option(
        "--errors",
        key="errors",
        per_file=True,
        type=click.Choice(["keep", "replace", "strict"]),
        default="keep",
        show_default=True,
        help="What becomes of bytes that cannot be read: they stay as they were, become U+FFFD, or the file fails.",
    ),
)
