"""Pages about each kind of finding, for people who meet one: ``fixtext --about misdecoded``."""

from __future__ import annotations

import os
from collections.abc import Iterator

import click

from fixtext.cli.printable import printable
from fixtext.cli.wording import LANGUAGES, language
from fixtext.cli.wording import gettext as _

RULES = ("encoded", "glossed", "lossy", "misdecoded", "normalize", "script", "western")
"""The rule ids with a page: names of detectors, and of what is only done if asked for. They never change."""


def page(rule: str) -> str:
    """Return the page about a rule, in the language spoken now; for an installed detector, its summary.

    Raises:
        click.UsageError: there is no such rule.
    """
    if rule in RULES:
        return _read(rule, language())
    from fixtext.detectors.registry import BrokenDetectorError, UnknownDetectorError, select

    try:
        (detector,) = select([rule])
    except (UnknownDetectorError, BrokenDetectorError) as error:
        known = ", ".join(RULES)
        raise click.UsageError(_("{error}; there are pages about: {known}").format(error=error, known=known)) from None
    return f"# {detector.name}\n\n{printable(detector.summary)}\n"


def all_pages() -> Iterator[tuple[str, str, str]]:
    """Yield language, rule and page, for all pages there are."""
    for spoken in LANGUAGES:
        for rule in RULES:
            yield spoken, rule, _read(rule, spoken)


def _read(rule: str, spoken: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), spoken, f"{rule}.md"), encoding="utf-8") as stream:
        return stream.read()
