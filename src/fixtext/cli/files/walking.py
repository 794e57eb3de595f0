"""From the names on the command line to the files that are looked at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fixtext.cli.errors import Failure, Unreadable, reason
from fixtext.cli.files import BACKUP_SUFFIX, TEMPORARY
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.cli.files.ignoring import Ignored, Patterns

NEVER = frozenset({".git", ".hg", ".svn", ".bzr", ".jj", "CVS"})
"""Folders of version control, which are never searched."""


class Item(NamedTuple):
    """One file to look at.

    Attributes:
        path: where it is; None for standard input.
        name: what it is called in messages.
        named: whether it was named itself rather than found in a directory.
    """

    path: str | None
    name: str
    named: bool = True


class Selection(NamedTuple):
    """What is taken and what is left out.

    Attributes:
        include: if not empty, only files that one of these names are taken from directories.
        exclude: files and directories that are left out when directories are searched.
        force_exclude: whether ``exclude`` also holds for files that are named themselves.
        respect_gitignore: whether what git ignores is left out when directories are searched.
        backup: how the names of backups end; in directories they are left out beside the file that they are of.
    """

    include: tuple[Patterns, ...] = ()
    exclude: tuple[Patterns, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    backup: str = BACKUP_SUFFIX

    def within(self, folder: str) -> Selection:
        """Return what holds when a directory is searched, which is absolute."""
        include = tuple(patterns.within(folder) for patterns in self.include)
        return self._replace(include=include, exclude=tuple(patterns.within(folder) for patterns in self.exclude))

    def excludes(self, path: str, is_folder: bool) -> bool:
        """Whether a path, absolute, is left out by name."""
        return any(patterns.verdict(path, is_folder=is_folder) for patterns in self.exclude)


def files(names: Sequence[str], selection: Selection, fail: Callable[[Failure], None]) -> Iterator[Item]:
    """Yield the files with these names and those in the directories with these names, each once, sorted within each.

    Args:
        names: files and directories; ``-`` is standard input.
        selection: which of them are taken.
        fail: is told what cannot be searched.
    """
    seen: set[str] = set()
    walk = _Walk(selection, fail)
    for name in names:
        if name == "-":
            found: Iterator[Item] = iter((Item(None, _("standard input")),))
        elif os.path.isdir(name):
            found = walk.below(name)
        elif selection.force_exclude and selection.excludes(os.path.abspath(name), is_folder=False):
            continue
        else:
            found = iter((Item(name, name),))
        for item in found:
            key = "-" if item.path is None else os.path.abspath(item.path)
            if key not in seen:
                seen.add(key)
                yield item


class _Walk:
    def __init__(self, selection: Selection, fail: Callable[[Failure], None]) -> None:
        self._selection = selection
        self._fail = fail
        self._ignored: Ignored | None = None

    def below(self, name: str) -> Iterator[Item]:
        """Yield the files below a directory; symbolic links to directories are not followed."""
        # What a pattern says about a path must not depend on links above the directory that was named.
        start = os.path.join(os.path.realpath(name), "")
        root = start.rstrip(os.sep) or os.sep
        if self._selection.respect_gitignore and self._ignored is None:
            from fixtext.cli.files.ignoring import Ignored

            self._ignored = Ignored()
        ignored = self._ignored
        if ignored is not None and ignored(os.path.dirname(root), root, True):
            ignored = None  # who names a folder that git ignores wants what is in it
        pending = [(name, root)]
        selection = self._selection.within(root)
        while pending:
            folder, absolute = pending.pop()
            try:
                with os.scandir(folder) as entries:
                    listed = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                message = _("{reason}; check who may read it").format(reason=reason(error))
                self._fail(Unreadable(folder, message))
                continue
            inner: list[tuple[str, str]] = []
            names = {entry.name for entry in listed}
            suffix = selection.backup
            for entry in listed:
                path = os.path.join(absolute, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in NEVER and not _is_left_out(selection, ignored, absolute, path, is_folder=True):
                        inner.append((entry.path, path))
                elif entry.name.endswith(suffix) and entry.name[: -len(suffix)] in names:
                    continue
                elif _is_taken(selection, ignored, entry, absolute, path):
                    yield Item(entry.path, entry.path, named=False)
            pending += reversed(inner)


def _is_taken(selection: Selection, ignored: Ignored | None, entry: os.DirEntry[str], folder: str, path: str) -> bool:
    if entry.name.endswith(TEMPORARY) or not entry.is_file():
        return False
    if selection.include and not any(patterns.names(path) for patterns in selection.include):
        return False
    return not _is_left_out(selection, ignored, folder, path, is_folder=False)


def _is_left_out(selection: Selection, ignored: Ignored | None, folder: str, path: str, *, is_folder: bool) -> bool:
    if selection.exclude and selection.excludes(path, is_folder):
        return True
    return ignored is not None and ignored(folder, path, is_folder)


def listed(source: str) -> list[str]:
    """Return the names in a list that is separated by NUL, as ``find -print0`` and ``git ls-files -z`` write it.

    Args:
        source: a file, or ``-`` for standard input.

    Raises:
        Unreadable: it cannot be read, or it is separated by something else.
    """
    if source == "-":
        from fixtext.cli import streams

        source = _("standard input")
        data = streams.read(source)
    else:
        from fixtext.cli.files.reading import read_file

        data, _known = read_file(source, source)
    if b"\0" not in data and b"\n" in data:
        raise Unreadable(
            source, _("names have to be separated by NUL; list them with: git ls-files -z, or: find -print0")
        )
    return [os.fsdecode(name) for name in data.split(b"\0") if name]
