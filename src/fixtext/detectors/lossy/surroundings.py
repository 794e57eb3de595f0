"""What stands around a swallowed character, as the features of a classifier.

Which ASCII character an odd byte took with it is a matter of syntax, not of language: quotation marks and brackets
that are open and whether anything behind closes them, comments, lists and tables, indentation, how long the stretches
of Chinese on either side are, and how the rest of the line punctuates.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

LOST = "\x7f"
"""Stands in the rest of a line for what other broken places lost."""

_PUNCTUATION = frozenset("。，、；：？！）】》」』”’…—")
_CLAUSE = 4
"""Han characters in a row that make a clause rather than a word."""

_COMMENT = re.compile(r"(?:^|[\s;{}()\[\],>])(//|#|--|/\*|\*|<!--)")
_STATEMENT = re.compile(
    r"(var|let|const|import|function|def|class|local|public|private|static)\s+[A-Za-z_$]"
    r"|(if|for|while|return|else|end)\b.*[;{:(]"
    r"|[A-Za-z_$@][\w.:\[\]\"']*\s*(=[^=]|\+\+|\([^()]*\)?\s*(;|\{?$)|\{\s*$|;\s*($|//))"
)
_VALUE = re.compile(r"(?i:true|false|null|none|nil|undefined|nan)\b")
_BLOCK = re.compile(r"\s*([-*+] |\d{1,2}\. |#{1,6} |```|\*\*[^*]|\||@[a-z]|//|\* )")
_BEGINNING = re.compile(
    r"\s*(?:([-*+] )|(\d{1,2}[.)])|(#{1,6} )|(\|)|(//|--)|(\* |/\*)|(<)|(@[a-z]|:param|:type|:return)|(['\"`])"
    r"|([A-Za-z_$]))"
)
_MARK = re.compile("[\"`()\\[\\]{}<>]|(?<![A-Za-z])'|'(?![A-Za-z])")
_OPENER = {")": "(", "]": "[", "}": "{", ">": "<"}
_HAN = re.compile("[\u3400-\u9fff]*")
_STRETCH = re.compile("[\u3400-\u9fff]+$")
_PARTS = re.compile("[,;:=)\\]}\"'`<>]")
_FAR = 40
"""Characters that are looked back for the beginning of a clause."""
_BEHIND_HAN = re.compile("[\u3400-\u9fff\uff09](?=([\0-?]))")
_LENGTHS = "0123355559999"
"""Classes of lengths of a stretch of Han characters: 0, 1, 2, 3-4, 5-8, more."""


class Surroundings:
    """The line around one place, but for the lost character that the swallowed one followed.

    Attributes:
        base: the features that do not depend on the lost character.
        right: what stands behind the swallowed character, up to the next broken place.
        closes_comment: whether a slash stands behind, and a comment is open that nothing else closes.
    """

    __slots__ = (
        "_after",
        "_comment",
        "_indent",
        "_left",
        "_listed",
        "_opened",
        "_right",
        "_stretch",
        "_style",
        "base",
        "closes_comment",
        "right",
    )

    def __init__(self, left: str, right: str, rest: str) -> None:
        """Look at a line.

        Args:
            left: the line up to the lost character.
            right: what stands behind the swallowed character, up to the next broken place.
            rest: all the rest of the line, with `LOST` for what other places lost.
        """
        self._left = left
        self.right = right
        opened = _opened(left)
        inner, closer = opened[-1] if opened else "", _closer(rest, opened)
        after = self._after = kind_after(right)
        first, second = symbol(right[:1]), symbol(right[1:2])
        found = _COMMENT.search(left)
        self._comment = comment = found[1] if found else ""
        indent = len(right) - len(right.lstrip(" \t"))
        self._indent = min(indent, 3) if indent < len(right) else 4
        begins, goes_on = _beginning(left), _beginning(right)
        behind = Counter(_BEHIND_HAN.findall(f"{left}{LOST}{rest}"))
        spaces, commas = _level(behind[" "]), _level(behind[","])
        wide = _level(left.count("\uff0c") + rest.count("\uff0c"))
        self._style = spaces, commas, wide
        found = _HAN.match(right[:12])
        self._stretch = stretch = _LENGTHS[found.end()] if found else "0"
        self._opened = inner, closer
        self._right = first, symbol(right[-1:])
        self._listed = listed = _listed(left, inner)
        in_block, following = _in_block(left), _next(rest)
        self.closes_comment = in_block == 1 and right[:1] == "/" and not _is_closed(rest)
        opener = left.rfind(inner) if inner else -1
        call = symbol(left[opener - 1]).lower() if opener > 0 else ""
        item = _item(left[opener + 1 :])
        self.base = (
            "a" + after,
            "2" + right[:2],
            "3" + right[:3],
            f"o{inner}{closer}{first}",
            f"p{inner}{closer}",
            f"v{inner}{first}{second}",
            f"O{''.join(opened[-2:])}{closer}{first}",
            f"c{comment}|{after}",
            f"l{begins}{after}",
            f"m{begins}-{goes_on}{inner}",
            f"s{spaces}{commas}{wide}{first}",
            f"R{right[:1]}{stretch}",
            f"j{stretch}{commas}{wide}{spaces}",
            f"g{_level(left.count(','))}{inner}{first}",
            f"E{self._indent}{comment}{inner}{_level(len(right))}",
            f"K{in_block}{first}{second}",
            f"D{_shape(right[:5])}",
            f"G{inner}{listed}{following}{first}",
            f"T{_shape(left[-3:])}{_shape(right[:3])}",
            f"Z{in_block}{first}",
            f"F{inner}{call}{after}",
            f"I{inner}{call}{item}{following}",
            f"J{inner}{call}{listed}{_parted(rest)}{item}{stretch}",
        )

    def by_kind(self, before: str) -> tuple[str, ...]:
        """Return the features that depend on the lost character's kind (`kind_before`)."""
        inner, closer = self._opened
        first, last = self._right
        spaces, commas, wide = self._style
        return (
            "b" + before,
            "ba" + before + self._after,
            f"i{self._comment}{self._indent}{before}",
            f"k{commas}{wide}{before}{first}",
            f"Q{inner}{closer}{before}",
            f"e{before}{first}{last}",
            f"H{self._stretch}{before}{inner}",
            f"n{before}{spaces}{first}",
        )

    def by_char(self, char: str) -> tuple[str, ...]:
        """Return the features that depend on the lost character itself."""
        inner = self._opened[0]
        found = _STRETCH.search(self._left[-_FAR:] + char)
        before = found[0] if found else ""
        clause = before[:2] if len(before) > _CLAUSE else ""
        return (
            f"1{char}{self._right[0]}",
            "w" + (self._left[-1:] + char),
            f"W{self._left[-2:]}{char}",
            f"X{char}{self._right[0]}{self._listed}",
            f"x{char}{inner}",
            f"h{_LENGTHS[min(len(before), 12)]}{self._stretch}{inner}",
            f"C{clause}{self._right[0]}",
        )

    @property
    def word(self) -> str:
        """The word or mark that stands behind (`word_after`)."""
        return word_after(self.right)

    @property
    def after(self) -> str:
        """The kind of what stands behind (`kind_after`)."""
        return self._after


