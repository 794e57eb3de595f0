"""Bring the message catalogues up to date: ``python tools/build_catalogues.py [--check]``.

Extracts the messages of the command with Babel, merges them into ``locale/*/LC_MESSAGES/fixtext.po`` and compiles those
to the ``.mo`` files that gettext reads. Translate what is then empty in the ``.po`` files, and run it again. With
``--check`` nothing is written; the status is 1 if something is out of date, not translated, or translated with other
fields.
"""

from __future__ import annotations

import io
import string
import sys
from datetime import datetime, timezone
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from fixtext.cli.foreign import CLICK_PLURAL

COMMAND = Path(__file__).resolve().parent.parent / "src" / "fixtext" / "cli"
LOCALES = COMMAND / "locale"
_UNKEPT = tuple(
    f'"{name}: '
    for name in (
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date"),
        *("Last-Translator", "Language-Team", "Generated-By"),
    )
)
"""Headers that tell nothing, or something else on each day."""

_NEVER = datetime(2000, 1, 1, tzinfo=timezone.utc)

KEYWORDS = {"_": None, "mark": None, "gettext": None, "ngettext": (2,)}
"""`ngettext` looks a message up by its plural, because the languages there are have one form or are the source."""


def messages() -> list[str]:
    """Return all messages of the command, in order, each once."""
    found: dict[str, None] = {}
    for _file, _line, message, _comments, _context in extract_from_dir(str(COMMAND), keywords=KEYWORDS):
        found.setdefault(message if isinstance(message, str) else message[0])
    return sorted(found)


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it is on the disk; an empty one if there is none."""
    file = LOCALES / language / "LC_MESSAGES" / "fixtext.po"
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def updated(language: str) -> Catalog:
    """Return a catalogue with the messages that there are now, and the translations that are known."""
    old = catalogue(language)
    new = Catalog(locale=language, fuzzy=False)
    new.header_comment = "# Messages of the command fixtext. Kept by tools/build_catalogues.py."
    for forms in CLICK_PLURAL:
        known = old.get(forms)
        new.add(forms, known.string if known is not None else ("",))
    for message in messages():
        known = old.get(message)
        new.add(message, known.string if known is not None else "")
    return new


def faults(language: str) -> list[str]:
    """Return what is wrong with the catalogue of a language."""
    wrong = []
    now = {message.id for message in catalogue(language) if message.id and not message.pluralizable}
    wrong += [f"not in the catalogue: {message!r}" for message in sorted(set(messages()) - now)]
    wrong += [f"no longer in use: {message!r}" for message in sorted(now - set(messages()))]
    for message in catalogue(language):
        original, translated = _pair(message)
        if original and not translated:
            wrong.append(f"not translated: {original!r}")
        elif original and _fields(original) != _fields(translated):
            wrong.append(f"other fields: {original!r} and {translated!r}")
    compiled = LOCALES / language / "LC_MESSAGES" / "fixtext.mo"
    with compiled.open("rb") as stream:
        read = GNUTranslations(stream)
    for message in catalogue(language):
        original, translated = _pair(message)
        plural = message.pluralizable
        if original and translated != (read.ngettext(message.id[0], original, 2) if plural else read.gettext(original)):
            wrong.append(f"{compiled.name} does not say what the .po file says: {message.id!r}")
    return wrong


def _fields(text: str) -> set[tuple[str | None, str | None]]:
    return {(name, form) for _literal, name, form, _conversion in string.Formatter().parse(text) if name is not None}


def _build(language: str) -> int:
    new = updated(language)
    folder = LOCALES / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, new, width=0, sort_output=True, no_location=True)
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(_UNKEPT)]
    (folder / "fixtext.po").write_text("".join(kept), encoding="utf-8")
    compiled = catalogue(language)
    compiled.creation_date = compiled.revision_date = _NEVER  # the same messages give the same file
    with (folder / "fixtext.mo").open("wb") as stream:
        write_mo(stream, compiled)
    return sum(_is_empty(message) for message in new)


def _is_empty(message: Message) -> bool:
    original, translated = _pair(message)
    return bool(original) and not translated


def _pair(message: Message) -> tuple[str, str]:
    """Return a message and its translation; of one with a plural, that."""
    original, translated = message.id, message.string
    if not isinstance(original, str):
        original = original[1]
    return original, translated if isinstance(translated, str) else (translated or [""])[0]


def main() -> int:
    """Build or check all catalogues; return the exit status."""
    languages = sorted(folder.name for folder in LOCALES.iterdir()) if LOCALES.exists() else ["zh"]
    if "--check" in sys.argv[1:]:
        wrong = [f"{language}: {fault}" for language in languages for fault in faults(language)]
        print("\n".join(wrong) or "up to date")
        return 1 if wrong else 0
    for language in languages:
        print(f"{language}: {_build(language)} messages to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
