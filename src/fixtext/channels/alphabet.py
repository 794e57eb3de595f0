"""How bytes, some of them unknown, become characters: one small automaton a code page.

An unknown byte is a set of possible values, written as a `bytes` object that holds them in ascending order; a known
byte is such a set of one. An alphabet reads them one by one. What it holds back is *pending*: the bytes of a
character that is not complete yet.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Protocol

Pending = tuple[bytes, ...]
"""The bytes of an incomplete character, each a set of possible values; empty between characters."""


class Step(NamedTuple):
    """What reading one more byte can lead to.

    Attributes:
        chars: characters that may have been completed.
        pending: the character that may still be incomplete, or None if it cannot be.
    """

    chars: str
    pending: Pending | None


class Alphabet(Protocol):
    """The characters of one code page, byte by byte."""

    def read(self, pending: Pending, values: bytes) -> Step:
        """Read one more byte, one of ``values``, after ``pending``."""
        ...

    def encode(self, char: str) -> bytes:
        """Return the bytes of one character; empty if the code page lacks it."""
        ...

    def __hash__(self) -> int:
        """An alphabet is a key: what it spells is remembered."""
        ...


class Spelling(NamedTuple):
    """One way in which bytes make characters.

    Attributes:
        chars: for each character those that fit.
        choices: the same; "" where only one fits.
        pending: the bytes of a character that is not complete.
        known: the characters, if only one fits everywhere; else None.
    """

    chars: tuple[str, ...]
    choices: tuple[str, ...]
    pending: Pending
    known: str | None


@lru_cache(maxsize=1 << 14)
def spellings(alphabet: Alphabet, pending: Pending, data: tuple[bytes, ...]) -> tuple[Spelling, ...]:
    """Return the ways in which bytes, some unknown, make characters after those pending; few, mostly one."""
    ways: list[tuple[tuple[str, ...], Pending]] = [((), pending)]
    for values in data:
        longer: list[tuple[tuple[str, ...], Pending]] = []
        for chars, held in ways:
            step = alphabet.read(held, values)
            if step.chars:
                longer.append(((*chars, step.chars), ()))
            if step.pending is not None:
                longer.append((chars, step.pending))
        ways = longer
    return tuple(
        Spelling(
            chars,
            tuple(fitting if len(fitting) > 1 else "" for fitting in chars),
            held,
            "".join(chars) if all(len(fitting) == 1 for fitting in chars) else None,
        )
        for chars, held in ways
    )


ASCII = bytes(range(0x80))
GBK_LEADS = bytes(range(0x81, 0xFF))


class GbkAlphabet:
    """GBK: one byte below 80, or a lead byte 81-FE and a second byte 40-7E or 80-FE."""

    def read(self, pending: Pending, values: bytes) -> Step:
        """Read one more byte, one of ``values``, after ``pending``."""
        return _read_gbk(pending, values)

    def encode(self, char: str) -> bytes:
        """Return the bytes of one character; empty if GBK lacks it."""
        return _encode_gbk(char)


@lru_cache(maxsize=1 << 15)
def _encode_gbk(char: str) -> bytes:
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return b""


@lru_cache(maxsize=1 << 14)
def _read_gbk(pending: Pending, values: bytes) -> Step:
    if pending:
        return Step("".join(_gbk_char(lead, trail) for lead in pending[0] for trail in values), None)
    leads = bytes(value for value in values if 0x81 <= value <= 0xFE)
    chars = "".join(chr(value) for value in values if value < 0x80)
    return Step(chars, (leads,) if leads else None)


@lru_cache(maxsize=1 << 15)
def _gbk_char(lead: int, trail: int) -> str:
    if trail < 0x40:
        return ""
    return bytes((lead, trail)).decode("gbk", "ignore") if _is_pair(lead, trail) else ""


def _is_pair(lead: int, trail: int) -> bool:
    try:
        bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return False
    return True