def kind_before(left: str) -> str:
    """Return the kind of what stands in front: punctuation itself, ``c`` a clause, ``h`` a word, ``x``."""
    char = left[-1:]
    if char in _PUNCTUATION:
        return char
    if not char or not _is_han(char):
        return "x"
    return "c" if len(left) >= _CLAUSE and all(map(_is_han, left[-_CLAUSE:])) else "h"


def kind_after(right: str) -> str:
    """Return the kind of what stands behind: the first two characters, roughly, or what kind of line begins."""
    if not right:
        return "$"
    if _BLOCK.match(right):
        return "B"
    first = symbol(right[0])
    if first == "H":
        return "Hc" if len(right) >= _CLAUSE and all(map(_is_han, right[:_CLAUSE])) else "Hh"
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


def symbol(char: str) -> str:
    """Return the class of a character: letters, digits, Han and such, wide punctuation; others are their own."""
    if not char:
        return "$"
    if char >= "\x80":
        return "P" if char in _PUNCTUATION else "H"
    if char.isalpha():
        return "A" if char.isupper() else "a"
    return "0" if "0" <= char <= "9" else char


def _in_block(left: str) -> int:
    """Return 1 inside a comment that a star closes, 2 inside one of markup, or 0."""
    return 1 if left.rfind("/*") > left.rfind("*/") else 2 if left.rfind("<!--") > left.rfind("-->") else 0


