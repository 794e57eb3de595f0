"""The bytes of a repaired text: encoding, byte order mark and ends of lines as they were, or as was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fixtext.cli.errors import Failure
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.cli.documents import Document
    from fixtext.findings import Repair

_MARK = "\ufeff"
_SHOWN = 5


def target(document: Document, values: Mapping[str, Any]) -> str:
    """Return the encoding to write in: the one asked for, that of the file if it is to be kept, else UTF-8.

    Args:
        document: what was read.
        values: the options ``output_encoding`` and ``keep_encoding``, by name.
    """
    kept = document.encoding if values["keep_encoding"] else document.target
    return values["output_encoding"] or kept


def written(
    name: str, document: Document, repair: Repair, values: Mapping[str, Any], *, is_whole: bool = True
) -> bytes:
    """Return the bytes to write: the very object that was read if nothing is to change.

    Args:
        name: what to call the file in messages.
        document: what was read.
        repair: what becomes of its text.
        values: the options ``output_encoding``, ``keep_encoding``, ``newline`` and ``bom``, by name.
        is_whole: whether the document is all of a file, so that its lines can be told by their numbers.

    Raises:
        Failure: the encoding lacks characters; they are named, and nothing is written.
    """
    page = target(document, values)
    text = _with_mark(_with_newlines(repair.text, values["newline"]), values["bom"])
    same_page = page == document.encoding
    if same_page and text == document.text:
        return document.data
    if page == "utf-8":
        return type(document)(document.data, document.text).encode(text)
    from fixtext.charset.lossless import encode

    if same_page:
        kept = _by_line(document, text)
        if kept is not None:
            return kept
    try:
        return encode(text, page)
    except UnicodeEncodeError:
        raise Failure(name, _lacking(text, page, is_whole=is_whole)) from None


def _by_line(document: Document, text: str) -> bytes | None:
    """Write only the lines that have changed; some characters have several places in their code page.

    None if lines cannot be told apart in the bytes, or an encoding lacks a character.
    """
    from fixtext.charset.lossless import WIDE, encode

    before, after = document.text.split("\n"), text.split("\n")
    data = document.data.split(b"\n")
    if document.encoding in WIDE or len(before) != len(after) or len(before) != len(data):
        return None
    try:
        return b"\n".join(
            old if was == now else encode(now, document.encoding)
            for was, now, old in zip(before, after, data, strict=True)
        )
    except UnicodeEncodeError:
        return None


def _with_newlines(text: str, wanted: str) -> str:
    if wanted == "keep":
        return text
    return re.sub("\r\n|\r|\n", "\n" if wanted == "lf" else "\r\n", text)


def _with_mark(text: str, wanted: str) -> str:
    if wanted == "remove":
        return text.removeprefix(_MARK)
    if wanted == "add" and text and not text.startswith(_MARK):
        return _MARK + text
    return text


def _lacking(text: str, page: str, *, is_whole: bool) -> str:
    """Say which characters an encoding lacks, and where the first of each stands."""
    from fixtext.charset.lossless import encode
    from fixtext.cli.printable import printable

    lacking: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        try:
            encode(line, page)
        except UnicodeEncodeError:
            for char in line:
                if char not in lacking and not _has(char, page):
                    lacking[char] = f"{printable(char)} U+{ord(char):04X}" + f" (line {number})" * is_whole
    shown = ", ".join([*lacking.values()][:_SHOWN]) + (", ..." if len(lacking) > _SHOWN else "")
    return _("{page} lacks {count} of its characters: {shown}; nothing was written").format(
        page=page, count=len(lacking), shown=shown
    )


def _has(char: str, page: str) -> bool:
    from fixtext.charset.lossless import encode

    try:
        encode(char, page)
    except UnicodeEncodeError:
        return False
    return True
