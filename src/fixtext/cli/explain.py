"""A repair told to people: each edit with its place, what stood there, what stands there now, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fixtext.channels.words import in_words
from fixtext.cli.foreign import told
from fixtext.cli.formats.colors import Paint
from fixtext.cli.formats.places import START, Base
from fixtext.cli.printable import printable, shortened
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.findings import Edit, Guess, Repair, Suspect

_PLAIN = Paint(False)


class _Places:
    """Line and column of ascending offsets: each stretch of the text is read once, however many offsets there are."""

    def __init__(self, text: str, name: str | None, base: Base) -> None:
        self._text = text
        self._name = None if name is None else printable(name)
        self._offset = 0
        self._line_start = -base.column
        self._line = base.line + 1

    def of(self, offset: int) -> str:
        """Return the place of an offset not smaller than the last one: lines end at LF, columns are code points."""
        lines = self._text.count("\n", self._offset, offset)
        if lines:
            self._line += lines
            self._line_start = self._text.rindex("\n", self._offset, offset) + 1
        self._offset = offset
        column = offset - self._line_start + 1
        if self._name is not None:
            return f"{self._name}:{self._line}:{column}"
        return _("line {line}, column {column}").format(line=self._line, column=column)


def explanation(
    source: str, repair: Repair, name: str | None = None, paint: Paint = _PLAIN, base: Base = START
) -> Iterator[str]:
    """Yield lines that tell what was repaired and what looks damaged but was left alone.

    Args:
        source: the text before the repair, or a window of it.
        repair: what came of it.
        name: the name of the file, to go before each place; None if there is only one.
        paint: colours, if they are wanted.
        base: where the window begins.
    """
    places = _Places(source, name, base)
    findings: list[Edit | Suspect] = sorted(
        [*repair.edits, *repair.suspects], key=lambda finding: (finding.span, finding.damage)
    )
    edits = frozenset(map(id, repair.edits))
    for finding in findings:
        place = paint(places.of(finding.span.start), "bold")
        if id(finding) in edits:
            yield from _edit(place, finding, paint)  # type: ignore[arg-type]
        else:
            yield from _suspect(place, source, finding, paint)  # type: ignore[arg-type]


def _edit(place: str, edit: Edit, paint: Paint) -> Iterator[str]:
    yield f"{place}: {paint(shortened(edit.before), 'red')} -> {paint(shortened(edit.after), 'green')}\n"
    why = _("{damage}: {channel}; saves {bits:.1f} bits").format(
        damage=edit.damage, channel=printable(told(in_words(edit.channel))), bits=edit.bits
    )
    yield f"    {paint(why, 'dim')}\n"
    if edit.guesses:
        for guess in edit.guesses:
            yield "    " + paint(guess_in_words(edit.after, guess), "yellow") + "\n"


def guess_in_words(after: str, guess: Guess) -> str:
    """Return a guessed character with the one in front of it, its probability, and the runners-up."""
    word = printable(after[max(0, guess.offset - 1) : guess.offset + 1])
    others = ", ".join(f"{printable(char)} {chance:.2f}" for char, chance in guess.others)
    words = (
        _("{word} ({char} guessed, {chance:.2f}; then {others})")
        if others
        else _("{word} ({char} guessed, {chance:.2f})")
    )
    return words.format(word=word, char=printable(guess.char), chance=guess.probability, others=others)


def _suspect(place: str, source: str, suspect: Suspect, paint: Paint) -> Iterator[str]:
    shown = paint(shortened(source[slice(*suspect.span)]), "yellow")
    yield _("{place}: {text} left alone").format(place=place, text=shown) + "\n"
    yield f"    {paint(f'{suspect.damage}: {printable(told(suspect.reason))}', 'dim')}\n"
    for candidate in suspect.candidates:
        perhaps = _("perhaps: {text} ({bits:.1f} bits)").format(text=shortened(candidate.text), bits=candidate.bits)
        yield f"    {perhaps}\n"
