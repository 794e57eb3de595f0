"""Conversion as a whole: what is converted, what is left, what was changed, and that twice is once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fixtext.script
from fixtext.script import ALIASES, Conversion, Converter, convert, convert_edits
from fixtext.script.backends import ConverterUnavailableError, OpenccBackend
from fixtext.script.changes import Change, apply, changes_between
from fixtext.script.configs import CONFIGS
from fixtext.script.conversion import UNSTABLE
from tests.script.adversary import Adversary

LEFT_ALONE = [
    ("s2t", "這裡的裏面，著作與着重"),
    ("s2hk", "台灣的臺北，裡面裏面"),
    ("tw", "日本の鉄道と学校、会社の図書館"),
    ("s2t", "これは国会です\n国会\n図書館\n"),
    ("s2tw", "한국어와 漢字, 国会"),
    ("t2s", "这里的乾隆与著作"),
    ("t2s", "東京の図書館に行った"),
    ("t2tw", "日本の着物"),
    ("jp2t", "这是国内的学校，说过的"),
    ("twp", "plain text"),
    ("twp", ""),
]

CONVERTED = [
    ("hans", "這裡的軟體", "这里的软体"),
    ("hant", "这里面", "這裏面"),
    ("tw", "这里面", "這裡面"),
    ("twp", "鼠标里面的软件", "滑鼠裡面的軟體"),
    ("hk", "这里面", "這裏面"),
    ("jp", "这里有发音和国语", "這裏有発音和国語"),
    ("t2jp", "國學の變化", "国学の変化"),
    ("jp2t", "国学の変化", "國學の變化"),
    ("tw", "今后", "今後"),
    ("tw", "連云港", "連雲港"),
    ("tw", "那里", "那裡"),
    ("tw", "這所醫院在連云港，以前去過那里，今后還去。", "這所醫院在連雲港，以前去過那裡，今後還去。"),
    ("twp", "我們的網絡，今后", "我們的網路，今後"),
    ("t2tw", "在連云港的醫院那里", "在連雲港的醫院那裡"),
    ("s2t", "头发发展\nこの国\n后面", "頭髮發展\nこの国\n后面"),
]


@pytest.mark.parametrize(("name", "text"), LEFT_ALONE)
def test_leaves_alone(name: str, text: str) -> None:
    assert convert(text, name) == text
    assert convert_edits(text, name).changes == ()


@pytest.mark.parametrize(("name", "text", "expected"), CONVERTED)
def test_converts(name: str, text: str, expected: str) -> None:
    assert convert(text, name) == expected
    assert convert_edits(text, name).text == expected


def test_tells_what_it_did() -> None:
    text = "这里\n這裡\nこれは国会\n한국\n连接数据库，今后\n\nabc\n"
    assert convert_edits(text, "twp") == Conversion(
        text="這裡\n這裡\nこれは国会\n한국\n連線資料庫，今後\n\nabc\n",
        changes=(Change(0, 2, "这里", "這裡"), Change(15, 20, "连接数据库", "連線資料庫"), Change(22, 23, "后", "後")),
        converted=2,
        through_simplified=0,
        left={"traditional": 1, "japanese": 1, "korean": 1},
    )


def test_tells_what_went_through_simplified() -> None:
    result = convert_edits("連云港的醫院\n今后\n", "tw")
    assert (result.text, result.converted, result.through_simplified) == ("連雲港的醫院\n今後\n", 2, 2)
    assert result.changes == (Change(1, 2, "云", "雲"), Change(8, 9, "后", "後"))


def test_a_name_is_written_in_one_way() -> None:
    # 云为 is a word of OpenCC's, and keeps 云; the same name before a comma shows that there is none.
    page = "區長林志云,以后常去那里。\n主任林志云為大家致辭,他今后還來。\n"
    assert convert(page, "tw") == "區長林志雲,以後常去那裡。\n主任林志雲為大家致辭,他今後還來。\n"
    conversion = convert_edits(page, "twp")
    assert apply(page, list(conversion.changes)) == conversion.text == convert(page, "twp")
    assert "志云為" in convert(page.replace("區長林志云,", ""), "tw")


def test_pages_made_character_by_character_get_their_particles_back() -> None:
    page = "這標志著合作有著良好的基礎,今后連云港還有重點項目。\n"
    assert convert(page, "hans") == "这标志着合作有着良好的基础,今后连云港还有重点项目。\n"


def test_without_classification_everything_is_converted_as_opencc_does() -> None:
    assert convert("著作和国会の図書館，這里", "s2t", classify=False) == "著作和國會の図書館，這裏"
    assert convert("これは国会", "s2t", classify=False) == "これは國會"
    result = convert_edits("国\ufa19\u2ff0国国埠", "s2t", classify=False)
    assert apply("国\ufa19\u2ff0国国埠", list(result.changes)) == result.text == "國神\u2ff0国国埠"


@pytest.mark.parametrize("name", [*CONFIGS, *ALIASES])
def test_twice_is_once_and_changes_give_the_text(name: str) -> None:
    converter = Converter(name)
    lines = list(Adversary(ALIASES.get(name, name), seed=3).lines(150))
    for text in (*lines, "\n".join(lines)):
        once = converter.convert(text)
        assert converter.convert(once) == once
        result = converter.convert_edits(text)
        assert result.text == once
        assert apply(text, list(result.changes)) == once


_PIECES = st.sampled_from(["这", "這", "后", "里", "の", "한", "\n", "云", "発", "頭发", "發", "着", "a", "於", "于"])


@pytest.mark.parametrize("name", ["s2twp", "t2s", "t2tw", "jp"])
@given(text=st.lists(_PIECES, max_size=30).map("".join))
def test_twice_is_once_on_mixtures(name: str, text: str) -> None:
    once = convert(text, name)
    assert convert(once, name) == once


def test_what_has_no_stable_conversion_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    swap = str.maketrans("这那", "那这")

    class Swapping:
        def convert(self, text: str, config: str) -> str:
            return text.translate(swap)

    converter = Converter("s2t")
    monkeypatch.setattr(converter, "_backend", Swapping())
    assert converter.convert("这") == "这"
    result = converter.convert_edits("这")
    assert (result.text, result.changes, result.converted, result.left) == ("这", (), 0, {UNSTABLE: 1})


@pytest.mark.parametrize("name", ["s2x", "", "t2", "S2T", "hanS"])
def test_unknown_conversion(name: str) -> None:
    with pytest.raises(ValueError, match=r"unknown conversion .*known: hans, .*s2t"):
        convert("", name)


def test_unknown_converter() -> None:
    with pytest.raises(ValueError, match="unknown converter 'iconv'; known: fixtext, opencc"):
        convert("", "s2t", converter="iconv")


def test_missing_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opencc", None)
    with pytest.raises(ConverterUnavailableError, match=r"fixtext\[opencc\]"):
        OpenccBackend()


class TestUserDictionaries:
    def test_entries_win_and_are_final(self, tmp_path: Path) -> None:
        file = tmp_path / "words.txt"
        file.write_text("\ufeff# mine\n软件\t軟件 軟體\r\n鼠标\t鼠標\n\n软件工程\t軟件工程學\n", encoding="utf-8")
        assert convert("软件工程里的软件和鼠标，内存", "twp", dictionaries=[file]) == "軟件工程學裡的軟件和鼠標，記憶體"

    def test_the_first_file_wins(self, tmp_path: Path) -> None:
        first, second = tmp_path / "a", tmp_path / "b"
        first.write_text("这\t甲", encoding="utf-8")
        second.write_text("这\t乙\n那\t丙", encoding="utf-8")
        assert convert("这个那个", "s2t", dictionaries=[first, str(second)]) == "甲個丙個"

    def test_changes(self, tmp_path: Path) -> None:
        file = tmp_path / "words.txt"
        file.write_text("软件\t軟件程式", encoding="utf-8")
        result = convert_edits("这个软件里", "tw", dictionaries=[file])
        assert result.text == "這個軟件程式裡" == apply("这个软件里", list(result.changes))

    @pytest.mark.parametrize("line", ["软件 軟體", "\t軟體", "软件\t", "软件"])
    def test_a_bad_line_is_named(self, tmp_path: Path, line: str) -> None:
        file = tmp_path / "words.txt"
        file.write_text(f"# one\n{line}\n", encoding="utf-8")
        with pytest.raises(ValueError, match=r"words\.txt:2: expected a key, a tab and a conversion"):
            convert("", "s2t", dictionaries=[file])


def test_changes_between_lines_of_different_length() -> None:
    assert list(changes_between("甲a乙\n丙", "甲bcd乙\n丁", offset=10)) == [
        Change(11, 12, "a", "bcd"),
        Change(14, 15, "丙", "丁"),
    ]


def test_importing_loads_neither_numpy_nor_any_opencc() -> None:
    import subprocess
    import sys

    program = (
        "import sys, fixtext.script as s; s.convert('这里', 's2twp'); s.convert('這里', 'tw');"
        "print([name for name in ('numpy', 'opencc', 'ftfy') if name in sys.modules])"
    )
    folder = Path(fixtext.script.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=folder)
    assert done.stdout.strip() == "[]"
