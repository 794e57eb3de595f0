"""How some pages write otherwise than Python's codecs, from a file: to compare all characters takes 11 ms a page."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Mapping
from functools import cache

Writing = tuple[Mapping[str, bytes | None], Mapping[str, bytes]]
"""Characters that the encoding codec writes otherwise than the page (None: the page cannot write them), and
characters that the codec refuses and the page can write."""

STORED = ("whatwg-big5", "euc-jp-ms")
"""The pages in the file, a block each: those that every search asks. Their codecs are the same in all versions of
Python that are supported; that of GB 18030 is not."""

FILE = os.path.join(os.path.dirname(__file__), "writings.bin")  # noqa: PTH118, PTH120 - pathlib takes 9 ms to load
"""Built by ``tools/build_writings.py``: blocks of four lines, two a mapping, its characters and their bytes in hex."""


def stored(page: str) -> Writing | None:
    """Return how a page writes, None if the file does not say."""
    if page not in STORED:
        return None
    blocks = _lines()
    place = 4 * STORED.index(page)
    otherwise, its_bytes, refused, bytes_of_refused = blocks[place : place + 4]
    return (
        {char: data or None for char, data in zip(otherwise, _read(its_bytes), strict=True)},
        dict(zip(refused, _read(bytes_of_refused), strict=True)),
    )


@cache
def _lines() -> list[str]:
    with open(FILE, "rb") as file:  # noqa: PTH123
        return zlib.decompress(file.read()).decode("utf-8").split("\n")


def _read(data: str) -> Iterator[bytes]:
    return map(bytes.fromhex, data.split(","))


def packed(writings: Mapping[str, Writing]) -> bytes:
    """Return the bytes of the file for the pages that it holds."""
    lines: list[str] = []
    for page in STORED:
        for written in writings[page]:
            lines += ["".join(written), ",".join((data or b"").hex() for data in written.values())]
    return zlib.compress("\n".join(lines).encode(), 9)
