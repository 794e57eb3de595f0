"""Channel steps of programs that take no-break spaces for spaces, several spaces for one, soft hyphens for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from fixtext.channels.channel import register_step

_SPACES = re.compile("  +")


@register_step
@dataclass(frozen=True, slots=True)
class BlankNoBreakSpaces:
    r"""Every no-break space (U+00A0) becomes a space.

    >>> BlankNoBreakSpaces().run("a\xa0b")
    'a b'
    """

    name: ClassVar[str] = "blank-no-break-spaces"

    def run(self, data: str | bytes) -> str:
        """Replace.

        Raises:
            TypeError: bytes came in.
        """
        return _text(self, data).replace("\xa0", " ")

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "given spaces for its no-break spaces"

    def __str__(self) -> str:
        """Return the step in words."""
        return "write a space for every no-break space"


@register_step
@dataclass(frozen=True, slots=True)
class DropSoftHyphens:
    r"""Every soft hyphen (U+00AD) is dropped: it is not seen, but where a line ends in a word.

    >>> DropSoftHyphens().run("a\xadb")
    'ab'
    """

    name: ClassVar[str] = "drop-soft-hyphens"

    def run(self, data: str | bytes) -> str:
        """Drop.

        Raises:
            TypeError: bytes came in.
        """
        return _text(self, data).replace("\xad", "")

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "stripped of its soft hyphens"

    def __str__(self) -> str:
        """Return the step in words."""
        return "drop every soft hyphen"


@register_step
@dataclass(frozen=True, slots=True)
class SqueezeSpaces:
    """Several spaces in a row become one, as in HTML.

    >>> SqueezeSpaces().run("a  b")
    'a b'
    """

    name: ClassVar[str] = "squeeze-spaces"

    def run(self, data: str | bytes) -> str:
        """Squeeze.

        Raises:
            TypeError: bytes came in.
        """
        return _SPACES.sub(" ", _text(self, data))

    @property
    def told(self) -> str:
        """What was done, as a past participle."""
        return "given one space for several"

    def __str__(self) -> str:
        """Return the step in words."""
        return "write one space for several"


def _text(step: object, data: str | bytes) -> str:
    if not isinstance(data, str):
        raise TypeError(f"{step}: takes text, not bytes")
    return data
