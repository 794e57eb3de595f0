"""Script conversion as a whole: classify, convert what is in the source script, leave the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fixtext.script.backends import Backend, OwnBackend, backend
from fixtext.script.changes import Change, apply, changes_between, changes_of
from fixtext.script.classification import Script
from fixtext.script.dictionaries import UserDictionary
from fixtext.script.engines import is_described
from fixtext.script.parts import Part, parts_of, sample, sections
from fixtext.script.repeated import repeated_words
from fixtext.script.routes import Steps, route
from fixtext.script.settled import is_settled

_ROUNDS = 4
"""How often a text may change before it has to be stable. None of 16 x 20,000 hostile lines needed more than 3."""

UNSTABLE = "unstable"

_BETWEEN = "\ufdd0"  # a noncharacter (Unicode Standard, 23.7): no dictionary has it


class Conversion(NamedTuple):
    """The result of a conversion.

    Attributes:
        text: the converted text.
        changes: what was changed, in the order of the input, not overlapping.
        converted: segments (lines with hanzi, kana or hangul) that were in the source script and were converted.
        through_simplified: those of them that were Traditional character by character only, and went through
            Simplified.
        left: segments left as they are, by reason: the name of their script.
    """

    text: str
    changes: tuple[Change, ...]
    converted: int
    through_simplified: int
    left: Mapping[str, int]


class Converter:
    """Converts to one script, with its options chosen."""

    def __init__(
        self,
        name: str,
        converter: str = "fixtext",
        dictionaries: Sequence[os.PathLike[str] | str] = (),
        classify: bool = True,
    ) -> None:
        """Choose a conversion.

        Args:
            name: a configuration of OpenCC's, or a readable name (see `fixtext.script.ALIASES`).
            converter: ``fixtext`` or ``opencc`` (see `backends`).
            dictionaries: files of the user's own entries (see `dictionaries`).
            classify: leave what is not in the source script; False: convert everything, as OpenCC does.

        Raises:
            ValueError: a name is not known, or a dictionary is not well formed.
            ImportError: the converter is not installed.
            OSError: a dictionary cannot be read.
        """
        self._route = route(name)
        self._backend: Backend = backend(converter)
        self._dictionary = UserDictionary.read(dictionaries)
        self._classify = classify

    def convert(self, text: str) -> str:
        """Return the converted text."""
        parts = self._parts(text, count=False)
        if not any(part.steps for part in parts):
            return text
        described = is_described(text)
        current = self._once(text, parts, described)
        if not self._classify or current == text or self._is_settled(current, described):
            return current
        for _ in range(_ROUNDS):
            parts = self._parts(current, count=False)
            if self._is_stable(current, parts, described):
                return current
            current = self._once(current, parts, described)
        return text  # no stable result: what is left alone is stable

    def convert_edits(self, text: str) -> Conversion:
        """Return the converted text with what was changed and what was left."""
        parts = self._parts(text)
        words = self._words(text, parts)
        changes = [change for part in parts if part.steps for change in self._changes(text, part, words)]
        left: dict[str, int] = {}
        converted = through_simplified = 0
        for part in parts:
            if part.steps is None:
                if part.segments:
                    left[part.script.value] = left.get(part.script.value, 0) + part.segments
            else:
                converted += part.segments
                through_simplified += part.segments * (part.steps == self._route.mixed)
        result = apply(text, changes)
        stable = self.convert(text) if self._classify else result
        if stable != result:
            changes = list(changes_between(text, stable))
            if not changes:
                left[UNSTABLE], converted, through_simplified = converted, 0, 0
        return Conversion(stable, tuple(changes), converted, through_simplified, left)

    def _parts(self, text: str, *, count: bool = True) -> list[Part]:
        if not self._classify:
            return [Part(0, len(text), (self._route.config,), Script.NEUTRAL, 0)]
        return parts_of(text, self._route, count=count)

    def _words(self, text: str, parts: list[Part]) -> UserDictionary:
        """Return the user's entries, and what the text writes twice if it was made character by character."""
        mixed = self._route.mixed
        converted = [part for part in parts if part.steps and part.steps == mixed]
        if not (converted and mixed and mixed[1:]):
            return self._dictionary
        words = {
            word: self._backend.convert(simplified, mixed[-1])
            for word, simplified in repeated_words(sample(text, converted)).items()
        }
        return UserDictionary({**words, **self._dictionary.entries})

    def _once(self, text: str, parts: list[Part], described: bool) -> str:
        words = self._words(text, parts)
        pieces = [
            piece
            for section in sections(text, parts, described)
            for piece in self._section(text, section, described, words)
        ]
        return pieces[0] if len(pieces) == 1 else "".join(pieces)

    def _is_settled(self, text: str, described: bool) -> bool:
        own = isinstance(self._backend, OwnBackend) and not self._dictionary
        return own and not described and is_settled(text, self._route)

    def _is_stable(self, text: str, parts: list[Part], described: bool) -> bool:
        """Whether a further round would change nothing."""
        words = self._words(text, parts)
        for section in sections(text, [part for part in parts if part.steps], described):
            if any(
                piece != text[part.start : part.end]
                for part, piece in zip(section, self._section(text, section, described, words), strict=True)
            ):
                return False
        return True

    def _section(self, text: str, parts: list[Part], described: bool, words: UserDictionary) -> list[str]:
        pieces = [text[part.start : part.end] for part in parts]
        for steps in {part.steps for part in parts if part.steps}:
            places = [index for index, part in enumerate(parts) if part.steps == steps]
            together = self._together([pieces[place] for place in places], steps, described, words)
            for place, converted in zip(places, together, strict=True):
                pieces[place] = converted
        return pieces

    def _together(self, pieces: list[str], steps: Steps, described: bool, words: UserDictionary) -> list[str]:
        """Convert many pieces at once, with a character between them that no text means: that is much faster."""
        joined = "" if described else _BETWEEN.join(pieces)
        if len(pieces) == 1 or described or joined.count(_BETWEEN) >= len(pieces):
            # A description sequence would take what is between two pieces for a part of itself.
            return [self._converted(piece, steps, words) for piece in pieces]
        return self._converted(joined, steps, words).split(_BETWEEN)

    def _converted(self, text: str, steps: Steps, words: UserDictionary) -> str:
        if words:
            return "".join(after for _, _, after in self._pieces(text, steps, words))
        for config in steps:
            text = self._backend.convert(text, config)
        return text

    def _pieces(self, text: str, steps: Steps, words: UserDictionary) -> Iterator[tuple[int, int, str]]:
        """Yield the entries and what lies between them, converted."""
        done = 0
        for start, end, after in (*words.matches(text), (len(text), len(text), "")):
            piece = text[done:start]
            for config in steps:
                piece = self._backend.convert(piece, config)
            yield done, start, piece
            yield start, end, after
            done = end

    def _changes(self, text: str, part: Part, words: UserDictionary) -> Iterator[Change]:
        """Yield the changes of a part, in coordinates of the whole."""
        steps = part.steps or ()
        source = text[part.start : part.end]
        if words:
            for start, end, after in self._pieces(source, steps, words):
                yield from changes_between(source[start:end], after, part.start + start)
        elif isinstance(self._backend, OwnBackend):
            yield from changes_of(source, steps, part.start)
        else:
            yield from changes_between(source, self._converted(source, steps, words), part.start)


def convert(
    text: str,
    config: str,
    *,
    converter: str = "fixtext",
    dictionaries: Sequence[os.PathLike[str] | str] = (),
    classify: bool = True,
) -> str:
    """Convert the script of a text. Arguments and errors are those of `Converter`.

    >>> convert("鼠标里面的软件", "twp")
    '滑鼠裡面的軟體'
    >>> convert("日本の鉄道", "s2t"), convert("連云港那里，今后", "tw")
    ('日本の鉄道', '連雲港那裡，今後')
    """
    return Converter(config, converter, dictionaries, classify).convert(text)


def convert_edits(
    text: str,
    config: str,
    *,
    converter: str = "fixtext",
    dictionaries: Sequence[os.PathLike[str] | str] = (),
    classify: bool = True,
) -> Conversion:
    """Convert the script of a text and say what was changed. Arguments and errors are those of `Converter`."""
    return Converter(config, converter, dictionaries, classify).convert_edits(text)
