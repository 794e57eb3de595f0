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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

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
    with Replacement(path, name, known) as replacement:
        replacement.write(data)
        replacement.commit()


class Replacement:
    """New content for a file, piece by piece; it takes the old one's place when it is complete.

    Leaving the ``with`` block without `commit` leaves the file as it was.
    """

    def __init__(self, path: str, name: str, known: os.stat_result | None = None) -> None:
        """Begin.

        Args:
            path: the file; a symbolic link is followed.
            name: what errors call it.
            known: what the file was when its content was read; it is left alone if it has changed since.

        Raises:
            Unwritable: the file is read-only or has changed, or its folder may not be written to.
        """
        self._name = name
        self._known = known
        self._handle = -1
        self._temporary: str | None = None
        try:
            self._open(path, name, known)
        except BaseException:  # a signal, for one
            self.close()
            raise

    def _open(self, path: str, name: str, known: os.stat_result | None) -> None:
        with _told(name):
            self._target = os.path.realpath(path)
            self._old = _status(self._target)
            if self._old is not None and not stat.S_ISREG(self._old.st_mode):
                # What is no regular file, such as /dev/null or a named pipe, is written to: nothing can be replaced.
                self._handle = os.open(self._target, os.O_WRONLY | getattr(os, "O_BINARY", 0))
                return
            _refuse(name, self._target, self._old, known)
            self._temporary = _temporary(self._target)
            self._handle = _create(self._temporary, self._old)

    def __enter__(self) -> Replacement:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def write(self, data: bytes) -> None:
        """Write the next bytes.

        Raises:
            Unwritable: the disk is full, or the like.
        """
        with _told(self._name):
            _write_all(self._handle, data)

    def commit(self) -> None:
        """Put the new content in the place of the old.

        Raises:
            Unwritable: it cannot be written, or the file has changed.
        """
        with _told(self._name):
            if self._temporary is not None:
                if self._old is not None:
                    _dress(self._handle, self._target, self._old)
                os.fsync(self._handle)
            handle, self._handle = self._handle, -1
            os.close(handle)
            if self._temporary is None:
                return
            now = _status(self._target)
            if self._old is not None and self._known is not None:
                if now is None:
                    raise Unwritable(self._name, _("it is gone; nothing was written"))
                _refuse_changed(self._name, now, self._known)
            os.replace(self._temporary, self._target)
            self._temporary = None
            _sync_folder(os.path.dirname(self._target))

    def close(self) -> None:
        """Take back what is not committed."""
        if self._handle >= 0:
            with suppress(OSError):
                os.close(self._handle)
            self._handle = -1
        if self._temporary is not None:
            with suppress(OSError):
                os.unlink(self._temporary)
            self._temporary = None


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Tell what the system refuses."""
    try:
        yield
    except OSError as error:
        raise Unwritable(name, _("it cannot be written: {reason}").format(reason=reason(error))) from None


def create_beside(path: str, suffix: str, name: str, pieces: Iterable[bytes]) -> None:
    """Write a backup ``path + suffix``, which must not be there yet.

    Args:
        path: the file that it is of.
        suffix: what its name has more.
        name: what errors call the file.
        pieces: all of its content, in order.

    Raises:
        Unwritable: there is a backup already, or it cannot be written.
    """
    target = os.path.realpath(path)
    backup = target + suffix
    shown = name + suffix
    with _told(shown):
        if os.path.lexists(backup):
            raise Unwritable(shown, _("there is such a backup already; move it away or give another suffix"))
        old = _status(target)
        temporary, handle = _temporary(backup), -1
        try:
            try:
                handle = _create(temporary, old)
                for piece in pieces:
                    _write_all(handle, piece)
                if old is not None:
                    _dress(handle, target, old)
                os.fsync(handle)
            finally:
                if handle >= 0:
                    os.close(handle)
            os.replace(temporary, backup)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _sync_folder(os.path.dirname(backup))


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


def _temporary(target: str) -> str:
    """Return a name for a file beside another."""
    folder, file = os.path.split(target)
    return os.path.join(folder, f".{file[:100]}.{os.getpid()}-{next(_SERIAL)}{TEMPORARY}")


def _create(temporary: str, old: os.stat_result | None) -> int:
    """Create a file that is to take the place of an old one, and return its descriptor."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    return os.open(temporary, flags, 0o666 if old is None else 0o600)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


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
