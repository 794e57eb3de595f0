"""Edits that lie across a border: the part on this side, proved by itself."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from fixtext.channels.channel import Channel, Step
from fixtext.channels.parts import Within
from fixtext.findings import Edit, Span


def cut(edit: Edit, start: int, end: int) -> Edit | None:
    """Return the part of an edit that lies in a range, None if it cannot be proved that it stands by itself.

    Args:
        edit: begins before the end of the range and ends behind its start.
        start: first code point of the range, in the coordinates of the edit's span.
        end: behind the last.
    """
    first, last = max(0, start - edit.span.start), min(len(edit.before), end - edit.span.start)
    low, high = _healthy_place(edit, first), _healthy_place(edit, last)
    if low is None or high is None or low > high:
        return None
    before, after = edit.before[first:last], edit.after[low:high]
    channel = _restricted(edit.channel, low, high)
    try:
        if channel is None or channel.damage(after) != before:
            return None
    except UnicodeError:
        return None
    guesses = tuple(replace(guess, offset=guess.offset - low) for guess in edit.guesses if low <= guess.offset < high)
    bits = round(edit.bits * len(before) / len(edit.before), 1)
    span = Span(edit.span.start + first, edit.span.start + last)
    return replace(edit, span=span, before=before, after=after, channel=channel, bits=bits, guesses=guesses)


def _healthy_place(edit: Edit, place: int) -> int | None:
    """Return which place of the healthy text became a place of the damaged one."""
    before, after = edit.before, edit.after
    if place in (0, len(before)):
        return 0 if place == 0 else len(after)
    if before[place - 1] == "\n" and before.count("\n") == after.count("\n"):
        line = before.count("\n", 0, place)
        at = -1
        for _ in range(line):
            at = after.index("\n", at + 1)
        return at + 1
    if any(isinstance(step, Within) for step in edit.channel.steps):
        return None
    try:
        found = bisect_left(range(len(after)), place, key=lambda at: len(edit.channel.damage(after[:at])))
        return found if len(edit.channel.damage(after[:found])) == place else None
    except UnicodeError:
        return None


def _restricted(channel: Channel, low: int, high: int) -> Channel | None:
    """Return a channel for a part of its healthy text: of steps that happen to ranges, those in the part are kept."""
    steps: list[Step] = []
    for number, step in enumerate(channel.steps):
        if not isinstance(step, Within):
            steps.append(step)
            continue
        if number:
            return None  # its ranges count in a text that only the whole channel makes
        parts = [(start - low, end - low, inner) for start, end, inner in step.parts if start >= low and end <= high]
        if any(start < at < end for start, end, _ in step.parts for at in (low, high)):
            return None
        if parts:
            steps.append(Within(tuple(parts)))
    return Channel(tuple(steps))
