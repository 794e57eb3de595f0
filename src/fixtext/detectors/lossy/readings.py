"""The wrong readings of UTF-8 that lose bytes, run backwards as far as the surviving characters go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from fixtext import codepages
from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import DropPrivateUse, QuestionForReplacement
from fixtext.codepages.second_cells import OF_UTF8
from fixtext.detectors.lossy.sites import GONE, LOST

_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read UTF-8 wrongly.

    Attributes:
        page: the code page it was read as.
        habit: the decoder's error habit.
        question: whether its U+FFFD became ``?`` afterwards.
        drops: whether private-use characters were dropped afterwards.
    """

    page: str
    habit: str
    question: bool = False
    drops: bool = False

    @property
    def swallows(self) -> bool:
        """Whether the decoder takes an ASCII character together with an odd byte."""
        return (self.habit == "windows" and self.page in _PAIRS) or self.habit == "php"

    @property
    def is_torn(self) -> bool:
        """Whether a place may hold two bytes, or shows as nothing (`torn`)."""
        return self.drops or self.habit in ("java", "php", "ignore", "drop-c1")

    @property
    def channel(self) -> Channel:
        """What happens to healthy text."""
        return _channel(self)


@lru_cache(maxsize=64)
def _channel(reading: Reading) -> Channel:
    steps: tuple[Step, ...] = (Encode("utf-8"), Decode(reading.page, reading.habit))
    if reading.drops:
        steps = (*steps, DropPrivateUse())
    return Channel((*steps, QuestionForReplacement()) if reading.question else steps)


_PAIRS = ("cp932", "cp936", "cp949", "cp950")

_GB = (
    Reading("gb18030", "replace"),
    Reading("gbk", "replace"),
    Reading("gb18030", "replace", question=True),
    Reading("gbk", "replace", question=True),
)

READINGS: dict[str, tuple[Reading, ...]] = {
    "cp936": (
        Reading("cp936", "windows"),
        Reading("whatwg-gbk", "whatwg"),
        *_GB,
        Reading("cp936", "windows", drops=True),
        Reading("gb18030", "replace", drops=True),
        Reading("gb18030", "replace", question=True, drops=True),
        Reading("gbk", "java"),
        Reading("gbk", "php"),
        Reading("gbk", "ignore"),
        Reading("gb18030", "ignore"),
    ),
    "gb18030": _GB,
    "cp932": (
        Reading("cp932", "windows"),
        Reading("cp932", "replace"),
        Reading("cp932", "whatwg"),
        Reading("cp932", "replace", question=True),
        Reading("cp932", "ignore"),
        Reading("cp932", "drop-c1"),
    ),
    "cp949": (
        Reading("cp949", "windows"),
        Reading("cp949", "replace"),
        Reading("cp949", "whatwg"),
        Reading("cp949", "replace", question=True),
    ),
    "cp950": (
        Reading("cp950", "windows"),
        Reading("cp950", "replace"),
        Reading("big5", "replace"),
        Reading("big5-hkscs", "replace"),
        Reading("cp950", "replace", question=True),
        Reading("big5", "replace", question=True),
    ),
    "cp1252": (
        Reading("cp1252-strict", "replace"),
        Reading("cp1252-strict", "replace", question=True),
    ),
}
"""Readings by the code page that writes their characters back as bytes."""


def written(text: str, page: str) -> bytes:
    """Return the bytes from which UTF-8 was read as a text in a page.

    Raises:
        UnicodeEncodeError: the page lacks one of its characters.
    """
    if page != "cp932" or OF_UTF8.keys().isdisjoint(text):
        return codepages.encode(text, page)
    return b"".join([OF_UTF8.get(char) or codepages.encode(char, page) for char in text])


@lru_cache(maxsize=1 << 14)
def back(run: str, page: str) -> str | None:
    """Return a run of misread text as the UTF-8 that it was, or None if the page lacks one of its characters.

    What is not UTF-8 is escaped (PEP 383), U+FFFD becomes `LOST`.
    """
    try:
        parts = [written(part, page) for part in run.split("\ufffd")]
    except UnicodeEncodeError:
        return None
    return b"\xff".join(parts).decode("utf-8", "surrogateescape")


def may_be_dropped(first: int, second: int) -> bool:
    """Whether two bytes are a user-defined pair of GBK that can stand in UTF-8."""
    return (0xAA <= first <= 0xAF and second >= 0xA1) or (0xA1 <= first <= 0xA7 and second <= 0xA0)


@lru_cache(maxsize=1 << 15)
def begins(chars: str, page: str) -> bool:
    """Whether misread UTF-8 can begin with one or two characters of a page."""
    try:
        first, second = codepages.encode(chars, page)[:2]
    except (UnicodeEncodeError, ValueError):
        return "\ufffd" in chars or len(chars) == 1
    return 0xC2 <= first <= 0xF4 and 0x80 <= second <= 0xBF


def is_clean(text: str) -> bool:
    """Whether nothing but UTF-8 is in a text."""
    return _ESCAPED.search(text) is None


@lru_cache(maxsize=4096)
def lost_bytes(page: str, habit: str, following: bytes) -> frozenset[int]:
    """Return the bytes that this decoder loses alone, in front of a byte (none: at the end)."""
    if habit in ("ignore", "drop-c1"):
        alone = codepages.decode(following, page, habit)
        return frozenset(
            byte for byte in range(0x80, 0xF5) if codepages.decode(bytes((byte,)) + following, page, habit) == alone
        )
    return frozenset(
        byte
        for byte in range(0x80, 0xF5)
        if codepages.decode(bytes((byte,)) + following, page, habit).startswith(("\ufffd", "?"))
    )


@lru_cache(maxsize=1 << 12)
def byte_of(char: str) -> bytes | None:
    """Return the first byte of a character of `back`; None if it is lost."""
    if char in (LOST, GONE):
        return None
    if "\udc80" <= char <= "\udcff":
        return bytes((ord(char) - 0xDC00,))
    return char.encode("utf-8", "surrogatepass")[:1]


def fits_swallowing(known: tuple[int | None, ...], char: str) -> bool:
    """Whether a character can have lost a last byte that took an ASCII character along: 80 opens no pair."""
    return known[-1] is not None or ord(char) & 0x3F != 0
