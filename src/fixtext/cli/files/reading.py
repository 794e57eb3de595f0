"""A file read whole, and known to have stood still meanwhile."""

from __future__ import annotations

import os
import stat

from fixtext.cli.errors import Unreadable, reason
from fixtext.cli.wording import gettext as _

_HEAD = 8000
"""Bytes in which a NUL makes a file binary; what git looks at (buffer_is_binary in its xdiff-interface.c)."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: a NUL near the beginning, and no byte order mark of UTF-16 or UTF-32."""
    return b"\0" in data[:_HEAD] and not data.startswith((*_UTF16, b"\0\0\xfe\xff"))


def read_file(path: str, name: str) -> tuple[bytes, os.stat_result]:
    """Return the bytes of a file, and what the system said about it before they were read.

    Args:
        path: where it is; symbolic links are followed.
        name: what errors call it.

    Raises:
        Unreadable: there is no such file, it is a directory, it may not be read, or it changed on the way.
    """
    handle, before = open_file(path, name)
    try:
        data = _drained(handle, before.st_size)
        refuse_changed(handle, before, name)
    except OSError as error:
        raise unreadable(error, name) from None
    finally:
        os.close(handle)
    return data, before


def open_file(path: str, name: str) -> tuple[int, os.stat_result]:
    """Open a file, and return its descriptor and what the system says about it.

    Raises:
        Unreadable: there is no such file, it is a directory, or it may not be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        raise Unreadable(name, _("there is no such file; check the name")) from None
    except PermissionError as error:
        if os.path.isdir(path):
            raise _directory(name) from None
        raise Unreadable(name, _("{reason}; check who may read it").format(reason=reason(error))) from None
    except ValueError:
        raise Unreadable(name, _("there is no such file; check the name")) from None
    except OSError as error:
        raise unreadable(error, name) from None
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise _directory(name)
    except BaseException as error:
        os.close(handle)
        if isinstance(error, OSError):
            raise unreadable(error, name) from None
        raise
    return handle, status


def unreadable(error: OSError, name: str) -> Unreadable:
    """Return what to say when the system fails to read."""
    return Unreadable(name, _("it cannot be read: {reason}").format(reason=reason(error)))


def refuse_changed(handle: int, before: os.stat_result, name: str) -> None:
    """Make sure that an open file is still what it was.

    Raises:
        Unreadable: it is not.
        OSError: the system does not tell.
    """
    if changed(before, os.fstat(handle)):
        raise Unreadable(name, _("it changed while it was read; try again when nothing writes to it"))


def changed(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether a regular file is no longer the one that it was, or no longer says what it said."""
    if not stat.S_ISREG(before.st_mode):
        return False
    same = os.path.samestat(before, after)
    return not same or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)


def _drained(handle: int, size: int) -> bytes:
    pieces = [os.read(handle, size + 1)]  # one more than there should be, so that one call tells that it was all
    while pieces[-1] and (len(pieces) > 1 or len(pieces[0]) != size):
        pieces.append(os.read(handle, 1 << 20))
    return b"".join(pieces) if len(pieces) > 1 else pieces[0]


def _directory(name: str) -> Unreadable:
    return Unreadable(name, _("it is a directory; name a file in it"))
