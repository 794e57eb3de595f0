"""One window repaired: what it says and what becomes of it depends on its bytes and its neighbouring lines alone."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import NamedTuple

from fixtext import pipeline
from fixtext.config import Config
from fixtext.detectors.watch import keep_memory
from fixtext.files import memory
from fixtext.files.cutting import cut
from fixtext.files.encoding import Known
from fixtext.findings import Edit, Repair, Span, Suspect

_OFF = "fixtext: off\n"


class Piece(NamedTuple):
    """What came of a window.

    Attributes:
        source: the text that its bytes say.
        repair: what becomes of that text; spans count from the beginning of the window.
        switch: whether the last marker in it turns repair off (True) or on again; None if there is none.
    """

    source: str
    repair: Repair
    switch: bool | None


def repaired(before: bytes, window: bytes, after: bytes, known: Known, config: Config, *, off: bool = False) -> Piece:
    """Repair a window.

    Args:
        before: lines before it, as evidence.
        window: whole lines, or what a border within a line left of them.
        after: lines behind it, as evidence.
        known: the encoding of the input.
        config: the choices; the encoding in it does not count.
        off: whether a marker before it has turned repair off.

    Raises:
        charset.reading.UnreadableError: with ``errors="strict"``, bytes that cannot be read.
        engine.DetectorError: a detector failed.
    """
    keep_memory()
    page = _page(window, known)
    for lead, tail in ((before, after), (b"", b"")):
        marker = _encoded(_OFF, page) if off and b"fixtext:" not in lead else b""
        shift, source, repair = _looked_at((marker + lead, window, tail), page, known, config)
        found = _inside(repair, source, shift, neighbours=bool(lead or tail))
        if found is not None:
            break
        # Something that is not to be parted lies across a border: then the window has to do without its neighbours.
    assert found is not None
    memory.settle()
    return Piece(source, found, _switch(source))


def _page(window: bytes, known: Known) -> str:
    """Return the first of the code pages that reads all of a window; the first of all if none does."""
    if len(known.pages) == 1:
        return known.pages[0]
    from fixtext.charset.detection import reads

    return next((page for page in known.pages if reads(window, page)), known.pages[0])


def _encoded(text: str, page: str) -> bytes:
    from fixtext.charset.lossless import encode

    return encode(text, page)


def _looked_at(parts: tuple[bytes, bytes, bytes], page: str, known: Known, config: Config) -> tuple[int, str, Repair]:
    """Return the code points of the lines before a window, those of the window, and what was found in all."""
    if page == "utf-8":
        try:
            lead, tail = len(parts[0].decode()), len(parts[2].decode())
            text = b"".join(parts).decode()
        except UnicodeDecodeError:
            pass
        else:
            repair = pipeline.repair(text, config)
            return lead, text[lead : len(text) - tail], repair  # not before: that is as much memory again
    from fixtext.charset.lossless import decode
    from fixtext.charset.reading import Reading, read_as_utf_8, undecodable

    texts = decode(parts[0], page), decode(parts[1], page), decode(parts[2], page)
    text = "".join(texts)
    mixed = known.mixed and page == "utf-8"
    reading = read_as_utf_8(b"".join(parts)) if mixed else Reading(text, page, (), undecodable(text, page))
    return len(texts[0]), texts[1], pipeline.repair_reading(reading, config)


def _inside(repair: Repair, source: str, shift: int, *, neighbours: bool) -> Repair | None:
    """Return what of a repair lies in the window; None if an edit lies across its border that cannot be parted."""
    start, end = shift, shift + len(source)
    edits: list[Edit] = []
    for edit in repair.edits:
        first, behind = edit.span
        if behind <= start or first >= end:
            continue
        part: Edit | None = edit
        if first < start or behind > end:
            part = cut(edit, start, end)
            if part is None:
                if neighbours:
                    return None
                continue
        assert part is not None
        edits.append(part.moved(-shift) if shift else part)
    suspects = tuple(moved(one, shift, end) for one in repair.suspects if start <= one.span.start < end)
    if not edits and not suspects and not repair.notes:
        return Repair(source, encoding=repair.encoding)
    from fixtext.composition import apply

    return Repair(apply(source, edits), tuple(edits), suspects, repair.notes, repair.encoding)


def moved(suspect: Suspect, shift: int, end: int = sys.maxsize) -> Suspect:
    """Return a suspect as it is in a part of the text.

    Args:
        suspect: in the whole.
        shift: where the part begins, in code points; less than nothing if the whole is the part of something longer.
        end: where the part ends.
    """
    span = Span(suspect.span.start - shift, min(suspect.span.end, end) - shift)
    candidates = tuple(
        one.moved(-shift) for one in suspect.candidates if shift <= one.span.start and one.span.end <= end
    )
    return replace(suspect, span=span, candidates=candidates)


def _switch(source: str) -> bool | None:
    if source.rfind("fixtext:") < 0:  # twice as fast as ``in``
        return None
    from fixtext.exemptions import MARKER

    words = [match[1] for match in MARKER.finditer(source) if match[1] != "ignore"]
    return words[-1] == "off" if words else None
