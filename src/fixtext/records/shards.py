"""Shards: the files that records are in, and where what becomes of them goes."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fixtext.records.errors import RecordsError
from fixtext.records.formats import COLUMNS, format_of
from fixtext.records.streams import compression_of, is_special


@dataclass(frozen=True, slots=True)
class Shard:
    """One file of records, and what becomes of it.

    Attributes:
        source: its path; None for standard input.
        output: the path of what becomes of it; None for standard output.
        form: one of `fixtext.records.formats.FORMATS`.
        rejects: where its rejected records go. None: nowhere, so that the first of them is an error.
        keep_empty: whether that file is there too if there are none.
    """

    source: str | None
    output: str | None
    form: str
    rejects: str | None = None
    keep_empty: bool = False

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return self.source if self.source is not None else "standard input"

    @property
    def manifest(self) -> str | None:
        """Where is told that it is complete: beside its output, if that is a file."""
        return None if self.output is None or is_special(self.output) else f"{self.output}.manifest.json"


def shards(
    names: Sequence[str], output: str | None, form: str | None = None, rejects: str | None = None
) -> list[Shard]:
    """Return the shards that names and globs stand for, sorted within each glob, each once.

    Args:
        names: paths, or globs as the shell has them (``**`` goes into folders); ``-`` is standard input.
        output: a file for one shard, or a folder: then shards keep their names, and their places below the folder that
            all of them are in. None or ``-`` is standard output.
        form: the format; None goes by the name of each.
        rejects: the file for rejected records, if there is one shard. Each of several has a file of its own, beside its
            output, and so has one for which none is named: ``OUTPUT.rejects.jsonl``.

    Raises:
        RecordsError: nothing fits a glob, several shards go to one file, an output is an input, or a format is not
            known or does not go with standard input or output.
    """
    output = None if output == "-" else output
    is_folder = output is not None and (os.path.isdir(output) or output.endswith(os.sep))
    ours = [os.path.realpath(path) for path in (output if is_folder else None, rejects) if path is not None]
    sources = list(dict.fromkeys(path for name in names for path in _expanded(name, ours)))
    made: list[Shard] = []
    if len(sources) > 1 and not is_folder:
        if output is None or os.path.exists(output):
            raise RecordsError("several shards need a folder for their output: -o FOLDER/")
        is_folder = True
    common = _common([path for path in sources if path != "-"])
    for path in sources:
        target = output
        if is_folder and output is not None:
            if path == "-":
                raise RecordsError("standard input needs the name of a file for its output")
            target = os.path.join(output, os.path.relpath(os.path.abspath(path), common))
        made.append(_shard(path, target, form))
    taken = {os.path.realpath(shard.source) for shard in made if shard.source is not None}
    for shard in made:
        if shard.output is not None and os.path.realpath(shard.output) in taken:
            raise RecordsError(f"{shard.output} is an input; records are never written over")
    if len(made) == 1 and rejects is not None:
        return [replace(made[0], rejects=rejects, keep_empty=True)]
    return [
        shard if shard.manifest is None else replace(shard, rejects=f"{shard.output}.rejects.jsonl") for shard in made
    ]


def _expanded(name: str, ours: Sequence[str]) -> list[str]:
    """Return the files that a name stands for; of a glob without those that an earlier run has written."""
    if name == "-" or os.path.exists(name) or not glob.has_magic(name):
        return [name]
    found = sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))
    found = [path for path in found if not any(_is_within(os.path.realpath(path), own) for own in ours)]
    if not found:
        raise RecordsError(f"no file fits {name}")
    return found


def _is_within(path: str, other: str) -> bool:
    return path == other or path.startswith(os.path.join(other, ""))


def _common(paths: Sequence[str]) -> str:
    """Return the deepest folder that all files are in."""
    folders = [os.path.dirname(os.path.abspath(path)) for path in paths]
    return os.path.commonpath(folders) if folders else os.curdir


def _shard(path: str, output: str | None, form: str | None) -> Shard:
    source = None if path == "-" else path
    try:
        known = form or format_of(path)
    except RecordsError as error:
        raise RecordsError(f"{path}: {error}") from None
    if known in COLUMNS:
        if source is None or output is None:
            raise RecordsError(f"{known} is read from a file and written to one")
        if compression_of(path) or compression_of(output):
            raise RecordsError(f"{path}: {known} is packed inside, and not as a whole")
    if output is not None and form is None:
        try:
            is_other = format_of(output) != known
        except RecordsError:
            is_other = False
        if is_other:
            raise RecordsError(f"{output}: records stay in their format, which is {known}")
    return Shard(source, output, known)
