"""Quotation marks, brackets and comments that are open at a place, and what closes them."""

from __future__ import annotations

import re

LOST = "\x7f"
"""Stands in the rest of a line for what other broken places lost."""

_MARK = re.compile("[\"`()\\[\\]{}<>]|(?<![A-Za-z])'|'(?![A-Za-z])")
_NAME = "[A-Za-z_$][0-9A-Za-z_$]*"
_ARGUMENTS = re.compile(
    rf"(?:{_NAME}(?:[.:]{_NAME})+|[a-z]+[A-Z][0-9A-Za-z]*|[A-Za-z]+_[0-9A-Za-z_]+)"
    r"\((?: ?(?:[\w.]+|\"[^\"]*\"|'[^']*'),)* ?[\w.]*$"
)
"""What a call or a definition has in its brackets up to a place: a name of several parts, and words with commas."""
_NEXT_ITEM = re.compile(r" ?[\w.\"'\x7f]")
_NO_PARTS = "\n\t !#%-/?"
_FAR = 120
"""Characters that are looked back for the beginning of a call."""
_OPENER = {")": "(", "]": "[", "}": "{", ">": "<"}


def opened(left: str) -> list[str]:
    """Return the quotation marks and brackets that are open at the end of a text, the innermost last."""
    stack: list[str] = []
    mark: str
    for mark in _MARK.findall(left):
        opener = _OPENER.get(mark, mark)
        if mark not in "([{<" and opener in stack:
            while stack.pop() != opener:
                pass
        elif mark == opener:
            stack.append(mark)
    return stack


def closer(rest: str, opened: list[str]) -> str:
    """Return the first mark in the rest of a line that closes what is open, ``L`` if a lost one may, or ""."""
    stack: list[str] = []
    mark: str
    for mark in _MARK.findall(rest):
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


def in_block(left: str) -> int:
    """Return 1 inside a comment that a star closes, 2 inside one of markup, or 0."""
    return 1 if left.rfind("/*") > left.rfind("*/") else 2 if left.rfind("<!--") > left.rfind("-->") else 0


def is_closed(rest: str) -> bool:
    """Whether a comment that a star closes is closed in the rest of a line."""
    end, next_ = rest.find("*/"), rest.find("/*")
    return end >= 0 and not 0 <= next_ < end


def not_in_arguments(left: str, right: str, opened: list[str], closing: str) -> str:
    """Return what cannot part a list, for a place between two parts of what a call or a definition has in its brackets.

    Args:
        left: the line up to the lost character.
        right: what stands behind the swallowed character.
        opened: the marks that are open (`opened`).
        closing: what closes the innermost (`closer`).

    Returns:
        characters; none if the place is no such place.
    """
    if opened[-1:] != ["("] or closing not in (")", "L") or _NEXT_ITEM.match(right) is None:
        return ""
    if _ARGUMENTS.search(left[-_FAR:]) is None:
        return ""
    # The bracket that follows would close nothing; three full stops stand for more of the same.
    closed = ")" if closing == ")" and opened.count("(") == 1 else ""
    return _NO_PARTS + closed + ("." if right.startswith("...") else "")
