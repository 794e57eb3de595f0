"""Rules: the kinds of findings, by their stable ids."""

from __future__ import annotations

ASKED = ("script", "normalize")
"""Not damage: what was changed because it was asked for."""


def summary_of(rule: str) -> str:
    """Return one line about a rule. Repairs that overlap are one, whose rule joins their ids with ``+``."""
    from fixtext.detectors.registry import select

    parts = []
    for part in rule.split("+"):
        if part == "encoding":
            parts.append("bytes that are in another encoding than UTF-8, or in none")
            continue
        try:
            (detector,) = select([part])
            parts.append(detector.summary)
        except (ValueError, RuntimeError):
            parts.append("changed because it was asked for" if part in ASKED else part)
    return "; ".join(parts)
