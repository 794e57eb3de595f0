"""Quotation marks, brackets and comments that are open at a place, and what closes them."""

from __future__ import annotations

import re

LOST = "\x7f"
"""Stands in the rest of a line for what other broken places lost."""

_MARK = re.compile("[\"`()\\[\\]{}<>]|(?<![A-Za-z])'|'(?![A-Za-z])")
_OPENER = {")": "(", "]": "[", "}": "{", ">": "<"}


def opened(left: str) -> list[str]:
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


def closer(rest: str, opened: list[str]) -> str:
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


def in_block(left: str) -> int:
    """Return 1 inside a comment that a star closes, 2 inside one of markup, or 0."""
    return 1 if left.rfind("/*") > left.rfind("*/") else 2 if left.rfind("<!--") > left.rfind("-->") else 0


def is_closed(rest: str) -> bool:
    """Whether a comment that a star closes is closed in the rest of a line."""
    end, next_ = rest.find("*/"), rest.find("/*")
    return end >= 0 and not 0 <= next_ < end
