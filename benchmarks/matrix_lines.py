"""Healthy lines in many languages, and the misreadings that they can go through without loss."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from fixtext import codepages
from fixtext.channels import Channel, Decode, Encode

LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko", "ru", "el", "th", "vi", "fr", "de", "es")
SOURCES = {
    "zh-Hans": ("utf-8", "gbk", "gb18030"),
    "zh-Hant": ("utf-8", "cp950", "big5-hkscs", "gbk"),
    "ja": ("utf-8", "cp932", "euc-jp", "iso-2022-jp-stripped"),
    "ko": ("utf-8", "cp949", "johab"),
    "ru": ("utf-8", "cp1251", "koi8-r", "iso-8859-5", "cp866"),
    "el": ("utf-8", "cp1253"),
    "th": ("utf-8", "tis-620"),
    "vi": ("utf-8", "cp1258"),
    "fr": ("utf-8", "cp1252"),
    "de": ("utf-8", "cp1252"),
    "es": ("utf-8", "cp1252"),
}
WIDE = ("utf-16le", "utf-16be")
ESCAPED = {"zh-Hans": ("hz", "hz-stripped"), "ja": ("iso-2022-jp",), "ko": ("iso-2022-kr",)}
"""Pages of all languages whose characters do not begin where ASCII does, and pages that switch between sets."""

READERS = (
    *("latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp437", "cp850", "cp866", "mac-roman", "koi8-r"),
    *("gbk", "gb18030", "cp950", "cp932", "cp949", "euc-jp", "utf-8", "utf-16le", "ptcp154"),
)
EAST_ASIA = ("zh-Hans", "zh-Hant", "ja", "ko")

_GREEK = """Το πρωί πήγα στην αγορά και αγόρασα ψωμί, τυρί και ελιές.
Η θάλασσα ήταν ήρεμη και ο ουρανός γαλανός.
Δεν μπορώ να ανοίξω το αρχείο που μου έστειλες χθες.
Παρακαλώ ελέγξτε τις ρυθμίσεις του δικτύου σας.
Καλημέρα σας
Πού είναι ο σταθμός;
Οι μαθητές διαβάζουν ένα καινούργιο βιβλίο για την ιστορία.
Αύριο θα βρέξει σε όλη τη χώρα.
Ευχαριστώ πολύ
Το τρένο φεύγει στις οκτώ από την τρίτη πλατφόρμα."""


def sentences(root: Path, language: str, low: int, high: int, count: int, seed: int = 1) -> list[str]:
    """Return up to so many sentences of a length, in code points, drawn from the texts beside this checkout."""
    texts = [_GREEK] if language == "el" else [path.read_text("utf-8", "replace") for path in _texts(root, language)]
    found = set()
    for text in texts:
        for piece in re.split(r"[\n\r。！？!?…|{}\[\]`\"]|(?<=[.;])\s", text):
            piece = re.sub(r"<[^>]*>|[#*_>]", "", piece).strip()
            native = sum(char > "\x7f" for char in piece)
            enough = native >= (0.6 * len(piece) if language in (*EAST_ASIA, "ru", "el", "th") else 1)
            if low <= len(piece) <= high and enough and "\ufffd" not in piece and "(" not in piece:
                found.add(piece)
    chosen = sorted(found)
    random.Random(seed).shuffle(chosen)
    return chosen[:count]


def _texts(root: Path, language: str) -> Iterator[Path]:
    for path in sorted((root / language).glob("*")):
        if "tangshi" not in path.name and "classical" not in path.name:
            yield path


def channels(language: str, every: bool = False) -> Iterator[tuple[str, Channel]]:
    """Yield the misreadings of a language's pages, by name; if asked, of UTF-16 and of pages with escapes too."""
    more = (*WIDE, *ESCAPED.get(language, ())) if every else ()
    for source in (*SOURCES[language], *more):
        for reader in READERS:
            if source != reader:
                yield f"{source} as {reader}", Channel((Encode(source), Decode(reader)))


def damaged(sentence: str, channel: Channel) -> str | None:
    """Return a sentence after a misreading, None if it cannot have happened, lost something or did nothing."""
    try:
        text = channel.damage(sentence)
        back: str | bytes = text
        for step in reversed(channel.steps):
            page = step.code_page  # type: ignore[attr-defined]
            back = codepages.encode(back, page) if isinstance(back, str) else codepages.decode(back, page)
    except UnicodeError:
        return None
    return text if text != sentence and back == sentence else None
