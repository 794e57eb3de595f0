"""What ftfy did to a text, told as a channel: its plan is the way back, the channel the way there.

ftfy names code pages of its own. Its ``sloppy`` pages give undefined bytes the character of the same number; so do ours
(`docs/codepages.md`). Of its functions, ``restore_byte_a0`` has a channel: the no-break space had become a space.
``replace_lossy_sequences`` has none that says more than "something was here"; the detector of lost bytes knows more.
``decode_inconsistent_utf8`` repairs parts of a text and does not say which: whoever calls gives the parts one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fixtext.channels.channel import Channel, Step
from fixtext.channels.codec_steps import Decode, Encode
from fixtext.channels.space_steps import BlankNoBreakSpaces, SqueezeSpaces

_PAGES = {
    "latin-1": "latin-1",
    "windows-1252": "cp1252",
    **{f"sloppy-windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    "iso-8859-2": "iso-8859-2",
    "macroman": "mac-roman",
    "cp437": "cp437",
    "utf-8": "utf-8",
    "utf-8-variants": "cesu-8",
}


class Answer(NamedTuple):
    """What ftfy makes of a text.

    Attributes:
        text: its repair.
        pairs: the misreadings, first to last: the page a text was written in, the page it was read in.
        channel: the same as a channel that gives the text; None if there is none.
    """

    text: str
    pairs: tuple[tuple[str, str], ...]
    channel: Channel | None


def answer(text: str) -> Answer | None:
    """Ask ftfy about a text; None if it would leave it alone. Nothing of ftfy but its repair of encodings is asked."""
    from ftfy import fix_encoding_and_explain

    fixed, plan = fix_encoding_and_explain(text)
    if fixed == text or not plan:
        return None
    pairs, spaces = _pairs(plan)
    if pairs is None:
        return Answer(fixed, (), None)
    return Answer(fixed, pairs, _leading_to(text, fixed, pairs, spaces))


def _pairs(plan: Sequence[tuple[str, str]]) -> tuple[tuple[tuple[str, str], ...] | None, bool]:
    """Turn a plan round. Returns None for a plan with steps that have no channel, and whether spaces were altered."""
    pages: list[str] = []
    spaces = False
    for action, parameter in plan:
        if action == "transcode" and parameter == "restore_byte_a0":
            spaces = True
        elif action in ("encode", "decode") and parameter in _PAGES:
            pages.append(_PAGES[parameter])
        else:
            return None, False
    undone = list(zip(pages[::2], pages[1::2], strict=True))
    return tuple((source, reader) for reader, source in reversed(undone)), spaces


def _leading_to(text: str, fixed: str, pairs: tuple[tuple[str, str], ...], spaces: bool) -> Channel | None:
    for channel in _channels(pairs, spaces):
        try:
            if channel.damage(fixed) == text:
                return channel
        except UnicodeError:
            continue
    return None


def _channels(pairs: tuple[tuple[str, str], ...], spaces: bool) -> Iterator[Channel]:
    steps: tuple[Step, ...] = tuple(step for source, reader in pairs for step in (Encode(source), Decode(reader)))
    if not spaces:
        yield Channel(steps)
        return
    yield Channel((*steps, BlankNoBreakSpaces()))
    yield Channel((*steps, BlankNoBreakSpaces(), SqueezeSpaces()))
