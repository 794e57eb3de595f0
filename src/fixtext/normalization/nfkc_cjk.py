"""The part of NFKC that mends Chinese text out of PDF files, and nothing of the rest.

PDF extraction gives the radical U+2F42 where 文 is printed, compatibility ideographs, and ligatures of Latin letters.
NFKC replaces these, but also turns ² into 2, ① into 1 and ， into a comma.
"""

from __future__ import annotations

import re
import unicodedata

from fixtext.normalization.registry import normalizer

# Characters of CJK Radicals Supplement that are whole characters in ordinary use, with their equivalents from
# EquivalentUnifiedIdeograph.txt of the Unicode Character Database 17.0. Those that are written only as a part of a
# character (U+2E85 for a person at the left) stay: a text has them to speak of the part.
_RADICALS = {
    0x2E92: "巳", 0x2EA0: "民", 0x2EA9: "王", 0x2EB6: "羊", 0x2EBC: "肉", 0x2EC4: "西", 0x2EC5: "见", 0x2EC6: "角",
    0x2EC9: "贝", 0x2ECB: "车", 0x2ED1: "長", 0x2ED3: "长", 0x2ED4: "门", 0x2ED7: "雨", 0x2ED8: "青", 0x2ED9: "韦",
    0x2EDA: "页", 0x2EDB: "风", 0x2EDC: "飞", 0x2EDD: "食", 0x2EE2: "马", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE5: "鱼",
    0x2EE6: "鸟", 0x2EE7: "卤", 0x2EE8: "麦", 0x2EE9: "黄", 0x2EEC: "齐", 0x2EED: "歯", 0x2EEE: "齿", 0x2EEF: "竜",
    0x2EF0: "龙", 0x2EF1: "龜",
}  # fmt: skip

_PATTERN = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]")


@normalizer("nfkc-cjk", "compatibility ideographs, radicals and Latin ligatures as ordinary characters")
def nfkc_cjk(text: str) -> str:
    """Replace what PDF extraction leaves; other compatibility characters stay."""
    return _PATTERN.sub(_replace, text)


def _replace(match: re.Match[str]) -> str:
    char = match[0]
    return _RADICALS.get(ord(char)) or unicodedata.normalize("NFKC", char)
