"""Old printing forms of hanzi as the forms in general use."""

from __future__ import annotations

import re

from fixtext.normalization.characters import HANZI
from fixtext.normalization.registry import normalizer

# Pairs where the standards of mainland China (for text in Traditional), Taiwan, Hong Kong and Japan agree on the form
# on the right, or know neither. Left out are forms that one of them still prescribes: 説 and 衞 in Hong Kong, 戶 in
# Taiwan, 塡 in Japan. Most of those on the left have code points of their own only because older standards had both
# (source separation); choice of pairs: our own.
_FORMS = (
    "敎教 靑青 淸清 卽即 旣既 郞郎 眞真 愼慎 鎭鎮 顚顛 尙尚 吿告 飮飲 緖緒 髙高 硏研 姸妍 槪概 鄕鄉 揷插 兪俞 凞熙 "
    "畧略 囘回 囬回 亊事 亾亡 倂併 幷并 屛屏 騈駢 甁瓶 餠餅 漑溉 奬獎 羮羹 朶朵 甞嘗 擧舉 竝並 劒劍 剏創 眀明 冝宜 冐冒"
)
_TABLE = str.maketrans({pair[0]: pair[1] for pair in _FORMS.split()})

_SELECTORS = re.compile(f"(?<=[{HANZI}])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
# Korean prints many of the forms on the left as its standard (KS X 1001 has 敎, 靑, 淸, 眞).
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")


@normalizer("variants", "old printing forms and glyph selectors of hanzi as the plain character in general use")
def variants(text: str) -> str:
    """Replace old forms and drop variation selectors after hanzi. Lines with hangul stay as they are."""
    return "\n".join(
        line if _HANGUL.search(line) else _SELECTORS.sub("", line.translate(_TABLE)) for line in text.split("\n")
    )
