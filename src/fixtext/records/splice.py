"""New strings into a line of JSON; all other bytes of it stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fixtext.records.paths import FieldPath

_STRING = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN = re.compile(rb"(%s)|([{}\[\],:])" % _STRING, re.DOTALL)
_STRINGS = re.compile(_STRING, re.DOTALL)
_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))


def strings(line: bytes, paths: Sequence[FieldPath]) -> Iterator[tuple[int, int]]:
    """Yield where in a line of valid JSON the strings stand that the paths lead to: bytes, quotes included."""
    wanted = {path.steps for path in paths}
    deepest = max(map(len, wanted))
    where: list[str | None] = []  # None while it is an array
    is_array: list[bool] = []
    is_name = False
    for token in _TOKEN.finditer(line):
        start, end = token.span()
        if token[1] is None:
            mark = line[start]
            if mark in b"{[":
                is_array.append(mark == 0x5B)
                where.append(None)
                is_name = mark == 0x7B
            elif mark in b"}]":
                is_array.pop()
                where.pop()
                is_name = False
            else:  # a comma or colon
                is_name = mark == 0x2C and not is_array[-1]
        elif is_name:
            if len(where) <= deepest:
                where[-1] = json.loads(token[1])
        elif len(where) <= deepest and tuple(where) in wanted:
            yield start, end


def shape(line: bytes) -> tuple[int, int]:
    """Return how deep a line of JSON goes and how many names are in it; of what is no JSON, an estimate."""
    bare = _STRINGS.sub(b"", line)
    depth = deepest = 0
    for bracket in bare.translate(None, _BRACKETS):
        depth += 1 if bracket in b"{[" else -1
        deepest = max(deepest, depth)
    return deepest, bare.count(b":")


def replaced(line: bytes, paths: Sequence[FieldPath], texts: Mapping[str, str]) -> bytes:
    """Return a line of valid JSON with other strings where the paths lead.

    Args:
        line: in UTF-8.
        paths: which strings are meant.
        texts: old text -> new text; others stay. Of a name that an object has twice the last one counts, as parsers
            have it, and an earlier one stays unless it says the same.
    """
    parts: list[bytes] = []
    last = 0
    for start, end in strings(line, paths):
        literal = line[start:end]
        new = texts.get(json.loads(literal))
        if new is not None:
            parts += line[last:start], _literal(new, literal)
            last = end
    parts.append(line[last:])
    return b"".join(parts)


def _literal(text: str, old: bytes) -> bytes:
    r"""Return a text as a string of JSON, with ``\u`` escapes if the string has them that it replaces."""
    escaped = old.isascii() and b"\\u" in old
    return json.dumps(text, ensure_ascii=escaped).encode("utf-8", "surrogatepass")


def extended(line: bytes, values: Mapping[str, Any], *, is_empty: bool) -> bytes:
    """Return a line that is an object of JSON with further members behind its own."""
    end = line.rindex(b"}")
    told = json.dumps(values, ensure_ascii=False, separators=(",", ":"))[1:-1].encode("utf-8", "surrogatepass")
    return b"".join((line[:end], b"" if is_empty else b",", told, line[end:]))
