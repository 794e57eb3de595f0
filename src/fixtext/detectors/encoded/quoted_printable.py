"""Quoted-printable (RFC 2045): ``=E4=BD=A0``, with lines broken by ``=``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Encode
from fixtext.channels.transfer_steps import QuotedPrintable
from fixtext.detectors.encoded.mime_words import WORD
from fixtext.detectors.encoded.reading import Reading, digits_of, is_text

_LINES = re.compile(r"(?:[^=\n]|=[0-9A-Fa-f]{2}|=\r?$)*(?:\n|\Z)", re.MULTILINE)
_SIGN = re.compile(r"=(\r?\n)|=([0-9A-Fa-f]{2})|([^=]+)")
_HIGH = re.compile("=[89A-Fa-f][0-9A-Fa-f]")
_SURE = re.compile(r"=\r?\n|=[89A-Fa-f][0-9A-Fa-f](?:=\r?\n)?=[89A-Fa-f]|=20\r?\n|=3[Dd]")
"""What tells quoted-printable in other pages than UTF-8 from signs of equality: ``x=E9`` may be a sum."""
_LONGEST = 998
"""Characters of a line at most (RFC 5322); quoted-printable has 76, but those who decode it are told to be lenient."""

PAGES = (
    *(("utf-8", 2.0), ("gbk", 4.0), ("gb18030", 6.0), ("cp950", 5.0), ("cp932", 5.0), ("iso-2022-jp", 6.0)),
    *(("cp949", 5.0), ("euc-jp", 6.0), ("cp1252", 4.0), ("cp1251", 5.0), ("koi8-r", 5.0), ("cp1250", 6.0)),
)
"""Pages of the bytes, with the bits that each costs before anything is seen: their order in mail, not a count."""


def readings(text: str) -> Iterator[Reading]:
    """Yield what stretches of quoted-printable stand for, by page: from the first such sign of a block of lines to the
    last. A line with an equals sign that is followed by anything else is not quoted-printable.
    """
    if "=" not in text or not _HIGH.search(text):
        return
    block: tuple[int, int] | None = None
    position = 0
    for line in text.splitlines(keepends=True):
        end = position + len(line)
        fits = len(line) <= _LONGEST and _LINES.fullmatch(line) and not WORD.search(line)
        if fits and ("=" in line or (block and text[: block[1]].endswith(("=\n", "=\r\n")))):
            block = (block[0] if block else position, end)
        elif block and not (fits and not line.strip()):
            yield from _block(text, *block)
            block = None
        position = end
    if block:
        yield from _block(text, *block)


def _block(text: str, start: int, end: int) -> Iterator[Reading]:
    signs = list(re.finditer(r"=(?:[0-9A-Fa-f]{2}|\r?\n)", text[start:end]))
    if not signs:
        return
    start, end = start + signs[0].start(), start + signs[-1].end()
    stretch = text[start:end]
    if not stretch.isascii() or not _HIGH.search(stretch):
        return
    data, step = _read(stretch)
    if step is None:
        return
    sure = bool(_SURE.search(stretch))
    for page, bits in PAGES if sure else PAGES[:1]:
        try:
            made = codepages.decode(data, page)
        except UnicodeError:
            continue
        if is_text(made):
            yield Reading(start, end, made, Channel((Encode(page), step)), bits)
        if page == "utf-8":
            return  # no other page's bytes are UTF-8 for long


def _read(stretch: str) -> tuple[bytes, QuotedPrintable | None]:
    data = bytearray()
    escaped, breaks, newlines, digits = [], [], set(), ""
    for broken, number, plain in _SIGN.findall(stretch):
        if broken:
            breaks.append(len(data))
            newlines.add(broken)
        elif number:
            digits += number
            byte = int(number, 16)
            if byte < 0x80 and byte != 0x3D:
                escaped.append(len(data))
            data.append(byte)
        else:
            data += plain.encode("ascii")
    case = digits_of(digits)
    if case is None or len(newlines) > 1:
        return b"", None
    return bytes(data), QuotedPrintable(case, tuple(escaped), tuple(breaks), newlines.pop() if newlines else "\n")
