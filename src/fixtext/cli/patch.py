"""``--patch``: each repair is shown, and a person says what becomes of it, as with ``git add -p``."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Protocol

import click

from fixtext.channels.asked import Asked
from fixtext.channels.channel import Channel
from fixtext.channels.words import in_words
from fixtext.cli import work
from fixtext.cli.explain import guess_in_words
from fixtext.cli.foreign import told
from fixtext.cli.formats.colors import Paint
from fixtext.cli.printable import printable, shortened
from fixtext.cli.wording import gettext as _

if TYPE_CHECKING:
    from fixtext.cli.documents import Document
    from fixtext.cli.files.walking import Item
    from fixtext.findings import Edit, Repair

_CONTEXT = 40
"""Characters of the line that are shown on each side of a repair."""

_KEYS = "ynadeq?"


class Terminal(Protocol):
    """Where questions are asked and answers come from."""

    def ask(self, question: str) -> str | None:
        """Return what was answered, without its line end; None if there is no more to come."""
        ...

    def tell(self, text: str) -> None:
        """Show a text."""
        ...


class ControllingTerminal:
    """The terminal of the process, which a pipe at standard input does not hide."""

    def __init__(self) -> None:
        """Open the terminal.

        Raises:
            click.UsageError: there is none.
        """
        name = "/dev/tty" if sys.platform != "win32" else "CON"
        try:
            self._in: IO[str] = open(name, encoding="utf-8", errors="surrogateescape")  # noqa: SIM115 (for the whole run)
            self._out: IO[str] = open(name, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
        except OSError:
            raise click.UsageError(_("--patch asks about each repair, and there is no terminal to ask at")) from None

    def ask(self, question: str) -> str | None:
        """Ask, and wait for a line."""
        self.tell(question)
        answer = self._in.readline()
        return answer.rstrip("\r\n") if answer else None

    def tell(self, text: str) -> None:
        """Write at once."""
        self._out.write(text)
        self._out.flush()


class Patch:
    """Asks about the repairs of one file after the other."""

    def __init__(self, terminal: Terminal, paint: Paint) -> None:
        self._terminal = terminal
        self._paint = paint
        self._quit = False

    def __call__(self, item: Item, document: Document, repair: Repair) -> Repair:
        """Return the repair with those edits only that were agreed to."""
        taken: list[Edit] = []
        rest = "n" if self._quit else ""
        for number, edit in enumerate(repair.edits, 1):
            answer = rest or self._answer(item, document, edit, number, len(repair.edits))
            if answer in "ad":
                rest = answer = "y" if answer == "a" else "n"
            elif answer == "q":
                self._quit = True
                rest = answer = "n"
            if answer == "y":
                taken.append(edit)
            elif answer == "e":
                edited = self._edited(edit)
                if edited is not None:
                    taken.append(edited)
        return work.chosen(document, repair, taken) if taken != list(repair.edits) else repair

    def _answer(self, item: Item, document: Document, edit: Edit, number: int, count: int) -> str:
        """Show a repair and return one of y, n, a, d, e, q; no answer means q."""
        self._show(item, document, edit)
        question = _("Make this repair ({number}/{count})? [{keys}] ").format(
            number=number, count=count, keys=",".join(_KEYS)
        )
        while True:
            answer = self._terminal.ask(self._paint(question, "bold"))
            if answer is None:
                return "q"
            key = answer.strip().lower()[:1]
            if key and key in _KEYS and key != "?":
                return key
            self._terminal.tell(_help())

    def _show(self, item: Item, document: Document, edit: Edit) -> None:
        text, (start, end) = document.text, edit.span
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        before = printable(text[max(line_start, start - _CONTEXT) : start])
        after = printable(text[end : min(end + _CONTEXT, len(text) if line_end < 0 else line_end)])
        line = text.count("\n", 0, start) + 1
        paint = self._paint
        lines = [
            paint(f"{printable(item.name)}:{line}:{start - line_start + 1}", "cyan"),
            f"- {before}{paint(shortened(edit.before), 'red')}{after}",
            f"+ {before}{paint(shortened(edit.after), 'green')}{after}",
            paint(f"  {edit.damage}: {printable(told(in_words(edit.channel)))}", "dim"),
        ]
        lines += [paint("  " + guess_in_words(edit.after, guess), "yellow") for guess in edit.guesses]
        self._terminal.tell("\n".join(lines) + "\n")

    def _edited(self, edit: Edit) -> Edit | None:
        """Ask what to write; an empty line leaves the place as it is. What a person writes needs no proof."""
        self._terminal.tell(_("Now: {text}").format(text=shortened(edit.after)) + "\n")
        answer = self._terminal.ask(_("Write instead (\\n is a line end; empty leaves the place as it was): "))
        if not answer:
            return None
        text = answer.replace("\\n", "\n")
        if text == edit.before:
            return None
        channel = Channel((Asked("edited", edit.before),))
        return replace(edit, after=text, channel=channel, guesses=())


def _help() -> str:
    return (
        _(
            "y  make this repair\n"
            "n  leave it\n"
            "a  make this one and all that follow in this file\n"
            "d  leave this one and all that follow in this file\n"
            "e  edit what is written\n"
            "q  leave this one and all that follow in all files\n"
            "?  this help"
        )
        + "\n"
    )
