"""A file is replaced whole or not at all.

The new content goes into a temporary file beside the old one, is forced to the disk, and takes the old one's place in
one step (rename(2), which POSIX demands to be atomic). Whoever is killed in between leaves the old file or the new one,
and at worst a temporary file, whose name ends in `TEMPORARY`.

Mode and extended attributes are kept, the owner where the system lets us. A symbolic link stays one: the file behind it
is replaced. Of several hard links only the one named leads to the new content; the others keep the old one.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from fixtext.cli.errors import Unwritable, reason
from fixtext.cli.files import TEMPORARY
from fixtext.cli.files.reading import changed
from fixtext.cli.wording import gettext as _

_SERIAL = iter(range(1 << 62))


def replace_file(path: str, name: str, data: bytes, known: os.stat_result | None = None) -> None:
    """Give a file new content, or create it.

    Args:
        path: the file; a symbolic link is followed.
        name: what errors call it.
        data: all of the new content.
        known: what the file was when its content was read; it is left alone if it has changed since.

    Raises:
        Unwritable: the file is read-only or has changed, its folder may not be written to, the disk is full, or the
            like. The file is as it was.
    """
    try:
        target = os.path.realpath(path)
        old = _status(target)
        if old is not None and not stat.S_ISREG(old.st_mode):
            _write_through(target, data)
            return
        _refuse(name, target, old, known)
        _replace(target, data, old, known, name)
    except OSError as error:
        raise Unwritable(name, _("it cannot be written: {reason}").format(reason=reason(error))) from None


def create_beside(path: str, suffix: str, name: str, data: bytes) -> None:
    """Write a backup ``path + suffix``, which must not be there yet.

    Raises:
        Unwritable: there is a backup already, or it cannot be written.
    """
    target = os.path.realpath(path)
    backup = target + suffix
    shown = name + suffix
    try:
        if os.path.lexists(backup):
            raise Unwritable(shown, _("there is such a backup already; move it away or give another suffix"))
        _replace(backup, data, _status(target), None, shown)
    except OSError as error:
        raise Unwritable(shown, _("it cannot be written: {reason}").format(reason=reason(error))) from None


def _status(target: str) -> os.stat_result | None:
    try:
        return os.stat(target)
    except FileNotFoundError:
        return None


def _refuse(name: str, target: str, old: os.stat_result | None, known: os.stat_result | None) -> None:
    if old is None:
        if known is not None:
            raise Unwritable(name, _("it is gone; nothing was written"))
        return
    if not old.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise Unwritable(name, _("it is read-only; change its permissions first, for example with: chmod u+w"))
    _refuse_changed(name, old, known)


def _refuse_changed(name: str, old: os.stat_result, known: os.stat_result | None) -> None:
    if known is not None and changed(known, old):
        raise Unwritable(name, _("it changed while it was repaired; nothing was written, try again"))


def _replace(target: str, data: bytes, old: os.stat_result | None, known: os.stat_result | None, name: str) -> None:
    folder, file = os.path.split(target)
    temporary = os.path.join(folder, f".{file[:100]}.{os.getpid()}-{next(_SERIAL)}{TEMPORARY}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(temporary, flags, 0o666 if old is None else 0o600)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            if old is not None:
                _dress(handle, target, old)
            os.fsync(handle)
        finally:
            os.close(handle)
        now = _status(target)
        if old is not None and known is not None:
            if now is None:
                raise Unwritable(name, _("it is gone; nothing was written"))
            _refuse_changed(name, now, known)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def _dress(handle: int, target: str, old: os.stat_result) -> None:
    """Give the new file the owner, mode and extended attributes (access lists among them) of the old one."""
    if hasattr(os, "fchown"):
        with suppress(OSError):  # only the superuser may give files away
            os.fchown(handle, old.st_uid, old.st_gid)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for attribute in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(handle, attribute, os.getxattr(target, attribute))
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(old.st_mode))  # last: a change of owner takes set-id bits away


def _sync_folder(folder: str) -> None:
    """Force the rename itself to the disk, where a folder can be opened."""
    with suppress(OSError):
        handle = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_through(target: str, data: bytes) -> None:
    """Write to what is no regular file, such as /dev/null or a named pipe: there is nothing to replace."""
    with open(target, "wb") as stream:
        stream.write(data)
