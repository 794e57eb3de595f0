"""The man page, made from the options as ``--help`` is.

The macros are those of man(7) as groff documents them.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

import fixtext
from fixtext.cli.grouping import GroupedOption

_STATUS = (
    ("0", "nothing left to report"),
    ("1", "--check or --diff found something that would change; elsewhere only with --exit-non-zero-on-fix"),
    ("2", "wrong usage, or a file that could not be read, repaired or written"),
    ("130, 141", "interrupted; a reader that went away"),
)
_FILES = (
    ("fixtext.toml", "settings; the nearest one upwards from a file counts"),
    ("pyproject.toml", "the same in its table [tool.fixtext]"),
)
_ENVIRONMENT = (
    ("NO_COLOR", "no colours"),
    ("FORCE_COLOR", "colours also where there is no terminal"),
    ("LANGUAGE, LC_ALL, LC_MESSAGES, LANG", "the language of messages"),
)


def page(context: click.Context) -> Iterator[str]:
    """Yield the lines of the page."""
    command = context.command
    yield f'.TH FIXTEXT 1 "" "fixtext {fixtext.__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"fixtext \- find damaged text, work out how it was damaged, and write it healthy"
    yield ".SH SYNOPSIS"
    yield ".B fixtext"
    yield r"[\fIOPTIONS\fR] [\fIFILE\fR]..."
    yield ".SH DESCRIPTION"
    for paragraph in (command.help or "").split("\n\n"):
        yield ".PP"
        yield _plain(" ".join(paragraph.split()))
    yield ".SH OPTIONS"
    group = None
    for param in _options(context):
        title = param.group if isinstance(param, GroupedOption) else "Information"
        if title != group:
            group = title
            yield f'.SS "{_plain(title)}"'
        record = param.get_help_record(context)
        if record is not None:
            yield from _entry(*record)
    examples = (command.epilog or "").split("\n\n")[0].splitlines()[2:]
    yield ".SH EXAMPLES"
    yield ".nf"
    yield from (_plain(line.strip()) for line in examples)
    yield ".fi"
    for title, entries in (("EXIT STATUS", _STATUS), ("FILES", _FILES), ("ENVIRONMENT", _ENVIRONMENT)):
        yield f'.SH "{title}"'
        for term, told in entries:
            yield from _entry(term, told)


def _options(context: click.Context) -> list[click.Option]:
    options = [param for param in context.command.get_params(context) if isinstance(param, click.Option)]
    return sorted(options, key=lambda param: not isinstance(param, GroupedOption))


def _entry(term: str, told: str) -> Iterator[str]:
    yield ".TP"
    yield rf"\fB{_plain(term)}\fR"
    yield _plain(told)


def _plain(text: str) -> str:
    """Return the text so that roff sees no request or escape in it."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    return rf"\&{text}" if text.startswith(".") else text
