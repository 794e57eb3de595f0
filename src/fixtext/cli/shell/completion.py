"""Completion for bash, zsh and fish: what a shell has to run, and names that options take."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_FIXTEXT_COMPLETE"


def script(context: click.Context, shell: str) -> str:
    """Return what a shell has to run once so that it completes the words of the command."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    completer = kind(context.command, {}, "fixtext", VARIABLE)
    return completer.source_template % completer.source_vars()


def detectors(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """Return the built-in detectors whose names begin so; looking for installed ones would take too long for a key."""
    from fixtext.detectors.registry import BUILT_IN

    return [name for name in sorted(BUILT_IN) if name.startswith(begun)]


def rules(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """Return the kinds of findings with a page whose names begin so."""
    from fixtext.cli.catalogue import RULES

    return [name for name in RULES if name.startswith(begun)]
