"""Character references of HTML: ``&#20320;``, ``&#x4f60;``, ``&eacute;``, and references of references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from fixtext.channels.channel import Channel, Step
from fixtext.channels.reference_steps import EscapeAmpersands, NamedReference, NumberReferences
from fixtext.detectors.encoded.reading import Reading, Unit, is_text, runs

_ONE = re.compile(r"&((?:amp;){0,2})(?:#(?:(\d{1,7})|([xX])([0-9A-Fa-f]{1,6}))|([A-Za-z][A-Za-z0-9]{1,31}));")
_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[A-Za-z/!?][^<>]*>", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|<!--|<!DOCTYPE\b|<\?xml\b", re.IGNORECASE)


def readings(text: str) -> Iterator[Reading]:
    """Yield what the references of a text stand for, one reading a run of numbers of one form or a name.

    In a text with markup, a reference that stands for an ASCII character or a space is syntax, and one inside a tag,
    a comment, a script or a style stays too.
    """
    if "&" not in text or ";" not in text:
        return
    tags = [match.span() for match in _TAG.finditer(text)] if _MARKUP.search(text) else []
    for reading in _all(text, tags):
        if not (tags and _is_syntax(reading.text)) and not _is_quotation(text, reading):
            yield reading


def _all(text: str, tags: list[tuple[int, int]]) -> Iterator[Reading]:
    numbers: list[Unit] = []
    tag = 0
    for match in _ONE.finditer(text):
        start, end = match.span()
        while tag < len(tags) and tags[tag][1] <= start:
            tag += 1
        if tag < len(tags) and tags[tag][0] < start:
            continue
        nesting, decimal, sign, digits, name = match.groups()
        depth = len(nesting) // 4
        if name:
            made = _named(name)
            if made and is_text(made):
                yield Reading(start, end, made, _channel(NamedReference(name), depth), 2.0 + depth)
        else:
            number = decimal or digits
            width = len(number) if number[0] == "0" else 0
            code = int(number, 10 if decimal else 16)
            numbers.append(Unit(start, end, code, digits or "", sign or "", width, depth))
    for units, made, case in runs(numbers):
        sign, width, depth = units[0].form
        halves = any(0xD800 <= unit.code < 0xE000 for unit in units)
        step = NumberReferences(case, sign, width, halves) if sign else NumberReferences(width=width, units=halves)
        yield Reading(units[0].start, units[-1].end, made, _channel(step, depth), 2.0 + depth)


def _channel(step: Step, depth: int) -> Channel:
    return Channel((step, *[EscapeAmpersands()] * depth))


def _is_syntax(text: str) -> bool:
    return any(char < "\x80" or char.isspace() for char in text)


def _is_quotation(text: str, reading: Reading) -> bool:
    """Whether a quotation mark or bracket would come to stand in a line that uses such marks as syntax."""
    marks = {char for char in reading.text if char in "\"'<>"}
    if not marks:
        return False
    start = text.rfind("\n", 0, reading.start) + 1
    end = text.find("\n", reading.end)
    return any(text.find(mark, start, end if end >= 0 else len(text)) >= 0 for mark in marks)


@lru_cache(maxsize=1024)
def _named(name: str) -> str:
    from html.entities import html5

    return html5.get(f"{name};", "")
