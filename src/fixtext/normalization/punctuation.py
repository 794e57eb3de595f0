"""Fullwidth punctuation between hanzi, where some earlier clean-up has folded it to ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fixtext.normalization.characters import HANZI
from fixtext.normalization.registry import normalizer

_OPENING = "《〈「『【〔（“‘"
_CLOSING = "》〉」』】〕）”’"
_BEFORE = f"(?<=[{HANZI}{_CLOSING}])"
_AFTER = f"(?=[{HANZI}{_OPENING}])"

# `.` stands between the parts of foreign names, too, so it is restored only where a line ends; `:` at the end of a
# line belongs to YAML as often as to a sentence.
_MARKS = re.compile(f"{_BEFORE}(?:[,;:]|[?!]+){_AFTER}|{_BEFORE}(?:[,;]|[?!]+|\\.)(?=\\s*$)")
_BRACKETS = re.compile(f"{_BEFORE}\\(([{HANZI}][^()（）\\n]*[{HANZI}]|[{HANZI}])\\)")
_FULLWIDTH = {ord(half): full for half, full in zip(",;:?!.()", "，；：？！。（）", strict=True)}

_FENCE = re.compile(r"\s*(?:```|~~~)")
_PROTECTED = re.compile(r"`[^`]*`|(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)
_CODE = re.compile(
    r"[{}<>=\\$|`]|//|/\*|(?<!^)#"
    r"|[A-Za-z_][A-Za-z0-9_]*\("  # a call
    r"""|^\s*(["']).*\1[,;]?\s*$"""  # a string on a line of its own, as in JSON
    r"|^\s*(?:def|class|import|from|return|if|elif|else|for|while|function|var|let|const|public|private|case)\b"
    r"|\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|VALUES|WHERE)\b"
    r"|^\s*[\w.-]+:(?:\s|$)"  # a key of YAML, a header
)
_SENTENCE_END = re.compile(r"[。！？；….?!;]\s*$")
_TABLE_LINES = 3


@normalizer("punctuation", "ASCII punctuation between hanzi as fullwidth; not in code, numbers, tables or addresses")
def punctuation(text: str) -> str:
    """Restore `，；：？！（）` between hanzi, and `，；？！。` after hanzi where a line ends."""
    lines = text.split("\n")
    for index in _prose(lines):
        lines[index] = _restore(lines[index])
    return "\n".join(lines)


def _prose(lines: list[str]) -> Iterator[int]:
    """Yield the lines that are neither code nor rows of a table."""
    tables = _table_rows(lines)
    fenced = False
    for index, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and index not in tables and not _CODE.search(_PROTECTED.sub("", line)):
            yield index


def _table_rows(lines: list[str]) -> set[int]:
    """Return the lines that stand together, are no sentences, and have the same number of commas each."""
    found: set[int] = set()
    group: list[int] = []
    commas = 0
    for index, line in enumerate(lines):
        count = 0 if _SENTENCE_END.search(line) else line.count(",")
        if count != commas:
            group, commas = [], count
        if count:
            group.append(index)
            if len(group) >= _TABLE_LINES:
                found.update(group)
    return found


def _restore(line: str) -> str:
    parts: list[str] = []
    done = 0
    for protected in _PROTECTED.finditer(line):
        parts += (_restore_part(line[done : protected.start()]), protected[0])
        done = protected.end()
    # A mark before an address is not at the end of the line.
    parts.append(_restore_part(line[done:], last=True))
    return "".join(parts)


def _restore_part(part: str, last: bool = False) -> str:
    part = _BRACKETS.sub(lambda match: f"（{match[1]}）", part)
    return _MARKS.sub(
        lambda match: match[0].translate(_FULLWIDTH) if last or match.end() < len(part) else match[0], part
    )
