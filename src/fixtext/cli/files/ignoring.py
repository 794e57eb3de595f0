"""Which files a ``.gitignore`` leaves out, and which those patterns of our own name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache

from pathspec import GitIgnoreSpec


class Patterns:
    """Globs as in a ``.gitignore``, which hold for the files below one folder."""

    def __init__(self, folder: str, lines: Sequence[str], *, moves: bool = False) -> None:
        """Read globs.

        Args:
            folder: an absolute path.
            lines: the globs.
            moves: whether, of a directory elsewhere that is searched, the globs hold for what is below that.
        """
        self._folder = os.path.join(folder, "")
        self._lines = lines
        self._moves = moves
        self._spec = GitIgnoreSpec.from_lines(lines)

    def within(self, folder: str) -> Patterns:
        """Return the patterns that hold when a directory is searched, which is absolute."""
        if not self._moves or os.path.join(folder, "").startswith(self._folder):
            return self
        return Patterns(folder, self._lines, moves=True)

    def verdict(self, path: str, *, is_folder: bool = False) -> bool | None:
        """Return whether the last pattern that fits a path names it or, with ``!``, takes it out; None if none fits.

        Args:
            path: an absolute path.
            is_folder: whether it is a directory, which patterns that end in ``/`` are about.
        """
        if not path.startswith(self._folder):
            return None
        inner = path[len(self._folder) :]
        if os.sep != "/":
            inner = inner.replace(os.sep, "/")
        return self._spec.check_file(inner + "/" if is_folder else inner).include

    def names(self, path: str) -> bool:
        """Whether the patterns name a file, by itself or by a folder that it is in."""
        return bool(self.verdict(path))


class Ignored:
    """The ``.gitignore`` files from the root of the work tree downwards, each read once."""

    def __init__(self) -> None:
        self._of_folder: dict[str, tuple[Patterns, ...]] = {}

    def __call__(self, folder: str, path: str, is_folder: bool) -> bool:
        """Whether git would leave out a path in a folder, both absolute; the deepest file that says something wins."""
        for patterns in self._patterns(folder):
            verdict = patterns.verdict(path, is_folder=is_folder)
            if verdict is not None:
                return verdict
        return False

    def _patterns(self, folder: str) -> tuple[Patterns, ...]:
        known = self._of_folder.get(folder)
        if known is None:
            parent = os.path.dirname(folder)
            root = os.path.lexists(os.path.join(folder, ".git"))
            above = () if root or parent == folder else self._patterns(parent)
            if root:
                above = _read(os.path.join(folder, ".git", "info", "exclude"), folder)
            known = self._of_folder[folder] = _read(os.path.join(folder, ".gitignore"), folder) + above
        return known


@lru_cache(maxsize=1024)
def _read(file: str, folder: str) -> tuple[Patterns, ...]:
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as stream:
            return (Patterns(folder, stream.read().splitlines()),)
    except OSError:
        return ()
