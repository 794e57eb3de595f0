"""Detectors by name: the built-in ones, and those that installed packages offer.

A package offers a detector through the entry-point group ``fixtext.detectors``: the entry's name is the name of the
detector, its object a class or function that takes no arguments and returns a `Detector`. An installed package
changes nothing until its detector is named: entry points are read only for a name that is not built in, or for a list.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from fixtext.detectors.protocol import Detector

GROUP = "fixtext.detectors"
"""The entry-point group in which packages offer detectors."""


class BuiltIn(NamedTuple):
    """A detector of this package: where its class is, and whether it is on unless other names are given."""

    target: str
    default: bool


BUILT_IN: dict[str, BuiltIn] = {
    "encoded": BuiltIn("fixtext.detectors.encoded:EncodedDetector", default=False),
    "glossed": BuiltIn("fixtext.detectors.glossed:GlossedDetector", default=True),
    "lossy": BuiltIn("fixtext.detectors.lossy:LossyDetector", default=True),
    "misdecoded": BuiltIn("fixtext.detectors.misdecoded:MisdecodedDetector", default=True),
    "western": BuiltIn("fixtext.detectors.western:WesternDetector", default=True),
}


class UnknownDetectorError(ValueError):
    """A detector was named that is neither built in nor installed."""


class BrokenDetectorError(RuntimeError):
    """An installed package offers a detector that cannot be used; the message says why."""


class Listed(NamedTuple):
    """One line of a list of detectors.

    Attributes:
        name: the name to give to `fixtext.Config` or to ``--detector``.
        summary: one line for people; for a detector that cannot be used, why.
        origin: the distribution that offers it.
        default: whether it is on unless other names are given.
    """

    name: str
    summary: str
    origin: str
    default: bool


_ready: dict[str, Detector] = {}
"""Detectors made so far. Two threads may make the same one at once; the first to arrive is kept by both."""


def select(names: Sequence[str] | None) -> list[Detector]:
    """Return the detectors with these names, each once, in an order that does not depend on that of the names.

    Args:
        names: names of built-in or installed detectors; None for the built-in ones that are on by default.

    Raises:
        UnknownDetectorError: there is no such detector; the message lists those there are.
        BrokenDetectorError: an installed detector cannot be used.
    """
    chosen = [name for name, built_in in BUILT_IN.items() if built_in.default] if names is None else sorted(set(names))
    return [_ready.get(name) or _make(name) for name in chosen]


def available() -> list[Listed]:
    """Return all detectors there are, the built-in ones first. Broken ones are listed too, with the reason."""
    lines = [
        Listed(name, _make(name).summary, "fixtext", built_in.default) for name, built_in in sorted(BUILT_IN.items())
    ]
    for name, entries in sorted(_installed().items()):
        if name in BUILT_IN:
            continue
        try:
            summary = _make(name).summary
        except BrokenDetectorError as error:
            summary = str(error)
        lines.append(Listed(name, summary, ", ".join(sorted(map(_distribution, entries))), default=False))
    return lines


def _make(name: str) -> Detector:
    made = _make_built_in(BUILT_IN[name]) if name in BUILT_IN else _make_installed(name)
    return _ready.setdefault(name, made)


def _make_built_in(built_in: BuiltIn) -> Detector:
    module, _, attribute = built_in.target.partition(":")
    factory: Callable[[], Detector] = getattr(importlib.import_module(module), attribute)
    return factory()


def _make_installed(name: str) -> Detector:
    from fixtext.detectors.protocol import Detector

    installed = _installed()
    entries = installed.get(name)
    if not entries:
        raise UnknownDetectorError(_unknown(name, sorted({*BUILT_IN, *installed})))
    origin = " and ".join(sorted(map(_distribution, entries)))
    if len(entries) > 1:
        raise BrokenDetectorError(f"the detector {name!r} is offered by {origin}; uninstall all but one")
    try:
        made: Any = entries[0].load()()
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise BrokenDetectorError(f"the detector {name!r} of {origin} cannot be loaded: {reason}") from error
    if not isinstance(made, Detector):
        missing = [item for item in ("name", "summary", "scan", "propose") if not hasattr(made, item)]
        raise BrokenDetectorError(f"the detector {name!r} of {origin} lacks {', '.join(missing)}")
    if made.name != name:
        raise BrokenDetectorError(f"the detector {name!r} of {origin} calls itself {made.name!r}")
    return made


def _installed() -> dict[str, list[EntryPoint]]:
    from importlib.metadata import entry_points  # 39 ms of a cold start: only when it is needed

    found: dict[str, list[EntryPoint]] = {}
    for entry in entry_points(group=GROUP):
        found.setdefault(entry.name, []).append(entry)
    return found


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.module


def _unknown(name: str, names: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, names, 1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return f"there is no detector {name!r}; {hint}there are: {', '.join(names)}"
