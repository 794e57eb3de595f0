"""Options for files of records: JSON lines, CSV, Parquet, Arrow."""

from __future__ import annotations

from typing import Any

import click

from fixtext.cli.grouping import FileName, option, option_group
from fixtext.cli.wording import gettext as _

FORMATS = ("jsonl", "csv", "tsv", "parquet", "arrow")


def _size(context: click.Context, _option: click.Parameter, words: str | None) -> int | None:
    if words is None or context.resilient_parsing:
        return None
    from fixtext.records.errors import RecordsError
    from fixtext.records.limits import size

    try:
        return size(words)
    except RecordsError:
        raise click.BadParameter(_("a number of bytes, such as 64M")) from None


record_options = option_group(
    "Records (JSON lines, CSV, Parquet, Arrow; packed with gzip or zstd)",
    option(
        "--field",
        "fields",
        multiple=True,
        metavar="PATH",
        help="FILE holds records; repair this field of each: text, meta.title, messages[].content. Several times.",
    ),
    option("--records", type=click.Choice(FORMATS), help="The format, where the name of the file does not tell it."),
    option("--score-only", is_flag=True, help="Change no text; add columns that tell how damaged it is."),
    option("--edits", "record_edits", is_flag=True, help="Add a column that tells every repair."),
    option("--allow-missing", is_flag=True, help="A record may lack the field."),
    option("--rejects", metavar="FILE", type=FileName(), help="Where malformed records are kept, with the reason."),
    option("--log", metavar="FILE", type=FileName(), help="Append a line of JSON for each file: what was counted."),
    option("--again", is_flag=True, help="Do also what an earlier run has completed."),
    option("--max-record-bytes", metavar="SIZE", callback=_size, help="Reject larger records; by default 16M."),
    option("--max-depth", type=click.IntRange(1), metavar="N", help="Reject deeper records; by default 100 levels."),
    option("--max-fields", type=click.IntRange(1), metavar="N", help="Reject wider records; by default 10000 names."),
    option("--max-unpacked", metavar="SIZE", callback=_size, help="Refuse files that unpack to more; by default 1T."),
    option(
        "--max-ratio",
        type=click.IntRange(1),
        metavar="N",
        help="Refuse files that unpack to more than N times their size; by default 200.",
    ),
    option("--max-group-bytes", metavar="SIZE", callback=_size, help="Refuse larger row groups; by default 1G."),
)

_LIMITS = {
    "max_record_bytes": "record_bytes",
    "max_depth": "depth",
    "max_fields": "fields",
    "max_unpacked": "unpacked_bytes",
    "max_ratio": "unpacked_ratio",
    "max_group_bytes": "group_bytes",
}
"""Parameter -> attribute of `fixtext.records.Limits`."""

_WITH_FIELD = ("records", "score_only", "record_edits", "allow_missing", "rejects", "log", "again", *_LIMITS)


def wants_records(options: dict[str, Any]) -> bool:
    """Whether FILE holds records.

    Raises:
        click.UsageError: an option is given that makes sense only then.
    """
    if options["fields"]:
        return True
    for name in _WITH_FIELD:
        if options[name]:
            given = "--edits" if name == "record_edits" else "--" + name.replace("_", "-")
            raise click.UsageError(_("{option} goes with --field").format(option=given))
    return False


def limits_of(options: dict[str, Any]) -> dict[str, int]:
    """Return the limits that were given, by the names that `fixtext.records.Limits` has for them."""
    return {name: options[param] for param, name in _LIMITS.items() if options[param] is not None}
