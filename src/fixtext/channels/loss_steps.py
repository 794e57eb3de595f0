"""Channel steps that lose something for good: holes, dropped and replaced characters, cut ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from fixtext.channels.channel import register_step

HOLE = "\ufffd"
"""What stands in a repaired text for a character that is gone: REPLACEMENT CHARACTER."""

_PRIVATE_USE = "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+"


@register_step
@dataclass(frozen=True, slots=True)
class FillHoles:
    """The holes of a repaired text are filled with something that could have stood there.

    A repair does not invent what nothing supports: it leaves U+FFFD. The rest of its channel still has to run
    forwards, on a text without holes; the characters given here are one filling with which it does, no more.

    Attributes:
        fillings: ``(offset, characters)`` each: the offset of a U+FFFD, or of a ``?`` that stayed, in code points,
            ascending, and what could have stood there.

    >>> FillHoles(((1, "b"),)).run("a\\ufffdc")
    'abc'
    """

    name: ClassVar[str] = "fill-holes"

    fillings: tuple[tuple[int, str], ...]

    def run(self, data: str | bytes) -> str:
        """Fill the holes.

        Raises:
            UnicodeError: there is no U+FFFD or ``?`` at one of the offsets.
            TypeError: bytes came in.
        """
        text = _text(self, data)
        pieces = []
        position = 0
        for offset, chars in self.fillings:
            if offset < position or text[offset : offset + 1] not in (HOLE, "?"):
                raise UnicodeError(f"no hole at offset {offset}")
            pieces += [text[position:offset], chars]
            position = offset + 1
        return "".join([*pieces, text[position:]])

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "whole, with something like {} for U+FFFD".format(" ".join(chars for _, chars in self.fillings))

    def __str__(self) -> str:
        """Return the step in words."""
        return "fill holes with something like " + ", ".join(repr(chars) for _, chars in self.fillings)


@register_step
@dataclass(frozen=True, slots=True)
class QuestionForReplacement:
    """Every U+FFFD becomes a question mark, as in a conversion to a code page that lacks it.

    >>> QuestionForReplacement().run("a\\ufffd")
    'a?'
    """

    name: ClassVar[str] = "question-for-replacement"

    def run(self, data: str | bytes) -> str:
        """Replace.

        Raises:
            TypeError: bytes came in.
        """
        return _text(self, data).replace(HOLE, "?")

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "given ? for U+FFFD"

    def __str__(self) -> str:
        """Return the step in words."""
        return "write ? for U+FFFD"


@register_step
@dataclass(frozen=True, slots=True)
class DropPrivateUse:
    """Private-use characters vanish, as in a clean-up that takes them for rubbish.

    >>> DropPrivateUse().run("a\\ue000b")
    'ab'
    """

    name: ClassVar[str] = "drop-private-use"

    def run(self, data: str | bytes) -> str:
        """Drop them.

        Raises:
            TypeError: bytes came in.
        """
        return re.sub(_PRIVATE_USE, "", _text(self, data))

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "stripped of its private-use characters"

    def __str__(self) -> str:
        """Return the step in words."""
        return "drop private-use characters"


@register_step
@dataclass(frozen=True, slots=True)
class CutEnd:
    """The last bytes are cut off, as in a field of fixed length.

    Attributes:
        count: bytes cut off.

    >>> CutEnd(1).run(b"abc")
    b'ab'
    """

    name: ClassVar[str] = "cut-end"

    count: int

    def run(self, data: str | bytes) -> bytes:
        """Cut.

        Raises:
            UnicodeError: there are fewer bytes than are cut off.
            TypeError: text came in.
        """
        if not isinstance(data, bytes):
            raise TypeError(f"{self}: takes bytes, not text")
        if not 0 <= self.count <= len(data):
            raise UnicodeError(f"{self}: there are only {len(data)}")
        return data[: len(data) - self.count]

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return f"cut short by {self.count} byte" + ("" if self.count == 1 else "s")

    def __str__(self) -> str:
        """Return the step in words."""
        return f"cut off the last {self.count} bytes"


def _text(step: object, data: str | bytes) -> str:
    if not isinstance(data, str):
        raise TypeError(f"{step}: takes text, not bytes")
    return data
