"""Texts inside other files: catalogues that gettext has compiled, archives of extensions, dictionaries of dictd."""

from __future__ import annotations

import gzip
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

MAGIC = 0x950412DE
"""What a compiled catalogue begins with, in the order of bytes of the machine that made it (manual of GNU gettext, "The
Format of GNU MO Files").
"""


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each text that a file holds: of an archive its members, of a catalogue its translations,
    one a line, of what is compressed what it was, of any other file itself.
    """
    if path.suffix in (".xpi", ".jar") and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if not name.endswith("/"):
                    yield name, archive.read(name)
        return
    data = path.read_bytes()
    if path.suffix in (".gz", ".dz"):
        data = gzip.decompress(data)
    elif path.suffix in (".mo", ".gmo"):
        data = translations(data)
    yield path.name, data


def translations(data: bytes) -> bytes:
    """Return the translations of a compiled catalogue, one after the other; nothing if it is none.

    >>> translations(b"")
    b''
    """
    for order in "<>":
        if len(data) >= 20 and struct.unpack_from(order + "I", data)[0] == MAGIC:
            _, _, count, _, table = struct.unpack_from(order + "5I", data)
            places = (struct.unpack_from(order + "2I", data, table + 8 * index) for index in range(count))
            return b"".join(data[start : start + length].replace(b"\0", b"\n") + b"\n" for length, start in places)
    return b""
