"""A repair told to people: each edit with its place, what stood there, what stands there now, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fixtext.cli.printable import printable

if TYPE_CHECKING:
    from fixtext.findings import Edit, Repair, Suspect

_SHOWN = 120
"""Characters of a span shown at most; the middle of a longer one is left out."""


class _Places:
    """Line and column of ascending offsets: each stretch of the text is read once, however many offsets there are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = self._line_start = 0
        self._line = 1

    def of(self, offset: int) -> str:
        """Return the place of an offset not smaller than the last one: lines end at LF, columns are code points."""
        lines = self._text.count("\n", self._offset, offset)
        if lines:
            self._line += lines
            self._line_start = self._text.rindex("\n", self._offset, offset) + 1
        self._offset = offset
        return f"line {self._line}, column {offset - self._line_start + 1}"


def explanation(source: str, repair: Repair) -> Iterator[str]:
    """Yield lines that tell what was repaired and what looks damaged but was left alone, and a last one that counts.

    Args:
        source: the text before the repair.
        repair: what came of it.
    """
    places = _Places(source)
    findings: list[Edit | Suspect] = sorted(
        [*repair.edits, *repair.suspects], key=lambda finding: (finding.span, finding.damage)
    )
    edits = frozenset(map(id, repair.edits))
    for finding in findings:
        place = places.of(finding.span.start)
        if id(finding) in edits:
            yield from _edit(place, finding)  # type: ignore[arg-type]
        else:
            yield from _suspect(place, source, finding)  # type: ignore[arg-type]
    yield f"{_count(len(repair.edits), 'repair')}, {_count(len(repair.suspects), 'suspect')}\n"


def _edit(place: str, edit: Edit) -> Iterator[str]:
    yield f"{place}: {_show(edit.before)} -> {_show(edit.after)}\n"
    yield f"    {edit.damage}: {printable(str(edit.channel))}; saves {edit.bits:.1f} bits\n"
    if edit.guesses:
        guesses = []
        for guess in edit.guesses:
            others = "".join(f", {printable(char)} {chance:.0%}" for char, chance in guess.others)
            guesses.append(f"{printable(guess.char)} {guess.probability:.0%}{others}")
        yield f"    guessed: {'; '.join(guesses)}\n"


def _suspect(place: str, source: str, suspect: Suspect) -> Iterator[str]:
    yield f"{place}: {_show(source[slice(*suspect.span)])} left alone\n"
    yield f"    {suspect.damage}: {printable(suspect.reason)}\n"
    for candidate in suspect.candidates:
        yield f"    perhaps: {_show(candidate.text)} ({candidate.bits:.1f} bits)\n"


def _show(text: str) -> str:
    if not text:
        return "(nothing)"
    if len(text) > _SHOWN:
        half = _SHOWN // 2
        return f"{printable(text[:half])} [{len(text) - 2 * half} more] {printable(text[-half:])}"
    return printable(text)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
