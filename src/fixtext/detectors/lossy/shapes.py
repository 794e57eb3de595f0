"""What kind of character, word or line stands somewhere: the alphabet of the features of `surroundings`."""

from __future__ import annotations

import re
from functools import lru_cache

_PUNCTUATION = frozenset("。，、；：？！）】》」』”’…—")
CLAUSE = 4
"""Han characters in a row that make a clause rather than a word."""

_STATEMENT = re.compile(
    r"(var|let|const|import|function|def|class|local|public|private|static)\s+[A-Za-z_$]"
    r"|(if|for|while|return|else|end)\b.*[;{:(]"
    r"|[A-Za-z_$@][\w.:\[\]\"']*\s*(=[^=]|\+\+|\([^()]*\)?\s*(;|\{?$)|\{\s*$|;\s*($|//))"
)
_VALUE = re.compile(r"(?i:true|false|null|none|nil|undefined|nan)\b")
_BLOCK = re.compile(r"\s*([-*+] |\d{1,2}\. |#{1,6} |```|\*\*[^*]|\||@[a-z]|//|\* )")


@lru_cache(maxsize=1 << 12)
def kind_before(left: str) -> str:
    """Return the kind of what stands in front: punctuation itself, ``c`` a clause, ``h`` a word, ``x``."""
    char = left[-1:]
    if char in _PUNCTUATION:
        return char
    if not char or not is_han(char):
        return "x"
    return "c" if len(left) >= CLAUSE and all(map(is_han, left[-CLAUSE:])) else "h"


def kind_after(right: str) -> str:
    """Return the kind of what stands behind: the first two characters, roughly, or what kind of line begins."""
    if not right:
        return "$"
    if _BLOCK.match(right):
        return "B"
    first = symbol(right[0])
    if first == "H":
        return "Hc" if len(right) >= CLAUSE and all(map(is_han, right[:CLAUSE])) else "Hh"
    if first in "aA":
        return first + ("s" if _STATEMENT.match(right) else "")
    return first + symbol(right[1:2])


def is_alone(left: str) -> bool:
    """Whether a character that follows a text would stand alone between Latin words, or begin there."""
    return left[-1:] < "\x80"


def word_after(right: str) -> str:
    """Return what stands behind a character that stands alone: a value, or what kind of word or mark."""
    if _VALUE.match(right):
        return "v"
    first = symbol(right[:1]).lower()
    return first + symbol(right[1:2]).lower() if first in "\"'`" else first


class _Symbols(dict[str, str]):
    """The class of each character that was asked for."""

    def __missing__(self, char: str) -> str:
        if char >= "\x80":
            found = "P" if char in _PUNCTUATION else "H"
        elif char.isalpha():
            found = "A" if char.isupper() else "a"
        else:
            found = "0" if "0" <= char <= "9" else char or "$"
        self[char] = found
        return found


class _Lowered(dict[int, str]):
    """The same by code points, letters as one class."""

    def __missing__(self, code: int) -> str:
        found = self[code] = symbol(chr(code)).lower()
        return found


_SYMBOLS = _Symbols()
_LOWERED = _Lowered()
_AGAIN = re.compile(r"([0ah])(?=\1)")


def symbol(char: str) -> str:
    """Return the class of a character: letters, digits, Han and such, wide punctuation; others are their own."""
    return _SYMBOLS[char]


def following(right: str) -> str:
    """Return the class of what follows: that of its first character (`symbol`), or two blanks: an indentation."""
    return "  " if right[:2] in _INDENTED else symbol(right[:1])


_INDENTED = frozenset(("  ", " \t", "\t ", "\t\t"))


@lru_cache(maxsize=1 << 12)
def shape(text: str) -> str:
    """Return the classes of some characters, several digits, letters or Han characters in a row as one."""
    return _AGAIN.sub("", text.translate(_LOWERED))


def is_han(char: str) -> bool:
    """Whether a character is a Han character of the first blocks."""
    return "\u3400" <= char <= "\u9fff"
