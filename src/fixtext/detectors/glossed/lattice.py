"""The lattice of a torn stretch: which bytes the site may have shown as what we see."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from fixtext.channels.alphabet import GBK_LEADS, GbkAlphabet
from fixtext.channels.beam import Arc
from fixtext.channels.gloss_steps import ASCII_MARKS, CUT_MARKS, FULLWIDTH_MARKS
from fixtext.detectors.glossed.tokens import bracketed
from fixtext.language.readings import chars_read

NEW_GLOSS_BITS = 4.0
"""Cost of a glossed character that the page shows nowhere in step: most torn places are of this kind (a pair of bytes
that straddles is seldom a character of the page), so it must stay cheap."""

BARE_BITS = 8.0
"""Cost of a character of the page's set without its gloss. It never happened in step on the pages measured; what
stands against it here is that torn characters were left alone at 2 places of the second seed."""

LONE_SHOWN_BITS = 1.0
LONE_HIDDEN_BITS = 6.0
"""A byte at the end of a piece is shown as ``?``, seldom as nothing (3 of the 27 pages measured)."""

EATEN_BITS = 2.0
VANISHED_BITS = 2.0

NO_DIGIT_BITS = 16.0
"""The same where a digit follows but none was eaten. The model of today's text expects a space between Chinese and a
number (2.8 bits against 14 to 20 for a digit); pages of this kind have none."""

TAG_BITS = -10.0
"""The same where the rest of a tag follows: it calls for the ``<`` that the model of plain text does not expect."""

INDENT_BITS = -20.0
"""A mark cut out of the indent of a line: Chinese lines begin with ideographic spaces, of which a model of sentences
knows nothing."""

_TAG_REST = re.compile(r"/?[A-Za-z][A-Za-z0-9]{0,9}>")

EATEN = bytes((0x09, 0x0A, 0x0D, *range(0x20, 0x40)))
"""ASCII characters that cannot be the second byte of a pair and are likely to stand behind a torn one."""

DIGITS = bytes(range(0x30, 0x3A))

_ANY = bytes(range(0x100))

GLOSS_BEGINS = "(（?"
"""What a gloss may begin with: its bracket, or what became of that."""

USER_DEFINED = (
    (bytes((*range(0xAA, 0xB0), *range(0xF8, 0xFF))), bytes(range(0xA1, 0xFF))),
    (bytes(range(0xA1, 0xA8)), bytes((*range(0x40, 0x7F), *range(0x80, 0xA1)))),
    (b"\xa9", bytes((*range(0x89, 0x96), *range(0x97, 0xA4), *range(0xF0, 0xFF)))),
    (b"\xa8", bytes((*range(0x97, 0xA1), *range(0xEA, 0xFF)))),
)
"""Pairs (first byte, second byte) without a character in GBK: they vanish. First the user-defined ranges, then the
largest of the gaps in the rows of symbols."""

_MARKS_SHOWN: dict[str, tuple[str, ...]] = {mark: (mark,) for mark in CUT_MARKS}
for _ascii, _full in zip(ASCII_MARKS, FULLWIDTH_MARKS, strict=True):
    _MARKS_SHOWN[_ascii] = (_full,)


ALPHABET = GbkAlphabet()


@dataclass(frozen=True, slots=True)
class Glossed:
    """Event: a gloss was put behind this character."""

    char: str
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Event: this mark was cut out; a byte before it was left alone and shown as ``lone`` (None: there was none)."""

    mark: str
    lone: str | None


@dataclass(frozen=True, slots=True)
class Lost:
    """Event: bytes are gone: an ASCII character was eaten, or a pair vanished."""


_LOST = Lost()


@dataclass(frozen=True, slots=True)
class Folded:
    """Event: a mark that was fullwidth."""


_FOLDED = Folded()


