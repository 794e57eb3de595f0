"""Encode and decode: the two steps that every misreading is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fixtext.channels.channel import register_step


@register_step
@dataclass(frozen=True, slots=True)
class Encode:
    """Text to bytes in a code page."""

    code_page: str
    errors: str = "strict"
    name: ClassVar[str] = "encode"

    def run(self, data: str | bytes) -> bytes:
        """Text in, bytes out."""
        if isinstance(data, bytes):
            raise TypeError("bytes cannot be encoded")
        return data.encode(self.code_page, self.errors)

    def __str__(self) -> str:
        return f"encode {self.code_page}"
