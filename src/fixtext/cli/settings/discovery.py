"""Where a configuration file is: upwards, ``fixtext.toml`` or a ``pyproject.toml`` with ``[tool.fixtext]``."""

from __future__ import annotations

import os
import re

from fixtext.cli.errors import Failure, reason
from fixtext.cli.wording import gettext as _

OWN = "fixtext.toml"
SHARED = "pyproject.toml"

_MAY_BE_OURS = re.compile(
    rb"""(?m)tool["']?\s*\.\s*["']?fixtext|^\s*\[\s*["']?tool["']?\s*\]|^\s*["']?tool["']?\s*=|\\"""
)
"""What a file has that has a table ``tool.fixtext``, however it is written; a backslash may hide anything."""


class Found:
    """A configuration file: where it is, and its bytes, which are looked at only now and then."""

    __slots__ = ("data", "folder", "path")

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.folder = os.path.dirname(path)
        self.data = data


class Discovery:
    """Looks for configuration files, in each folder once. The search ends at the root of a work tree of git."""

    def __init__(self) -> None:
        self._nearest: dict[str, Found | None] = {}

    def nearest(self, folder: str) -> Found | None:
        """Return the configuration file that holds for files in a folder, which is absolute.

        Raises:
            Failure: there is one that cannot be read.
        """
        if folder in self._nearest:
            return self._nearest[folder]
        found = _in_folder(folder)
        parent = os.path.dirname(folder)
        if found is None and parent != folder and not os.path.lexists(os.path.join(folder, ".git")):
            found = self.nearest(parent)
        self._nearest[folder] = found
        return found


def _in_folder(folder: str) -> Found | None:
    own = _read(os.path.join(folder, OWN))
    if own is not None:
        return own
    shared = _read(os.path.join(folder, SHARED))
    if shared is not None and _MAY_BE_OURS.search(shared.data):  # the TOML parser takes 30 ms to load
        from fixtext.cli.settings.toml import has_table

        if has_table(shared):
            return shared
    return None


def _read(path: str) -> Found | None:
    try:
        with open(path, "rb") as stream:
            return Found(path, stream.read())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise Failure(path, _("it cannot be read: {reason}").format(reason=reason(error))) from None
