"""A channel told to people: ``UTF-8 was read as GBK``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fixtext import codepages
from fixtext.channels.channel import Channel, Step

_TIMES = {2: ", twice", 3: ", three times"}


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
    """
    told = []
    for sentence, group in groupby(_sentences(channel.steps)):
        count = len(list(group))
        told.append(sentence + ("" if count == 1 else _TIMES.get(count, f", {count} times")))
    return ", then ".join(told)


def _sentences(steps: tuple[Step, ...]) -> Iterator[str]:
    page: Step | None = None
    for step in steps:
        if step.name == "encode" and getattr(step, "errors", "") == "strict" and page is None:
            page = step
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
        else:
            yield f"{_title(page) if page is not None else 'the text'} was {told}"
        page = None
    if page is not None:
        yield str(page)


def _told(step: Step) -> str | None:
    if step.name == "decode":
        errors = getattr(step, "errors", "strict")
        return f"read as {_title(step)}" + ("" if errors == "strict" else f" ({errors})")
    return getattr(step, "told", None)


def _title(step: Step) -> str:
    return codepages.code_page(getattr(step, "code_page", "")).title
