"""Options in groups: how ``--help`` shows them, and which of them a configuration file may set.

A module of options ends in one decorator::

    repair_options = option_group("Repair", option("--holes", key="holes", per_file=True, ...), ...)

``key`` is the name that the option has in a configuration file; without one it can only be given as an option. What is
``per_file`` may differ from file to file (nearest configuration, overrides by glob); the rest counts for the whole run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fixtext.cli import wording
from fixtext.cli.files import BACKUP_SUFFIX
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


class FileName(click.ParamType):  # type: ignore[type-arg] # generic in newer versions of click only
    """The name of a file, as it is; shells complete it.

    `click.Path` would do, but it translates its own name when it is made, and loads `locale` for that: 1 ms.
    """

    name = "file"

    def __init__(self, *, exists: bool = False) -> None:
        """Accept any name, or with ``exists`` only that of a file that can be opened."""
        self.exists = exists

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the name."""
        if self.exists and not os.path.isfile(value):
            self.fail(_("there is no file {name}").format(name=repr(value)), param, ctx)
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Let the shell complete names of files."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


class GroupedOption(click.Option):
    """An option that knows its group in ``--help`` and its key in configuration files."""

    def __init__(self, *args: Any, key: str | None = None, per_file: bool = False, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.group = "Other"
        self.key = key
        self.per_file = per_file


def option(*declarations: str, **attributes: Any) -> Callable[[F], F]:
    """Return a decorator as `click.option` does, for a `GroupedOption`."""
    return click.option(*declarations, cls=GroupedOption, **attributes)


def option_group(title: str, *options: Callable[[F], F]) -> Callable[[F], F]:
    """Return one decorator for several options that ``--help`` shows together under a title."""

    def decorate(command: F) -> F:
        for decorator in reversed(options):
            command = decorator(command)
            params: list[click.Parameter] = command.__click_params__  # type: ignore[attr-defined]
            if isinstance(params[-1], GroupedOption):
                params[-1].group = title
        return command

    return decorate


def _language(args: list[str]) -> str | None:
    """Return the language that options ask for, before they are parsed."""
    for index, word in enumerate(args):
        name, _, value = word.partition("=")
        if name == "--lang":
            value = value or (args[index + 1] if index + 1 < len(args) else "")
            return value if value in wording.LANGUAGES else None
    return None


class GroupedCommand(click.Command):
    """A command whose options are listed in groups, in the order in which they were declared."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; ``--backup`` alone stands for ``--backup=.bak``, and never takes the next word for its value."""
        end = args.index("--") if "--" in args else len(args)
        wording.choose(_language(args[:end]))  # at once: what is wrong with the options has to be told in it
        args = [f"--backup={BACKUP_SUFFIX}" if word == "--backup" else word for word in args[:end]] + args[end:]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, a section a group."""
        groups: dict[str, list[tuple[str, str]]] = {}
        others: list[tuple[str, str]] = []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is None or isinstance(param, click.Argument):
                continue
            if isinstance(param, GroupedOption):
                groups.setdefault(param.group, []).append(record)
            else:
                others.append(record)
        groups["Information"] = groups.get("Information", []) + others
        for title, records in groups.items():
            with formatter.section(title):
                formatter.write_dl(records)
