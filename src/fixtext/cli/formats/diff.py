"""Unified diffs of bytes, in the form that GNU patch and git apply read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

_CONTEXT = 3
"""Lines around a change, as diff -u shows them."""

_Block = tuple[int, int, int, int]


def unified(name: bytes, before: bytes, after: bytes) -> Iterator[bytes]:
    """Yield the lines of a diff; lines end at LF, so that a lone CR is part of its line as it is for ``patch``.

    Args:
        name: the name of the file, for both sides; ``patch -p0`` finds it.
        before: the bytes as they are.
        after: the bytes as they shall be.
    """
    old, new = _lines(before), _lines(after)
    shown = _quoted(name)
    yield b"--- " + shown + b"\n"
    yield b"+++ " + shown + b"\n"
    for group in _grouped(_blocks(old, new)):
        yield from _hunk(group, old, new)


def painted(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Colour the lines of a diff as git does, and show what a terminal would obey as escapes."""
    from fixtext.cli.printable import printable

    colors = {b"-": b"31", b"+": b"32", b"@": b"36"}
    for number, line in enumerate(lines):
        color = b"1" if number < 2 else colors.get(line[:1])
        shown = printable(line.rstrip(b"\n").decode("utf-8", "surrogateescape")).encode("utf-8", "backslashreplace")
        yield b"\x1b[" + color + b"m" + shown + b"\x1b[m\n" if color else shown + b"\n"


def _lines(data: bytes) -> list[bytes]:
    """Return lines with their ends; the last one of a file may have none."""
    *whole, rest = data.split(b"\n")
    lines = [line + b"\n" for line in whole]
    return [*lines, rest] if rest else lines


def _ended(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _blocks(old: list[bytes], new: list[bytes]) -> Iterator[_Block]:
    """Yield where lines differ: those before and behind, as half-open ranges.

    A repair that keeps the number of lines is compared line by line; that takes linear time.
    """
    if len(old) == len(new):
        start = None
        for index in range(len(old) + 1):
            differs = index < len(old) and old[index] != new[index]
            if differs and start is None:
                start = index
            elif not differs and start is not None:
                yield start, index, start, index
                start = None
        return
    lead = next((i for i, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), min(len(old), len(new)))
    tail = 0
    while tail < min(len(old), len(new)) - lead and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    matcher = SequenceMatcher(None, old[lead : len(old) - tail], new[lead : len(new) - tail], autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            yield first + lead, last + lead, new_first + lead, new_last + lead


def _grouped(blocks: Iterable[_Block]) -> Iterator[list[_Block]]:
    """Put blocks together whose context would overlap."""
    group: list[_Block] = []
    for block in blocks:
        if group and block[0] - group[-1][1] > 2 * _CONTEXT:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _hunk(group: list[_Block], old: list[bytes], new: list[bytes]) -> Iterator[bytes]:
    lead = min(_CONTEXT, group[0][0])
    start, new_start = group[0][0] - lead, group[0][2] - lead
    tail = min(_CONTEXT, len(old) - group[-1][1])
    end = group[-1][1] + tail
    yield b"@@ -%s +%s @@\n" % (_range(start, end), _range(new_start, group[-1][3] + tail))
    position = start
    for first, last, new_first, new_last in group:
        yield from (b" " + _ended(line) for line in old[position:first])
        yield from (b"-" + _ended(line) for line in old[first:last])
        yield from (b"+" + _ended(line) for line in new[new_first:new_last])
        position = last
    yield from (b" " + _ended(line) for line in old[position:end])


def _range(start: int, end: int) -> bytes:
    """Return a range as diff writes it: from 1, and an empty one by the line before it."""
    count = end - start
    first = start + 1 if count else start
    return b"%d" % first if count == 1 else b"%d,%d" % (first, count)


def _quoted(name: bytes) -> bytes:
    """Quote a name as git does if it holds what would end it early."""
    # A space would do for git, but patch takes it for the end of the name when a date might follow.
    if all(0x20 < byte != 0x7F for byte in name) and not name.startswith(b'"'):
        return name
    quoted = b""
    for byte in name:
        if byte in (0x22, 0x5C):
            quoted += b"\\" + bytes([byte])
        elif byte < 0x20 or byte >= 0x7F:
            quoted += b"\\%03o" % byte
        else:
            quoted += bytes([byte])
    return b'"' + quoted + b'"'
