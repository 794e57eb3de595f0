"""A step that happens to parts of a text only: how channels of several repairs are put together into one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fixtext.channels.channel import Channel, register_step


@register_step
@dataclass(frozen=True, slots=True)
class Within:
    """Run channels on some ranges of the text and leave the rest as it is.

    Attributes:
        parts: ``(start, end, channel)`` each: a half-open range of code points in the text that the step is given
            (the healthier side), and what happened to it. In order, not overlapping; a range may be empty.

    >>> from fixtext.channels import Channel
    >>> step = Within(((1, 3, Channel(())),))
    >>> step.run("abcd")
    'abcd'
    """

    name: ClassVar[str] = "within"

    parts: tuple[tuple[int, int, Channel], ...]

    def run(self, data: str | bytes) -> str:
        """Apply the channel of each part to its range.

        Raises:
            UnicodeError: a range lies outside the text, or cannot have gone through its channel.
            TypeError: given bytes.
        """
        if not isinstance(data, str):
            raise TypeError("the step 'within' works on text, not on bytes")
        pieces: list[str] = []
        position = 0
        for start, end, channel in self.parts:
            if not position <= start <= end <= len(data):
                raise UnicodeError(f"the range {start}..{end} does not fit a text of {len(data)} characters")
            pieces.append(data[position:start])
            pieces.append(channel.damage(data[start:end]))
            position = end
        pieces.append(data[position:])
        return "".join(pieces)

    def __str__(self) -> str:
        return "; ".join(f"within characters {start}..{end}: {channel}" for start, end, channel in self.parts)
