"""Percent-encoding of URLs: ``%E4%BD%A0`` (UTF-8) and ``%C4%E3%BA%C3`` (GBK). ASCII stays encoded: it is syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Encode
from fixtext.channels.transfer_steps import PercentEncode
from fixtext.detectors.encoded.reading import Reading, digits_of, is_text

_NESTED = re.compile(r"(?:%(?:25){0,2}[89A-Fa-f][0-9A-Fa-f])+")
_GBK = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f](?:%[4-9A-Fa-f][0-9A-Fa-f]|[@-~]))+")
_SIGN = re.compile("%(?:25)*")

GBK_BITS = 4.0
"""Cost of GBK before anything is seen; UTF-8 is what RFC 3986 asks for."""
GBK_LEAST = 2
"""Characters from which GBK is believed: any two bytes of which the first is high are a character of it."""


def readings(text: str) -> Iterator[Reading]:
    """Yield what the runs of percent-encoded bytes beyond ASCII stand for."""
    if "%" not in text:
        return
    position = 0
    while run := _NESTED.search(text, position):
        reading = _utf8(run) or _gbk(text, run.start())
        position = reading.end if reading else run.end()
        if reading and is_text(reading.text):
            yield reading


def _utf8(run: re.Match[str]) -> Reading | None:
    signs = set(_SIGN.findall(run[0]))
    digits = digits_of(_SIGN.sub("", run[0]))
    if len(signs) > 1 or digits is None:
        return None
    depth = len(signs.pop()) // 2
    again: tuple[Step, ...] = (Encode("ascii"), PercentEncode(ascii="%"))
    try:
        made = bytes.fromhex(_SIGN.sub("", run[0])).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Reading(*run.span(), made, Channel((Encode("utf-8"), PercentEncode(digits), *again * depth)), 2.0 + depth)


def _gbk(text: str, start: int) -> Reading | None:
    """Return the reading of a run as GBK, whose second bytes may be ASCII, percent-encoded or not."""
    run = _GBK.match(text, start)
    if run is None:
        return None
    pieces = re.findall("%(..)|(.)", run[0])
    digits = digits_of("".join(number for number, _ in pieces))
    try:
        made = bytes(int(number, 16) if number else ord(char) for number, char in pieces).decode("gbk")
    except UnicodeDecodeError:
        return None
    encoded = {chr(int(number, 16)) for number, _ in pieces if number and int(number, 16) < 0x80}
    if digits is None or len(made) < GBK_LEAST or not encoded.isdisjoint(char for _, char in pieces if char):
        return None
    return Reading(
        *run.span(), made, Channel((Encode("gbk"), PercentEncode(digits, "".join(sorted(encoded))))), GBK_BITS
    )
