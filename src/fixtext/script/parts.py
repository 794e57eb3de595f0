"""Divides a text by what is to happen to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fixtext.script.classification import Run, Script, classify
from fixtext.script.mixed import SAMPLE, is_mixed
from fixtext.script.routes import Route, Steps

SECTION = 1 << 20
"""Code points converted at a time: copies of the text then stay small, and their memory is used again."""


class Part(NamedTuple):
    """A stretch of the input, whole lines.

    Attributes:
        start: index of the first code point.
        end: index after the last one.
        steps: what converts it; None: it is left.
        script: the verdict on it.
        segments: lines that hold hanzi, kana or hangul.
    """

    start: int
    end: int
    steps: Steps | None
    script: Script
    segments: int


def parts_of(text: str, route: Route, *, count: bool = True) -> list[Part]:
    """Return the parts of a text in order, without gaps: each converted in one way, or left for one reason.

    Args:
        text: any text.
        route: what is to happen to which script.
        count: whether segments are to be counted.
    """
    runs = list(classify(text, route.default, count=count))
    steps: dict[Script, Steps | None] = {script: route.steps.get(script) for script in Script}
    if route.mixed and is_mixed(sample(text, [run for run in runs if run.script is Script.TRADITIONAL])):
        steps[Script.TRADITIONAL] = route.mixed
    parts: list[Part] = []
    for run in runs:
        part = Part(run.start, run.end, steps[run.script], run.script, run.segments)
        if parts and part.steps and parts[-1].steps == part.steps:
            last = parts.pop()
            part = part._replace(start=last.start, segments=last.segments + part.segments)
        parts.append(part)
    return parts


def sample(text: str, stretches: Sequence[Run] | Sequence[Part]) -> str:
    """Return the beginning of some stretches of a text, together: `mixed.SAMPLE` code points or a little more."""
    found: list[str] = []
    wanted = SAMPLE
    for one in stretches:
        if wanted > 0:
            found.append(text[one.start : min(one.end, one.start + wanted)])
            wanted -= one.end - one.start
    return "".join(found)


def sections(text: str, parts: list[Part], described: bool) -> Iterator[list[Part]]:
    """Group parts, and cut long ones between lines, so that about `SECTION` code points are dealt with at a time.

    Args:
        text: what the parts are of.
        parts: all of them or some, in order.
        described: the text has ideographic description characters; a sequence may reach into the next line.
    """
    if not described:
        parts = [piece for part in parts for piece in _cut(text, part)]
    group: list[Part] = []
    size = 0
    for part in parts:
        group.append(part)
        size += part.end - part.start
        if size >= SECTION:
            yield group
            group, size = [], 0
    if group:
        yield group


def _cut(text: str, part: Part) -> Iterator[Part]:
    while part.end - part.start > SECTION:
        place = text.find("\n", part.start + SECTION, part.end) + 1
        if place in (0, part.end):
            break
        yield part._replace(end=place)
        part = part._replace(start=place)
    yield part