@dataclass(slots=True)
class TornLattice:
    """The lattice over a text; a node is an index into it.

    Attributes:
        text: the observed text.
        page: the gloss set of the page, character -> gloss.
        hidden: node of a mark before which a byte may be hidden, or -1.
        vanished: nodes before which a pair may be missing without a trace.
        line_start: whether the text begins a line.
    """

    text: str
    page: Mapping[str, str]
    hidden: int = -1
    vanished: Container[int] = ()
    line_start: bool = False
    _cache: dict[tuple[int, bool, bytes], list[Arc]] = field(default_factory=dict)

    def arcs(self, node: int, in_step: bool, byte: bytes) -> list[Arc]:
        """Return the arcs that leave a node behind a byte."""
        # Only glosses ask for the byte, and tens of characters are read alike.
        byte = byte if self.text[node] in GLOSS_BEGINS else b""
        key = node, in_step, byte
        arcs = self._cache.get(key)
        if arcs is None:
            arcs = self._cache[key] = self._in_step(node, byte) if in_step else self._out_of_step(node, byte)
        return arcs

    def _in_step(self, node: int, byte: bytes) -> list[Arc]:
        char = self.text[node]
        arcs = [Arc(node + 1, char=char)]
        if char in ASCII_MARKS and bracketed().match(self.text, node + 2):
            # The first byte of a torn character is the second of a mark that was fullwidth then.
            arcs += [Arc(node + 1, _known(mark), event=_FOLDED) for mark in _MARKS_SHOWN[char]]
        if char in GLOSS_BEGINS:
            arcs += self._glosses(node, byte)
        if char == "?" or node == self.hidden:
            arcs += self._cuts(node)
        return arcs

    def _out_of_step(self, node: int, byte: bytes) -> list[Arc]:
        char = self.text[node]
        arcs = []
        if char in GLOSS_BEGINS:  # a pair that vanished ends in any byte
            arcs = self._glosses(node, _ANY if node in self.vanished else byte)
        data = ALPHABET.encode(char)
        if len(data) == 2 or data > b"?":
            arcs.append(Arc(node + 1, tuple(bytes((byte,)) for byte in data)))
        if char == "?":
            arcs += self._eaten(node)
        if char in _MARKS_SHOWN:
            arcs += [Arc(node + 1, _known(mark), event=Cut(mark, None)) for mark in _MARKS_SHOWN[char]]
            arcs += self._cuts(node)
            if node != self.hidden:
                arcs += [_hidden(node, mark) for mark in _MARKS_SHOWN[char]]
        if node in self.vanished:
            arcs += [behind for arc in arcs if arc.after or not arc.event for behind in _vanished_before(arc)]
        return arcs

    def _eaten(self, node: int) -> list[Arc]:
        """A lead byte and the character behind it, shown as one ``?``; or the byte 80, shown so by itself."""
        alone = Arc(node + 1, (b"\x80",), EATEN_BITS, event=_LOST)
        if _TAG_REST.match(self.text, node + 1):
            return [Arc(node + 1, (GBK_LEADS, b"<"), TAG_BITS, event=_LOST), alone]
        if self.text[node + 1 : node + 2].isdecimal():
            return [
                Arc(node + 1, (GBK_LEADS, DIGITS), EATEN_BITS, event=_LOST),
                Arc(node + 1, (GBK_LEADS, EATEN), EATEN_BITS + NO_DIGIT_BITS, event=_LOST),
                alone,
            ]
        return [Arc(node + 1, (GBK_LEADS, EATEN), EATEN_BITS, event=_LOST), alone]

    def _glosses(self, node: int, byte: bytes) -> list[Arc]:
        """A gloss whose bracket is there, ``(cè)``, or was eaten by the byte before it, ``?cè)``."""
        match = bracketed().match(self.text, node + 1)
        if match is None:
            return []
        gloss, page = match.group(1), self.page
        eaten = self.text[node] == "?"
        arcs = []
        for event, pattern in _read_like(gloss):
            data, after = ((pattern[1:],), pattern[:1]) if eaten else ((), pattern)
            if after[-1] not in byte or page.get(event.char, gloss) != gloss:
                continue  # one character, one gloss
            bits = -BARE_BITS if event.char in page else NEW_GLOSS_BITS
            arcs.append(Arc(match.end(), data, bits, after, event=event))
        return arcs

    def _cuts(self, node: int) -> list[Arc]:
        """A mark that was cut out, its neighbour byte left alone: shown as ``?`` before it, or not at all."""
        arcs = []
        if self.text[node] == "?" and node + 1 < len(self.text):
            for mark in _MARKS_SHOWN.get(self.text[node + 1], ()):
                data = (GBK_LEADS, *_known(mark))
                arcs.append(Arc(node + 2, data, LONE_SHOWN_BITS, event=Cut(mark, "?")))
        if node == self.hidden:
            for mark in _MARKS_SHOWN.get(self.text[node], ()):
                hidden = _hidden(node, mark)
                arcs.append(hidden)
                space, bytes_of_mark = _known("\u3000"), _known(mark)
                if space[1] == bytes_of_mark[0] and node == 0 and self.line_start:
                    arcs.append(Arc(node + 1, (*space, bytes_of_mark[1]), INDENT_BITS, event=hidden.event))
        return arcs


@lru_cache(maxsize=4096)
def _read_like(gloss: str) -> list[tuple[Glossed, bytes]]:
    """Return the characters that a gloss may stand behind, and their bytes."""
    return [(Glossed(char, gloss), ALPHABET.encode(char)) for char in chars_read(gloss.rstrip(" "))]


def _hidden(node: int, mark: str) -> Arc:
    """A mark that was cut out behind a byte that is not shown."""
    return Arc(node + 1, (GBK_LEADS, *_known(mark)), LONE_HIDDEN_BITS, event=Cut(mark, ""))


def _vanished_before(arc: Arc) -> list[Arc]:
    """Return the arc with a pair that vanished before it."""
    arcs = []
    for first, second in USER_DEFINED:
        if not arc.after:
            data = (first, second, *arc.data)
        elif len(arc.after) == 1 and arc.after in second:
            data = (first, arc.after, *arc.data)
        else:
            continue
        arcs.append(Arc(arc.target, data, arc.bits + VANISHED_BITS, event=arc.event or _LOST))
    return arcs


def _known(mark: str) -> tuple[bytes, ...]:
    return tuple(bytes((byte,)) for byte in mark.encode("gbk"))
