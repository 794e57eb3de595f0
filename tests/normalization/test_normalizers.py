"""Each normaliser: a table of what must not change, a table of what must become what, and idempotence."""

from __future__ import annotations

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtext.normalization import NORMALIZERS, normalize

UNCHANGED: dict[str, list[str]] = {
    "bom": ["文\ufeff本", "", "plain"],
    "ansi": ["[31m not a colour", "a\x1b", "数组[0m]"],
    "newlines": ["a\nb\n", "a\tb\x0cc"],
    "control": ["a\tb\nc\r\n\x0c\x85", "中文 👩\u200d👧", "\u200eRTL\u200f"],
    "pua": ["\uf0c9 菜单", "icon: \ue000", "\uf8ff", "文\U000f0000", "石\uf8ff"],
    "nfc": ["é", "中文", "가"],
    "nfkc-cjk": ["①２ＡＢＣ，", "x² ㎏ ½ …", "⺅是单人旁", "\ufa0e\ufa0f", "﹙﹚"],
    "variants": ["說説裏裡", "教育", "敎育은 한국 漢字", "☎\ufe0f", "戶户戸"],
    "spaces": [
        "张三 李四",
        "姓 名",
        "床前明月光 疑是地上霜",
        "use git 提交 代码",
        "👩\u200d👧",
        "می\u200cخواهم",
        "ภาษา\u200bไทย",
        "ᠮᠣᠩ\u202fᠤᠨ",
        "\ufeff文",
    ],
    "width": [
        "你好，世界！",
        "（注）",
        "カタカナ",
        "１級".translate({0xFF11: "1"}),
        "『ＡＢ』".replace("ＡＢ", "AB"),
        "文　本",
    ],
    "punctuation": [
        "3,000 人",
        "共1,234,567元",
        "12:30",
        'print("你好,世界")',
        "if 值 > 3: 返回(甲,乙)",
        "https://example.org/目录,文件?甲:乙",
        "`甲,乙`",
        "```\n甲,乙\n```",
        "姓名,年龄,城市\n张三,廿,北京\n李四,卅,上海",
        '"键": "甲,乙",',
        "姓名: 张三",
        "姓名:",
        "约翰.史密斯",
        "區(qū)域",
        "SELECT 列 FROM 表 WHERE 甲,乙",
        "苹果, 梨",
        "Hello, world!",
        "你好，世界。",
    ],
    "quotes": ["「引」『用』", "«guillemets»", "5′ 10″", "it's"],
    "ftfy": ["plain", "中文"],
}

