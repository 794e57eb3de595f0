"""A channel: the sequence of steps that turned healthy text into damaged text.

Damage is modelled as a noisy channel (Shannon 1948): text goes in, text comes out, and what happened between
is a list of steps that can be printed, stored and run forwards. Running a channel forwards on the repaired text is
the certificate of a repair: what was observed must come out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from importlib import import_module
from typing import Any, ClassVar, Protocol, TypeVar

_STEP_TYPES: dict[str, type[Step]] = {}

_HOMES = tuple(
    f"fixtext.channels.{name}"
    for name in (
        *("asked", "codec_steps", "gloss_steps", "loss_steps", "parts"),
        *("reference_steps", "space_steps", "transfer_steps"),
    )
)
"""Where our own steps are; they are imported when a channel is read that has one of them."""

S = TypeVar("S", bound="type[Step]")


class Step(Protocol):
    """One thing that happened to the text on its way.

    A step is an immutable dataclass whose fields are JSON values (str, int, float, bool, None), channels, and tuples
    of these, so that a channel can be written to a file and read back.
    """

    name: ClassVar[str]
    """Stable identifier of the kind of step, used in the serialised form."""

    def run(self, data: str | bytes) -> str | bytes:
        """Apply the step: text or bytes in, text or bytes out.

        Raises:
            UnicodeError: the step cannot happen to this input.
        """
        ...

    def __str__(self) -> str:
        """Return the step in words, such as ``encode utf-8``."""
        ...


def register_step(step_type: S) -> S:
    """Make a step known by its ``name``, so that channels that contain it can be read back."""
    _STEP_TYPES[step_type.name] = step_type
    return step_type


_SHORT = 64
_REMEMBERED = 1 << 13
"""Code points of a text, and number of texts, whose damage is remembered, some 3 MB: who proposes a repair runs its
channel, and who proves it runs it again; and the same words come back. Of the runs of lines that lost bytes half are
such."""

_made: dict[tuple[int, str], tuple[Channel, str]] = {}


@dataclass(frozen=True, slots=True)
class Channel:
    """An immutable sequence of steps from healthy to damaged text.

    >>> from fixtext.channels import Channel, Decode, Encode
    >>> channel = Channel((Encode("utf-8"), Decode("gbk")))
    >>> print(channel)
    encode utf-8, decode gbk
    >>> channel.damage("你好")
    '浣犲ソ'
    """

    steps: tuple[Step, ...]

    def damage(self, text: str) -> str:
        """Run the channel forwards: healthy text in, damaged text out.

        Raises:
            UnicodeError: the text cannot have gone through this channel.
            TypeError: the steps do not fit each other (the channel does not end in text).
        """
        if len(text) > _SHORT:
            return self._run(text)
        key = id(self), text  # hashing a channel takes longer than running it; the entry keeps it alive
        known = _made.get(key)
        if known is None:
            if len(_made) >= _REMEMBERED:
                _made.clear()
            known = _made[key] = self, self._run(text)
        return known[1]

    def _run(self, text: str) -> str:
        data: str | bytes = text
        for step in self.steps:
            data = step.run(data)
        if not isinstance(data, str):
            raise TypeError(f"the channel ends in bytes, not in text: {self}")
        return data

    def __str__(self) -> str:
        return ", ".join(map(str, self.steps))

    def to_dict(self) -> list[dict[str, Any]]:
        """Return the channel as JSON values: one object a step, its kind under ``step``."""
        return [{"step": step.name, **_fields(step)} for step in self.steps]

    @classmethod
    def from_dict(cls, steps: list[dict[str, Any]]) -> Channel:
        """Read back what `to_dict` wrote.

        Raises:
            ValueError: a kind of step is not known, or its fields do not fit.
        """
        return cls(tuple(_read_step(dict(fields)) for fields in steps))


def _read_step(values: dict[str, Any]) -> Step:
    kind = values.pop("step", None)
    if kind not in _STEP_TYPES:
        for module in _HOMES:
            import_module(module)
    if kind not in _STEP_TYPES:
        raise ValueError(f"unknown channel step {kind!r}")
    make: Callable[..., Step] = _STEP_TYPES[kind]
    try:
        return make(**{name: _frozen(value) for name, value in values.items()})
    except TypeError as error:
        raise ValueError(f"channel step {kind!r}: {error}") from None


def _fields(step: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(step, field.name)) for field in fields(step)}


def _plain(value: Any) -> Any:
    """Turn a channel inside a step into JSON values too, marked so that it can be told from other values."""
    if isinstance(value, Channel):
        return {"channel": value.to_dict()}
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    """Turn JSON lists back into tuples, so that steps stay hashable, and marked channels back into channels."""
    if isinstance(value, dict):
        return Channel.from_dict(value["channel"])
    return tuple(map(_frozen, value)) if isinstance(value, (list, tuple)) else value
