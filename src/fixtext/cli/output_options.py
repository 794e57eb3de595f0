"""Options that say what is told, how, and in which language."""

from __future__ import annotations

import click

from fixtext.cli import wording
from fixtext.cli.grouping import FileName, option, option_group

FORMATS = ("text", "json", "jsonl", "sarif", "github")


output_options = option_group(
    "What is told",
    option("--explain", is_flag=True, help="List every repair: where, before, after, and why."),
    option(
        "--format",
        "form",
        key="format",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How findings are told; all but text go to standard output, instead of the text.",
    ),
    option(
        "--report", metavar="FILE", type=FileName(), help="Write a page (HTML) that shows every repair side by side."
    ),
    option("-q", "--quiet", key="quiet", is_flag=True, help="Tell errors only."),
    option(
        "--color",
        key="color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colours; by default on a terminal, unless NO_COLOR is set.",
    ),
    option(
        "--lang",
        key="lang",
        type=click.Choice(wording.LANGUAGES),
        help="The language of messages; by default that of the locale.",
    ),
)
