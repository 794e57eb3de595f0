"""Names that a person may give, and what each does to text of which script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fixtext.script.classification import Script
from fixtext.script.configs import CONFIGS

ALIASES = {"hans": "t2s", "hant": "s2t", "tw": "s2tw", "twp": "s2twp", "hk": "s2hk", "jp": "t2jp"}
"""Readable names: the script that is wanted. `jp` also takes Simplified text, by way of Traditional."""

Steps = tuple[str, ...]
"""Configurations, one after the other."""


class Route(NamedTuple):
    """What a name does.

    Attributes:
        config: the configuration that converts everything, if segments are not told apart.
        steps: what converts a segment of a script; segments of other scripts are left.
        mixed: what converts Traditional segments that were made character by character; None: as `steps` says.
        default: the language of text without any evidence.
        target: what a converted segment is judged to be; None: it may be judged to be convertible again.
    """

    config: str
    steps: Mapping[Script, Steps]
    mixed: Steps | None = None
    default: Script = Script.NEUTRAL
    target: Script | None = None


def route(name: str) -> Route:
    """Return what a name does.

    Raises:
        ValueError: there is no such name.
    """
    config = ALIASES.get(name, name)
    if config not in CONFIGS:
        raise ValueError(f"unknown conversion {name!r}; known: {', '.join((*ALIASES, *CONFIGS))}")
    source, target = config.split("2")
    step = (config,)
    if name == "jp":
        return Route(config, {Script.SIMPLIFIED: ("s2t", *step), Script.TRADITIONAL: step, Script.NEUTRAL: step})
    if source == "s":
        return Route(config, {Script.SIMPLIFIED: step, Script.NEUTRAL: step}, ("t2s", *step), target=Script.TRADITIONAL)
    if "jp" in (source, target):
        steps = dict.fromkeys((Script.JAPANESE, Script.TRADITIONAL, Script.NEUTRAL), step)
        return Route(config, steps, default=Script.JAPANESE)
    steps = dict.fromkeys((Script.TRADITIONAL, Script.NEUTRAL), step)
    if target in ("s", "sp"):
        # Converters that go character by character put the 著 of Taiwan for every 着; t2s would keep it.
        return Route(config, steps, ("tw2s",) if config == "t2s" else None, target=Script.SIMPLIFIED)
    return Route(config, steps, mixed=("t2s", f"s2{target}"))
