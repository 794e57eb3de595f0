"""A channel told to people: ``UTF-8 was read as GBK``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fixtext import codepages
from fixtext.channels.channel import Channel, Step

_TIMES = {2: ", twice", 3: ", three times"}

_PROGRAMS = {
    "windows": "by a Windows program",
    "whatwg": "by a web browser",
    "java": "by a Java program",
    "php": "by a PHP program",
}
_KEPT_BYTES = {
    "replace": "(invalid bytes replaced)",
    "ignore": "(invalid bytes left out)",
    "drop-c1": "(invalid bytes and controls left out)",
    "surrogateescape": "(invalid bytes kept)",
}
_KEPT_CHARACTERS = {
    "replace": "(what it lacks replaced)",
    "ignore": "(what it lacks left out)",
    "surrogateescape": "(invalid bytes kept)",
}
"""What decoders and encoders did with what does not fit the code page, by error habit."""


def in_words(channel: Channel) -> str:
    """Return what happened to the text, first to last. Steps that have no words of their own appear as they print.

    A step may have a property ``told``, a past participle with what belongs to it, such as ``percent-encoded``.

    >>> from fixtext.channels import Decode, Encode
    >>> in_words(Channel((Encode("utf-8"), Decode("gbk"))))
    'UTF-8 was read as GBK'
    >>> in_words(Channel((Encode("utf-8"), Decode("cp1252")) * 2))
    'UTF-8 was read as Windows-1252, twice'
    >>> in_words(Channel((Encode("utf-8"), Decode("cp1252"), Encode("gbk"), Decode("gbk"))))
    'UTF-8 was read as Windows-1252, then written as GBK'
    >>> in_words(Channel((Encode("utf-8"), Decode("gbk", "php"), Encode("gbk", "ignore"), Decode("utf-8"))))
    'UTF-8 was read as GBK by a PHP program, then saved as GBK (what it lacks left out), then read as UTF-8'
    """
    told = []
    for sentence, group in groupby(_sentences(channel.steps)):
        count = len(list(group))
        told.append(sentence + ("" if count == 1 else _TIMES.get(count, f", {count} times")))
    return ", then ".join(told)


def _sentences(steps: tuple[Step, ...]) -> Iterator[str]:
    page: Step | None = None
    in_bytes = False  # what the last sentence left are bytes, and it said of what
    for place, step in enumerate(steps):
        if step.name == "encode":
            if page is not None:
                yield str(page)
            is_strict = getattr(step, "errors", "") == "strict"
            page, in_bytes = step if is_strict else None, not is_strict
            if in_bytes:
                yield f"{'' if place else 'the text was '}saved as {_titled(step)}"
            continue
        told = _told(step)
        if (
            page is not None
            and step.name == "decode"
            and getattr(step, "code_page", "") == getattr(page, "code_page", "")
        ):
            yield f"written as {_title(page)}"
        elif told is None:
            if page is not None:
                yield str(page)
            yield str(step)
        elif in_bytes and step.name == "decode":
            yield told
        else:
            yield f"{_title(page) if page is not None else 'the text'} was {told}"
            in_bytes = page is not None and step.name != "decode"
        page = None
    if page is not None:
        yield str(page)


def _told(step: Step) -> str | None:
    return f"read as {_titled(step)}" if step.name == "decode" else getattr(step, "told", None)


def _titled(step: Step) -> str:
    """Return the title of the page of a step, and what the program was or did with what does not fit it."""
    errors = getattr(step, "errors", "strict")
    if errors == "strict":
        return _title(step)
    habits = (_PROGRAMS, _KEPT_BYTES if step.name == "decode" else _KEPT_CHARACTERS)
    how = next((habit[errors] for habit in habits if errors in habit), f"({errors})")
    return f"{_title(step)} {how}"


def _title(step: Step) -> str:
    return codepages.code_page(getattr(step, "code_page", "")).title
