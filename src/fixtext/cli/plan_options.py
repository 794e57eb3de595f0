"""Options that make or take back repairs as a plan tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from fixtext.cli.grouping import FileName, option, option_group
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.cli.work import Examine

plan_options = option_group(
    "Plans (what --format json and jsonl print)",
    option("--apply", metavar="PLAN", type=FileName(), help="Make the repairs of a plan in another copy of FILE."),
    option("--undo", metavar="PLAN", type=FileName(), help="Take the repairs of a plan back."),
)


def by_plan(options: Mapping[str, Any], number_of_files: int) -> Examine | None:
    """Return how files are worked on by a plan; None if none is asked for.

    Raises:
        click.UsageError: two are asked for, or a plan together with the history of files.
        Failure: the plan cannot be read, or is none.
    """
    given = [name for name in ("apply", "undo") if options[name] is not None]
    if not given:
        return None
    if len(given) > 1:
        raise click.UsageError(_("{first} and {second} exclude each other").format(first="--apply", second="--undo"))
    if options["history"]:
        raise click.UsageError(
            _("{first} and {second} exclude each other").format(first=f"--{given[0]}", second="--git")
        )
    from fixtext.cli.plans import Plan

    plan = Plan.read(options[given[0]], alone=number_of_files == 1)
    return plan.apply if given[0] == "apply" else plan.undo