CHANGED: dict[str, list[tuple[str, str]]] = {
    "bom": [("\ufeff文本", "文本"), ("\ufeff\ufeffa", "a")],
    "ansi": [
        ("\x1b[1;31m错误\x1b[0m", "错误"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://a.example\x1b\\链接\x1b]8;;\x1b\\", "链接"),
        ("\x1b\x1b[0m[0m", ""),
        ("\x1b(Bx", "x"),
    ],
    "newlines": [("a\r\nb\rc", "a\nb\nc"), ("一\u2028二\u2029三\x85", "一\n二\n三\n"), ("a\r\r\nb", "a\n\nb")],
    "control": [("a\x00b\x07c\x7f", "abc"), ("文\x1b本\x9f", "文本"), ("\ufff9漢\ufffa\ufffb", "漢")],
    "pua": [
        ("字\ue81e", "字\u9fb4"),
        ("\ue816石", "\U00020087石"),
        ("又\ue7c7。", "又\u1e3f。"),
        ("佢\uf6d5", "佢" + b"\xc6\xc5".decode("big5hkscs")),
        ("\ue311嘅", b"\x8e\x40".decode("big5hkscs") + "嘅"),
        ("簡體这\ue815", "簡體这\u2e81"),
    ],
    "nfc": [("e\u0301", "é"), ("\u1112\u1161\u11ab", "한"), ("\uf900", "豈")],
    "nfkc-cjk": [
        ("⽂本", "文本"),
        ("\uf900", "豈"),
        ("⻓⻔", "长门"),
        ("ﬁne oﬃce", "fine office"),
        ("\U0002f800", "丽"),
    ],
    "variants": [("敎育靑年", "教育青年"), ("葛\U000e0100飾", "葛飾"), ("畧\n한국 敎育", "略\n한국 敎育")],
    "spaces": [
        ("这 是 中 文 文 本", "这是中文文本"),
        ("结 束 了 。", "结束了。"),
        ("甲\u200b乙", "甲乙"),
        ("a\u00a0b\u202fc", "a b c"),
        ("他 说 ， 好 的。", "他说，好的。"),
        ("文\ufeff本", "文本"),
    ],
    "width": [
        ("ＡＢＣ１２３", "ABC123"),
        ("ｶﾞｷﾞｸﾞﾊﾟ", "ガギグパ"),
        ("Ｈｅｌｌｏ，　Ｗｏｒｌｄ！", "Hello, World!"),
        ("用ＵＴＦ－８编码", "用UTF-8编码"),
        ("｢引用｣｡", "「引用」。"),
    ],
    "punctuation": [
        ("首先,我们来看", "首先，我们来看"),
        ("他来了!她走了?", "他来了！她走了？"),
        ("公司(以下简称甲方)成立", "公司（以下简称甲方）成立"),
        ("共1,000人;其中,女生", "共1,000人；其中，女生"),
        ("他走了.", "他走了。"),
        ("详见 https://a.example/甲,乙 吧,谢谢", "详见 https://a.example/甲,乙 吧，谢谢"),
        ("他说:“好”,《书》", "他说：“好”，《书》"),
        ("今后,上海\n連云港,那里", "今后，上海\n連云港，那里"),
    ],
    "quotes": [("“引”‘用’", "\"引\"'用'"), ("it’s „so“", 'it\'s "so"')],
    "ftfy": [("&lt;", "<"), ("schÃ¶n", "schön")],
}


def test_every_normalizer_has_both_tables() -> None:
    assert set(UNCHANGED) == set(CHANGED) == set(NORMALIZERS)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in UNCHANGED.items() for text in texts])
def test_leaves_alone(name: str, text: str) -> None:
    assert normalize(text, name) == text


@pytest.mark.parametrize(
    ("name", "text", "expected"), [(name, *pair) for name, pairs in CHANGED.items() for pair in pairs]
)
def test_changes(name: str, text: str, expected: str) -> None:
    assert normalize(text, name) == expected
    assert name == "ftfy" or normalize(expected, name) == expected


_SNIPPETS = [text for texts in UNCHANGED.values() for text in texts] + [
    side for pairs in CHANGED.values() for pair in pairs for side in pair
]
_ALPHABET = sorted(
    set("".join(_SNIPPETS)) | set(" \n\r\t,;:?!.()`\x1b[]\\mABc0１ｶﾞ﹐，。“\ue815\ue816\uf6d5\u200b\u3000")
)
_TEXTS = st.lists(st.one_of(st.sampled_from(_SNIPPETS), st.text(_ALPHABET, max_size=8), st.text(max_size=4))).map(
    "".join
)


@pytest.mark.parametrize("name", sorted(set(NORMALIZERS) - {"ftfy"}))
@given(text=_TEXTS)
def test_twice_is_once(name: str, text: str) -> None:
    once = normalize(text, name)
    assert normalize(once, name) == once


@given(text=_TEXTS)
def test_ftfy_is_ftfy(text: str) -> None:
    assert normalize(text, "ftfy") == ftfy.fix_text(text)


def test_order_is_the_callers() -> None:
    assert normalize("\x1b[31m红\x1b[0m", "ansi", "control") == "红"
    assert normalize("\x1b[31m红\x1b[0m", "control", "ansi") == "[31m红[0m"
    assert normalize("unchanged") == "unchanged"


def test_unknown_name_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(ValueError, match=r"'nfd'.*nfc"):
        normalize("", "nfc", "nfd")


def test_titles_are_for_people() -> None:
    for name, one in NORMALIZERS.items():
        assert one.name == name
        assert one.title
        assert one("") == ""
