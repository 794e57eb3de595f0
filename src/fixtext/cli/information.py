"""Options that print something and end: about damage, detectors, the version, the shell."""

from __future__ import annotations

from collections.abc import Iterable

import click

from fixtext.cli import streams
from fixtext.cli.grouping import option, option_group
from fixtext.cli.shell.completion import SHELLS, rules

information_options = option_group(
    "Information",
    option(
        "--about",
        metavar="DAMAGE",
        shell_complete=rules,
        help="Print the page about a kind of damage, with examples.",
    ),
    option("--list-detectors", is_flag=True, help="List the kinds of damage that can be found."),
    option("--completion", type=click.Choice(SHELLS), help="Print what a shell has to run to complete our words."),
    option("--man", "manual", is_flag=True, help="Print the man page."),
    option("--version", is_flag=True, help="Print the version, and those of Python, model and plug-ins."),
)


def answer(context: click.Context) -> Iterable[str] | None:
    """Return the lines that an option asks for; None if no option of this group is given."""
    params = context.params
    if params["about"] is not None:
        from fixtext.cli.catalogue import page

        return page(params["about"]).splitlines()
    if params["list_detectors"]:
        return _detectors()
    if params["completion"] is not None:
        from fixtext.cli.shell.completion import script

        return script(context, params["completion"]).splitlines()
    if params["manual"]:
        from fixtext.cli.shell import manual

        return manual.page(context)
    if params["version"]:
        from fixtext.cli.shell import version

        return version.lines()
    return None


def tell(lines: Iterable[str]) -> None:
    """Write the lines to standard output."""
    for line in lines:
        streams.tell(line)


def _detectors() -> list[str]:
    from fixtext.detectors.registry import available

    listed = available()
    width = max(len(line.name) for line in listed)
    return [
        f"{line.name:<{width}}  {'on' if line.default else 'off':<3}  {line.summary} ({line.origin})" for line in listed
    ]
