"""Finds English lines that went through ROT13, and turns them back: an example of a fixtext plug-in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from fixtext import Candidate, Channel, Config, Span, Suspect
from fixtext.channels import register_step

WORDS = ("the", "and", "that", "have", "with", "this", "from", "they", "will", "would", "there", "their")
"""Common English words that are no words when rotated."""

BITS_PER_LETTER = 3.0
"""What a letter of a common word saves against a random one: log2(26) = 4.7 bits less some 1.7 bits a letter."""

CHANNEL_BITS = 12.0
"""What it costs to say that a line was rotated, which hardly any line is."""

_ROTATED = re.compile(rf"\b(?:{'|'.join(codecs.encode(word, 'rot13') for word in WORDS)})\b", re.IGNORECASE)


@register_step
@dataclass(frozen=True, slots=True)
class Rotate:
    """Each Latin letter is replaced by the one 13 places on."""

    name: ClassVar[str] = "rot13"

    def run(self, data: str | bytes) -> str:
        """Rotate a text."""
        if not isinstance(data, str):
            raise TypeError("ROT13 works on text")
        return codecs.encode(data, "rot13")

    def __str__(self) -> str:
        return "rotate letters by 13"


class Rot13Detector:
    """Proposes to rotate back the lines that hold common English words rotated."""

    name = "rot13"
    summary = "English lines in ROT13"

    def scan(self, text: str) -> Sequence[Span]:
        """Return the lines with at least one rotated word."""
        lines: dict[int, Span] = {}
        for match in _ROTATED.finditer(text):
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            lines[start] = Span(start, len(text) if end < 0 else end)
        return list(lines.values())

    def propose(self, text: str, spans: Sequence[Span], config: Config) -> Iterable[Candidate | Suspect]:
        """Weigh each line by the letters of its rotated words."""
        channel = Channel((Rotate(),))
        for span in spans:
            line = text[span.start : span.end]
            letters = sum(len(word) for word in _ROTATED.findall(line))
            bits = letters * BITS_PER_LETTER - CHANNEL_BITS
            yield Candidate(self.name, span, codecs.encode(line, "rot13"), channel, bits)
