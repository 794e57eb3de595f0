"""Private-use characters that GBK and HKSCS stood in with until Unicode had the character.

Both borrowed the same code points, so the text decides which of them it is from.
"""

from __future__ import annotations

import re
from functools import cache, partial

from fixtext.normalization.characters import CJK_PUNCTUATION, FULLWIDTH_PUNCTUATION, HANZI, KANA
from fixtext.normalization.registry import normalizer

_PRIVATE = "\ue000-\uf8ff"
# Icon fonts use the same code points, but set them apart; what is part of a text stands beside its characters.
_EASTERN = f"{HANZI}{KANA}{CJK_PUNCTUATION}{FULLWIDTH_PUNCTUATION}"
_RUN = re.compile(f"(?<=[{_EASTERN}])[{_PRIVATE}]+|[{_PRIVATE}]+(?=[{_EASTERN}])")

# GB 18030-2005 and -2022 moved these out of the private use area (the standard's annex; Unicode's U+9FB4 to U+9FBB
# and U+FE10 to U+FE19 were made for it).
_GB18030_2022 = {
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15, 0xE793: 0xFE16,
    0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE7C7: 0x1E3F, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6,
    0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089,
    0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
}  # fmt: skip

# Where Big5's user-defined rows lie in the private use area: first code point, first and last lead byte, first trail
# byte of the first row (Microsoft's code page 950, whose places HKSCS took over).
_BIG5_ROWS = ((0xE000, 0xFA, 0xFE), (0xE311, 0x8E, 0xA0), (0xEEB8, 0x81, 0x8D))
_BIG5_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
_BIG5_C6 = (0xF6B1, 0xC6, 0xC8)  # starts at C6A1


@normalizer("pua", "private-use characters of GBK and HKSCS that have a code point today")
def pua(text: str) -> str:
    """Replace private-use characters that stand beside Chinese or Japanese text; others stay."""
    while True:
        found = set("".join(_RUN.findall(text)))
        table = _table(text, found)
        if not found & table.keys():
            return text
        translation = str.maketrans(table)
        text = _RUN.sub(partial(_translated, translation), text)


def _translated(translation: dict[int, str], match: re.Match[str]) -> str:
    return match[0].translate(translation)


def _table(text: str, found: set[str]) -> dict[str, str]:
    """Return the table of the code page that the text is from."""
    gbk, hkscs = _gbk(), _hkscs()
    if not found & hkscs.keys() or (found <= gbk.keys() and not _is_hong_kong(text)):
        return gbk
    return hkscs


def _is_hong_kong(text: str) -> bool:
    """Whether all its hanzi are in HKSCS, and some of them not in the Simplified repertoire."""
    hanzi = "".join(re.findall(f"[{HANZI}]", text))
    return _encodes(hanzi, "big5hkscs") and not _encodes(hanzi, "gb2312")


def _encodes(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _gbk() -> dict[str, str]:
    found = {chr(private): chr(code) for private, code in _GB18030_2022.items()}
    # The last rows of GBK, FE50 to FEA0, were U+E815 onwards; GB 18030-2000 gave most of them their code points.
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    for index, trail in enumerate(trails):
        char = bytes((0xFE, trail)).decode("gb18030")
        if not "\ue000" <= char <= "\uf8ff":
            found.setdefault(chr(0xE815 + index), char)
    # A8BF was U+E7C8 before Unicode had it.
    found["\ue7c8"] = b"\xa8\xbf".decode("gb18030")
    return found


@cache
def _hkscs() -> dict[str, str]:
    found: dict[str, str] = {}
    for start, first, last in _BIG5_ROWS:
        places = [(lead, trail) for lead in range(first, last + 1) for trail in _BIG5_TRAILS]
        _add(found, start, places)
    start, first, last = _BIG5_C6
    places = [(lead, trail) for lead in range(first, last + 1) for trail in _BIG5_TRAILS]
    _add(found, start, places[places.index((0xC6, 0xA1)) :])
    return found


def _add(found: dict[str, str], start: int, places: list[tuple[int, int]]) -> None:
    for index, place in enumerate(places):
        try:
            found[chr(start + index)] = bytes(place).decode("big5hkscs")
        except UnicodeDecodeError:
            continue
