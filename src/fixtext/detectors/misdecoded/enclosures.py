"""What a repair stands in: brackets with their partners, character classes, flags of spelling dictionaries."""

from __future__ import annotations

import re

from fixtext.detectors.misdecoded.beside import lines_beside
from fixtext.findings import Candidate

_BRACKETED = re.compile("\u3016[^\u3016\u3017\n]+\u3017(?!\u3017)")
_CLASS = re.compile(r"\]\[|\w\[\^?\w+\]|\[\^?\w+\]\w")
"""Letters in brackets right beside others."""
_FLAGGED = re.compile(r"[\w'-]+/\w*")
_RANGE = re.compile(r"\w-\w")


def breaks_brackets(text: str, candidate: Candidate, least_bits: float) -> bool:
    """Whether brackets that come in pairs would lose their partners: the second byte of a character may be one, but by
    chance these are no pairs.

    Args:
        text: the whole text.
        candidate: the repair.
        least_bits: bits from which a single bracket is no objection.
    """
    start, end = candidate.span
    observed, beside = text[start:end], "".join(lines_beside(text, start, end))
    for opening, closing in ("[]", "{}"):
        open_, closed = observed.count(opening), observed.count(closing)
        if not (open_ or closed) or open_ + beside.count(opening) != closed + beside.count(closing):
            continue
        if candidate.text.count(opening) - candidate.text.count(closing) != open_ - closed:
            return open_ + closed > 2 or candidate.bits < least_bits
    return False


def is_bracketed(text: str, candidate: Candidate) -> bool:
    """Whether lenticular brackets with their partners would become something else."""
    start, end = candidate.span
    before, after = lines_beside(text, start, end)
    pairs = list(_BRACKETED.finditer(before + text[start:end] + after))
    return any(pair.start() < end - start + len(before) and len(before) < pair.end() for pair in pairs)


def is_in_class(text: str, start: int, end: int) -> bool:
    """Whether it stands in the brackets of a character class, which has a range before it (``[a-z...]``), or has such
    brackets.
    """
    if _CLASS.search(text, start, end):
        return True
    before, after = lines_beside(text, start, end)
    opened = before.rfind("[")
    inside = before[opened:]
    return opened >= 0 and "]" not in inside and "]" in after and bool(_RANGE.search(inside + text[start:end]))


def are_flags(text: str, start: int, end: int) -> bool:
    """Whether it stands behind the slash of a line that is a word, a slash and letters, as in spelling dictionaries."""
    before, after = lines_beside(text, start, end)
    return bool(_FLAGGED.fullmatch(before)) and len((text[start:end] + after).split()) == 1