def _is_closed(rest: str) -> bool:
    """Whether a comment that a star closes is closed in the rest of a line."""
    end, next_ = rest.find("*/"), rest.find("/*")
    return end >= 0 and not 0 <= next_ < end


@lru_cache(maxsize=1 << 12)
def _shape(text: str) -> str:
    """Return the classes of some characters, several digits, letters or Han characters in a row as one."""
    shape = ""
    for char in text:
        found = symbol(char).lower()
        if found != shape[-1:] or found not in "0ah":
            shape += found
    return shape


def _listed(left: str, inner: str) -> str:
    """Return how what stands in the innermost open bracket is parted: by a comma with or without a space, or not."""
    start = left.rfind(inner) if inner else -1
    comma = left.find(",", start + 1)
    if comma < 0:
        return "w" if left.find("\u3001", start + 1) >= 0 else ""
    return "s" if left[comma + 1 : comma + 2] == " " else "c"


def _item(text: str) -> str:
    """Return what the last item of a list is made of, and whether a space stands in front of it."""
    item = text[text.rfind(",") + 1 :]
    inner = item.strip()
    kind = "0" if not inner else "h" if all(map(_is_han, inner)) else "a" if inner.isascii() else "m"
    return kind + " " * (item[:1] == " ")


def _parted(rest: str) -> str:
    """Return how the rest of a line parts a list: by a comma with or without a space, or not."""
    comma = rest.find(",")
    if comma < 0:
        return ""
    return "s" if rest[comma + 1 : comma + 2] == " " else "c"


def _next(rest: str) -> str:
    """Return the next mark in the rest of a line that parts or closes a list."""
    found = _PARTS.search(rest)
    return found[0] if found else ""


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _beginning(line: str) -> int:
    found = _BEGINNING.match(line)
    return (found.lastindex or 0) if found else 0


def _level(number: int) -> str:
    return "0" if number == 0 else "1" if number == 1 else "2"


def _opened(left: str) -> list[str]:
    """Return the quotation marks and brackets that are open at the end of a text, the innermost last."""
    stack: list[str] = []
    for match in _MARK.finditer(left):
        mark = match[0]
        opener = _OPENER.get(mark, mark)
        if mark not in "([{<" and opener in stack:
            while stack.pop() != opener:
                pass
        elif mark == opener:
            stack.append(mark)
    return stack


def _closer(rest: str, opened: list[str]) -> str:
    """Return the first mark in the rest of a line that closes what is open, ``L`` if a lost one may, or ""."""
    stack: list[str] = []
    for match in _MARK.finditer(rest):
        mark = match[0]
        opener = _OPENER.get(mark, mark)
        if mark not in "([{<" and opener in stack:
            while stack.pop() != opener:
                pass
        elif mark != opener or (mark not in "([{<" and mark in opened and not stack):
            return mark
        else:
            stack.append(mark)
    if LOST in rest:
        return "L"
    return stack[0] if stack and stack[0] in "\"'`" else ""
