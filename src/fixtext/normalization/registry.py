"""The list of normalisers: what they have in common, and how one becomes known by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Normalizer(NamedTuple):
    """A clean-up that a person may ask for by name.

    Attributes:
        name: how it is asked for.
        title: one line for people: what it changes.
        function: text in, text out; pure.
    """

    name: str
    title: str
    function: Callable[[str], str]

    def __call__(self, text: str) -> str:
        """Return the text, normalised."""
        return self.function(text)


NORMALIZERS: dict[str, Normalizer] = {}
"""All of them by name, in the order in which they are best applied."""


def normalizer(name: str, title: str) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """Make a function known as a normaliser."""

    def register(function: Callable[[str], str]) -> Callable[[str], str]:
        NORMALIZERS[name] = Normalizer(name, title, function)
        return function

    return register
