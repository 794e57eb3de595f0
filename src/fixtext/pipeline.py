"""Floor 5: all stages in order. Repair first; then, only if asked for by name, script conversion and normalisation.

There is one code path: what is changed is always told in edits, whether anybody looks at them or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fixtext import engine
from fixtext.channels.channel import Channel
from fixtext.config import Config
from fixtext.findings import Edit, Repair, Span

if TYPE_CHECKING:
    from fixtext.charset.reading import Reading


def fix(text: str) -> str:
    """Return the healthy text of a text, with the default choices.

    Raises:
        TypeError: not a str; the message says what to do with bytes.
    """
    return engine.fix(text)


def fix_many(texts: Iterable[str]) -> list[str]:
    """Return the healthy text of each of many texts, in order, with the default choices.

    The same as `fix` of each, one by one: every text is a document by itself, and what one says is no evidence for
    another. Texts are looked at thousands at a time, so that healthy ones cost a third of a call.

    >>> fix_many(["plain", "caf\\u00c3\\u00a9"])
    ['plain', 'café']

    Raises:
        TypeError: not an iterable of str.
        engine.DetectorError: a detector failed.
    """
    return engine.fix_many(texts)


def repair(text: str, config: Config | None = None) -> Repair:
    """Return the healthy text of a text, and everything there is to know about it.

    Args:
        text: any str, lone surrogates included.
        config: the choices; None means the defaults.

    Raises:
        TypeError: not a str; the message says what to do with bytes.
        ValueError: a detector, conversion or normaliser is not known.
        engine.DetectorError: a detector failed.
    """
    return _further(engine.repair(text, config), config)


def repair_bytes(data: bytes | bytearray | memoryview, config: Config | None = None) -> Repair:
    """Return the healthy text of bytes in any encoding. A byte order mark stays in the text, as U+FEFF.

    What the bytes are in is found out, unless ``config.encoding`` names it; ``Repair.encoding`` tells. Where a single
    encoding does not explain all, each line that is not UTF-8 is an edit. Bytes that cannot be read, or could be read
    in several ways, are in the text as lone surrogates U+DC80 to U+DCFF, and writing it with the error handler
    ``surrogateescape`` gives them back (PEP 383); they are suspects, unless a detector knows what they were.

    Raises:
        TypeError: not bytes.
        charset.reading.UnreadableError: a `ValueError`: binary data, or an encoding that is not read; with
            ``errors="strict"`` also bytes that cannot be read.
        ValueError: a detector, conversion, normaliser or encoding is not known.
        engine.DetectorError: a detector failed.
    """
    if not isinstance(data, (bytes, bytearray, memoryview)):
        if isinstance(data, str):
            raise TypeError("fixtext.repair_bytes takes bytes; give str to fixtext.repair")
        raise TypeError(f"fixtext.repair_bytes takes bytes, not {type(data).__name__}")
    data = bytes(data)
    if config is None or config.encoding is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            if not (text.isascii() and OTHERWISE.search(text)):
                return _further(engine.repair(text, config), config)
    from fixtext.charset.reading import read

    return repair_reading(read(data, config.encoding if config else None), config)


OTHERWISE = re.compile(r"\0|\x1b[$(]|~\{|\+[A-Za-z0-9+/]{3}")
"""What ASCII has that may be another encoding in truth: UTF-16, ISO-2022, HZ, UTF-7."""

_ESCAPED = re.compile("[\udc80-\udcff]+")


def repair_reading(reading: Reading, config: Config | None = None) -> Repair:
    """Return the healthy text of bytes that have been read: `repair_bytes` after its first step.

    Raises:
        charset.reading.UnreadableError: with ``errors="strict"``, bytes that cannot be read.
        ValueError: a detector, conversion or normaliser is not known.
        engine.DetectorError: a detector failed.
    """
    return _further(_of_reading(reading, config), config)


def _of_reading(reading: Reading, config: Config | None) -> Repair:
    from fixtext.charset.reading import UnreadableError
    from fixtext.composition import apply, compose, in_source

    middle = apply(reading.source, reading.edits)
    found = engine.repair(middle, config)
    edits = compose(reading.source, reading.edits, middle, found.edits)
    if reading.encoding != "utf-8":
        edits = [_with_file(edit, reading.encoding) for edit in edits]
    spans = [edit.span for edit in edits]
    unread = [one for one in reading.suspects if not any(_overlap(one.span, span) for span in spans)]
    errors = config.errors if config else "keep"
    if unread and errors == "strict":
        raise UnreadableError(unread[0].reason)
    suspects = (*unread, *in_source(found.suspects, reading.edits))
    notes = (*reading.notes, *found.notes)
    result = Repair(found.text, tuple(edits), suspects, notes, reading.encoding)
    if errors == "replace":
        marked = _ESCAPED.sub(lambda match: "\ufffd" * len(match[0]), result.text)
        result = _after(result, list(_changes(result.text, marked, "encoding", "replace what cannot be read")))
    return result


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _with_file(edit: Edit, page: str) -> Edit:
    """Return an edit whose channel also tells what the file is written in, if that can be proved."""
    from fixtext.channels.codec_steps import Decode, Encode

    channel = Channel((*edit.channel.steps, Encode(page), Decode(page)))
    try:
        proved = channel.damage(edit.after) == edit.before
    except UnicodeError:
        return edit
    return replace(edit, channel=channel) if proved else edit


def _further(result: Repair, config: Config | None) -> Repair:
    """Do what was asked for beyond repair."""
    if config is None:
        return result
    if config.script is not None:
        result = _converted(result, config, config.script)
    for name in config.normalize:
        from fixtext.normalization import normalize

        edits = _changes(result.text, normalize(result.text, name), "normalize", f"normalize {name}")
        result = _after(result, list(edits))
    return result


def _converted(result: Repair, config: Config, script: str) -> Repair:
    from fixtext.script import Converter

    conversion = Converter(script, config.converter, config.dictionaries).convert_edits(result.text)
    edits = [
        _edit("script", f"convert {script}", Span(start, end), before, after)
        for start, end, before, after in conversion.changes
    ]
    left = ", ".join(f"{count} {reason}" for reason, count in sorted(conversion.left.items()))
    note = f"{script}: {conversion.converted} segments converted" + (f"; left: {left}" if left else "")
    return replace(_after(result, edits), notes=(*result.notes, note))


def _changes(before: str, after: str, kind: str, change: str) -> Iterator[Edit]:
    """Yield what differs between two texts: line by line, and within a line from the first difference to the last."""
    if before == after:
        return
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    if len(old) == len(new):
        pairs = [(index, index + 1, index, index + 1) for index in range(len(old))]
    else:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(None, old, new, autojunk=False)
        pairs = [opcode[1:] for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
    for first, last, new_first, new_last in pairs:
        was, became = "".join(old[first:last]), "".join(new[new_first:new_last])
        if was != became:
            lead, tail = _common(was, became)
            start, end = starts[first] + lead, starts[last] - tail
            yield _edit(kind, change, Span(start, end), was[lead : len(was) - tail], became[lead : len(became) - tail])


def _common(was: str, became: str) -> tuple[int, int]:
    """Return how many code points two texts share at their beginning and at their end, never all of one of them."""
    most = min(len(was), len(became))
    lead = next((i for i in range(most) if was[i] != became[i]), most)
    if lead == len(was):
        lead = max(0, lead - 1)  # an edit is never empty: it would have no place to stand
    most -= min(lead, most)
    most = min(most, len(was) - lead - 1)
    tail = next((i for i in range(most) if was[-1 - i] != became[-1 - i]), max(0, most))
    return lead, tail


def _edit(kind: str, change: str, span: Span, before: str, after: str) -> Edit:
    from fixtext.channels.asked import Asked

    return Edit(kind, span, before, after, Channel((Asked(change, before),)), 0.0)


def _after(result: Repair, edits: list[Edit]) -> Repair:
    """Return a result with further edits, which are in coordinates of its text."""
    if not edits:
        return result
    from fixtext.composition import apply, compose

    source = result.undo()
    composed = compose(source, result.edits, result.text, edits)
    return replace(result, text=apply(result.text, edits), edits=tuple(composed))
