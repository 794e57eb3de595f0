"""Lines that are repaired one by one, as soon as each is complete: for somebody who watches a log grow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from fixtext.config import Config
from fixtext.files import SIZE
from fixtext.files.encoding import Known, decided, opening
from fixtext.files.pieces import Piece, repaired

CONTEXT = 4096
"""Bytes of lines before a line that serve as evidence for it: about a glossed page. They are looked at again with each
line, which takes 0.1 ms for healthy Chinese."""

_GAP = re.compile(rb"[\t !\"),.;](?=[^\t !\"),.;]*\Z)")
"""The last place where a line may be cut that has no end."""


def complete(read_line: Callable[[int], bytes], most: int = SIZE) -> Iterator[bytes]:
    """Yield lines with their ends; one that is too long in parts.

    Args:
        read_line: returns the next line, or at most so many bytes of it, as ``readline`` of a binary file does.
        most: bytes of a line that are waited for.
    """
    rest = b""
    while line := read_line(most):
        rest += line
        if not rest.endswith(b"\n"):
            if len(line) < most:
                continue
            gap = _GAP.search(rest)
            if gap is None:
                continue
            yield rest[: gap.end()]
            rest = rest[gap.end() :]
            continue
        yield rest
        rest = b""
    if rest:
        yield rest


def repair_lines(lines: Iterable[bytes], config: Config, known: Known | None = None) -> Iterator[tuple[bytes, Piece]]:
    """Yield each line with what came of it.

    What differs from `fixtext.files.streaming.repair_stream`: nothing that follows a line is evidence for it, of what
    stands before only `CONTEXT` bytes are, and the encoding is found out from the lines so far.

    Args:
        lines: with their ends.
        config: the choices; the defaults are not meant.
        known: the encoding, None to find it out; what is not read line by line is not found.

    Raises:
        charset.reading.UnreadableError: bytes that are not read; with ``errors="strict"`` also those that cannot be.
        engine.DetectorError: a detector failed.
    """
    before = b""
    off = False
    for line in lines:
        if known is None:
            known = opening(line, config)
        now = known
        if not known.settled:
            now = decided(known, before + line)
            if now.mixed or now.pages[0] != "utf-8":  # else it was too close to call: the lines to come may tell
                known = now
        piece = repaired(before, line, b"", now, config, off=off)
        off = off if piece.switch is None else piece.switch
        yield line, piece
        before = (before + line)[-CONTEXT:]
        if len(before) == CONTEXT:
            before = before[before.find(b"\n") + 1 :]
