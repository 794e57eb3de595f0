"""The language in which the command speaks: English in the source, others through gettext catalogues.

Nothing is loaded for English. The language is that of ``--lang``, or else of the locale: the first of ``LANGUAGE``,
``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set, as GNU gettext reads them.
"""

from __future__ import annotations

import os
from collections.abc import Callable

LANGUAGES = ("en", "zh")
"""The languages there are: the source language, then those with a catalogue in ``locale/``."""

DOMAIN = "fixtext"

_Translate = Callable[[str], str]
_chosen: str | None = None
_translate: _Translate | None = None


def choose(language: str | None) -> None:
    """Speak this language from now on; None means that of the locale."""
    global _chosen, _translate
    _chosen, _translate = language, None
    if spoken() != "en":
        _teach_click()


def spoken() -> str:
    """Return the language spoken now, one of `LANGUAGES`."""
    return _chosen or _of_locale()


def gettext(message: str) -> str:
    """Return a message in the language spoken now; what has no translation comes back as it is."""
    global _translate
    if _translate is None:
        _translate = _catalogue(spoken())
    return _translate(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of a message that goes with a number. Chinese has one form, and is looked up by the plural."""
    if spoken() == "en":
        return one if number == 1 else many
    return gettext(many)


def _of_locale() -> str:
    environment = os.environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = environment.get(name)
        if locale:
            break
    else:
        return "en"
    if locale in ("C", "POSIX") or locale.startswith("C."):
        return "en"
    for wanted in (*environment.get("LANGUAGE", "").split(":"), locale):
        name = wanted[:2].lower()
        if name in LANGUAGES and not wanted[2:3].isalpha():
            return name
    return "en"


def _folder() -> str:
    return os.path.join(os.path.dirname(__file__), "locale")


def _catalogue(name: str) -> _Translate:
    if name == "en":
        return str
    from gettext import translation

    return translation(DOMAIN, _folder(), [name], fallback=True).gettext


def _teach_click() -> None:
    """Let click, which asks gettext itself, find its messages in our catalogue."""
    from gettext import bindtextdomain, textdomain

    bindtextdomain(DOMAIN, _folder())
    textdomain(DOMAIN)
    os.environ["LANGUAGE"] = spoken()
