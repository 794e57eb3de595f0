"""Weighs readings of bytes by the language model, in bits."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Sequence
from functools import cache

from fixtext.charset.sample import LONGEST
from fixtext.language import default_model

UNDECODABLE = 12.0
"""Bits for a byte that an encoding cannot have, beside what the model says of U+FFFD: such bytes are rare in any file,
and a file read in the wrong encoding has them all over."""

_BATCH = 300  # code points weighed at once; from 400 on the model would import numpy, which takes longer
_CUT = 4
_UNSPACED = 0.6
"""Bits a Hangul syllable in text without a space. The model expects one after every third syllable; given that there is
none, the other characters are likelier: -log2(1 - 1/3)."""
_HANGUL = re.compile("[\uac00-\ud7a3]")
_ALIKE = str.maketrans("\u0218\u0219\u021a\u021b", "\u015e\u015f\u0162\u0163")
"""Romanian's letters with a comma and those with a cedilla: the same bytes in ISO 8859-16 and in Windows-1250."""
_TABLES = os.path.join(os.path.dirname(__file__), "single_bytes.txt")  # noqa: PTH118, PTH120 - pathlib costs 9 ms


def read(stretch: bytes, codec: str) -> str:
    """Return a stretch as a codec reads it; what is cut off at its end is left out, what is wrong is U+FFFD."""
    upper = _upper_halves().get(codec)
    if upper is not None:
        return codecs.charmap_decode(stretch, "replace", upper)[0]
    try:
        return _decoded(stretch, codec, "strict")
    except UnicodeDecodeError as error:
        if len(stretch) >= LONGEST and error.start >= len(stretch) - _CUT:
            try:
                return _decoded(stretch[: error.start], codec, "strict")
            except UnicodeDecodeError:
                pass
        return _decoded(stretch, codec, "replace")


def _decoded(data: bytes, codec: str, errors: str) -> str:
    if codec == "euc-tw":
        from fixtext import codepages

        return codepages.decode(data, codec, errors)
    return data.decode(codec, errors)


@cache
def _upper_halves() -> dict[str, str]:
    """Return the tables of single-byte codecs (see tools/build_charset_tables.py)."""
    lower = bytes(range(0x80)).decode("ascii")
    with open(_TABLES, encoding="utf-8", newline="\n") as file:  # noqa: PTH123
        lines = file.read().removesuffix("\n").split("\n")
    return {name: lower + upper for name, _, upper in (line.partition(" ") for line in lines)}


def bits(texts: Sequence[str]) -> float:
    """Return what texts cost, each by itself, undecodable places included."""
    weigh = default_model().bits
    total = 0.0
    for text in texts:
        text = text.translate(_ALIKE)
        if len(text) <= _BATCH:
            total += weigh(text, " ")
        else:
            for start in range(0, len(text), _BATCH):
                total += weigh(text[start : start + _BATCH], text[max(0, start - 2) : start] or " ")
        if len(text) > 3 and " " not in text:
            total -= _UNSPACED * len(_HANGUL.findall(text))
        if "\ufffd" in text:
            total += UNDECODABLE * text.count("\ufffd")
    return total


def beyond_ascii(texts: Sequence[str]) -> int:
    """Return how many code points are not ASCII."""
    return sum(len(text) - len(text.encode("ascii", "ignore")) for text in texts)


MANY, RANDOM = 12, 19.0
"""So many characters beyond ASCII cost so many bits each if they are random bytes: Base64 read as UTF-7 costs 21.3 to
25. Text in eleven languages costs 4 to 13 in half of 600 code points, and more only where such characters are few or a
table of rare ones."""
_READ = 20_000
_BEYOND_ASCII = re.compile("[^\0-\x7f]+")


def is_random(text: str) -> bool:
    """Return whether what is not ASCII at the beginning of a text is no text of any language."""
    runs = _BEYOND_ASCII.findall(text[:_READ])
    number = sum(map(len, runs))
    return number >= MANY and bits(runs) > RANDOM * number
