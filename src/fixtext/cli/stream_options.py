"""Options for inputs that are long or many: processes, and how a pipe is read."""

from __future__ import annotations

import re

import click

from fixtext.cli.grouping import option, option_group
from fixtext.cli.wording import gettext as _

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20}


def _bytes(context: click.Context, _option: click.Parameter, text: str) -> int:
    found = re.fullmatch("([0-9]{1,9})([km]?)", text.lower())
    count = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 0 < count <= 1 << 30:
        raise click.BadParameter(_("a number of bytes such as 65536, 64K or 1M"))
    return count


stream_options = option_group(
    "Long inputs",
    option(
        "-j",
        "--jobs",
        type=click.IntRange(1, 1024),
        metavar="N",
        help="Work in up to N processes, by default one a core; they start only if enough is left to do.",
    ),
    option(
        "--line-buffered/--no-line-buffered",
        default=None,
        help="Write each line as soon as it is complete; by default where a pipe goes to a terminal.",
    ),
    option(
        "--chunk-size",
        metavar="BYTES",
        default="256K",
        show_default=True,
        callback=_bytes,
        help="Read that much of a pipe at once. What comes out does not depend on it.",
    ),
)
