"""Which texts of a record are meant: ``text``, ``meta.title``, ``messages[].content``, ``"a name.with dots".text``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fixtext.records.errors import RecordsError, RejectedError

_STEP = re.compile(r'(?:^|\.)(?:"((?:[^"\\]|\\.)*)"|([^."\[\]]+))|(\[\])')


@dataclass(frozen=True, slots=True)
class FieldPath:
    """The way from a record to its texts.

    Attributes:
        words: the path as it was written, and the name of a column of CSV.
        steps: the names to follow; None stands for each element of an array.

    Raises:
        RecordsError: it is no path.
    """

    words: str
    steps: tuple[str | None, ...] = field(init=False)

    def __post_init__(self) -> None:
        steps: list[str | None] = []
        end = 0
        while end < len(self.words):
            match = _STEP.match(self.words, end)
            if match is None:
                break
            quoted, name, each = match.groups()
            steps.append(None if each else name if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
            end = match.end()
        if not steps or end < len(self.words):
            raise RecordsError(f"{self.words!r} is no path to a field, such as text, meta.title or messages[].content")
        object.__setattr__(self, "steps", tuple(steps))

    def texts(self, record: Any, *, allow_missing: bool = False) -> Iterator[str]:
        """Yield the texts of a decoded record that the path leads to; null is no text.

        Args:
            record: what a JSON parser made of it.
            allow_missing: whether a name that is not there is none of our business.

        Raises:
            RejectedError: ``missing`` or ``wrong-type``.
        """
        return self._below(record, 0, allow_missing)

    def _below(self, value: Any, depth: int, allow_missing: bool) -> Iterator[str]:
        for index in range(depth, len(self.steps)):
            step = self.steps[index]
            if value is None:
                return
            if step is None:
                if not isinstance(value, list):
                    raise RejectedError("wrong-type", f"{self._so_far(index)} is {_kind(value)}, not an array")
                for element in value:
                    yield from self._below(element, index + 1, allow_missing)
                return
            if not isinstance(value, dict):
                raise RejectedError("wrong-type", f"{self._so_far(index)} is {_kind(value)}, not an object")
            if step not in value:
                if allow_missing:
                    return
                raise RejectedError("missing", f"there is no field {self._so_far(index + 1)}")
            value = value[step]
        if isinstance(value, str):
            yield value
        elif value is not None:
            raise RejectedError("wrong-type", f"{self.words} is {_kind(value)}, not a string")

    def _so_far(self, steps: int) -> str:
        words = "".join("[]" if step is None else f".{step}" for step in self.steps[:steps]).lstrip(".")
        return words or "the record"


def _kind(value: Any) -> str:
    """Return what JSON calls the type of a value."""
    if isinstance(value, bool):
        return "a boolean"
    kinds: dict[type, str] = {str: "a string", int: "a number", float: "a number", list: "an array", dict: "an object"}
    return kinds.get(type(value), type(value).__name__)
