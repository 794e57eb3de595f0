"""The wrong readings of UTF-8 that lose bytes, run backwards as far as the surviving characters go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from fixtext import codepages
from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.loss_steps import DropPrivateUse, QuestionForReplacement
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

DOT = "\u30fb"
"""What cp932 of Windows writes for what it cannot read: a pair, or an odd byte and the ASCII character behind it."""

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


@lru_cache(maxsize=1 << 14)
def back(run: str, page: str) -> str | None:
    """Return a run of misread text as the UTF-8 that it was, or None if the page lacks one of its characters.

    What is not UTF-8 is escaped (PEP 383), U+FFFD becomes `LOST`.
    """
    try:
        parts = [codepages.encode(part, page) for part in run.split("\ufffd")]
    except UnicodeEncodeError:
        return None
    return b"\xff".join(parts).decode("utf-8", "surrogateescape")


@lru_cache(maxsize=1 << 12)
def back_with_dots(run: str) -> str | None:
    """Return the same as `back` for a run that Windows read as cp932, None if it is no such run.

    A `DOT` stands for two lost bytes, which are `LOST`, or ``?`` for a last byte that took an ASCII character along. Where
    two dots took all of a character, its bytes are `sites.GONE`.
    """
    parts: list[bytes] = []
    for part in run.split(DOT):
        try:
            parts.append(codepages.encode(part, "cp932"))
        except UnicodeEncodeError:
            return None
    lost = _lost_at_dots(parts)
    if lost is None:
        return None
    data = bytearray(parts[0])
    for (owed, gone), part in zip(lost, parts[1:], strict=True):
        data += b"\xff\xef" if gone == _TWO and owed == 1 and part[:1] in _BEHIND_EF else gone
        if owed == 2 and data.endswith(b"\xff\xff\xff"):
            data[-3:] = b"\xfe\xfe\xfe"
        data += part
    return data.decode("utf-8", "surrogateescape")


_TWO, _SWALLOWED, _WIDE = b"\xff\xff", b"?", b"\xef\xff"
"""What a dot stands for: any two bytes; the last byte of a character and ASCII; the first two, of which EF alone has no
pairs in cp932."""
_BEHIND_EF = (b"\xbc", b"\xbd")
"""Second bytes of wide forms, which few ideographs have."""
_AT_DOTS = (((_WIDE, 1),), ((_TWO, 2), (_SWALLOWED, 0)), ((_TWO, 0),), ((_TWO, 1),))
"""What may be lost where a character lacks none, one, two or three bytes, and how many the next one lacks then."""


def _lost_at_dots(parts: Sequence[bytes]) -> list[tuple[int, bytes]] | None:
    """Return how many bytes are lacking in front of each dot and what it stands for; None if all cannot be UTF-8.

    Args:
        parts: the bytes in front of the first dot, between dots, and behind the last.
    """
    first = _owed_behind(parts[0], 0)
    reached = {} if first is None else {first: (0, b"")}
    steps: list[dict[int, tuple[int, bytes]]] = []  # by the bytes that a character lacks still, where each came from
    for part in parts[1:]:
        longer: dict[int, tuple[int, bytes]] = {}
        for owed in reached:
            for gone, left in _AT_DOTS[owed]:
                behind = _owed_behind(part, left)
                if behind is not None:
                    longer.setdefault(behind, (owed, gone))
        steps.append(longer)
        reached = longer
    owed, lost = 0, list[tuple[int, bytes]]()
    if 0 not in reached:
        return None
    for step in reversed(steps):
        owed, gone = step[owed]
        lost.append((owed, gone))
    return lost[::-1]


def _owed_behind(data: bytes, owed: int) -> int | None:
    """Return how many bytes the last character of UTF-8 lacks behind some more; None if they are no UTF-8."""
    for byte in data:
        if (0x80 <= byte < 0xC0) != (owed > 0):
            return None
        owed = owed - 1 if owed else _following(byte)
    return owed


def is_dotted(text: str) -> bool:
    """Return quickly whether a text may have been UTF-8 that Windows read as cp932 with losses.

    Half-width kana, which the continuation bytes become, stand beside the dots, or the first two bytes of kana (U+7E3A,
    U+7E67, U+7E5D).
    """
    return DOT in text and _DOTTED.search(text) is not None


_DOTTED = re.compile("[\uff61-\uff9f\u7e5d\u7e3a\u7e67]\u30fb|\u30fb[\uff61-\uff9f]")


def _following(lead: int) -> int:
    """Return how many continuation bytes UTF-8 has behind a byte."""
    return 3 if lead >= 0xF0 else 2 if lead >= 0xE0 else 1 if lead >= 0xC2 else 0


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


def fits_dot(known: tuple[int | None, ...], char: str) -> bool:
    """Whether a character can have lost the pair for which a dot stands."""
    data = char.encode()
    if known[0] is None:  # it was lost with the character before it
        return known[1] is not None or _gives_dot(data[1], data[2])
    lost = [data[place] for place, value in enumerate(known) if value is None]
    return len(lost) != 2 or known[0] == 0xEF or _gives_dot(lost[0], lost[1])


def last_of_dot(known: tuple[int | None, ...], behind: bytes | None) -> frozenset[int] | None:
    """Return the last bytes that can have been lost alone in a dot."""
    if known[-2] is None:
        return None
    return _dot_lead(_LEADS) if behind is None else _dot_lead(range(0xEF, 0xF0)) if behind == b"\xef" else _DOT_ASCII


def touch_at_dot(known: tuple[tuple[int | None, ...], tuple[int | None, ...]], chars: str) -> bool:
    """Whether two characters can have lost the last byte of the one and the first of the other, if they lost both."""
    first, second = known
    if first[0] is None and first[1] is None or first[-1] is not None or second[0] is not None:
        return True
    return _gives_dot(chars[0].encode()[-1], chars[1].encode()[0])


_LEADS = range(0xE3, 0xEA)
"""First bytes of kana and ideographs."""


@lru_cache(maxsize=4096)
def _gives_dot(first: int, second: int) -> bool:
    return codepages.decode(bytes((first, second)), "cp932", "windows") == DOT


_DOT_ASCII = frozenset(range(0x81, 0xA0))
"""With an ASCII character: what cannot open a pair is not lost."""


@cache
def _dot_lead(leads: range) -> frozenset[int]:
    """Return those lost with the first byte of the next character; 2 ms, which text without dots need not wait for."""
    return frozenset(byte for byte in range(0x80, 0xC0) if any(_gives_dot(byte, lead) for lead in leads))
