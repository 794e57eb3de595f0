"""Healthy names for garbled ones.

A name is short, and what speaks for a misreading in one of them speaks for it in the others: all names are looked at as
one document, a line each.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fixtext.config import Config
    from fixtext.findings import Repair


class Healed(NamedTuple):
    """A healthy name.

    Attributes:
        name: what it is.
        why: what happened to it, in words; empty if only its bytes were in another encoding than UTF-8.
    """

    name: str
    why: str


def healed(names: Sequence[str], config: Config) -> dict[str, Healed]:
    """Return healthy names by the garbled ones that they are for.

    Args:
        names: names as `os.fsdecode` gives them, each once.
        config: the choices. Unless detectors are named, those that are on by default look for damage, and
            ``misdecoded``, which is what happens to names.
    """
    if config.detectors is None:
        from fixtext.detectors.registry import BUILT_IN

        on = [name for name, built_in in BUILT_IN.items() if built_in.default or name == "misdecoded"]
        config = replace(config, detectors=tuple(on))
    config = replace(config, script=None, normalize=(), quote_aware=False)
    lines = [name for name in names if "\n" not in name and not name.isascii()]
    raw = [name for name in lines if not _is_utf8(name)]
    found: dict[str, Healed] = {}
    for group in ([name for name in lines if _is_utf8(name)], raw):
        if group:
            found |= _lines(group, config)
    return found


def is_usable(name: str) -> bool:
    """Whether a name can be one: one step of a path, without anything that is lost or that nobody sees."""
    return (
        name not in ("", ".", "..")
        and "\ufffd" not in name
        and not any(separator in name for separator in (os.sep, os.altsep or os.sep))
        and name.replace("\u3000", " ").isprintable()
    )


def _is_utf8(name: str) -> bool:
    return not any("\udc80" <= char <= "\udcff" for char in name)


def _lines(names: Sequence[str], config: Config) -> dict[str, Healed]:
    from fixtext.pipeline import repair_bytes

    data = b"\n".join(os.fsencode(name) for name in names)
    try:
        repair = repair_bytes(data, config)
    except ValueError:  # bytes in no encoding that is known
        return {}
    made = repair.text.split("\n")
    if len(made) != len(names):  # a repair over several names is none
        return {}
    reasons = _reasons(repair, len(names))
    return {
        name: Healed(healthy, why)
        for name, healthy, why in zip(names, made, reasons, strict=True)
        if healthy != name and _is_utf8(healthy)
    }


def _reasons(repair: Repair, count: int) -> list[str]:
    """Return what happened on each line, in words."""
    from fixtext.channels.words import in_words
    from fixtext.cli.foreign import told

    reasons = [""] * count
    source = repair.undo() if repair.changed else repair.text
    line = position = 0
    for edit in repair.edits:
        line += source.count("\n", position, edit.span.start)
        position = edit.span.start
        reasons[line] = told(in_words(edit.channel))
    return reasons
