"""Encoded words of mail headers (RFC 2047): ``=?UTF-8?B?5L2g5aW9?=``, ``=?gb2312?Q?=C4=E3?=``."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from fixtext import codepages
from fixtext.channels.channel import Channel
from fixtext.channels.codec_steps import Encode
from fixtext.channels.transfer_steps import MimeWords
from fixtext.detectors.encoded.reading import Reading, digits_of, is_text

WORD = re.compile(r"=\?([A-Za-z0-9_.:-]+(?:\*[A-Za-z0-9-]+)?)\?([BbQq])\?([!->@-~]*)\?=")
_GAP = re.compile(r"[ \t]*\r?\n[ \t]+|[ \t]+|")
_ESCAPED = re.compile("=([0-9A-Fa-f]{2})")

_WIDER = {"gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "big5": "cp950", "latin-1": "cp1252"}
"""Pages that mailers mean when they name the narrower one."""


def readings(text: str) -> Iterator[Reading]:
    """Yield what encoded words stand for; those that stand side by side in one character set are one text."""
    if "=?" not in text:
        return
    words = list(WORD.finditer(text))
    while words:
        taken = [words.pop(0)]
        gaps: list[str] = []
        while words and _page(words[0]) == _page(taken[0]):
            gap = text[taken[-1].end() : words[0].start()]
            if not _GAP.fullmatch(gap):
                break
            gaps.append(gap)
            taken.append(words.pop(0))
        yield from _read(taken, tuple(gaps))


def _page(word: re.Match[str]) -> str | None:
    try:
        return codepages.lookup(word[1].partition("*")[0])
    except ValueError:
        return None


def _read(taken: list[re.Match[str]], gaps: tuple[str, ...]) -> Iterator[Reading]:
    page = _page(taken[0])
    if page is None:
        return
    held, words, digits = [], [], ""
    for word in taken:
        label, encoding, body = word.groups()
        data = _base64(body) if encoding in "Bb" else _quoted(body)
        if not data:
            return
        places = tuple(place for place, sign in enumerate(_signs(body)) if len(sign) == 3 and data[place] < 0x80)
        if encoding in "Qq":
            digits += "".join(_ESCAPED.findall(body))
        held.append(data)
        words.append((label, encoding, len(data), places if encoding in "Qq" else ()))
    case = digits_of(digits)
    if case is None:
        return
    step = MimeWords(tuple(words), gaps, case)
    data = b"".join(held)
    for name in (page, _WIDER.get(page, "")):
        if not name:
            continue
        try:
            made = codepages.decode(data, name)
            whole = Channel((Encode(name), step))
            if is_text(made) and codepages.encode(made, name) == data:
                yield Reading(taken[0].start(), taken[-1].end(), made, whole)
                return
        except UnicodeError:
            continue


def _base64(body: str) -> bytes:
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _signs(body: str) -> list[str]:
    return re.findall("=[0-9A-Fa-f]{2}|.", body)


def _quoted(body: str) -> bytes:
    return b"".join(
        bytes.fromhex(sign[1:]) if len(sign) == 3 else b" " if sign == "_" else sign.encode("ascii")
        for sign in _signs(body)
    )
