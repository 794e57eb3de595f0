"""Edits of several passes told as one: always in coordinates of the input, never overlapping.

A repair works in passes, and each pass sees the text that the pass before left. What a later pass changes inside an
earlier edit is merged with it into one edit whose channel runs through both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from fixtext.channels.channel import Channel, Step
from fixtext.channels.parts import Within
from fixtext.findings import Edit, Guess, Span, Suspect


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with the edits made; the edits are in coordinates of the text, in order, not overlapping."""
    pieces: list[str] = []
    position = 0
    for edit in edits:
        start, end = edit.span
        pieces.append(text[position:start])
        pieces.append(edit.after)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


class _Placed(NamedTuple):
    """An edit and the range that it takes up in the text between two rounds."""

    start: int
    round: int
    end: int
    edit: Edit


def compose(source: str, first: Sequence[Edit], middle: str, second: Sequence[Edit]) -> list[Edit]:
    """Tell two rounds of edits as one.

    Args:
        source: the input text.
        first: edits from ``source`` to ``middle``, in order, not overlapping.
        middle: the text between the two rounds.
        second: edits from ``middle`` onwards, in coordinates of ``middle``, in order, not overlapping.

    Returns:
        edits in coordinates of ``source`` that lead to the same text as both rounds, in order, not overlapping.
        Edits that only touch stay apart; what comes back to what the source said is dropped.
    """
    placed = [
        _Placed(start, 0, start + len(edit.after), edit)
        for start, edit in zip(_starts_after(first), first, strict=True)
    ]
    placed += [_Placed(edit.span.start, 1, edit.span.end, edit) for edit in second]
    placed.sort(key=lambda item: item[:2])  # nearly sorted already: two runs; stable, so each round keeps its order

    composed: list[Edit] = []
    group: list[_Placed] = []
    end = shift = 0  # where the group ends in the middle text; source position minus middle position before it

    def close() -> None:
        nonlocal shift
        if not group:
            return
        if len(group) == 1 and not group[0].round:  # nearly all: no later pass has touched it
            edit = group[0].edit
            shift += len(edit.before) - len(edit.after)
            if edit.before != edit.after:
                composed.append(edit)
            return
        start = group[0].start + shift
        shift += sum(len(item.edit.before) - len(item.edit.after) for item in group if item.round == 0)
        merged = _merge(source, middle, group, Span(start, end + shift))
        if merged.before != merged.after:
            composed.append(merged)

    for item in placed:
        if group and item.start < end:
            group.append(item)
            end = max(end, item.end)
        else:
            close()
            group = [item]
            end = item.end
    close()
    return composed


def _merge(source: str, middle: str, group: list[_Placed], span: Span) -> Edit:
    """Make one edit of those that overlap one another; ``span`` is their range in the source."""
    if len(group) == 1:
        return replace(group[0].edit, span=span)
    origin = group[0].start
    end = max(item.end for item in group)
    first = [item for item in group if item.round == 0]
    second = [item for item in group if item.round == 1]

    pieces: list[str] = []
    parts: list[tuple[int, int, Channel]] = []
    guesses: list[Guess] = []
    position, length = origin, 0
    for item in second:
        pieces += middle[position : item.start], item.edit.after
        length += item.start - position
        guesses += [replace(guess, offset=guess.offset + length) for guess in item.edit.guesses]
        parts.append((length, length + len(item.edit.after), item.edit.channel))
        length += len(item.edit.after)
        position = item.end
    pieces.append(middle[position:end])
    after = "".join(pieces)
    earlier = [(item.start - origin, item.end - origin, item.edit.channel) for item in first]

    starts = [item.start for item in second]
    for item in first:
        for guess in item.edit.guesses:
            place = item.start + guess.offset
            index = bisect_right(starts, place) - 1
            if index < 0:
                guesses.append(replace(guess, offset=place - origin))
            elif place >= second[index].end:  # inside, the later repair has taken the guess back
                guesses.append(replace(guess, offset=parts[index][1] + place - second[index].end))

    edits = [item.edit for item in (*second, *first)]
    return Edit(
        damage="+".join(dict.fromkeys(edit.damage for edit in edits)),
        span=span,
        before=source[span.start : span.end],
        after=after,
        channel=Channel(_steps(parts, len(after)) + _steps(earlier, end - origin)),
        bits=sum(edit.bits for edit in edits),
        guesses=tuple(sorted(guesses, key=lambda guess: guess.offset)),
    )


def _steps(parts: list[tuple[int, int, Channel]], size: int) -> tuple[Step, ...]:
    """Return what happened to a text of the given size: the one channel itself if it covers all of it."""
    if len(parts) == 1 and parts[0][:2] == (0, size):
        return parts[0][2].steps
    return (Within(tuple(parts)),)


def _starts_after(edits: Sequence[Edit]) -> list[int]:
    """Return where each edit starts in the text that the edits lead to."""
    starts: list[int] = []
    shift = 0
    for edit in edits:
        starts.append(edit.span.start + shift)
        shift += len(edit.after) - len(edit.before)
    return starts


def in_source(suspects: Sequence[Suspect], edits: Sequence[Edit]) -> tuple[Suspect, ...]:
    """Move suspects of the repaired text to coordinates of the input.

    A suspect that reaches into an edit is widened to the whole of it. Candidates that do so are dropped: their
    channels would no longer lead to the text of their spans.

    Args:
        suspects: in coordinates of the repaired text.
        edits: in coordinates of the input, in order, not overlapping.
    """
    if not suspects or not edits:
        return tuple(suspects)
    starts = _starts_after(edits)
    moved: list[Suspect] = []
    for suspect in suspects:
        candidates = []
        for candidate in suspect.candidates:
            span, whole = _locate(candidate.span, edits, starts)
            if whole:
                candidates.append(replace(candidate, span=span))
        span, _ = _locate(suspect.span, edits, starts)
        moved.append(replace(suspect, span=span, candidates=tuple(candidates)))
    return tuple(moved)


def _locate(span: Span, edits: Sequence[Edit], starts: list[int]) -> tuple[Span, bool]:
    """Return the range of the input behind a range of the repaired text, and whether no edit reaches into it."""
    start, end = span
    left = bisect_right(starts, start) - 1
    right = bisect_left(starts, end) - 1
    untouched = right <= left
    if left >= 0:
        edit, beyond = edits[left], start - starts[left] - len(edits[left].after)
        start = edit.span.end + beyond if beyond >= 0 else edit.span.start
        untouched &= beyond >= 0
    if right >= 0:
        edit, beyond = edits[right], end - starts[right] - len(edits[right].after)
        end = edit.span.end + max(0, beyond)
    return Span(start, end), untouched
