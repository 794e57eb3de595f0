"""From one file to what came of it: read, repair, leave out what is not wanted, encode."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fixtext.cli import streams
from fixtext.cli.documents import Document, examined
from fixtext.cli.errors import Binary, Failure, Unreadable
from fixtext.cli.files.reading import is_binary, read_file
from fixtext.cli.outcome import Outcome
from fixtext.cli.wording import gettext as _
from fixtext.cli.writing import target, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import stat_result

    from fixtext.cli.files.walking import Item
    from fixtext.cli.settings.choices import Choices
    from fixtext.findings import Edit, Repair

    Examine = Callable[[Item, bytes, Choices], tuple[Document, Repair]]
    """How a file is looked at: for damage, with its history, or by a plan."""

    Choose = Callable[[Item, Document, Repair], Repair]
    """Leaves out repairs that are not wanted."""


def read(item: Item) -> tuple[bytes, stat_result | None]:
    """Return the bytes of a file or of standard input, and what the system said about the file.

    Raises:
        Unreadable: it cannot be read.
    """
    if item.path is None:
        return streams.read(item.name), None
    return read_file(item.path, item.name)


def outcome(
    item: Item,
    choices: Choices,
    examine: Examine,
    choose: Choose | None = None,
    *,
    skip_binary: bool = False,
    keep_encoding: bool = False,
    given: tuple[bytes, stat_result | None] | None = None,
) -> Outcome | None:
    """Work on one file; None if it is binary and such files are skipped.

    What was read already is ``given``. With ``keep_encoding`` the text is written in the encoding it came in, unless
    another is asked for: which one it is may be a guess, and nothing that is only guessed may change a file in place.

    Raises:
        Failure: it cannot be read, or a detector failed on it.
    """
    data, known = read(item) if given is None else given
    if skip_binary and is_binary(data):
        return None
    try:
        document, repair = examine(item, data, choices)
    except Binary:
        if skip_binary:
            return None
        raise
    if keep_encoding:
        document = document._replace(target=document.encoding)
    if choices.values["confident"] and repair.edits:
        repair = confident(document, repair)
    if choose is not None and repair.edits:
        repair = choose(item, document, repair)
    output = written(item.name, document, repair, choices.values)
    page = target(document, choices.values)
    return Outcome(item, document, repair, data if output == data else output, page, known)


def for_damage(item: Item, data: bytes, choices: Choices) -> tuple[Document, Repair]:
    """Look for damage, then do what was asked for."""
    from fixtext.engine import DetectorError

    try:
        return examined(item.name, data, choices)
    except DetectorError as error:
        from fixtext.cli.foreign import told

        name = None if item.path is None else item.name
        raise Failure(name, _("{error}; nothing was written").format(error=told(str(error)))) from error


def with_history(item: Item, data: bytes, choices: Choices) -> tuple[Document, Repair]:
    """Look for damage, with what the file said in earlier commits at hand."""
    from fixtext.cli.history import NoHistory, versions
    from fixtext.detectors import registry
    from fixtext.detectors.lossy.history import History
    from fixtext.engine import run

    try:
        known = versions(str(item.path))
    except NoHistory as error:
        from fixtext.cli.foreign import told

        message = _("it has no history: {error}; leave --git out").format(error=told(str(error)))
        raise Unreadable(item.name, message) from None
    detectors = [History(known), *registry.select(choices.config.detectors)]
    document = Document(data, data.decode("utf-8", "surrogateescape"))
    return document, run(document.text, detectors, choices.config)


def chosen(document: Document, repair: Repair, edits: list[Edit]) -> Repair:
    """Return the repair that makes only some of its edits, which are in the order of the text."""
    from fixtext.composition import apply

    return replace(repair, text=apply(document.text, edits), edits=tuple(edits))


def confident(document: Document, repair: Repair) -> Repair:
    """Leave out the edits in which a character was guessed, or is still missing; they become suspects."""
    from fixtext.findings import Suspect

    sure: list[Edit] = []
    left: list[Suspect] = []
    for edit in repair.edits:
        if edit.guesses or edit.after.count("\ufffd") > edit.before.count("\ufffd"):
            reason = _("a repair would have to guess, and only confident ones are asked for")
            left.append(Suspect(edit.damage, edit.span, reason))
        else:
            sure.append(edit)
    if not left:
        return repair
    suspects = sorted([*repair.suspects, *left], key=lambda suspect: suspect.span)
    return replace(chosen(document, repair, sure), suspects=tuple(suspects))
