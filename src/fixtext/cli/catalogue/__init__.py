"""Pages about each kind of finding, for people who meet one: ``fixtext --about misdecoded``."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from fixtext.cli.foreign import told
from fixtext.cli.printable import printable
from fixtext.cli.wording import LANGUAGES, spoken
from fixtext.cli.wording import gettext as _

RULES = ("encoded", "encoding", "glossed", "lossy", "misdecoded", "normalize", "script", "western")
"""The rule ids with a page: names of detectors, and of what is only done if asked for. They never change."""


def page(rule: str) -> str:
    """Return the page about a rule, in the language spoken now; for an installed detector, its summary.

    Raises:
        click.UsageError: there is no such rule.
    """
    if rule in RULES:
        return _read(rule, spoken())
    if "+" in rule:  # repairs that overlap are told as one
        return "\n".join(page(part) for part in rule.split("+"))
    from fixtext.detectors.registry import BrokenDetectorError, UnknownDetectorError, select

    try:
        (detector,) = select([rule])
    except (UnknownDetectorError, BrokenDetectorError) as error:
        message = _("{error}; there are pages about: {known}")
        raise click.UsageError(message.format(error=told(str(error)), known=", ".join(RULES))) from None
    return f"# {detector.name}\n\n{printable(detector.summary)}\n"


def all_pages() -> Iterator[tuple[str, str, str]]:
    """Yield language, rule and page, for all pages there are."""
    for language in LANGUAGES:
        for rule in RULES:
            yield language, rule, _read(rule, language)


def _read(rule: str, language: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), language, f"{rule}.md"), encoding="utf-8") as stream:
        return stream.read()
