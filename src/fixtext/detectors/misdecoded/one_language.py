"""Letters that are those of one language: as they stand they are words of it, whatever a page would make of them."""

from __future__ import annotations

from itertools import pairwise

from fixtext.findings import Candidate

_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "çğıöşüâîûi̇",  # Turkish; what lower() makes of İ included
        "ąćęłńóśźż",  # Polish
        "áäčďéěíĺľňóôŕřšťúůýž",  # Czech and Slovak
        "áéíóöőúüű",  # Hungarian
        "ăâîșțşţ",  # Romanian
    )
)
"""Letters of one language each that misread text does not keep to for long."""

_COMMON_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "àâæçéèêëîïôœùûüÿ",  # French
        "áéíñóúü",  # Spanish
        "áâãàçéêíóôõú",  # Portuguese
        "äöüß",  # German
        "åäöæøé",  # Danish, Norwegian, Swedish, Finnish
        "àèéìíîòóùú",  # Italian
        "àáâãèéêìíòóôõùúýăđĩũơư",  # Vietnamese, as far as Latin-1 and Windows-1258 have its letters
        "áæéíðóöþúý",  # Icelandic
        "áðíóúýæø",  # Faroese
        "àçèéíïòóúü·",  # Catalan
        "ĉĝĥĵŝŭ",  # Esperanto
        "čćđšž",  # Croatian, Slovene, Serbian
        "āčēģīķļņšūž",  # Latvian
        "ąčęėįšųūž",  # Lithuanian
        "äöõüšž",  # Estonian
        "áâčđŋšŧž",  # Northern Sami
        "ċġħżàèìòù",  # Maltese
        "âêîôûŵŷäëïöüẅÿáéíóú",  # Welsh
    )
)
"""The same, but what is read in Latin-1 or Windows-1252 may look like a word of them: they can be outweighed."""


def is_of_one_language(observed: str, *, surely: bool = False) -> bool:
    """Whether all that is beyond ASCII are letters of one alphabet, with capitals where words have them.

    Args:
        observed: what stands there, with one character on either side.
        surely: whether alphabets that misread text may look like do not count.
    """
    alphabets = _ALPHABETS if surely else (*_ALPHABETS, *_COMMON_ALPHABETS)
    letters = {char for char in observed.lower() if char > "\x7f"}
    if not letters or not any(letters <= alphabet for alphabet in alphabets):
        return False
    pairs = (pair for pair in pairwise(observed) if max(pair) > "\x7f")
    return not any(before.islower() and after.isupper() for before, after in pairs)


def is_on_the_way(candidate: Candidate) -> bool:
    """Whether a repair of several misreadings says letters of one language in between."""
    text: str | bytes = candidate.text
    for step in candidate.channel.steps[:-2]:
        text = step.run(text)
        if isinstance(text, str) and is_of_one_language(text):
            return True
    return False
