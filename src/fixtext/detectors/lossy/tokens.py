"""What stands around a lost character, as tokens: characters, words in ASCII, numbers."""

from __future__ import annotations

import re

LEFT, RIGHT = 10, 9
"""Tokens in front of a lost character, and behind it."""

NOTHING = ""
"""Token beyond the beginning and the end of a line."""
HIDDEN = "<hidden>"
"""Token of a character behind the lost one that was swallowed, whatever it was."""
BEGIN, END = "<begin>", "<end>"
"""Tokens of the beginning and the end of a line."""
WIDE_SPACE = "  "
"""Token of white space of more than one character behind a lost one."""

_FAR = 60
"""Characters of a line that are looked at on either side."""
_TOKEN = re.compile(r"[A-Za-z]+|\d+|\s+|.", re.DOTALL)


def tokens(left: str, behind: str | None, rest: str) -> list[str]:
    """Return the tokens around a place, those in front of it first, the nearest of them first.

    Args:
        left: the line up to the lost character.
        behind: the character behind it; None if it was swallowed.
        rest: the line behind that character.

    Returns:
        `LEFT` tokens and `RIGHT` tokens.
    """
    found: list[str] = []
    for token in reversed(_TOKEN.findall(left[-_FAR:])):
        if not token.isspace():
            found.append(token)
        elif not found:
            found.append(" ")
        if len(found) == LEFT:
            break
    else:
        found.append(BEGIN)
        found += [NOTHING] * (LEFT - len(found))
    found.append(HIDDEN if behind is None else behind)
    for token in _TOKEN.findall(rest[:_FAR]):
        if not token.isspace():
            found.append(token)
        elif "\n" in token:
            found.append("\n")
        elif len(token) > 1:
            found.append(WIDE_SPACE)
        elif len(found) == LEFT + 1:
            found.append(" ")
        if len(found) == LEFT + RIGHT:
            break
    else:
        found.append(END)
        found += [NOTHING] * (LEFT + RIGHT - len(found))
    return found


def kind(token: str) -> str:
    """Return the one of `KINDS` that stands for a rare token."""
    if token[:1].isdigit():
        return "<digit>" if len(token) == 1 else "<number>"
    if token.isascii() and token.isalpha():
        if token.islower():
            return "<word>"
        return "<WORD>" if token.isupper() else "<Word>" if token[0].isupper() else "<wOrd>"
    return "<han>" if "\u4e00" <= token <= "\u9fff" else "<other>"


KINDS = ("<digit>", "<number>", "<word>", "<WORD>", "<Word>", "<wOrd>", "<han>", "<other>")
"""Tokens that stand for rare ones; no text has them."""
