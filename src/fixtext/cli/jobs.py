"""The work of a run in pieces that any process can do: some small files, or a window of a long one.

What comes back depends on the piece alone, so it does not matter who does it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from fixtext.cli import work
from fixtext.cli.errors import Failure, Unreadable
from fixtext.cli.files.walking import Item
from fixtext.cli.settings.choices import Choices
from fixtext.files.encoding import Known
from fixtext.files.windows import Window

if TYPE_CHECKING:
    from fixtext.cli.outcome import Outcome
    from fixtext.files.pieces import Piece
    from fixtext.findings import Repair


Entry = tuple[Item, Choices, bytes | None]
"""A file, what was chosen for it, and its bytes if they have been read."""


class Small(NamedTuple):
    """Files that are read whole.

    Attributes:
        entries: each file, or what is to be told in its place.
        examine: how they are looked at.
        skip_binary: whether binary files are skipped.
        keep_encoding: whether the text is written in the encoding that it came in.
        size: bytes of all.
    """

    entries: tuple[Entry | Failure, ...]
    examine: work.Examine
    skip_binary: bool
    keep_encoding: bool
    size: int = 0


class Stretch(NamedTuple):
    """A window of a long input.

    Attributes:
        item: the input.
        choices: what was chosen for it.
        window: its place.
        known: what it is in.
        data: the lines before it, itself, and the lines behind it; None if they can be read from the file.
        off: whether a marker before it has turned repair off.
        keep_encoding: whether the text is written in the encoding that it came in.
        measure: whether lines and code points have to be counted, for places.
    """

    item: Item
    choices: Choices
    window: Window
    known: Known
    data: tuple[bytes, bytes, bytes] | None
    off: bool
    keep_encoding: bool
    measure: bool

    @property
    def size(self) -> int:
        """Bytes of the window."""
        return self.window.end - self.window.start


class End(NamedTuple):
    """The end of a long input, or what ended the work on it."""

    failure: Failure | None
    size: int = 0


class Repaired(NamedTuple):
    """What came of a window.

    Attributes:
        output: its bytes afterwards, None if they stay as they are.
        found: itself with its findings; None if there are none.
        notes: what else there is to tell.
        encoding: what it is in.
        encoding_after: what the output is in.
        switch: whether the last marker in it turns repair off (True) or on again; None if there is none.
        extent: ends of lines in it, code points behind the last of them, and code points in all.
        data: its bytes as they are; None if another process has read them.
    """

    output: bytes | None
    found: Outcome | None
    notes: tuple[str, ...]
    encoding: str
    encoding_after: str
    switch: bool | None
    extent: tuple[int, int, int]
    data: bytes | None


Job = Small | Stretch | End
if TYPE_CHECKING:
    Result = list[Outcome | Failure | None] | Repaired | Failure | ValueError | RuntimeError | None
    """For small files an outcome each, None for one that was skipped; for the end of an input None."""


def done(job: Job) -> Result:
    """Do a job. What goes wrong with one file, and what is wrong with the choices, comes back as a value."""
    if isinstance(job, End):
        return job.failure
    try:
        if isinstance(job, Small):
            return [_small(entry, job) for entry in job.entries]
        return _window(job)
    except Failure as failure:
        return failure
    except (ValueError, RuntimeError) as error:
        return error


def done_elsewhere(job: Job) -> Result:
    """Do a job in another process: what nobody needs is not sent back."""
    result = done(job)
    if isinstance(result, Repaired):
        return result._replace(data=None)
    return [_light(one) for one in result] if isinstance(result, list) else result


def name(job: Job) -> str:
    """Return what a job is called when the process that does it dies."""
    if isinstance(job, Small):
        names = [entry[0].name for entry in job.entries if not isinstance(entry, Failure)]
        return names[0] if len(names) == 1 else f"{names[0]} - {names[-1]}" if names else "-"
    return f"{job.item.name}: {job.window.start}-{job.window.end}" if isinstance(job, Stretch) else "-"


def _small(entry: Entry | Failure, job: Small) -> Outcome | Failure | None:
    if isinstance(entry, Failure):
        return entry
    item, choices, data = entry
    try:
        return work.outcome(
            item,
            choices,
            job.examine,
            skip_binary=job.skip_binary and item.path is not None,
            keep_encoding=job.keep_encoding,
            given=None if data is None else (data, None),
        )
    except Failure as failure:
        return failure


def _light(one: Outcome | Failure | None) -> Outcome | Failure | None:
    if one is None or isinstance(one, Failure) or one.changed or one.repair.suspects or one.repair.notes:
        return one
    nothing = b""
    document = one.document._replace(data=nothing, text="")
    return one._replace(document=document, output=nothing, repair=_nothing_found(one.repair.encoding))


def _nothing_found(encoding: str) -> Repair:
    from fixtext.findings import Repair

    return Repair("", encoding=encoding)


def _window(job: Stretch) -> Repaired:
    """Repair a window."""
    from fixtext.engine import DetectorError
    from fixtext.files.pieces import repaired

    before, data, after = _read(job) if job.data is None else job.data
    try:
        piece = repaired(before, data, after, job.known, job.choices.config, off=job.off)
    except (DetectorError, ValueError) as error:
        from fixtext.charset.reading import UnreadableError  # 10 ms that most inputs do without
        from fixtext.cli.foreign import told

        if isinstance(error, DetectorError):
            raise Failure(job.item.name, told(str(error))) from error
        if isinstance(error, UnreadableError):
            raise Unreadable(job.item.name, told(str(error))) from None
        raise
    first = not job.window.start
    outcome = outcome_of(job.item, data, piece, job.choices, keep_encoding=job.keep_encoding, first=first)
    source, repair = piece.source, outcome.repair
    extent = (0, 0, 0)
    if job.measure:
        lines = source.count("\n")
        extent = lines, len(source) - source.rfind("\n") - 1 if lines else len(source), len(source)
    return Repaired(
        outcome.output if outcome.changed else None,
        outcome if repair.edits or repair.suspects else None,
        repair.notes,
        outcome.document.encoding,
        outcome.encoding,
        piece.switch,
        extent,
        data,
    )


def outcome_of(item: Item, data: bytes, piece: Piece, choices: Choices, *, keep_encoding: bool, first: bool) -> Outcome:
    """Return what came of a piece of an input.

    Args:
        item: the input.
        data: the bytes of the piece.
        piece: what was found in it.
        choices: what was chosen for the input.
        keep_encoding: whether the text is written in the encoding that it came in.
        first: whether it is the beginning, where a byte order mark may be.

    Raises:
        Failure: an encoding lacks characters.
    """
    from fixtext.cli.documents import Document
    from fixtext.cli.outcome import Outcome
    from fixtext.cli.writing import target, written

    document = Document(data, piece.source, piece.repair.encoding)
    if keep_encoding:
        document = document._replace(target=document.encoding)
    repair, values = piece.repair, choices.values
    if values["confident"] and repair.edits:
        repair = work.confident(document, repair)
    if not first and values["bom"] != "keep":
        values = {**values, "bom": "keep"}
    output = written(item.name, document, repair, values, is_whole=False)
    return Outcome(item, document, repair, data if output == data else output, target(document, values), None)


def _read(job: Stretch) -> tuple[bytes, bytes, bytes]:
    """Read a window from its file.

    Raises:
        Unreadable: it cannot be read.
    """
    from fixtext.cli.files.reading import open_file, unreadable
    from fixtext.files.sources import FileSource

    window = job.window
    handle, _status = open_file(str(job.item.path), job.item.name)
    try:
        data = FileSource(handle).at(window.before, window.after)
    except OSError as error:
        raise unreadable(error, job.item.name) from None
    finally:
        os.close(handle)
    start, end = window.start - window.before, window.end - window.before
    return data[:start], data[start:end], data[end:]
