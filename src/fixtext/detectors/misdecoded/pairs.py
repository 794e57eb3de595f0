"""Which misreadings there are, and what each costs before anything is seen.

A misreading is a pair of code pages: the *source* in which the text was written and the *reader* that took the bytes
for its own. Costs are bits of a prior: an order of magnitude of how often the pair is met in public source code, issue
trackers and question-and-answer sites, not a fitted figure; required evidence is far larger than any error in them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

READERS: tuple[tuple[tuple[str, float], ...], ...] = (
    (("cp1252", 2.0), ("latin-1", 2.5)),
    (("gbk", 2.0), ("cp936", 3.0), ("gb18030", 4.0)),
    (("cp950", 3.0), ("big5", 3.5), ("whatwg-big5", 5.0)),
    (("cp932", 3.0), ("shift_jis", 5.0)),
    (("cp949", 3.0),),
    (("cp1251", 3.0),),
    (("cp437", 3.0),),
    (("cp850", 4.0),),
    (("cp866", 3.0),),
    (("mac-roman", 3.0),),
    (("koi8-r", 4.0),),
    (("cp1250", 4.0),),
    (("cp1254", 4.5),),
    (("cp1253", 5.0),),
    (("euc-jp", 5.0), ("euc-jp-ms", 6.0)),
    (("utf-8", 3.0),),
    (("cp874", 5.0),),
    (("cp1256", 5.0),),
    (("cp1255", 6.0),),
    (("utf-16le", 6.0),),
    (("ptcp154", 5.0),),
    (("iso-8859-2", 6.0),),
    (("mac-cyrillic", 6.0),),
    (("cp1258", 6.0),),
    (("cp852", 6.0),),
    (("iso-8859-15", 6.0),),
)
"""Pages that take bytes for their own, with their bits. Of a group, one member is enough: the first that has all the
characters."""

OF_UTF8_ALONE = frozenset(("cp1255", "cp1256"))
"""Readers behind which only UTF-8 is looked for, which proves itself: their letters and points are those of healthy
Hebrew and Arabic, and by chance some other page makes words of vocalised text (a whole book was changed)."""

SOURCES: tuple[tuple[tuple[str, float], ...], ...] = (
    (("utf-8", 0.0), ("cesu-8", 7.0)),
    (("gbk", 2.0), ("cp936", 3.0), ("gb18030", 4.0)),
    (("cp950", 2.0), ("big5", 2.5), ("whatwg-big5", 4.0), ("big5-hkscs", 5.0)),
    (("cp932", 2.0), ("shift_jis", 3.0)),
    (("cp949", 2.0),),
    (("euc-jp", 3.0), ("euc-jp-ms", 5.0)),
    (("cp1252", 2.0), ("latin-1", 3.0)),
    (("cp1251", 2.0),),
    (("koi8-r", 3.0),),
    (("koi8-u", 5.0),),
    (("cp866", 3.0),),
    (("cp1253", 3.0), ("iso-8859-7", 5.0)),
    (("cp874", 3.0), ("tis-620", 4.0)),
    (("cp1250", 3.0),),
    (("iso-8859-2", 4.0),),
    (("cp1254", 4.0),),
    (("cp1255", 4.0),),
    (("cp1256", 4.0),),
    (("cp1257", 5.0),),
    (("cp1258", 5.0),),
    (("iso-8859-5", 5.0),),
    (("iso-8859-15", 5.0),),
    (("mac-roman", 5.0),),
    (("mac-cyrillic", 6.0),),
    (("cp437", 5.0),),
    (("cp850", 5.0),),
    (("cp852", 6.0),),
    (("johab", 7.0),),
)
"""Pages in which texts are written, with their bits. Of a group the member that leaves the fewest malformed bytes."""

WIDE = (("utf-16le", 6.0), ("utf-16be", 7.0))
"""The same in which characters do not begin where they seem to (`wide`)."""

_REGIONS = {
    "gbk": "zh", "cp936": "zh", "gb18030": "zh", "cp950": "zh", "big5": "zh", "whatwg-big5": "zh", "big5-hkscs": "zh",
    "cp932": "ja", "shift_jis": "ja", "euc-jp": "ja", "euc-jp-ms": "ja", "cp949": "ko", "johab": "ko",
    "cp1251": "ru", "koi8-r": "ru", "koi8-u": "ru", "cp866": "ru", "mac-cyrillic": "ru", "iso-8859-5": "ru",
    "cp1252": "west", "latin-1": "west", "mac-roman": "west", "cp437": "west", "cp850": "west", "iso-8859-15": "west",
    "cp1250": "east", "iso-8859-2": "east", "cp852": "east",
}  # fmt: skip
_EAST_ASIA = frozenset(("zh", "ja", "ko"))

FAR_BITS = 4.0
"""Cost of a pair of legacy pages from different parts of the world, neither of which is Western."""

FOREIGN_BITS = 6.0
"""Cost of a page of one country for the language of another, where both pages have its characters: once in 64 times. Of
the ideographs among kana in EUC-JP and GBK, or of six syllables, the model alone does not know which are meant."""

CHAIN_BITS = 2.0
"""Cost of every further misreading, beside its own: texts go wrong once, as a rule."""


@lru_cache(maxsize=1)
def _own_bits() -> tuple[dict[str, float], dict[str, float]]:
    return (
        {name: bits for group in (*SOURCES, WIDE) for name, bits in group},
        {name: bits for group in READERS for name, bits in group},
    )


@lru_cache(maxsize=4096)
def pair_bits(source: str, reader: str) -> float:
    """Return the prior cost, in bits, of text written in one code page being read in another.

    >>> pair_bits("utf-8", "cp1252") < pair_bits("cp949", "koi8-r")
    True
    """
    sources, readers = _own_bits()
    bits = sources[source] + readers[reader]
    if (source, reader) == ("cp1252", "mac-roman"):
        return bits - 1.0  # source code that was written on Windows and read on the Macintosh of the nineties
    if source.startswith("utf") or source == "cesu-8" or reader in ("cp1252", "latin-1", "utf-8"):
        return bits
    home, away = _REGIONS.get(source), _REGIONS.get(reader)
    near = home is not None and (home == away or {home, away} <= _EAST_ASIA or away == "west")
    return bits if near else bits + FAR_BITS


def foreign_bits(source: str, text: str) -> float:
    """Return what it costs that a page was used for a language of another: Chinese pages for kana, Korean ones for
    ideographs alone. They have both, and texts of them are few.

    >>> foreign_bits("gbk", "\u306e\u5f62\u306b"), foreign_bits("euc-jp", "\u306e\u5f62\u306b")
    (6.0, 0.0)
    """
    home = _REGIONS.get(source)
    if home == "zh":
        return FOREIGN_BITS if len(_KANA.findall(text)) > 1 else 0.0
    if home == "ko":
        return FOREIGN_BITS if not _HANGUL.search(text) and _japanese().search(text) else 0.0
    return 0.0


_KANA, _HANGUL = re.compile("[\u3041-\u30fe]"), re.compile("[\uac00-\ud7a3]")


@cache
def _japanese() -> re.Pattern[str]:
    return re.compile("[\u3041-\u30fe\u4e00-\u9fff]")


@lru_cache(maxsize=4096)
def same_page(source: str, reader: str) -> bool:
    """Whether reading one as the other does no harm worth searching for: pages of one family."""
    return any(source in names and reader in names for names in _FAMILIES)


def relatives(chain: tuple[tuple[str, str], ...]) -> list[tuple[tuple[str, str], ...]]:
    """Return the same misreading with other pages of the same groups: what other lines of a document may need.

    >>> relatives((("utf-8", "cp1252"),))
    [(('cesu-8', 'cp1252'),), (('utf-8', 'latin-1'),)]
    """
    *before, (source, reader) = chain
    sources = [name for group in SOURCES for name, _ in group if any(source == other for other, _ in group)]
    readers = [name for group in READERS for name, _ in group if any(reader == other for other, _ in group)]
    pairs = [(name, reader) for name in sources if name != source]
    pairs += [(source, name) for name in readers if name != reader]
    return [(*before, pair) for pair in pairs]


_FAMILIES = (
    frozenset(("gbk", "cp936", "gb18030")),
    frozenset(("cp950", "big5", "whatwg-big5", "big5-hkscs")),
    frozenset(("cp932", "shift_jis")),
    frozenset(("euc-jp", "euc-jp-ms")),
    frozenset(("cp1252", "latin-1", "iso-8859-15")),
    frozenset(("utf-8", "cesu-8")),
    frozenset(("cp874", "tis-620")),
    *(frozenset((name,)) for name in ("cp949", "cp1251", "koi8-r", "koi8-u", "cp866", "cp1253", "cp1250")),
    *(frozenset((name,)) for name in ("cp1254", "cp1258", "cp437", "cp850", "cp852", "mac-roman", "mac-cyrillic")),
    *(frozenset((name,)) for name in ("iso-8859-2", "utf-16le")),
)
