"""What a conversion changed, as spans of the input."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fixtext.script import engines
from fixtext.script.islands import engine, unify
from fixtext.script.routes import Steps


class Change(NamedTuple):
    """Neighbouring characters that were converted.

    Attributes:
        start: index of the first code point in the input.
        end: index after the last one.
        before: what stands there in the input.
        after: what it became.
    """

    start: int
    end: int
    before: str
    after: str


def changes_of(text: str, steps: Steps, offset: int = 0) -> Iterator[Change]:
    """Yield the changes that our engine makes, exactly where it makes them.

    Args:
        text: the text that is converted.
        steps: the configurations; all but the last must keep the length, as t2s and s2t do.
        offset: where the text begins in the input.
    """
    source = text
    for config in steps[:-1]:
        source = engines.convert(source, config)
    source = unify(source)
    last = engine(steps[-1])
    characters = source.translate(last.tables.characters)
    done = 0
    for island in last.islands(source):
        yield from changes_between(text[done : island.start], characters[done : island.start], offset + done)
        yield from changes_between(text[island.start : island.end], island.text, offset + island.start)
        done = island.end
    yield from changes_between(text[done:], characters[done:], offset + done)


def changes_between(before: str, after: str, offset: int = 0) -> Iterator[Change]:
    """Yield the changes from one text to another, which has as many lines.

    Lines of the same length are compared character by character; in others all that lies between the first and the
    last difference is one change.
    """
    if before == after:
        return
    if len(before) == len(after):
        yield from _by_character(before, after, offset)
        return
    new_lines = after.split("\n")
    for index, line in enumerate(before.split("\n")):
        new = new_lines[index]
        if line != new:
            if len(line) == len(new):
                yield from _by_character(line, new, offset)
            else:
                yield _trimmed(line, new, offset)
        offset += len(line) + 1


def _by_character(before: str, after: str, offset: int) -> Iterator[Change]:
    places = [place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    start = 0
    for index, place in enumerate(places, 1):
        if index == len(places) or places[index] != place + 1:
            first, last = places[start], place + 1
            yield Change(offset + first, offset + last, before[first:last], after[first:last])
            start = index


def _trimmed(before: str, after: str, offset: int) -> Change:
    shorter = min(len(before), len(after))
    start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    tail = 0
    while tail < shorter - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    end = len(before) - tail
    return Change(offset + start, offset + end, before[start:end], after[start : len(after) - tail])


def apply(text: str, changes: list[Change]) -> str:
    """Return the text with all changes made."""
    parts: list[str] = []
    done = 0
    for change in changes:
        parts += (text[done : change.start], change.after)
        done = change.end
    parts.append(text[done:])
    return "".join(parts)
