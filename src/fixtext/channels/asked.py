"""What was changed because it was asked for: not damage, but told and undone like a repair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fixtext.channels.channel import register_step


@register_step
@dataclass(frozen=True, slots=True)
class Asked:
    """A conversion or clean-up of healthy text. Many texts become one by it, so the way back is kept, not computed.

    Attributes:
        change: what was asked for, such as ``convert s2twp`` or ``normalize width``.
        before: the text that stood there.
    """

    change: str
    before: str
    name: ClassVar[str] = "asked"

    def run(self, data: str | bytes) -> str:
        """Text in, the text that stood there before out."""
        if isinstance(data, bytes):
            raise TypeError("text is converted, not bytes")
        return self.before

    def __str__(self) -> str:
        """Return the step in words."""
        return f"{self.change}, as asked"
