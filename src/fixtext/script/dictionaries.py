"""User dictionaries in OpenCC's text format: a key, a tab, and the conversion; further values are ignored."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path


class UserDictionary:
    """Entries of the user's own. They come before everything: the longest one at a place wins, and its value is final.

    Attributes:
        entries: keys and what they become.
    """

    def __init__(self, entries: dict[str, str]) -> None:
        """Take keys, none of them empty, and what they become."""
        self.entries = entries
        # An alternation takes the first branch that fits, so the longest have to come first.
        keys = sorted(entries, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, keys))) if keys else None

    @classmethod
    def read(cls, paths: Sequence[os.PathLike[str] | str]) -> UserDictionary:
        """Read dictionaries; where two have the same key, the earlier one wins.

        Raises:
            OSError: a file cannot be read.
            ValueError: a line has no tab, or a key or value is empty; the message names file and line.
        """
        entries: dict[str, str] = {}
        for path in paths:
            text = Path(path).read_text(encoding="utf-8-sig")
            for number, line in enumerate(text.split("\n"), 1):
                line = line.removesuffix("\r")
                if not line.strip() or line.startswith("#"):
                    continue
                key, tab, values = line.partition("\t")
                value = values.split(" ")[0]
                if not (key and tab and value):
                    raise ValueError(f"{os.fspath(path)}:{number}: expected a key, a tab and a conversion")
                entries.setdefault(key, value)
        return cls(entries)

    def __bool__(self) -> bool:
        """Return whether there are entries."""
        return self._pattern is not None

    def matches(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and conversion of each entry found, from left to right."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text):
                yield match.start(), match.end(), self.entries[match[0]]
