"""What stands around a swallowed character, as the features of a classifier.

Which ASCII character an odd byte took with it is a matter of syntax, not of language: quotation marks and brackets
that are open and whether anything behind closes them, comments, lists and tables, indentation, how long the stretches
of Chinese on either side are, and how the rest of the line punctuates.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fixtext.detectors.lossy.layout import beginning, level, written
from fixtext.detectors.lossy.open_marks import LOST, closer, in_block, is_closed, not_in_arguments, opened
from fixtext.detectors.lossy.shapes import CLAUSE, following, is_han, kind_after, shape, symbol, word_after

_COMMENT = re.compile(r"(?:^|[\s;{}()\[\],>])(//|#|--|/\*|\*|<!--)")
_HAN = re.compile("[\u3400-\u9fff]*")
_PARTS = re.compile("[,;:=)\\]}\"'`<>]")
_FAR = 40
"""Characters that are looked back for the beginning of a clause."""
_BEHIND_HAN = re.compile("[\u3400-\u9fff\uff09](?=([\0-?]))")

_LENGTHS = "0123355559999"
"""Classes of lengths of a stretch of Han characters: 0, 1, 2, 3-4, 5-8, more."""
_CALL = re.compile(r"(?:(?:def|function|fn|func)\s+[\w$]+|[\w$]+(?:\.[\w$]+)+|[a-z]+[A-Z]\w*|\w+_\w+)\s*$")
"""A name of several parts, or one that is being defined, in front of a bracket: a call rather than a remark."""


class Surroundings:
    """The line around one place, but for the lost character that the swallowed one followed.

    Attributes:
        base: the features that do not depend on the lost character.
        right: what stands behind the swallowed character, up to the next broken place.
        closes_comment: whether a slash stands behind, and a comment is open that nothing else closes.
        following: the class of what stands behind (`shapes.following`), of a Han character where another place is lost.
        not_here: what cannot stand in place of a comma, between two parts of what a call has in its brackets.
    """

    __slots__ = (
        "_after",
        "_before",
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
        "following",
        "not_here",
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
        found = _HAN.match(left[: -_FAR - 1 : -1])
        self._before = left[len(left) - found.end() :] if found else ""
        self.right = right
        marks = opened(left)
        inner, closing = marks[-1] if marks else "", closer(rest, marks)
        after = self._after = kind_after(right)
        first, second = symbol(right[:1]), symbol(right[1:2])
        found = _COMMENT.search(left)
        self._comment = comment = found[1] if found else ""
        indent = len(right) - len(right.lstrip(" \t"))
        self._indent = min(indent, 3) if indent < len(right) else 4
        begins, goes_on = beginning(left), beginning(right)
        behind = _BEHIND_HAN.findall(f"{left}{LOST}{rest}")
        spaces, commas = level(behind.count(" ")), level(behind.count(","))
        wide = level(left.count("\uff0c") + rest.count("\uff0c"))
        self._style = spaces, commas, wide
        found = _HAN.match(right[:12])
        self._stretch = stretch = _LENGTHS[found.end()] if found else "0"
        self._opened = inner, closing
        self._right = first, symbol(right[-1:])
        self.following = "H" if not right and rest[:1] == LOST else following(right)
        self._listed = listed = _listed(left, inner)
        block, next_mark = in_block(left), _next(rest)
        self.closes_comment = block == 1 and right[:1] == "/" and not is_closed(rest)
        self.not_here = not_in_arguments(left, right, marks, closing)
        opener = left.rfind(inner) if inner else -1
        call = symbol(left[opener - 1]).lower() if opener > 0 else ""
        named = opener > 0 and _is_call(left[max(0, opener - _FAR) : opener])
        item = _item(left[opener + 1 :])
        self.base = (
            "a" + after,
            "2" + right[:2],
            "3" + right[:3],
            f"o{inner}{closing}{first}",
            f"p{inner}{closing}",
            f"v{inner}{first}{second}",
            f"O{''.join(marks[-2:])}{closing}{first}",
            f"c{comment}|{after}",
            f"l{begins}{after}",
            f"m{begins}-{goes_on}{inner}",
            f"s{spaces}{commas}{wide}{first}",
            f"R{right[:1]}{stretch}",
            f"j{stretch}{commas}{wide}{spaces}",
            f"g{level(left.count(','))}{inner}{first}",
            f"E{self._indent}{comment}{inner}{level(len(right))}",
            f"K{block}{first}{second}",
            f"D{shape(right[:5])}",
            f"G{inner}{listed}{next_mark}{first}",
            f"T{shape(left[-3:])}{shape(right[:3])}",
            f"Z{block}{first}",
            f"F{inner}{call}{after}",
            f"I{inner}{call}{item}{next_mark}",
            f"J{inner}{call}{listed}{_parted(rest)}{item}{stretch}",
            f"f{inner}{int(named)}{first}{second}",
            f"N{inner}{int(named)}{item}{next_mark}",
            *written(left, right, rest),
        )

    def by_kind(self, before: str) -> tuple[str, ...]:
        """Return the features that depend on the lost character's kind (`kind_before`)."""
        inner, closing = self._opened
        first, last = self._right
        spaces, commas, wide = self._style
        return (
            "b" + before,
            "ba" + before + self._after,
            f"i{self._comment}{self._indent}{before}",
            f"k{commas}{wide}{before}{first}",
            f"Q{inner}{closing}{before}",
            f"e{before}{first}{last}",
            f"H{self._stretch}{before}{inner}",
            f"n{before}{spaces}{first}",
        )

    def by_char(self, char: str) -> tuple[str, ...]:
        """Return the features that depend on the lost character itself."""
        inner = self._opened[0]
        before = self._before + char if is_han(char) else ""
        clause = before[:2] if len(before) > CLAUSE else ""
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


@lru_cache(maxsize=1 << 10)
def _is_call(text: str) -> bool:
    """Whether what stands in front of a bracket makes it that of a call."""
    return _CALL.search(text) is not None


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
    kind = "0" if not inner else "h" if all(map(is_han, inner)) else "a" if inner.isascii() else "m"
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
