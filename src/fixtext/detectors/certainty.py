"""How probable a character has to be to be put back, for all detectors that choose among several."""

from __future__ import annotations

LATIN = 0.95
"""Probability that a Latin letter beyond ASCII needs: the language model has not read all languages of that script (in
`Sloven\u010dina` it prefers the letter of Esperanto)."""


def required(char: str, probability: float) -> float:
    """Return how probable a character has to be, 0 to 1.

    Args:
        char: what would be put back.
        probability: what is asked for (`Config.required_probability`); a Latin letter needs `LATIN` at least.
    """
    return max(probability, LATIN) if "\x80" <= char < "\u0250" else probability
