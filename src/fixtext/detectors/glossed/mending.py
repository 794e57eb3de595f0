"""From the best text of a torn stretch to repairs: spans, channels with their certificate, guesses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from fixtext.channels.beam import Hypothesis
from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Encode
from fixtext.channels.gloss_steps import FoldPunctuation, InsertGlosses, ReadPieces
from fixtext.detectors.glossed.doubt import weigh_guess
from fixtext.detectors.glossed.lattice import Cut, Glossed
from fixtext.detectors.glossed.page_model import PageModel, likely, page_model
from fixtext.detectors.glossed.pages import PageSet
from fixtext.detectors.glossed.torn import Stretch, is_torn
from fixtext.findings import Candidate, Guess, Span


@lru_cache(maxsize=4096)
def mend(stretch: Stretch, page: PageSet) -> tuple[int, tuple[Candidate, ...]]:
    """Mend a stretch; the same passage in the same surroundings is mended once (4,096 are remembered).

    Returns:
        The index behind the last character looked at, and a candidate for each part that was torn, with the bits
        that it saves by itself. Spans count from the beginning of the stretch.
    """
    steps = stretch.best(page)
    return steps[-1].node if steps else stretch.signs[0], tuple(_repairs(stretch, steps, page))


def _repairs(stretch: Stretch, steps: Sequence[Hypothesis], page: PageSet) -> Iterator[Candidate]:
    model = page_model(page, stretch.in_quotes)
    healthy = "".join(step.added for step in steps)
    nodes, offsets = [0], [0]
    for step in steps:
        nodes.append(step.node)
        offsets.append(offsets[-1] + len(step.added))
    for first, behind in _runs(steps):
        span = Span(nodes[first], nodes[behind])
        before, after = stretch.text[span.start : span.end], healthy[offsets[first] : offsets[behind]]
        channel = _channel(steps[first:behind], after, before)
        if channel is None:
            continue
        left = (stretch.before + healthy[: offsets[first]])[-2:]
        right = healthy[offsets[behind] : offsets[behind] + 2]
        cost = sum(step.arc.bits for step in steps[first:behind] if step.arc)
        saved = model.bits(before, left, right) - model.bits(after, left, right) - cost
        guesses = tuple(_guesses(steps[first:behind], left, after, right, model))
        yield Candidate("glossed", span, after, channel, saved, guesses)


def _runs(steps: Sequence[Hypothesis]) -> list[tuple[int, int]]:
    """Return the ranges of steps that were torn, each with the character before it that its certificate needs."""
    runs: list[tuple[int, int]] = []
    for index, step in enumerate(steps):
        if is_torn(step):
            first = index - 1 if step.arc and step.arc.after and index else index
            if runs and first <= runs[-1][1]:
                runs[-1] = runs[-1][0], index + 1
            else:
                runs.append((first, index + 1))
    return runs


def _channel(steps: Sequence[Hypothesis], after: str, before: str) -> Channel | None:
    """Return the channel that turns ``after`` into ``before``, or None if the events do not make one."""
    events = [step.arc.event for step in steps if step.arc]
    # Where the bytes of two glosses overlap, both appear only if the later one was put in first.
    glosses = dict.fromkeys((event.char, event.text) for event in reversed(events) if isinstance(event, Glossed))
    cuts = [event for event in events if isinstance(event, Cut)]
    marks = "".join(dict.fromkeys(event.mark for event in cuts))
    lone = "" if any(event.lone == "" for event in cuts) else "?"
    gbk: list[Step] = [Encode("gbk")]
    if glosses:
        gbk.append(InsertGlosses(tuple(glosses)))
    gbk.append(ReadPieces(marks, lone))
    for tried in (gbk, [*gbk, FoldPunctuation()]):
        channel = Channel(tuple(tried))
        try:
            if channel.damage(after) == before:
                return channel
        except UnicodeError:
            return None
    return None


def _guesses(steps: Sequence[Hypothesis], left: str, after: str, right: str, model: PageModel) -> Iterator[Guess]:
    offset = 0
    whole = left + after + right
    for step in steps:
        for char, choices in zip(step.added, step.choices, strict=True):
            if choices:
                at = len(left) + offset
                options = "".join(dict.fromkeys(char + likely(choices)))
                yield weigh_guess(offset, char, options, whole[max(0, at - 2) : at], whole[at + 1 : at + 3], model)
            offset += 1
