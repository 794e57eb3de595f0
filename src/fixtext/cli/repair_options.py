"""Options that say which damage is looked for, and how daring a repair may be."""

from __future__ import annotations

import click

from fixtext.cli.grouping import option, option_group
from fixtext.cli.shell.completion import detectors

repair_options = option_group(
    "Repair",
    option(
        "-d",
        "--detector",
        "detectors",
        key="detectors",
        per_file=True,
        multiple=True,
        metavar="NAME",
        shell_complete=detectors,
        help="Look for this kind of damage only; may be given several times. Installed plug-ins run only if named.",
    ),
    option(
        "--holes",
        key="holes",
        per_file=True,
        type=click.Choice(["mark", "keep", "guess"]),
        default="mark",
        show_default=True,
        help="What becomes of a lost character that is too uncertain: U+FFFD, the damage as it was, or the best guess.",
    ),
    option(
        "--min-probability",
        key="min-probability",
        per_file=True,
        type=click.FloatRange(0, 1),
        default=0.5,
        show_default=True,
        help="How probable a lost character must be to be put back.",
    ),
    option(
        "--quote-aware/--no-quote-aware",
        key="quote-aware",
        per_file=True,
        default=True,
        show_default=True,
        help="Leave alone what Markdown, reStructuredText and HTML show as code or quotation if only that is damaged.",
    ),
    option(
        "--confident",
        key="confident",
        per_file=True,
        is_flag=True,
        help="Make only repairs in which nothing had to be guessed; the others are told, and left.",
    ),
    option("--git", "history", is_flag=True, help="Look for the lost bytes of FILE in its last commits first."),
)
