"""Options that say what becomes of the text: written in place, compared, or only looked at."""

from __future__ import annotations

import os
from enum import Enum
from typing import Any

import click

from fixtext.cli.grouping import FileName, option, option_group
from fixtext.cli.wording import gettext as _


class Mode(Enum):
    """What becomes of the text."""

    STDOUT = "stdout"
    OUTPUT = "output"
    WRITE = "write"
    CHECK = "check"
    DIFF = "diff"

    @property
    def takes_many(self) -> bool:
        """Whether several files and directories can be named."""
        return self in (Mode.WRITE, Mode.CHECK, Mode.DIFF)


def _suffix(context: click.Context, _option: click.Parameter, suffix: str | None) -> str | None:
    if suffix is None or context.resilient_parsing:
        return suffix
    if not suffix or "\0" in suffix or any(separator in suffix for separator in (os.sep, os.altsep or os.sep)):
        raise click.BadParameter(_("a suffix is appended to the name of the file, such as .bak"))
    return suffix


mode_options = option_group(
    "What becomes of the text (by default it goes to standard output)",
    option("-w", "--write", is_flag=True, help="Repair files in place, directories with all that is in them."),
    option("--check", is_flag=True, help="Write nothing; name the files that would change. Status 1 if there are any."),
    option("--diff", is_flag=True, help="Write nothing; print a unified diff that patch applies. Status 1 likewise."),
    option("-o", "--output", metavar="FILE", type=FileName(), help="Write the text to FILE."),
    option("-p", "--patch", is_flag=True, help="Ask about each repair first; with any of the above."),
    option(
        "--backup",
        metavar="[=SUFFIX]",
        callback=_suffix,
        help="With -w, keep the old file beside the new one, as FILE.bak or FILE with that suffix.",
    ),
    option(
        "--exit-non-zero-on-fix",
        is_flag=True,
        key="exit-non-zero-on-fix",
        help="Status 1 if anything was repaired, in every mode.",
    ),
)


def mode_of(params: dict[str, Any]) -> Mode:
    """Return the mode that the options ask for.

    Raises:
        click.UsageError: they ask for two.
    """
    asked = [
        (name, mode)
        for name, mode in (
            ("--write", Mode.WRITE),
            ("--output", Mode.OUTPUT),
            ("--diff", Mode.DIFF),
            ("--check", Mode.CHECK),
        )
        if params[mode.value]
    ]
    names = [name for name, _mode in asked]
    if len(asked) > 1 and names != ["--diff", "--check"]:
        raise click.UsageError(_("{first} and {second} exclude each other").format(first=names[0], second=names[1]))
    mode = asked[0][1] if asked else Mode.STDOUT
    if params["backup"] is not None and mode is not Mode.WRITE:
        raise click.UsageError(_("--backup goes with --write"))
    return mode
